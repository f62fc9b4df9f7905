"""Which rows were entered before: nothing is entered twice, and two rows that say the same in one table both are.

A row's fingerprint is what it says and the how manieth in its table to say so, whatever its row, file or spelling.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from rixin.chain import digest
from rixin.records.entry import Values
from rixin.records.journal import NewRecord
from rixin.records.models import Record, Status

_BATCH = 500
_COLUMNS = ("day", "area_path", "address", "unit_id", "source", "values", "facility_id")
Return = tuple[str, str, int, int | None]
"""Period, area and unit of a return, or period and facility: of each there is one."""


@dataclass
class Known:
    """The records of the same days. `same`: what they say → their numbers."""

    same: dict[str, list[int]] = field(default_factory=dict)
    returns: dict[Return, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Marked:
    """A row with its fingerprint. `nth`: the how manieth of the table it is that says the same."""

    new: NewRecord
    content: str
    nth: int


Owing = tuple[str, int | None]
"""Whose returns follow on each other: an area, or a facility without its area."""


def owing(new: NewRecord) -> Owing:
    return ("", new.facility) if new.facility is not None else (new.area_path, None)


def return_of(new: NewRecord) -> Return:
    return _return(new.period, new.area_path, new.unit, new.facility)


def _return(period: str, area_path: str, unit: int, facility: int | None) -> Return:
    return (period, "", 0, facility) if facility is not None else (period, area_path, unit, None)


def marked(rows: Iterable[NewRecord], salt: str = "") -> list[Marked]:
    """`salt`: makes the fingerprints those of one import only."""
    times: Counter[str] = Counter()
    found = []
    for new in rows:
        said = (new.day, new.area_path, new.address, new.unit, new.source, new.values, new.facility)
        content = _content(new.version.type.code, said)
        times[content] += 1
        nth = times[content]
        origin = digest(["row", content, nth, salt] if salt else ["row", content, nth])
        found.append(Marked(replace(new, origin=origin), content, nth))
    return found


def by_origin(origins: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Fingerprint → (record, its import), of records too that were corrected or withdrawn since."""
    found: dict[str, tuple[int, int | None]] = {}
    for first in range(0, len(origins), _BATCH):
        rows = Record.objects.filter(origin__in=origins[first : first + _BATCH])
        found |= {origin: (pk, batch) for pk, batch, origin in rows.values_list("pk", "batch_id", "origin")}
    return found


def known_to(rows: Sequence[Marked]) -> Known:
    """What is there of the same kind and days, however it was entered. One statement, in constant memory but for it."""
    known = Known()
    if not rows:
        return known
    wanted = {row.content for row in rows}
    kind, days = rows[0].new.version.type.code, [row.new.day for row in rows]
    units = {row.new.unit for row in rows}
    there = Record.objects.filter(type=kind, day__range=(min(days), max(days)))
    there = there.filter(Q(unit__in=units) | Q(facility__isnull=False))
    there = there.exclude(status=Status.WITHDRAWN)
    for pk, period, *said in there.order_by("pk").values_list("pk", "period", *_COLUMNS).iterator(2_000):
        content = _content(kind, said)
        if content in wanted:
            known.same.setdefault(content, []).append(pk)
        if period:
            known.returns[_return(period, said[1], said[3], said[6])] = pk
    return known


def _content(kind: str, said: Sequence[Any]) -> str:
    day, area_path, address, unit, source, values, facility = said
    # What was imported before records belonged to facilities is still known again.
    more = [] if facility is None else [facility]
    return digest([kind, day.isoformat(), area_path, address, unit, source, _plain(values), *more])


def _plain(values: Values) -> Values:
    """Words of long ago may still have the line ends of the browser that sent them."""
    return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in values.items()}
