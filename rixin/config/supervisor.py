"""Keeps the processes of `rixin serve` together: when one ends, or on Ctrl-C, all end. Standard library alone."""

import json
import os
import signal
import subprocess
import sys
import time

STOP_WITHIN = 20  # seconds
Child = subprocess.Popen[bytes]


def keep(commands: list[list[str]]) -> int:
    """Runs `commands` side by side until one ends or a signal comes, then stops the rest.

    Returns 0 after a signal, else the code of the one that failed (1 if it ended without failing).
    """
    stopped: list[int] = []
    # Before the children are there: a signal in between would leave them without us.
    before = {
        one: signal.signal(one, lambda got, _frame: stopped.append(got)) for one in (signal.SIGINT, signal.SIGTERM)
    }
    # Each in a session of its own: Ctrl-C reaches us alone, and we stop them in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603
    try:
        while not stopped and all(child.poll() is None for child in children):
            time.sleep(0.2)
        failed = next((child.returncode for child in children if child.returncode), 1)
        return 0 if stopped else failed
    finally:
        stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(children: list[Child]) -> None:
    """Asks all to end; what has not ended in STOP_WITHIN seconds is killed with all that it started."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(keep(json.loads(sys.argv[1])))
