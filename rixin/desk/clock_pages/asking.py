"""What the pages of clocks are asked for in their address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from rixin.cases import deadlines, queries
from rixin.cases.models import Case, CaseClock
from rixin.desk import tabs
from rixin.desk.filters import start_of
from rixin.people.staff import Staff

WHEN = ("late", "week", "held")
_IN_HAND = ("role", "mine", "unit", "helping")
"""Folders of the inbox whose matters are in the person's own hands."""


@dataclass(frozen=True)
class Asked:
    """`all`: not only what is in the person's own hands, but everything within sight."""

    all: bool = False
    statutory: bool = False
    when: str = ""
    day: date | None = None
    page: int = 1

    def query(self, **other: str) -> str:
        said = {
            "whose": "all" if self.all else "mine",
            "statutory": "1" if self.statutory else "",
            "when": self.when,
            "day": self.day.isoformat() if self.day else "",
            **other,
        }
        return urlencode({name: value for name, value in said.items() if value})


def read(query: QueryDict, staff: Staff) -> Asked:
    """Who has nothing in hand is shown what is in sight."""
    whose = query.get("whose", "")
    when = query.get("when", "")
    page = query.get("page", "")
    return Asked(
        all=whose == "all" or not has_hands(staff),
        statutory=query.get("statutory") == "1",
        when=when if when in WHEN else "",
        day=day_of(query.get("day", "")),
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
    )


def has_hands(staff: Staff) -> bool:
    """Whether anything can be in the person's own hands: an auditor only looks."""
    return bool(_folders(staff))


def day_of(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    except ValueError:
        return None


def _folders(staff: Staff) -> list[tabs.Tab]:
    return [tab for tab in tabs.of(staff) if tab.code in _IN_HAND]


def cases(staff: Staff, asked: Asked, at: datetime) -> "QuerySet[Case]":
    """The open matters in the person's hands, or all within sight."""
    if asked.all:
        return queries.open_to(staff)
    held: Iterable[Q] = [tab.where(staff, at) for tab in _folders(staff)]
    return queries.open_to(staff).filter(reduce(or_, held, Q(pk__in=[])))


def clocks(staff: Staff, asked: Asked, at: datetime) -> "QuerySet[CaseClock]":
    rows = deadlines.of(cases(staff, asked, at))
    if asked.statutory:
        rows = rows.filter(deadlines.statutory())
    if asked.day is not None:
        rows = rows.filter(due_at__gte=start_of(asked.day), due_at__lt=start_of(asked.day + timedelta(days=1)))
    return rows.filter(_when(asked.when, at))


def counts(rows: "QuerySet[CaseClock]", at: datetime) -> dict[str, int]:
    """How many of the clocks lie in each of the times that can be asked for."""
    return {when: rows.filter(_when(when, at)).count() for when in ("", *WHEN)}


def _when(when: str, at: datetime) -> Q:
    today = timezone.localdate(at)
    return {
        "late": Q(status="running", due_at__lt=at),
        "week": Q(status="running", due_at__gte=at, due_at__lt=start_of(today + timedelta(days=7 - today.weekday()))),
        "held": Q(status="paused"),
    }.get(when, Q())
