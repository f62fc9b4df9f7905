"""Keeps the bytes of photos, by digest, so that the same photo is kept once and a retry does no harm."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from PIL import Image

from rixin.cases.models import Photo

THUMB_PIXELS = 320
UNSENT_FOR = timedelta(days=8)
"""How long a photo waits for its form to be sent. Forms hold on to theirs for a week."""


@dataclass(frozen=True)
class KeptPhoto:
    """A photo whose bytes are stored durably. `digest` is the SHA-256 of the JPEG; sizes in pixels and bytes."""

    digest: str
    width: int
    height: int
    size: int


def keep(jpeg: bytes, *, digest: str, width: int, height: int) -> KeptPhoto:
    """Stores a photo already cleaned (rixin.privacy.photos), with its thumbnail. Doing it twice is harmless."""
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path_of(digest, thumb=True), _thumbnail(jpeg))
        _write(path, jpeg)
    else:
        # Wanted again: the sweep leaves it alone for as long as a new one.
        path.touch()
        path_of(digest, thumb=True).touch()
    return KeptPhoto(digest, width, height, len(jpeg))


def path_of(digest: str, *, thumb: bool = False) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / f"{digest}{'.thumb' if thumb else ''}.jpg"


def _thumbnail(jpeg: bytes) -> bytes:
    with Image.open(BytesIO(jpeg)) as image:
        image.thumbnail((THUMB_PIXELS, THUMB_PIXELS))
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=70)
        return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk before anybody is told that it was received."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def sweep(at: datetime) -> int:
    """Deletes photos that no case took within UNSENT_FOR, and what a killed process left half written; how many.

    A form that was given up leaves its photos behind: nobody may look at them, so nobody may keep them.
    """
    old = at - UNSENT_FOR
    return sum(_delete_unless_taken(folder, old) for folder in _folders())


def _folders() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return root.glob("[0-9a-f][0-9a-f]") if root.is_dir() else iter(())


def _delete_unless_taken(folder: Path, old: datetime) -> int:
    """A folder holds about one in 256 of all photos: one question to the database for each."""
    left = [path for path in folder.iterdir() if path.stat().st_mtime < old.timestamp()]
    digests = {path.name.split(".")[0] for path in left}
    taken = set(Photo.objects.filter(digest__in=digests).values_list("digest", flat=True)) if digests else set()
    unwanted = [path for path in left if path.name.split(".")[0] not in taken]
    for path in unwanted:
        path.unlink(missing_ok=True)
    return sum(not path.name.endswith(".thumb.jpg") for path in unwanted)
