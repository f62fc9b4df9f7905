"""Files that were previewed and wait for the person's word, for an hour."""

import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core import signing

KEPT_SECONDS = 3600
_SALT = "rixin.places.waiting"


class NotWaiting(Exception):
    """The file is gone: too old, or imported already."""


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "waiting_imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(content: bytes, **about: str) -> str:
    """A signed ticket by which `take` finds the file and what was said about it. Clears away what is too old."""
    for old in _folder().iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    key = secrets.token_hex(16)
    (_folder() / key).write_bytes(content)
    return signing.dumps({**about, "key": key}, salt=_SALT)


def take(ticket: str) -> tuple[bytes, dict[str, str]]:
    """The file and what was said about it, once. Raises NotWaiting."""
    try:
        about = signing.loads(ticket, salt=_SALT, max_age=KEPT_SECONDS)
        file = _folder() / about.pop("key")
        content = file.read_bytes()
        file.unlink()
    except (signing.BadSignature, FileNotFoundError) as gone:
        raise NotWaiting from gone
    return content, about
