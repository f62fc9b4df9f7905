"""Keeps the bytes of cleaned photos with a small picture of each, by digest: kept once, and a retry does no harm."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image

from rixin import stored_bytes
from rixin.privacy.photos import clean_image

THUMB_PIXELS = 320


@dataclass(frozen=True)
class KeptPhoto:
    """A photo whose bytes are stored durably. `digest` is the SHA-256 of the JPEG; sizes in pixels and bytes."""

    digest: str
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class PhotoFiles:
    """`folder`: under MEDIA_ROOT, so that what one app does not want any more is not taken from another."""

    folder: str = ""

    @property
    def root(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.folder

    def keep_sent(self, file: IO[bytes]) -> KeptPhoto:
        """Cleans what somebody sent and stores it. Raises ImageRefused."""
        clean = clean_image(file)
        return self.keep(clean.bytes, digest=clean.sha256, width=clean.width, height=clean.height)

    def keep(self, jpeg: bytes, *, digest: str, width: int, height: int) -> KeptPhoto:
        """Stores a photo already cleaned (rixin.privacy.photos), with its thumbnail. Doing it twice is harmless."""
        path = self.path_of(digest)
        if not path.exists():
            stored_bytes.write(self.path_of(digest, thumb=True), _thumbnail(jpeg))
            stored_bytes.write(path, jpeg)
        else:
            # Wanted again: the sweep leaves it alone for as long as a new one.
            path.touch()
            self.path_of(digest, thumb=True).touch()
        return KeptPhoto(digest, width, height, len(jpeg))

    def path_of(self, digest: str, *, thumb: bool = False) -> Path:
        return self.root / digest[:2] / f"{digest}{'.thumb' if thumb else ''}.jpg"


def _thumbnail(jpeg: bytes) -> bytes:
    with Image.open(BytesIO(jpeg)) as image:
        image.thumbnail((THUMB_PIXELS, THUMB_PIXELS))
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=70)
        return out.getvalue()
