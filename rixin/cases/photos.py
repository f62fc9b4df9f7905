"""Keeps the bytes of photos, by digest, so that the same photo is kept once and a retry does no harm."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from PIL import Image

THUMB_PIXELS = 320


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
