"""Keys of those who send: made, retired, recognised."""

import secrets
from datetime import datetime

from rixin.channels.models import Open311Key
from rixin.channels.open311.errors import forbidden
from rixin.privacy.sealing import fingerprint


def make(name: str, at: datetime) -> str:
    """A new key, shown now and never again. A name that has one gets another; the old one is worth nothing then."""
    key = secrets.token_urlsafe(24)
    Open311Key.objects.update_or_create(name=name, defaults={"mark": _mark(key), "made_at": at, "retired_at": None})
    return key


def retire(name: str, at: datetime) -> bool:
    """Whether there was such a key in force."""
    return bool(Open311Key.objects.filter(name=name, retired_at=None).update(retired_at=at))


def holder_of(key: str) -> Open311Key:
    """Raises CallRefused with 403, without saying whether the key is missing, wrong or retired."""
    found = Open311Key.objects.filter(mark=_mark(key), retired_at=None).first() if key else None
    if found is None:
        raise forbidden("api_key is missing or not valid")
    return found


def _mark(key: str) -> str:
    return fingerprint(f"open311 {key}")
