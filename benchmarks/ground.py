"""What the measurements stand on: a PostgreSQL of their own with the units, places, definitions and accounts."""

import csv
import gzip
import os
import platform
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

PROGRAMS = "pginstall"
_STEPS = (("migrate",), ("people", "load", "--demo"), ("places", "load"), ("catalogue", "publish"))


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Of a CSV file in UTF-8, plain or gzipped, as it is handed to a measurement."""
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True)
class Ground:
    folder: Path
    database: str
    """Its address, as DATABASE_URL has it."""
    programs: Path
    """Where psql and pgbench of the same PostgreSQL lie."""


@contextmanager
def ground(**environment: str) -> Iterator[Ground]:
    """Starts the server, sets Django up on it and lays the ground; all of it is gone afterwards.

    To be entered once per process and before Django is imported for use: settings are read from the environment.
    """
    try:
        import pgserver
    except ImportError:
        sys.exit("PostgreSQL for measurements is missing. Run: make dev")
    # A short path: the name of a socket may have some hundred characters only.
    folder = Path(tempfile.mkdtemp(prefix="rixin-bench-"))
    server = pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        address = server.get_uri()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "rixin.config.settings",
            "DATABASE_URL": address,
            "DATA_DIR": str(folder / "data"),
            "SECRET_KEY": secrets.token_urlsafe(40),
            "DEMO": "1",
            **environment,
        }
        told("Ground: tables, units, places, definitions")
        _lay()
        yield Ground(folder, address, Path(pgserver.__file__).parent / PROGRAMS / "bin")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _lay() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    for step in _STEPS:
        call_command(*step, stdout=StringIO())


def told(words: str) -> None:
    print(f"{words} …", file=sys.stderr, flush=True)


def machine() -> str:
    """What it ran on, in one sentence."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'),"
            " current_setting('synchronous_commit'), current_setting('shared_buffers')"
        )
        version, fsync, commit, buffers = cursor.fetchone()
    return (
        f"{hardware()}, PostgreSQL {version} as it comes (shared_buffers {buffers}, fsync {fsync}, "
        f"synchronous_commit {commit}); server, database and clients on "
        f"this one machine; load average before it: {os.getloadavg()[0]:.1f}."
    )


def hardware() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, Linux, Python {platform.python_version()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
