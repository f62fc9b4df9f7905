"""Projects along time: for each a bar as planned, a bar as it went, and its steps as marks. Pure but for words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from rixin.catalogue.periods import Period
from rixin.desk.project_pages.rows import Line
from rixin.programmes.models import Status
from rixin.programmes.way import Stand

PER_DAY, PER_DAY_OF_YEARS = 1.6, 0.95
"""Pixels; of what takes longer than SHORT days, fewer."""
SHORT = 600
LONGEST = 3 * 366
"""Days that are drawn at most, the last ones."""


@dataclass(frozen=True)
class Bar:
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A step: `tone` is done, late or open."""

    x: float
    tone: str
    says: str


@dataclass(frozen=True)
class Drawn:
    """One project. `says` has in words what is drawn."""

    line: Line
    planned: Bar | None
    actual: Bar | None
    marks: list[Mark]
    says: str


@dataclass(frozen=True)
class Month:
    x: float
    width: float
    number: int
    year: int | None
    """Only where a year begins, and at the left edge."""


@dataclass(frozen=True)
class Gantt:
    width: int
    months: list[Month]
    today: float | None
    rows: list[Drawn]


def gantt(lines: Sequence[Line], today: date) -> Gantt | None:
    """None where nothing is to be drawn."""
    days = [day for line in lines for day in _days(line)]
    if not days:
        return None
    first, last = Period.of("month", min(days)).first, Period.of("month", max(days)).last
    if (last - first).days > LONGEST:
        first = Period.of("month", last - timedelta(days=LONGEST)).first
    scale = _Scale(first, last)
    return Gantt(
        width=round(scale.x(last + timedelta(days=1))),
        months=list(_months(scale)),
        today=scale.x(today) if first <= today <= last else None,
        rows=[_drawn(line, scale, today) for line in lines],
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    @property
    def per_day(self) -> float:
        return PER_DAY if (self.last - self.first).days <= SHORT else PER_DAY_OF_YEARS

    def x(self, day: date) -> float:
        """What lies before the first day drawn is drawn at the edge."""
        return round(max((day - self.first).days, 0) * self.per_day, 1)

    def bar(self, begins: date, ends: date) -> Bar | None:
        if ends < self.first:
            return None
        left = self.x(begins)
        return Bar(left, round(max(self.x(ends + timedelta(days=1)) - left, self.per_day), 1))


def _way(line: Line) -> list[Stand]:
    """Its steps without those after its end: years of a guarantee would make all others small."""
    return line.stands[: line.project.rules.last + 1]


def _days(line: Line) -> Iterator[date]:
    yield line.project.opened_on
    for stand in _way(line):
        yield from (day for day in (stand.planned_on, stand.done_on) if day is not None)


def _months(scale: _Scale) -> Iterator[Month]:
    month = Period.of("month", scale.first)
    while month.first <= scale.last:
        left = scale.x(month.first)
        names_year = month.first == scale.first or month.first.month == 1
        width = round(scale.x(month.last + timedelta(days=1)) - left, 1)
        yield Month(left, width, month.first.month, month.first.year if names_year else None)
        month = month.after()


def _drawn(line: Line, scale: _Scale, today: date) -> Drawn:
    opened, stands = line.project.opened_on, _way(line)
    planned = [stand.planned_on for stand in stands if stand.planned_on is not None and not stand.rules.optional]
    reached = today if line.project.status == Status.OPEN else line.project.ended_on or today
    return Drawn(
        line=line,
        planned=scale.bar(opened, max(planned)) if planned else None,
        actual=scale.bar(opened, min(reached, scale.last)),
        marks=list(_marks(line, scale, today)),
        says=_says(line, max(planned, default=opened)),
    )


def _marks(line: Line, scale: _Scale, today: date) -> Iterator[Mark]:
    for stand in _way(line):
        name = stand.rules.name.here()
        if stand.done_on is not None:
            if stand.done_on >= scale.first:
                yield Mark(
                    scale.x(stand.done_on), "done", _("{step}: done on {day}").format(step=name, day=stand.done_on)
                )
        elif stand.planned_on is not None and stand.planned_on >= scale.first and not stand.rules.optional:
            late = stand.planned_on < today and line.project.status != Status.STOPPED
            words = _("{step}: planned for {day}").format(step=name, day=stand.planned_on)
            yield Mark(scale.x(stand.planned_on), "late" if late else "open", words)


def _says(line: Line, until: date) -> str:
    said = _("planned from {first} to {last}; {done} % done, {expected} % expected by today").format(
        first=line.project.opened_on, last=until, done=line.progress, expected=line.expected
    )
    return f"{said}; {line.late_words}" if line.late else said
