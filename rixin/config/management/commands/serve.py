"""`rixin serve`: the web processes and one worker, until Ctrl-C."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rixin.config.environment import Environment
from rixin.config.management.ready import demand_free, demand_migrated


class Command(BaseCommand):
    help = "Serves the pages and runs the worker. HOST, PORT and WORKERS say where and how many."

    def add_arguments(self, parser: CommandParser) -> None:
        env = Environment()
        parser.add_argument("--host", default=env.str("HOST", default="127.0.0.1"))
        port = env.number("PORT", default=8000, least=1, most=65535)
        parser.add_argument("--port", type=int, default=port)
        workers = env.number("WORKERS", default=2, least=1)
        parser.add_argument("--workers", type=int, default=workers, help="web processes")
        parser.add_argument("--no-worker", action="store_true", help="only the pages; `rixin worker` runs elsewhere")

    def handle(self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any) -> None:
        if not 1 <= port <= 65535:
            raise CommandError(f"--port {port} is no port: choose one from 1 to 65535.")
        if workers < 1:
            raise CommandError(f"--workers {workers}: at least one web process is needed.")
        demand_free(host, port)
        demand_migrated()
        collect_static()
        commands = [web_command(host, port, workers)]
        if not no_worker:
            commands.append([sys.executable, "-m", "rixin", "worker"])
        address = f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::'} else host}:{port}/"  # noqa: S104
        self.stdout.write(f"Rixin: {address}    (stop: Ctrl-C)")
        if settings.DEMO:
            self.stdout.write(f"Demo accounts: {address}staff/demo    password: {settings.DEMO_PASSWORD}")
        self.stdout.flush()
        # This process has all of Django in memory and nothing left to do: a small one takes its place.
        os.execv(sys.executable, [sys.executable, "-m", "rixin.config.supervisor", json.dumps(commands)])  # noqa: S606


def web_command(host: str, port: int, workers: int) -> list[str]:
    """How granian is called. Few threads: SQLite writes one after the other, PostgreSQL's pool is bounded."""
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    options += [
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--no-ws",
        "--http",
        "1",
    ]
    return [granian, *options, "rixin.config.wsgi:application"]


def collect_static() -> None:
    """Copies and compresses what browsers load, if the front end was built anew since the last time."""
    manifest = Path(settings.FRONT_END_BUILD) / "manifest.json"
    if not manifest.exists():
        raise CommandError("The front end is not built. Run: make build")
    copy = settings.STATIC_ROOT / "build" / "manifest.json"
    if not copy.exists() or copy.read_bytes() != manifest.read_bytes():
        # The fonts of printed pages stay on the server: 40 MB that no browser asks for.
        call_command(
            "collectstatic", interactive=False, clear=copy.exists(), verbosity=0, ignore_patterns=["fonts-pdf", ".*"]
        )
