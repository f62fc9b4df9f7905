"""What the register knows of the enterprises that a table may mean, as plain values, in some statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from rixin.catalogue import versions
from rixin.registers import entering, fitting, journal
from rixin.registers.fitting import Space
from rixin.registers.imports.said import Said, room_key
from rixin.registers.models import Enterprise, FormerName, Return, Room, Tenancy, TraitSpan
from rixin.registers.returns import Key
from rixin.registers.traits import Giving

T = TypeVar("T")


@dataclass(frozen=True)
class Held:
    """A room that an enterprise has."""

    tenancy: int
    building: int
    key: str
    from_day: date
    lease_end: date | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An enterprise as the register has it. `traits`: what holds today, and what once happened; `spans`: all."""

    pk: int
    version: int
    name: str
    plain_name: str
    standing: str
    since: date
    details: Mapping[str, Any]
    former: frozenset[str] = frozenset()
    traits: frozenset[tuple[str, str]] = frozenset()
    spans: tuple[Giving, ...] = ()
    figures: Mapping[Key, int] = field(default_factory=dict)
    rooms: tuple[Held, ...] = ()

    @property
    def code(self) -> str:
        return str(self.details["code"])


@dataclass(frozen=True)
class KnownRoom:
    pk: int
    space: Space


@dataclass
class Known:
    """`entries` by id. Of names the plain form."""

    entries: dict[int, Entry] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    by_former: dict[str, set[int]] = field(default_factory=dict)
    rooms: dict[tuple[int, str], KnownRoom] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        self.entries[entry.pk] = entry
        if entry.code:
            self.by_code[entry.code] = entry.pk
        self.by_name.setdefault(entry.plain_name, set()).add(entry.pk)
        for name in entry.former:
            self.by_former.setdefault(name, set()).add(entry.pk)


def known_to(said: Sequence[Said], also: Iterable[int], today: date) -> Known:
    """`also`: ids of enterprises that people named."""
    codes = sorted({one.code for one in said if one.code})
    names = sorted({one.plain_name for one in said if one.plain_name})
    found: dict[int, Enterprise] = {}
    for some in _parts(codes):
        found |= _by_id(Enterprise.objects.filter(withdrawn=False, code__in=some))
    for some in _parts(names):
        found |= _by_id(Enterprise.objects.filter(withdrawn=False, plain_name__in=some))
        former = FormerName.objects.filter(plain_name__in=some).values("enterprise")
        found |= _by_id(Enterprise.objects.filter(withdrawn=False, pk__in=former))
    for ids in _parts(sorted(set(also) - set(found))):
        found |= _by_id(Enterprise.objects.filter(withdrawn=False, pk__in=ids))
    known = Known(rooms=_rooms_of({room.building for one in said for room in one.rooms}))
    for entry in _entries(list(found.values()), today):
        known.add(entry)
    return known


def _entries(rows: Sequence[Enterprise], today: date) -> Iterator[Entry]:
    ids = sorted(row.pk for row in rows)
    former: dict[int, set[str]] = defaultdict(set)
    traits: dict[int, set[tuple[str, str]]] = defaultdict(set)
    spans: dict[int, list[Giving]] = defaultdict(list)
    figures: dict[int, dict[Key, int]] = defaultdict(dict)
    rooms: dict[int, list[Held]] = defaultdict(list)
    lasting = {trait.code for trait in versions.work().traits.values() if trait.lasts}
    for some in _parts(ids):
        for name in FormerName.objects.filter(enterprise__in=some):
            former[name.enterprise_id].add(name.plain_name)
        for span in TraitSpan.objects.filter(enterprise__in=some):
            spans[span.enterprise_id].append(
                Giving(trait=span.trait, value=span.value, from_day=span.from_day, until_day=span.until_day)
            )
            if span.trait not in lasting or span.until_day is None or span.until_day > today:
                traits[span.enterprise_id].add((span.trait, span.value))
        for one in Return.objects.filter(enterprise__in=some):
            figures[one.enterprise_id][one.measured, one.period] = one.amount
        for let in Tenancy.objects.filter(enterprise__in=some, until_day=None).select_related("room"):
            held = Held(let.pk, let.room.building_id, room_key(let.room.number), let.from_day, let.lease_end)
            rooms[let.enterprise_id].append(held)
    for row in rows:
        yield Entry(
            pk=row.pk,
            version=row.version,
            name=row.name,
            plain_name=row.plain_name,
            standing=row.standing,
            since=row.since,
            details={name: getattr(row, name) for name in entering.DETAILS},
            former=frozenset(former[row.pk]),
            traits=frozenset(traits[row.pk]),
            spans=tuple(spans[row.pk]),
            figures=figures[row.pk],
            rooms=tuple(rooms[row.pk]),
        )


def _rooms_of(buildings: set[int]) -> dict[tuple[int, str], KnownRoom]:
    rows = list(Room.objects.filter(Q(until_day=None), building__in=sorted(buildings))) if buildings else []
    taken = fitting.takings(row.pk for row in rows)
    return {
        (row.building_id, room_key(row.number)): KnownRoom(
            row.pk, Space(row.area, row.from_day, row.until_day, tuple(taken[row.pk]))
        )
        for row in rows
    }


def _by_id(rows: Iterable[Enterprise]) -> dict[int, Enterprise]:
    return {row.pk: row for row in rows}


def _parts(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(many), journal.BATCH):
        yield many[first : first + journal.BATCH]
