"""Fast entry of a day's returns: the lines a person owes, what is usual, and saving them all, each for itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.chain import digest
from rixin.people.staff import Staff
from rixin.records import actions, queries
from rixin.records.actions import EntryRefused
from rixin.records.due import Duty, duties
from rixin.records.entry import Values, read_values
from rixin.records.facilities import of_facility
from rixin.records.journal import NewRecord
from rixin.records.models import Record, Status

TIMES = 5
"""Whoever writes so many times the usual number is asked back."""
_LEAST = 10
"""Below so much many times more is little: two meals after ten are no mistake."""
_USUAL_OF = timedelta(days=30)
ZERO = "0"


@dataclass(frozen=True)
class Line:
    """What one area or facility owes for one day, with what is there. `closed`: it was closed on that day."""

    duty: Duty
    record: Record | None
    before: Record | None
    """Of the day before."""
    usual: Mapping[str, float]
    """By field: the median of the last weeks, where there are some."""
    closed: bool = False

    @property
    def key(self) -> str:
        """Names its fields in the form: letters, digits and dashes."""
        return digest([self.duty.version.type.code, self.duty.owed_by])[:12]

    @property
    def kind(self) -> RecordType:
        return self.duty.version.type


@dataclass(frozen=True)
class Outcome:
    """What became of a line that was sent. `odd`: fields whose number is many times the usual, asked back."""

    saved: Record | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    """By field; "" for the whole line."""
    odd: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something more about it."""
        return self.saved is None


def is_fast(record: RecordType) -> bool:
    """Whether a line of numbers says all of it: totals of a day, nothing else needed, open to whoever enters them."""
    numbers = numbers_of(record)
    rest = [one for one in record.fields if one not in numbers]
    return record.period == "day" and bool(numbers) and not record.confidential and not any(o.required for o in rest)


def numbers_of(record: RecordType) -> list[RecordField]:
    return [one for one in record.fields if one.kind in ("count", "amount")]


def lines(staff: Staff, day: date, today: date) -> list[Line]:
    """What the person owes for the day, type by type. One statement for what is there."""
    owed = [duty for duty in duties(staff, today) if is_fast(duty.version.type)]
    period = Period.of("day", day)
    kinds = {duty.version.type.code for duty in owed}
    there: dict[tuple[str, str], dict[date, Record]] = {}
    seen = Record.objects.filter(type__in=kinds, day__range=(day - _USUAL_OF, day)).exclude(status=Status.WITHDRAWN)
    for record in seen.order_by("day"):
        owed_by = f"facility {record.facility_id}" if record.facility_id else record.area_path
        there.setdefault((record.type, owed_by), {})[record.day] = record
    found = []
    for duty in owed:
        records = there.get((duty.version.type.code, duty.owed_by), {})
        closed = duty.open_days is not None and not duty.open_days.holds(day, day)
        if day in records or closed or _is_owed(duty, period):
            past = [one for on, one in records.items() if on < day]
            before = records.get(day - timedelta(days=1))
            found.append(Line(duty, records.get(day), before, _usual(duty.version.type, past), closed))
    return found


def _is_owed(duty: Duty, period: Period) -> bool:
    """Also for a day before the first return: somebody may begin with it."""
    until = duty.version.type.due_until
    return not until or period.last <= date.fromisoformat(until)


def _usual(record: RecordType, past: Iterable[Record]) -> dict[str, float]:
    found: dict[str, list[int]] = {}
    for one in past:
        for asked in numbers_of(record):
            value = one.values.get(asked.name)
            if isinstance(value, int):
                found.setdefault(asked.name, []).append(value)
    return {name: median(values) for name, values in found.items()}


def odd(record: RecordType, values: Values, usual: Mapping[str, float]) -> list[str]:
    """The fields whose number is many times the usual one, or many times less. Pure."""
    return [
        asked.name
        for asked in numbers_of(record)
        if isinstance(value := values.get(asked.name), int) and _far(value, usual.get(asked.name), 10**asked.decimals)
    ]


def _far(value: int, usual: float | None, digit: int) -> bool:
    if not usual or max(value, usual) < _LEAST * digit:
        return False
    return value >= usual * TIMES or (value > 0 and value * TIMES <= usual)


def save(
    line: Line, typed: Mapping[str, str], *, staff: Staff, day: date, at: datetime, once: str, sure: bool, zero: bool
) -> Outcome | None:
    """Enters one line; None where nothing was typed, which is not nought. `zero`: the person says that all are."""
    asked = numbers_of(line.kind)
    given: dict[str, Any] = {one.name: typed.get(one.name, "").strip() for one in asked}
    if zero:
        given = {name: said or ZERO for name, said in given.items()}
    if not any(given.values()):
        return None
    values, faults = read_values(line.kind, given, versions.work().measures)
    if faults:
        return Outcome(faults=faults)
    if not sure and not zero and (strange := odd(line.kind, values, line.usual)):
        return Outcome(odd=strange)
    try:
        return Outcome(saved=actions.enter(_new(line, staff, day, values, once), by=staff.actor, at=at))
    except EntryRefused as refused:
        return Outcome(faults={"": str(refused.message)})


def _new(line: Line, staff: Staff, day: date, values: Values, once: str) -> NewRecord:
    version: RecordVersion = line.duty.version
    origin = digest(["daily", staff.account.pk, once, line.key]) if once else ""
    unit = queries.unit_for(staff, version)
    if line.duty.facility is not None:
        where = of_facility(line.duty.facility)
        return NewRecord(version=version, day=day, unit=unit, values=values, origin=origin, **where)
    return NewRecord(version=version, day=day, unit=unit, values=values, origin=origin, area_path=line.duty.area_path)
