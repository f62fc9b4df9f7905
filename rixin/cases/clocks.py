"""The clocks of a case: pure values and what may happen to them.

A clock never runs while it is paused, keeps its date through transfers, and explains itself by its steps.
Alarms (a warning before, a breach after) are set for office hours: none goes out at night.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from rixin.catalogue.schema import ResolvedType, Term
from rixin.catalogue.worktime import (
    END_OF_DAY,
    LOCAL,
    CalendarEnds,
    Due,
    Step,
    WorkCalendar,
    after_working_time,
    due,
    last_day_of_term,
)

Status = Literal["running", "paused", "stopped"]
AlarmKind = Literal["warning", "breach"]
_DEFAULT_WARNING = 0.25
"""Share of the office time left at which a warning goes out, where the definition sets no moment."""


@dataclass(frozen=True)
class ClockState:
    """One clock at one moment. `due_at` is the last moment in time; `steps` are plain data that explain it."""

    code: str
    term: Term
    status: Status
    started_at: datetime
    due_at: datetime
    nominal_at: datetime
    steps: tuple[dict[str, Any], ...] = ()
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    alarm: AlarmKind | None = None
    alarm_at: datetime | None = None
    round: int = 1
    """How often it was started: once more after each reopening."""
    missed: bool = False
    """Whether the date was missed in this or an earlier round; it stays, so that a reopening does not wash it away."""
    provisional_year: int | None = None
    """Set while the date stands on a year whose holidays are not published."""

    def late_at(self, moment: datetime) -> bool:
        """Whether the date had been missed by `moment`, or when it was paused or stopped before."""
        return (self.paused_at or self.stopped_at or moment) > self.due_at

    def as_data(self) -> dict[str, Any]:
        data = {key: _plain(value) for key, value in vars(self).items() if value is not None and key != "term"}
        return {**data, "term": self.term.model_dump()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "ClockState":
        moments = {key: datetime.fromisoformat(value) for key, value in data.items() if key.endswith("_at")}
        return cls(**{**data, **moments, "term": Term(**data["term"]), "steps": tuple(data.get("steps", ()))})


def start(
    code: str, rules: ResolvedType, at: datetime, calendar: WorkCalendar, before: ClockState | None = None
) -> ClockState:
    """The clock as it starts at `at`; `before` is the same clock's earlier round."""
    term = rules.term_of(code)
    ends, year = _known_or_provisional(lambda days: due(at, term, days), calendar)
    clock = ClockState(
        code=code,
        term=term,
        status="running",
        started_at=at,
        due_at=ends.at,
        nominal_at=ends.nominal,
        steps=tuple(step.as_data() for step in ends.steps),
        provisional_year=year,
        round=before.round + 1 if before else 1,
        missed=before.missed or before.late_at(at) if before else False,
    )
    return with_alarm(clock, rules, at, calendar)


def start_until(
    code: str,
    rules: ResolvedType,
    at: datetime,
    calendar: WorkCalendar,
    last: date,
    by: str,
    before: ClockState | None = None,
) -> ClockState:
    """The clock with an end that an order or an agreement sets: it runs to the end of the day `last`, `by` whose word.

    Such a day is taken as it was set: it is not moved when it is a day off.
    """
    local = at.astimezone(LOCAL)
    ends = datetime.combine(last, END_OF_DAY, LOCAL)
    step = Step("ordered", (last.isoformat(),), {"at": local.isoformat(), "by": by})
    clock = ClockState(
        code=code,
        term=Term(amount=max((last - local.date()).days, 0), unit="calendar_days"),
        status="running",
        started_at=at,
        due_at=ends,
        nominal_at=ends,
        steps=(step.as_data(),),
        round=before.round + 1 if before else 1,
        missed=before.missed or before.late_at(at) if before else False,
    )
    return with_alarm(clock, rules, at, calendar)


def stop(clock: ClockState, at: datetime) -> ClockState:
    missed = clock.missed or clock.late_at(at)
    return replace(clock, status="stopped", stopped_at=at, missed=missed, alarm=None, alarm_at=None)


def pause(clock: ClockState, at: datetime) -> ClockState:
    return replace(clock, status="paused", paused_at=at, alarm=None, alarm_at=None)


def resume(
    clock: ClockState, rules: ResolvedType, at: datetime, calendar: WorkCalendar, reason: str = ""
) -> ClockState:
    """The clock goes on with what was left when it was paused. A date missed before the pause stays missed."""
    if clock.paused_at is None:
        return clock
    paused_at = clock.paused_at
    running = replace(clock, status="running", paused_at=None)
    if paused_at <= clock.due_at:
        ends, year = _known_or_provisional(lambda days: _shifted(clock, paused_at, at, days), calendar)
        facts = {"due": ends.at.isoformat(), **({"reason": reason} if reason else {})}
        step = Step("paused", (paused_at.isoformat(), at.isoformat()), facts)
        running = replace(
            running,
            due_at=ends.at,
            nominal_at=ends.nominal,
            steps=(*clock.steps, step.as_data()),
            provisional_year=year or clock.provisional_year,
        )
    return with_alarm(running, rules, at, calendar)


def extend(
    clock: ClockState, by: Term, rules: ResolvedType, at: datetime, calendar: WorkCalendar, approver: str, reason: str
) -> ClockState:
    """The date moves by `by`, counted from the day on which the term would have ended by itself."""
    ends, year = _known_or_provisional(lambda days: due(clock.nominal_at, by, days), calendar)
    facts = {
        "amount": by.amount,
        "unit": by.unit,
        "approver": approver,
        "reason": reason,
        "at": at.isoformat(),
        "due": ends.at.isoformat(),
    }
    step = Step("extended", (clock.due_at.isoformat(), ends.at.isoformat()), facts)
    extended = replace(
        clock,
        due_at=ends.at,
        nominal_at=ends.nominal,
        steps=(*clock.steps, step.as_data(), *(step.as_data() for step in ends.steps[1:])),
        provisional_year=year or clock.provisional_year,
    )
    return with_alarm(extended, rules, at, calendar) if clock.status == "running" else extended


def recounted(clock: ClockState, rules: ResolvedType, at: datetime, calendar: WorkCalendar) -> ClockState:
    """The clock counted anew from its start: under another term, or now that the holidays of a year are known.

    Pauses and extensions are taken over one by one, in the order in which they happened.
    """
    if clock.status == "stopped":
        return clock
    fresh = replace(_started_as(clock, rules, calendar), round=clock.round, missed=clock.missed)
    for step in clock.steps:
        facts = step.get("facts", {})
        if step["kind"] == "paused":
            paused_at, resumed_at = map(datetime.fromisoformat, step["days"])
            fresh = resume(pause(fresh, paused_at), rules, resumed_at, calendar, facts.get("reason", ""))
        elif step["kind"] == "extended":
            by = Term(amount=facts["amount"], unit=facts["unit"])
            granted_at = datetime.fromisoformat(facts["at"])
            fresh = extend(fresh, by, rules, granted_at, calendar, facts["approver"], facts["reason"])
    if clock.paused_at is not None:
        return pause(fresh, clock.paused_at)
    return with_alarm(fresh, rules, at, calendar)


def _started_as(clock: ClockState, rules: ResolvedType, calendar: WorkCalendar) -> ClockState:
    for step in clock.steps:
        if step["kind"] == "ordered":
            last = date.fromisoformat(step["days"][0])
            return start_until(clock.code, rules, clock.started_at, calendar, last, step["facts"]["by"])
    return start(clock.code, rules, clock.started_at, calendar)


def with_alarm(clock: ClockState, rules: ResolvedType, at: datetime, calendar: WorkCalendar) -> ClockState:
    """The next alarm after `at`: the warning if its moment is still ahead, else the breach."""
    warn_at, breach_at = _alarm_moments(clock, rules, calendar)
    if warn_at is not None and at < warn_at < breach_at:
        return replace(clock, alarm="warning", alarm_at=warn_at)
    return replace(clock, alarm="breach", alarm_at=breach_at)


def after_alarm(clock: ClockState, rules: ResolvedType, calendar: WorkCalendar) -> ClockState:
    """The clock once its alarm has been told: after the warning the breach, after the breach none."""
    if clock.alarm == "warning":
        _warn_at, breach_at = _alarm_moments(clock, rules, calendar)
        return replace(clock, alarm="breach", alarm_at=breach_at)
    return replace(clock, alarm=None, alarm_at=None)


def _alarm_moments(clock: ClockState, rules: ResolvedType, calendar: WorkCalendar) -> tuple[datetime | None, datetime]:
    days = calendar
    for year in {clock.due_at.year, clock.due_at.year + 1}:
        try:
            calendar.is_working(date(year, 1, 1))
        except CalendarEnds:
            days = days.guessing(year)
    breach_at = days.next_working_moment(clock.due_at + timedelta(seconds=1))
    warn_before = rules.lifecycle.clocks[clock.code].warn_before
    if warn_before is not None:
        warn_at = _before(clock.due_at, warn_before, days)
    else:
        whole = days.working_time_between(clock.started_at, clock.due_at)
        if not whole:
            return None, breach_at
        warn_at = after_working_time(clock.started_at, whole * (1 - _DEFAULT_WARNING), days)
    return days.next_working_moment(warn_at), breach_at


def _before(moment: datetime, length: Term, calendar: WorkCalendar) -> datetime:
    if length.unit in ("hours", "working_hours"):
        return moment - timedelta(hours=length.amount)
    day = moment.astimezone(LOCAL).date()
    for _nth in range(length.amount):
        day -= timedelta(days=1)
        while length.unit == "working_days" and not calendar.is_working(day):
            day -= timedelta(days=1)
    return calendar.next_working_moment(datetime.combine(day, datetime.min.time(), LOCAL))


def _shifted(clock: ClockState, paused_at: datetime, at: datetime, calendar: WorkCalendar) -> Due:
    """The new end: as much of the term as was left at `paused_at`, counted from `at`."""
    paused, now = paused_at.astimezone(LOCAL), at.astimezone(LOCAL)
    ended = clock.due_at.astimezone(LOCAL)
    unit = clock.term.unit
    if unit == "hours":
        end = now + (ended - paused)
        return Due(end, (), end)
    if unit == "working_hours":
        end = after_working_time(now, calendar.working_time_between(paused, ended), calendar)
        return Due(end, (), end)
    if unit == "working_days":
        left = calendar.working_days_between(paused.date(), ended.date())
        end = datetime.combine(last_day_of_term(now.date(), left, calendar), END_OF_DAY, LOCAL)
        return Due(end, (), end)
    nominal_day = clock.nominal_at.astimezone(LOCAL).date() + (now.date() - paused.date())
    nominal = datetime.combine(nominal_day, END_OF_DAY, LOCAL)
    # Paused on rest days that had moved the end on: the term itself was over, but the day to act on was still to come.
    last_day = calendar.working_day_from(max(nominal_day, now.date()))
    return Due(datetime.combine(last_day, END_OF_DAY, LOCAL), (), nominal)


def _known_or_provisional(count: Callable[[WorkCalendar], Due], calendar: WorkCalendar) -> tuple[Due, int | None]:
    """What `count` gives; where a year's holidays are not published, a marked provisional date instead of none.

    A resident's report must not be turned away in December because next year's notice is still to come.
    """
    try:
        return count(calendar), None
    except CalendarEnds as missing:
        ends, _further = _known_or_provisional(count, calendar.guessing(missing.year))
        step = Step("provisional", (), {"year": missing.year})
        return replace(ends, steps=(*ends.steps, step)), missing.year


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
