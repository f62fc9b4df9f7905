"""Rooms that the rows of one table take, one after the other: each leaves less free for those below."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from rixin.registers.fitting import Taking
from rixin.registers.imports.changes import Let, Renewal
from rixin.registers.imports.headings import FLOOR, LEASE_END, ROOM, SIZE
from rixin.registers.imports.known import Entry, KnownRoom
from rixin.registers.imports.said import RoomSaid, Said, room_key
from rixin.registers.journal import RegisterRefused

Key = tuple[int, str]
_CELLS = {"area": SIZE, "lease_end": LEASE_END, "from_day": ROOM}
"""Where what `fitting` refuses is mended."""


@dataclass(frozen=True)
class RoomToMake:
    """`area` in square decimetres: what all rows have of it together."""

    building: int
    number: str
    floor: int
    area: int
    from_day: date


def rooms_to_make(lets: Iterable[Let]) -> list[RoomToMake]:
    """Several enterprises that share a new room: it is as large as what they have of it."""
    found: dict[Key, RoomToMake] = {}
    for let in lets:
        if let.room is not None or let.floor is None:
            continue
        key = let.building, room_key(let.number)
        there = found.get(key)
        new = RoomToMake(let.building, let.number, let.floor, let.area, let.from_day)
        if there is not None:
            first = min(there.from_day, let.from_day)
            new = replace(there, area=there.area + let.area, from_day=first)
        found[key] = new
    return list(found.values())


@dataclass
class Ledger:
    """`rooms`: those of the buildings that the table names, by building and key of the number."""

    rooms: dict[Key, KnownRoom]
    today: date

    def take(self, said: Said, entry: Entry | None) -> tuple[list[Let], list[Renewal], dict[str, str]]:
        """What one row lets and renews; and by cell what is wrong, in which case nothing was taken."""
        held = {(one.building, one.key): one for one in entry.rooms} if entry else {}
        lets: list[Let] = []
        renewals: list[Renewal] = []
        problems: dict[str, str] = {}
        before = {one.key: self.rooms[one.key] for one in said.rooms if one.key in self.rooms}
        for one in said.rooms:
            mine = held.get(one.key)
            if mine is not None:
                if one.lease_end is not None and one.lease_end != mine.lease_end:
                    renewals.append(Renewal(mine.tenancy, mine.lease_end, one.lease_end))
                    if one.lease_end < mine.from_day:
                        problems[LEASE_END] = _("It ends before it begins.")
            elif one.key in self.rooms:
                self._let(one, said.since or self.today, lets, problems)
            else:
                _make(one, said.since or self.today, lets, problems)
        if problems:
            self.rooms |= before
            return [], [], problems
        return lets, renewals, {}

    def _let(self, one: RoomSaid, since: date, lets: list[Let], problems: dict[str, str]) -> None:
        known = self.rooms[one.key]
        # Who was here before the room was entered has it since the room is known.
        from_day = max(since, known.space.from_day)
        try:
            area = known.space.fitting(one.area, from_day, one.lease_end)
        except RegisterRefused as refused:
            problems[_CELLS.get(refused.field, ROOM)] = str(refused.message)
            return
        taking = Taking(0, from_day, None, area)
        self.rooms[one.key] = replace(known, space=replace(known.space, taken=(*known.space.taken, taking)))
        lets.append(Let(one.building, one.number, one.floor, known.pk, area, from_day, one.lease_end))


def _make(one: RoomSaid, from_day: date, lets: list[Let], problems: dict[str, str]) -> None:
    if one.floor is None:
        problems[FLOOR] = _("This room is new, and its number does not tell the floor: write it.")
    if one.area is None:
        problems[SIZE] = _("This room is new: write its area.")
    if one.lease_end is not None and one.lease_end < from_day:
        problems[LEASE_END] = _("It ends before it begins.")
    if one.floor is not None and one.area is not None:
        lets.append(Let(one.building, one.number, one.floor, None, one.area, from_day, one.lease_end))
