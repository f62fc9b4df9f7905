"""`rixin worker`: does what pages put off (queued tasks) and what comes round again (periodic jobs)."""

import logging
import os
import secrets
import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from rixin.config.jobs import give_sign
from rixin.config.management.ready import demand_migrated
from rixin.config.periodic import rounds, run_due

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks into the queue or at the clock


class Clock(threading.Thread):
    """Runs what is due, and tells every look that this worker lives."""

    def __init__(self, name: str) -> None:
        super().__init__(name="periodic jobs", daemon=True)
        self.worker = name
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            close_old_connections()
            try:
                at = timezone.now()
                give_sign(self.worker, at)
                run_due(at, self.worker)
            except Exception:
                # A database that is away for a moment must not end the worker.
                log.exception("Periodic jobs: trying again")
                connection.close()
            self.over.wait(PAUSE * 5)
        connection.close()


class Command(BaseCommand):
    help = "Runs queued tasks and periodic jobs. Several may run at once; each job is done by one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is queued and due now, then end")
        parser.add_argument("--list", action="store_true", help="name the periodic jobs and how often they come round")

    def handle(self, *args: Any, once: bool, list: bool, **options: Any) -> None:
        if list:
            for one in rounds():
                self.stdout.write(f"{one.name}\t{int(one.every.total_seconds())} s")
            return
        demand_migrated()
        name = f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=PAUSE,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
        )
        if once:
            give_sign(name, timezone.now())
            run_due(timezone.now(), name)
            worker.run()
            return
        clock = Clock(name)
        clock.start()
        worker.configure_signals()
        # A second parent signal (Ctrl-C in a terminal goes to the whole group) must not kill the task under way.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.stdout.write("Worker: ready")
        self.stdout.flush()
        try:
            worker.run()
        finally:
            clock.over.set()
            clock.join(timeout=10)
