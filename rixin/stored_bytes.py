"""Bytes under MEDIA_ROOT, each under its digest: kept once, and a retry does no harm."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

UNSENT_FOR = timedelta(days=8)
"""How long bytes wait for their form to be sent. Forms hold on to theirs for a week."""


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk before anybody is told that it was received."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def sweep(root: Path, taken: Callable[[set[str]], set[str]], at: datetime) -> list[Path]:
    """Deletes what no matter took within UNSENT_FOR, and what a killed process left half written; what it was.

    A form that was given up leaves bytes behind: nobody may look at them, so nobody may keep them. `taken` says which
    of some digests belong to something.
    """
    folders = root.glob("[0-9a-f][0-9a-f]") if root.is_dir() else ()
    return [path for folder in folders for path in _delete_unless_taken(folder, taken, at - UNSENT_FOR)]


def _delete_unless_taken(folder: Path, taken: Callable[[set[str]], set[str]], old: datetime) -> list[Path]:
    """A folder holds about one in 256: one question to the database for each."""
    left = [path for path in folder.iterdir() if path.stat().st_mtime < old.timestamp()]
    wanted = taken({_digest(path) for path in left}) if left else set()
    unwanted = [path for path in left if _digest(path) not in wanted]
    for path in unwanted:
        path.unlink(missing_ok=True)
    return unwanted


def _digest(path: Path) -> str:
    return path.name.split(".")[0]
