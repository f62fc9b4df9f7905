"""The hash chain of a case: each event holds the hash of the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from rixin.cases.facts import Event, Given

FIRST = "0" * 64


def event_hash(previous: str, case_id: int, seq: int, event: Event) -> str:
    """SHA-256, in hex, of the event in canonical JSON together with its case, its place and the hash before it."""
    body = {
        "previous": previous,
        "case": case_id,
        "seq": seq,
        "action": event.action,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": vars(event.by),
        "given": event.given,
        "changes": event.changes,
    }
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def report_digest(title: str, text: str, form: Given) -> str:
    """Stands in the first event for the words of the resident, which may be deleted one day; the event stays."""
    return hashlib.sha256(canonical([title, text, form]).encode()).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
