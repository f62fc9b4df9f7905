"""Counting of terms: working hours, working days, calendar days, months, with China's holidays and make-up days.

Pure: a calendar is a value, every function takes the moment it counts from. All dates and hours are local
(Asia/Shanghai). Every result carries the steps that lead to it, so that a date can explain itself on the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

from rixin.catalogue.schema import Term, Text, WorkingTime

LOCAL = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)
BUILT_IN_YEARS = frozenset(day.year for day in holidays)
_HOLIDAY_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}

StepKind = Literal[
    "term", "holiday", "make_up", "weekend", "moved", "outside_hours", "ordered", "paused", "extended", "provisional"
]


class CalendarEnds(Exception):
    """No holidays are known for a year: they are not guessed. Add them under `working_time` in the catalogue."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"The holidays of {year} are not known. "
            f"Add the State Council's notice for {year} to the working time of the catalogue."
        )


@dataclass(frozen=True)
class Step:
    """One reason why a date is what it is. `days` are ISO dates; `facts` are plain values for the wording."""

    kind: StepKind
    days: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "days": list(self.days), **({"facts": self.facts} if self.facts else {})}


@dataclass(frozen=True)
class Due:
    """When a term ends. `at` is aware and the last moment that is still in time.

    `nominal` is the same before a last day off was moved to a working day: an extension counts from there.
    """

    at: datetime
    steps: tuple[Step, ...]
    nominal: datetime


@dataclass(frozen=True)
class WorkCalendar:
    """Office hours and which days are worked.

    Source: the State Council's yearly notices (built in through the calendar library), overridden by the catalogue.
    """

    hours: tuple[tuple[time, time], ...]
    special: dict[date, tuple[bool, Text]] = field(default_factory=dict)
    years_added: frozenset[int] = frozenset()

    @classmethod
    def from_definition(cls, definition: WorkingTime) -> "WorkCalendar":
        return cls(
            hours=tuple((time.fromisoformat(span.start), time.fromisoformat(span.end)) for span in definition.hours),
            special={date.fromisoformat(day.day): (day.works, day.name) for day in definition.days},
            years_added=frozenset(definition.years_added),
        )

    @cached_property
    def _known(self) -> dict[date, bool]:
        return {}

    def guessing(self, year: int) -> "WorkCalendar":
        """The same with plain weeks in `year`: for a provisional date until that year's holidays are published."""
        return replace(self, years_added=self.years_added | {year})

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked. Raises CalendarEnds for a year without published holidays."""
        if (known := self._known.get(day)) is not None:
            return known
        if day in self.special:
            works = self.special[day][0]
        elif day.year in BUILT_IN_YEARS:
            works = chinese_calendar.is_workday(day)
        elif day.year in self.years_added:
            works = day.weekday() < 5
        else:
            raise CalendarEnds(day.year)
        self._known[day] = works
        return works

    def is_make_up(self, day: date) -> bool:
        """A weekend day that is worked to make up for a holiday."""
        return day.weekday() >= 5 and self.is_working(day)

    def is_holiday(self, day: date) -> bool:
        """A day off that is named by a notice, weekends inside a holiday included."""
        if day in self.special:
            return not self.special[day][0]
        return day in holidays

    def day_name(self, day: date) -> dict[str, str] | None:
        """Name of the holiday that a special day belongs to, in both languages."""
        if day in self.special:
            return self.special[day][1].model_dump()
        if found := holidays.get(day) or workdays.get(day):
            return {"zh": _HOLIDAY_ZH.get(found, found), "en": found}
        return None

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        following = day + timedelta(days=1)
        while not self.is_working(following):
            following += timedelta(days=1)
        return following

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day. Source: Civil Code of the PRC, art. 203."""
        return day if self.is_working(day) else self.next_working_day(day)

    def working_spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Office hours of `day`; none on a day off."""
        if self.is_working(day):
            for start, end in self.hours:
                yield datetime.combine(day, start, LOCAL), datetime.combine(day, end, LOCAL)

    def next_working_moment(self, moment: datetime) -> datetime:
        """`moment` itself if the office is open then, else the next opening. Messages wait for it: none at night."""
        moment = moment.astimezone(LOCAL)
        day = moment.date()
        while True:
            for start, end in self.working_spans(day):
                if moment < end:
                    return max(moment, start)
            day += timedelta(days=1)

    def is_open(self, moment: datetime) -> bool:
        """Whether the office works then; in a year without published holidays, by plain weeks."""
        moment = moment.astimezone(LOCAL)
        try:
            return any(start <= moment < end for start, end in self.working_spans(moment.date()))
        except CalendarEnds as missing:
            return self.guessing(missing.year).is_open(moment)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Office time from `start` to `end`; zero if `end` is not later."""
        start, end = start.astimezone(LOCAL), end.astimezone(LOCAL)
        total, day = timedelta(0), start.date()
        while day <= end.date():
            for opens, closes in self.working_spans(day):
                total += max(timedelta(0), min(closes, end) - max(opens, start))
            day += timedelta(days=1)
        return total

    def working_days_between(self, after: date, until: date) -> int:
        """Working days in the half-open span (after, until]."""
        return sum(self.is_working(after + timedelta(days=nth)) for nth in range(1, (until - after).days + 1))


def last_day_of_term(received: date, working_days: int, calendar: WorkCalendar) -> date:
    """Last day of a term of `working_days` working days, counted from the day after `received`.

    Zero days end on `received`. Source: Civil Code of the PRC, art. 201 (the first day is not counted).
    """
    day = received
    for _nth in range(working_days):
        day = calendar.next_working_day(day)
    return day


def same_day_months_later(received: date, months: int) -> date:
    """The day of the same number `months` later, or the last day of that month. Source: Civil Code, art. 202."""
    year, month = divmod(received.month - 1 + months, 12)
    first = date(received.year + year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(received.day, last.day))


def due(received: datetime, term: Term, calendar: WorkCalendar) -> Due:
    """When a term that begins with `received` (aware) ends, and why.

    Terms of days and months run to the end of their last day. Terms of hours run from the moment itself
    (Civil Code, art. 201), working hours only while the office is open.
    """
    received = received.astimezone(LOCAL)
    first = Step("term", (received.date().isoformat(),), {"amount": term.amount, "unit": term.unit})
    if term.unit == "hours":
        end = received + timedelta(hours=term.amount)
        return Due(end, (first,), end)
    if term.unit == "working_hours":
        end = after_working_time(received, timedelta(hours=term.amount), calendar)
        opening = calendar.next_working_moment(received)
        waits = (Step("outside_hours", (opening.isoformat(),)),) if opening > received else ()
        return Due(end, (first, *waits, *_days_off(received.date(), end.date(), calendar)), end)
    if term.unit == "working_days":
        last = last_day_of_term(received.date(), term.amount, calendar)
        return Due(_end_of(last), (first, *_days_off(received.date(), last, calendar)), _end_of(last))
    if term.unit == "calendar_days":
        plain = received.date() + timedelta(days=term.amount)
    else:
        plain = same_day_months_later(received.date(), term.amount)
    last = calendar.working_day_from(plain)
    moved: tuple[Step, ...] = ()
    if last != plain:
        facts = {"to": last.isoformat(), "name": calendar.day_name(plain)}
        moved = (Step("moved", (plain.isoformat(),), facts),)
    return Due(_end_of(last), (first, *moved), _end_of(plain))


def due_or_provisional(received: datetime, term: Term, calendar: WorkCalendar) -> Due:
    """Like `due`; where a year's holidays are not published, plain weeks are taken for it, and a step says so."""
    try:
        return due(received, term, calendar)
    except CalendarEnds as missing:
        ends = due_or_provisional(received, term, calendar.guessing(missing.year))
        return replace(ends, steps=(*ends.steps, Step("provisional", (), {"year": missing.year})))


def after_working_time(moment: datetime, length: timedelta, calendar: WorkCalendar) -> datetime:
    """The moment at which `length` of office time has passed since `moment`."""
    at = calendar.next_working_moment(moment)
    day = at.date()
    while True:
        for opens, closes in calendar.working_spans(day):
            here = max(opens, at)
            if here < closes:
                if length <= closes - here:
                    return here + length
                length -= closes - here
        day += timedelta(days=1)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, LOCAL)


def _days_off(after: date, until: date, calendar: WorkCalendar) -> Iterator[Step]:
    """Why days in (after, until] were skipped or, against the weekday, counted; one step per named holiday."""
    off: dict[str, list[date]] = {}
    names: dict[str, dict[str, str]] = {}
    weekend: list[date] = []
    made_up: list[date] = []
    for nth in range(1, (until - after).days + 1):
        day = after + timedelta(days=nth)
        if calendar.is_make_up(day):
            made_up.append(day)
        elif not calendar.is_working(day):
            if calendar.is_holiday(day) and (name := calendar.day_name(day)):
                off.setdefault(name["en"], []).append(day)
                names[name["en"]] = name
            else:
                weekend.append(day)
    for english, days in off.items():
        yield Step("holiday", _iso(days), {"name": names[english]})
    if made_up:
        yield Step("make_up", _iso(made_up))
    if weekend:
        yield Step("weekend", _iso(weekend))


def _iso(days: list[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)
