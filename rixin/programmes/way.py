"""The way of a project: when its steps are planned, which may be done next, how far it is, what is late. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.catalogue.worktime import CalendarEnds, WorkCalendar


@dataclass(frozen=True)
class Stand:
    """How one step stands."""

    rules: ProjectStep
    planned_on: date | None = None
    done_on: date | None = None

    @property
    def waits(self) -> bool:
        """Whether the way cannot go on without it."""
        return self.done_on is None and not self.rules.optional


@dataclass(frozen=True)
class Late:
    """A step past its planned day. `days`: since then."""

    nth: int
    rules: ProjectStep
    planned_on: date
    days: int


# ---- when


def planned_days(kind: ProjectKind, opened_on: date, calendar: WorkCalendar) -> list[date]:
    """The days of the template: each step so many working days after the one before, what is shown long enough."""
    days: list[date] = []
    day, shown = opened_on, 0
    for step in kind.steps:
        earliest = day + timedelta(days=shown)
        day = _on_working_day(max(_later(day, step.days, calendar), earliest), calendar)
        days.append(day)
        shown = step.notice_days
    return days


def _later(day: date, working_days: int, calendar: WorkCalendar) -> date:
    for _nth in range(working_days):
        day = _on_working_day(day + timedelta(days=1), calendar)
    return day


def _on_working_day(day: date, calendar: WorkCalendar) -> date:
    while not _works(day, calendar):
        day += timedelta(days=1)
    return day


def _works(day: date, calendar: WorkCalendar) -> bool:
    """A plan reaches into years whose holidays nobody has announced: there, plain weeks have to do."""
    try:
        return calendar.is_working(day)
    except CalendarEnds:
        return day.weekday() < 5


# ---- what next


def last_done(stands: Sequence[Stand]) -> int | None:
    """Place of the last step that was done, from 0."""
    return max((nth for nth, stand in enumerate(stands) if stand.done_on is not None), default=None)


def doable(stands: Sequence[Stand]) -> list[int]:
    """Places of the steps that may be done next: the first that is waited for, and those before it that may be left
    out. What was left out once a later step was done stays left out.
    """
    found, last = [], last_done(stands)
    for nth in range(0 if last is None else last + 1, len(stands)):
        found.append(nth)
        if stands[nth].waits:
            break
    return found


def waiting(stands: Sequence[Stand]) -> int | None:
    """Place of the step that the way waits for; None where all is done."""
    return next((nth for nth in doable(stands) if stands[nth].waits), None)


def earliest(stands: Sequence[Stand], opened_on: date) -> date:
    """The first day on which the next step can be done: not before the last one, nor while something is shown."""
    last = last_done(stands)
    done_on = None if last is None else stands[last].done_on
    if last is None or done_on is None:
        return opened_on
    return done_on + timedelta(days=stands[last].rules.notice_days)


def is_done(kind: ProjectKind, stands: Sequence[Stand]) -> bool:
    return not any(stand.waits for stand in stands[: kind.last + 1])


# ---- how far


def progress(stands: Sequence[Stand]) -> Fraction:
    """What is done, by weight, of all that has to be done."""
    return _share(stands, [stand.done_on is not None for stand in stands])


def expected(stands: Sequence[Stand], day: date) -> Fraction:
    """What should be done by the end of the day according to the plan."""
    return _share(stands, [stand.planned_on is not None and stand.planned_on <= day for stand in stands])


def _share(stands: Sequence[Stand], reached: Sequence[bool]) -> Fraction:
    """Steps that may be left out count once they are done."""
    counted = [not stand.rules.optional or stand.done_on is not None for stand in stands]
    weights = [stand.rules.weight * counts for stand, counts in zip(stands, counted, strict=True)]
    whole = sum(weights)
    return Fraction(sum(weight for weight, there in zip(weights, reached, strict=True) if there), whole or 1)


# ---- what is late


def late_steps(stands: Sequence[Stand], today: date) -> list[Late]:
    """Steps that are waited for and should have been done before this day, in their order."""
    return [
        Late(nth, stand.rules, stand.planned_on, (today - stand.planned_on).days)
        for nth, stand in enumerate(stands)
        if stand.waits and stand.planned_on is not None and stand.planned_on < today
    ]
