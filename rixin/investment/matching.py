"""Which rooms fit what a lead looks for. Pure: plain values in, offers with their reasons out.

Areas in square decimetres, rent in fen a day and square metre. No points are given: offers stand in an order that
follows from facts, and each shows its facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

MOST_TOGETHER = 4
"""Rooms side by side that are offered as one."""
Why = Literal["free", "lease_ends", "planned"]
"""Why a room can be had: it is free, its lease ends soon, or it is still to be built."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """`from_day`: none for today. Bounds that are None are not asked."""

    least: int | None = None
    most: int | None = None
    from_day: date | None = None
    rent_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Free:
    """A room that can be had from a day on. `place`: its position among the rooms of its floor, so that the next
    number is the room beside it. `whole`: no tenant stays in a part of it. `rent`: that of its last lease.
    """

    room: int
    building: int
    floor: int
    number: str
    place: int
    area: int
    free_from: date
    why: Why = "free"
    whole: bool = True
    rent: int | None = None


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Tenants of a building: how many, and how many of them are of the lead's own industry section."""

    tenants: int = 0
    alike: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.alike, self.tenants) if self.tenants else Fraction(0)


NOBODY = Neighbours()


@dataclass(frozen=True)
class Offer:
    """One room, or several side by side. `late`: days that it is free after it is wanted; 0 for in time.
    `over`: fen that its dearest rent is above what can be paid; None where no rent is known or none was said.
    """

    rooms: tuple[Free, ...]
    late: int
    over: int | None
    neighbours: Neighbours

    @property
    def area(self) -> int:
        return sum(room.area for room in self.rooms)

    @property
    def free_from(self) -> date:
        return max(room.free_from for room in self.rooms)

    @property
    def building(self) -> int:
        return self.rooms[0].building


def offers(wish: Wish, rooms: Iterable[Free], neighbours: Mapping[int, Neighbours], today: date) -> list[Offer]:
    """What fits the area, in this order: free in time, within the rent, more neighbours of the same industry, one room
    before several, less area above the least. `neighbours` by building.
    """
    known = list(rooms)
    fitting = [(room,) for room in known if _fits(wish, room.area)]
    alone = {room.room for (room,) in fitting}
    together = [some for some in _side_by_side(known, alone) if _fits(wish, sum(room.area for room in some))]
    found = [_offer(wish, some, neighbours, today) for some in [*fitting, *together]]
    return sorted(found, key=lambda offer: _order(wish, offer))


def _fits(wish: Wish, area: int) -> bool:
    return (wish.least is None or area >= wish.least) and (wish.most is None or area <= wish.most)


def _side_by_side(rooms: Sequence[Free], alone: set[int]) -> Iterator[tuple[Free, ...]]:
    """Runs of whole free rooms on one floor, none of which would do by itself."""
    floors: dict[tuple[int, int], list[Free]] = defaultdict(list)
    for room in rooms:
        if room.whole and room.room not in alone:
            floors[room.building, room.floor].append(room)
    for floor in floors.values():
        floor.sort(key=lambda room: room.place)
        for first in range(len(floor)):
            for last in range(first + 1, min(first + MOST_TOGETHER, len(floor))):
                if floor[last].place != floor[last - 1].place + 1:
                    break
                yield tuple(floor[first : last + 1])


def _offer(wish: Wish, rooms: tuple[Free, ...], neighbours: Mapping[int, Neighbours], today: date) -> Offer:
    free_from = max(room.free_from for room in rooms)
    wanted = max(wish.from_day or today, today)
    rents = [room.rent for room in rooms if room.rent is not None]
    over = max(max(rents) - wish.rent_most, 0) if rents and wish.rent_most is not None else None
    return Offer(rooms, max((free_from - wanted).days, 0), over, neighbours.get(rooms[0].building, NOBODY))


def _order(wish: Wish, offer: Offer) -> tuple[object, ...]:
    first = offer.rooms[0]
    return (
        offer.late,
        offer.over or 0,
        -offer.neighbours.share,
        len(offer.rooms),
        offer.area - (wish.least or 0),
        first.building,
        first.floor,
        first.place,
    )
