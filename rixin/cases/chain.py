"""The hash chain of a case: each event holds the hash of the one before it."""

from datetime import UTC

from rixin.cases.facts import Event, Given
from rixin.chain import digest


def event_hash(previous: str, case_id: int, seq: int, event: Event) -> str:
    """SHA-256, in hex, of the event together with its case, its place and the hash before it."""
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
    return digest(body)


def report_digest(title: str, text: str, form: Given) -> str:
    """Stands in the first event for the words of the resident, which may be deleted one day; the event stays."""
    return digest([title, text, form])
