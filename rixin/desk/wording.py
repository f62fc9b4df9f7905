"""Dates, counts and tones as rows and pages of the desk show them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rixin.cases.models import Case
from rixin.catalogue.dates import due_text
from rixin.catalogue.schema import State

Tone = Literal["", "open", "info", "warn", "late", "done", "paused", "urgent"]
_SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Due:
    """When something is due: in words as seen from now, as a short date, and in full for who wants to know."""

    words: str
    short: str
    full: str
    tone: Tone
    at: datetime


def due(due_at: datetime | None, at: datetime) -> Due | None:
    if due_at is None:
        return None
    left = due_at - at
    short, full = _written(due_at, timezone.localdate(at), get_language())
    if left < timedelta(0):
        return Due(_("%(time)s late") % {"time": span(-left)}, short, full, "late", due_at)
    tone: Tone = "warn" if left < _SOON else ""
    return Due(_("%(time)s left") % {"time": span(left)}, short, full, tone, due_at)


@lru_cache(maxsize=4096)
def _written(due_at: datetime, today: date, language: str) -> tuple[str, str]:
    """Short and in full. Most matters are due at the end of some day, so few are ever worded anew."""
    return _short(due_at, today), due_text(due_at)


def span(length: timedelta) -> str:
    """In one unit, rounded down: minutes, hours up to two days, then days."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s day", "%(n)s days", minutes // 1440) % {"n": minutes // 1440}


def moment(value: datetime, at: datetime) -> str:
    """Short for lists: the time today, the day this year, the year too before that."""
    return _short(value, timezone.localdate(at))


def _short(value: datetime, today: date) -> str:
    local = timezone.localtime(value)
    if local.date() == today:
        return local.strftime("%H:%M")
    if local.year == today.year:
        return date_format(local, pgettext("date format of this year", "j M H:i"))
    return date_format(local, pgettext("date format of another year", "j M Y"))


def tone_of(case: Case, state: State) -> Tone:
    """The colour of a case's state. A word always stands beside it."""
    if state.phase == "suspended":
        return "paused"
    if state.phase == "closed":
        return "done" if state.outcome == "solved" else ""
    return "info" if case.unit_id is not None else "open"


def counted(number: int, most: int) -> str:
    return f"{most}+" if number > most else str(number)
