"""Dates as an iCalendar file (RFC 5545): lines of at most 75 octets, ended by CR LF, UTF-8."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_OCTETS = 75
_SOON = timedelta(hours=24)
"""How long before the date a calendar reminds."""


@dataclass(frozen=True)
class Event:
    """`uid` stays the same for one clock; `sequence` rises with each change of the matter."""

    uid: str
    sequence: int
    changed_at: datetime
    due_at: datetime
    summary: str
    description: str
    url: str


def write(name: str, events: Iterable[Event]) -> bytes:
    return b"".join(_folded(line) for line in _lines(name, events))


def _lines(name: str, events: Iterable[Event]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rixin//Clocks//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{_text(name)}"
    yield "X-WR-TIMEZONE:Asia/Shanghai"
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{event.uid}"
        yield f"SEQUENCE:{event.sequence}"
        yield f"DTSTAMP:{_moment(event.changed_at)}"
        # A date is a moment: the last one in time. Calendars show it at its hour in the reader's own zone.
        yield f"DTSTART:{_moment(event.due_at)}"
        yield f"DTEND:{_moment(event.due_at)}"
        yield f"SUMMARY:{_text(event.summary)}"
        yield f"DESCRIPTION:{_text(event.description)}"
        yield f"URL:{event.url}"
        yield "TRANSP:TRANSPARENT"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
        yield from (f"TRIGGER:-PT{int(_SOON.total_seconds() // 3600)}H", "END:VALARM", "END:VEVENT")
    yield "END:VCALENDAR"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """RFC 5545, 3.3.11."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """RFC 5545, 3.1: no line is longer than 75 octets; what goes on begins with a blank. No sign is cut in two."""
    parts, room = [b""], _OCTETS
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = _OCTETS - 1
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
