"""Photos that staff add: cleaned, kept, and remembered over a refusal by a signed note in the form."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from django.core import signing
from django.http import QueryDict

from rixin.cases import photos
from rixin.cases.photos import KeptPhoto
from rixin.privacy.photos import clean_image

_SALT = "rixin.desk.photos"
_VALID_SECONDS = 24 * 3600


def keep(files: Sequence[IO[bytes]]) -> list[KeptPhoto]:
    """Raises ImageRefused."""
    kept = []
    for file in files:
        image = clean_image(file)
        kept.append(photos.keep(image.bytes, digest=image.sha256, width=image.width, height=image.height))
    return kept


def remembered(data: QueryDict, name: str, account_id: int) -> list[KeptPhoto]:
    """The photos of field `name` that an earlier, refused sending of this form had brought. Forged notes are none."""
    found = (_read(note, account_id) for note in data.getlist(f"{name}-kept"))
    return [photo for photo in found if photo is not None]


def note(photo: KeptPhoto, account_id: int) -> str:
    return signing.dumps([account_id, asdict(photo)], salt=_SALT, compress=True)


def _read(written: str, account_id: int) -> KeptPhoto | None:
    try:
        owner, facts = signing.loads(written, salt=_SALT, max_age=_VALID_SECONDS)
    except signing.BadSignature:
        return None
    known: dict[str, Any] = facts
    return KeptPhoto(**known) if owner == account_id else None
