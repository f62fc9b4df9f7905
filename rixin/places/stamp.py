"""Tells every process on this machine that the areas or places were changed, at the price of one file status.

The database could tell too, but only by being asked, and the way in for residents' reports asks it nothing that it
need not. Processes share DATA_DIR already, for keys and photos.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings

Stamp = tuple[int, int]
NEVER: Stamp = (0, 0)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "places.stamp"


def read() -> Stamp:
    """A new file each time, so that two changes within one tick of the clock still differ."""
    try:
        status = _file().stat()
    except FileNotFoundError:
        return NEVER
    return status.st_ino, status.st_mtime_ns


def renew() -> None:
    handle, fresh = tempfile.mkstemp(dir=settings.DATA_DIR, prefix="places.", suffix=".stamp")
    os.close(handle)
    Path(fresh).replace(_file())
