"""Files that staff lay with a matter for each other: drawings, letters, tables. Residents never see them.

A file is kept as it came, under its digest, and handed out only to be saved, never to be shown in a page. Its name and
its first bytes must say alike what it is; what could run is not taken.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from rixin import stored_bytes
from rixin.cases.models import CaseFile
from rixin.held_bytes import held

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "ofd": (_ZIP,),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "pptx": (_ZIP,),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "ppt": (_OLE,),
    "wps": (_OLE, _ZIP),
    "et": (_OLE, _ZIP),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "txt": (b"",),
    "csv": (b"",),
}
"""First bytes by ending. Plain text has none; it holds no zero byte instead."""
_PLAIN = ("txt", "csv")
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""What no file name may hold: control signs, those of paths, and those that turn the direction of reading."""


class FileRefused(Exception):
    """The file is not kept; `message` says why and what to do, in the reader's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class KeptFile:
    """A file whose bytes are stored durably. `digest` is their SHA-256, `size` in bytes."""

    digest: str
    name: str
    size: int


def keep(file: IO[bytes], name: str) -> KeptFile:
    """Raises FileRefused. Doing it twice is harmless."""
    content = file.read(MOST_BYTES + 1)
    known = _name(name)
    _check(content, known)
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        # Wanted again: the sweep leaves it alone for as long as a new one.
        path.touch()
    else:
        stored_bytes.write(path, content)
    return KeptFile(digest, known, len(content))


def path_of(digest: str) -> Path:
    return _root() / digest[:2] / digest


def sweep(at: datetime) -> int:
    """Deletes files whose form was never sent; how many."""
    return len(stored_bytes.sweep(_root(), _taken, at))


def _taken(digests: set[str]) -> set[str]:
    of_matters = CaseFile.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return set(of_matters) | held(digests)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "files"


def _name(given: str) -> str:
    """The last part of the name, of fit signs, shortened before its ending."""
    whole = PurePath(_UNFIT.sub(" ", PurePath(given.replace("\\", "/")).name).strip())
    return f"{whole.stem[: LONGEST_NAME - len(whole.suffix)]}{whole.suffix}"


def _check(content: bytes, name: str) -> None:
    if not content:
        raise FileRefused("empty", _("“%(name)s” is empty.") % {"name": name})
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise FileRefused("too_large", _("“%(name)s” is larger than %(limit)s MB.") % {"name": name, "limit": limit})
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in BEGINS:
        known = ", ".join(BEGINS)
        raise FileRefused(
            "unknown",
            _("“%(name)s”: files of this kind are not taken. Possible are: %(known)s.")
            % {"name": name, "known": known},
        )
    is_so = b"\0" not in content if ending in _PLAIN else content.startswith(BEGINS[ending])
    if not is_so:
        raise FileRefused(
            "disguised",
            _("“%(name)s” is not what its name says. Please save it anew and choose it again.") % {"name": name},
        )
