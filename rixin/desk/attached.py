"""Photos and files that staff add: checked, kept, and remembered over a refusal by a signed note in the form."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any, TypeVar

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from rixin.cases import files, photos
from rixin.cases.files import KeptFile
from rixin.cases.photos import KeptPhoto

Kept = TypeVar("Kept", KeptPhoto, KeptFile)
_SALT = "rixin.desk."
_VALID_SECONDS = 24 * 3600


def keep_photos(sent: Sequence[IO[bytes]]) -> list[KeptPhoto]:
    """Raises ImageRefused."""
    return [photos.keep_sent(file) for file in sent]


def keep_files(sent: Sequence[UploadedFile[Any]]) -> list[KeptFile]:
    """Raises FileRefused."""
    return [files.keep(file, file.name or "") for file in sent]


def remembered(data: QueryDict | None, name: str, account_id: int, kind: type[Kept]) -> list[Kept]:
    """What an earlier, refused sending of this form had brought in field `name`. Forged notes are none."""
    found = (_read(note, account_id, kind) for note in (data.getlist(f"{name}-kept") if data else ()))
    return [one for one in found if one is not None]


def note(kept: KeptPhoto | KeptFile, account_id: int) -> str:
    return signing.dumps([account_id, asdict(kept)], salt=_SALT + type(kept).__name__, compress=True)


def _read(written: str, account_id: int, kind: type[Kept]) -> Kept | None:
    try:
        owner, facts = signing.loads(written, salt=_SALT + kind.__name__, max_age=_VALID_SECONDS)
    except signing.BadSignature:
        return None
    known: dict[str, Any] = facts
    return kind(**known) if owner == account_id else None
