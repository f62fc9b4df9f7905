"""Which returns are due, and which are missing: of each kind and area the periods that ended and were not returned.

What is asked is only whether a return is there; what it says is asked through `queries`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, QuerySet

from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordType, Step
from rixin.people import units
from rixin.people.staff import Staff
from rixin.records import queries
from rixin.records.models import Record, Status

_DUE_DAYS: dict[Step, int] = {"day": 1, "month": 10, "quarter": 15, "year": 31}
_LOOKED_BACK: dict[Step, int] = {"day": 31, "month": 12, "quarter": 8, "year": 3}
"""Periods. What is missing for longer is history; an area that returned nothing for so long is asked no more."""


@dataclass(frozen=True)
class Missing:
    period: Period
    due: date
    days_late: int
    """0: it is not late yet."""


@dataclass(frozen=True)
class Duty:
    """The returns of one kind from one area: what is missing, oldest first. `last`: the last day of the latest."""

    version: RecordVersion
    area_path: str
    last: date | None
    missing: Sequence[Missing]

    @property
    def late(self) -> int:
        return sum(one.days_late > 0 for one in self.missing)


def due_on(record: RecordType, period: Period) -> date:
    """The day by which the return for the period is due."""
    allowed = _DUE_DAYS[period.step] if record.due_days is None else record.due_days
    return period.last + timedelta(days=allowed)


def missing(record: RecordType, returned: Iterable[date], *, since: date | None, today: date) -> list[Missing]:
    """Periods that have ended without a return, oldest first. `returned`: last days of the periods that are there;
    `since`: the first one ever, from which on they are asked for; none: only the last period is. Pure.
    """
    if record.period is None:
        return []
    ended = [Period.of(record.period, today).before()]
    while since is not None and len(ended) < _LOOKED_BACK[record.period]:
        ended.append(ended[-1].before())
    return missing_of(record, ended[::-1], returned, since=since, today=today)


def missing_of(
    record: RecordType, periods: Iterable[Period], returned: Iterable[date], *, since: date | None, today: date
) -> list[Missing]:
    """The same of these periods, however long ago; those that have not ended are not among it. Pure."""
    until = date.fromisoformat(record.due_until) if record.due_until else date.max
    there, first = set(returned), since or date.min
    gone = [one for one in periods if one.last < today and first <= one.last <= until and one.last not in there]
    return [Missing(one, due_on(record, one), max(0, (today - due_on(record, one)).days)) for one in gone]


def spans(kinds: Iterable[str]) -> dict[tuple[str, str], tuple[date, date]]:
    """By kind and area: the days of the first and the last return that are there, counted or not."""
    found = _there(kinds).values("type", "area_path").annotate(first=Min("day"), last=Max("day")).order_by()
    return {(row["type"], row["area_path"]): (row["first"], row["last"]) for row in found}


def drafts(kinds: Iterable[str], within: Period) -> list[tuple[str, date, int]]:
    """(kind, last day of its period, id) of returns that wait for a second person, in order of their days."""
    waiting = _there(kinds).filter(status=Status.DRAFT, day__range=(within.first, within.last))
    return list(waiting.order_by("day", "pk").values_list("type", "day", "pk"))


def _there(kinds: Iterable[str]) -> QuerySet[Record]:
    return Record.objects.filter(type__in=kinds).exclude(status=Status.WITHDRAWN)


def duties(staff: Staff, today: date) -> list[Duty]:
    """Of each kind of return that the person may enter, and each area that owes one. Two statements."""
    kinds = {version.type.code: version for version in queries.enterable_by(staff) if version.type.period}
    known = spans(kinds)
    returned: dict[tuple[str, str], set[date]] = {}
    earliest = min((_back_to(version.type, today) for version in kinds.values()), default=today)
    for kind, area, day in _there(kinds).filter(day__gte=earliest).values_list("type", "area_path", "day"):
        returned.setdefault((kind, area), set()).add(day)
    found = []
    for code, version in kinds.items():
        for area in _areas(version, [area for kind, area in known if kind == code]):
            first, last = known.get((code, area), (None, None))
            if not staff.scope.covers_area(area) or _rests(version.type, last, today):
                continue
            gone = missing(version.type, returned.get((code, area), ()), since=first, today=today)
            found.append(Duty(version, area, last, gone))
    return found


def _areas(version: RecordVersion, known: Iterable[str]) -> list[str]:
    """Those that owe the return: the unit's own where no place is asked, else whoever returned before."""
    if version.type.place == "none":
        return [units.by_code(version.type.unit).area_path]
    return sorted(known)


def _rests(record: RecordType, last: date | None, today: date) -> bool:
    """Of an area: it has returned nothing for long, as a canteen that was closed."""
    return record.place != "none" and (last is None or last < _back_to(record, today))


def _back_to(record: RecordType, today: date) -> date:
    period = Period.of(record.period or "day", today)
    for _nth in range(_LOOKED_BACK[record.period or "day"]):
        period = period.before()
    return period.first
