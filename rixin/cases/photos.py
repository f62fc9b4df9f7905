"""Keeps the bytes of photos, by digest, so that the same photo is kept once and a retry does no harm."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image

from rixin.cases import storage
from rixin.cases.models import Photo
from rixin.held_bytes import held
from rixin.privacy.photos import clean_image

THUMB_PIXELS = 320


@dataclass(frozen=True)
class KeptPhoto:
    """A photo whose bytes are stored durably. `digest` is the SHA-256 of the JPEG; sizes in pixels and bytes."""

    digest: str
    width: int
    height: int
    size: int


def keep_sent(file: IO[bytes]) -> KeptPhoto:
    """Cleans what somebody sent and stores it. Raises ImageRefused."""
    clean = clean_image(file)
    return keep(clean.bytes, digest=clean.sha256, width=clean.width, height=clean.height)


def keep(jpeg: bytes, *, digest: str, width: int, height: int) -> KeptPhoto:
    """Stores a photo already cleaned (rixin.privacy.photos), with its thumbnail. Doing it twice is harmless."""
    path = path_of(digest)
    if not path.exists():
        storage.write(path_of(digest, thumb=True), _thumbnail(jpeg))
        storage.write(path, jpeg)
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


def sweep(at: datetime) -> int:
    """Deletes photos whose form was never sent; how many."""
    gone = storage.sweep(Path(settings.MEDIA_ROOT), _taken, at)
    return sum(not path.name.endswith(".thumb.jpg") for path in gone)


def _taken(digests: set[str]) -> set[str]:
    of_matters = Photo.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return set(of_matters) | held(digests)
