"""Which returns are due, and which are missing: of each kind and area the periods that ended and were not returned.

What is asked is only whether a return is there; what it says is asked through `queries`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, QuerySet

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordType, Step
from rixin.facilities.models import Facility
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.records import queries
from rixin.records.facilities import OpenDays, with_open_days
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
    """The returns of one kind from one area, or one facility in it: what is missing, oldest first.

    `last`: the last day of the latest. `since`: the last day of the first period that is asked for; None: only the
    last period is. `open_days`: of a facility.
    """

    version: RecordVersion
    area_path: str
    last: date | None
    missing: Sequence[Missing]
    since: date | None = None
    facility: Facility | None = None
    open_days: OpenDays | None = None

    @property
    def late(self) -> int:
        return sum(one.days_late > 0 for one in self.missing)

    @property
    def owed_by(self) -> str:
        """Stands for the facility or the area, as long as it is there."""
        return f"facility {self.facility.pk}" if self.facility else self.area_path

    @property
    def owner(self) -> str:
        """Who owes it, by name: a facility, the unit where no place is asked, else the area."""
        if self.facility is not None:
            return self.facility.name
        kind = self.version.type
        if kind.place == "none":
            return units.by_code(kind.unit).name
        area = gazetteer.current().area(self.area_path)
        return area.name if area else self.area_path

    def asks_for(self, period: Period) -> bool:
        """Whether a return is owed for this period at all, come or missing."""
        until = self.version.type.due_until
        if until and period.last > date.fromisoformat(until):
            return False
        if self.open_days is not None and not self.open_days.holds(period.first, period.last):
            return False
        return self.since is None or period.last >= self.since


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
    """Of each kind of return that the person may enter, and each area or facility that owes one."""
    kinds = [version for version in queries.enterable_by(staff) if version.type.period]
    return [duty for duty in all_duties(kinds, today) if staff.scope.covers_area(duty.area_path)]


def all_duties(kinds: Sequence[RecordVersion], today: date) -> list[Duty]:
    """The same wherever they are: for the program itself. Two statements, and two more for facilities."""
    plain = {version.type.code: version for version in kinds if not version.type.facility}
    found = _of_areas(plain, today) if plain else []
    of_facilities = {version.type.code: version for version in kinds if version.type.facility}
    return [*found, *(_of_facilities(of_facilities, today) if of_facilities else ())]


def _of_areas(kinds: Mapping[str, RecordVersion], today: date) -> list[Duty]:
    known = spans(kinds)
    returned: dict[tuple[str, str], set[date]] = {}
    for kind, area, day in _lately(kinds, today).values_list("type", "area_path", "day"):
        returned.setdefault((kind, area), set()).add(day)
    found = []
    for code, version in kinds.items():
        for area in _areas(version, [area for kind, area in known if kind == code]):
            first, last = known.get((code, area), (None, None))
            if _rests(version.type, last, today):
                continue
            gone = missing(version.type, returned.get((code, area), ()), since=first, today=today)
            found.append(Duty(version, area, last, gone, first))
    return found


def _of_facilities(kinds: Mapping[str, RecordVersion], today: date) -> Iterator[Duty]:
    """One that is open owes a return from its opening on, once any of its kind has returned one; a closed one none."""
    ends = _there(kinds).values("type", "facility").annotate(first=Min("day"), last=Max("day")).order_by()
    known = {(row["type"], row["facility"]): (row["first"], row["last"]) for row in ends}
    returned: dict[tuple[str, int | None], set[date]] = {}
    for kind, pk, day in _lately(kinds, today).values_list("type", "facility", "day"):
        returned.setdefault((kind, pk), set()).add(day)
    there = with_open_days(code for version in kinds.values() for code in version.type.facility)
    for code, version in kinds.items():
        of_kind = [span for (kind, _pk), span in known.items() if kind == code]
        begun = min((first for first, _last in of_kind), default=None)
        if begun is not None and _rests(version.type, max(last for _first, last in of_kind), today):
            continue
        for facility, days in there:
            if facility.kind in version.type.facility:
                _first, last = known.get((code, facility.pk), (None, None))
                yield from _of_one(
                    version, facility, days, begun, last, returned.get((code, facility.pk), set()), today
                )


def _of_one(
    version: RecordVersion,
    facility: Facility,
    days: OpenDays,
    begun: date | None,
    last: date | None,
    returned: Iterable[date],
    today: date,
) -> Iterator[Duty]:
    """Nothing of one that was closed all the time that is looked back on."""
    since = max(begun, days.since) if begun and days.since else None
    gone = missing(version.type, returned, since=since, today=today)
    owed = [one for one in gone if days.holds(one.period.first, one.period.last)]
    if owed or days.holds(_back_to(version.type, today), today):
        yield Duty(version, facility.area_path, last, owed, since, facility, days)


def _lately(kinds: Iterable[str], today: date) -> QuerySet[Record]:
    """The returns of the time that is looked back on."""
    known = [version.type for version in versions.records() if version.type.code in set(kinds)]
    return _there(kinds).filter(day__gte=min((_back_to(one, today) for one in known), default=today))


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
