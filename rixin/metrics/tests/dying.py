"""A process that copies into the Parquet copy and dies at a step that it is told: `python -m … DATABASE FOLDER`.

For each number on its input it forks a child that begins a copying and kills itself, with a signal that nothing can
catch, at so manieth of the moments in which it touches the disk. It answers `killed`, or `done` if the child came to
its end before.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import django
import pyarrow.parquet as pq


def dies_at(moment: int) -> None:
    """Before and after each of these calls lies a moment."""
    passed = count(1)

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def calling(*given: Any, **named: Any) -> Any:
            _pass(passed, moment)
            answer = call(*given, **named)
            _pass(passed, moment)
            return answer

        return calling

    for owner, name in ((pq.ParquetWriter, "write_batch"), (os, "fsync")):
        setattr(owner, name, watched(getattr(owner, name)))
    for name in ("rename", "replace", "unlink"):
        setattr(Path, name, watched(getattr(Path, name)))


def _pass(passed: Iterator[int], moment: int) -> None:
    if next(passed) == moment:
        os.kill(os.getpid(), signal.SIGKILL)


def main(database: str, folder: Path) -> None:
    django.setup()
    from django.db import connection

    from rixin.catalogue import versions
    from rixin.metrics import lake
    from rixin.metrics.tests.ground import NOW

    connection.settings_dict["NAME"] = database
    versions.work()  # read once for all children; each has a connection of its own
    connection.close()
    if close_pool := getattr(connection, "close_pool", None):
        close_pool()
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            dies_at(int(line))
            lake.sync(NOW, at=folder)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.waitstatus_to_exitcode(status):
            sys.exit("The copying failed: see above.")
        print("killed" if os.WIFSIGNALED(status) else "done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
