"""A month of dates, week by week, with the days off of the working calendar."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from rixin.cases.models import CaseClock
from rixin.catalogue import versions
from rixin.catalogue.worktime import CalendarEnds
from rixin.desk.clock_pages.listing import Row, rows
from rixin.people.models import in_language

MOST_IN_A_CELL = 3


@dataclass(frozen=True)
class Day:
    """`name`: of the holiday that it belongs to, a day worked in place of another included. `off`: not worked."""

    day: date
    inside: bool
    today: bool
    off: bool
    name: str
    rows: list[Row]

    @property
    def first(self) -> list[Row]:
        return self.rows[:MOST_IN_A_CELL]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - MOST_IN_A_CELL)


def first_of(written: str, today: date) -> date:
    """The first day of the month that was asked for (2026-11), or of this one."""
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        return today.replace(day=1)


def bounds(first: date) -> tuple[date, date]:
    """The first and the last day that the page of a month shows: whole weeks."""
    days = list(Calendar().itermonthdates(first.year, first.month))
    return days[0], days[-1]


def after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def weeks(first: date, found: Iterable[CaseClock], at: datetime) -> list[list[Day]]:
    by_day: dict[date, list[CaseClock]] = {}
    for clock in found:
        by_day.setdefault(timezone.localdate(clock.due_at), []).append(clock)
    today = timezone.localdate(at)
    return [
        [_day(day, first, today, rows(by_day.get(day, []), at)) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _day(day: date, first: date, today: date, found: list[Row]) -> Day:
    calendar = versions.work_calendar()
    try:
        off = not calendar.is_working(day)
    except CalendarEnds:
        off = day.weekday() >= 5
    name = calendar.day_name(day)
    return Day(
        day=day,
        inside=(day.year, day.month) == (first.year, first.month),
        today=day == today,
        off=off,
        name=in_language(name["zh"], name["en"]) if name else "",
        rows=found,
    )
