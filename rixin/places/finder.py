"""Finds the places that a text names. Built once from names; a look-up reads only what is in memory."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rixin.places.chain import KnownArea, KnownPlace
from rixin.places.wording import BuildingNamed, buildings_in, door_at, number, plain, road_and_number

Precision = Literal["building", "address", "crossing", "place", "road", "area"]
RANK: dict[Precision, int] = {"building": 6, "address": 6, "crossing": 5, "place": 4, "area": 3, "road": 1}
LINES = ("road", "river")

# How far a building may stand from the quarter that it belongs to: "德加东区这边有人高空抛物,就是3幢".
BUILDING_REACH = 30
# So many spots and buildings are heard of in one text; nobody means more.
MOST = 40
# Between two known doors on one side of a road lies what both have in common, if they are near enough to each other.
DOOR_REACH = 60
# "竞舟" names a community, but not in "竞舟小学" or in a road that we do not know.
_GOES_ON_AS_ANOTHER_NAME = re.compile(r"[一-鿿]?(?:路(?![灯口面上边旁段])|街(?!道)|巷|弄|桥|小学|中学|大厦)")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words in a text and what they name, before the areas above it are looked up."""

    start: int
    end: int
    precision: Precision
    targets: tuple[KnownPlace | KnownArea, ...]
    building: str = ""
    unit: str = ""
    room: str = ""


class Names:
    """Every name and where it leads. The first two characters choose the few names to compare, longest first."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[KnownPlace | KnownArea]] = defaultdict(list)
        self._by_start: dict[str, list[str]] = {}

    def add(self, name: str, target: KnownPlace | KnownArea | None) -> None:
        """Without a target the name is known as a road that has doors, but no place of its own."""
        name = plain(name).strip()
        if len(name) < 2:
            return
        if name not in self._by_name:
            starts = self._by_start.setdefault(name[:2], [])
            starts.append(name)
            starts.sort(key=len, reverse=True)
        known = self._by_name[name]
        if target is not None and target not in known:
            known.append(target)

    def occurrences(self, text: str) -> Iterator[tuple[int, str]]:
        """Leftmost, longest, not overlapping: (offset, name). `text` is plain."""
        at, last = 0, len(text) - 1
        starts = self._by_start
        while at < last:
            for name in starts.get(text[at : at + 2], ()):
                if text.startswith(name, at) and _stands_alone(text, at, name):
                    yield at, name
                    at += len(name) - 1
                    break
            at += 1

    def targets(self, name: str) -> tuple[KnownPlace | KnownArea, ...]:
        return tuple(self._by_name.get(name, ()))

    def long_enough(self, place: int, area: int) -> list[str]:
        """The names of places, and of areas, that have so many signs."""
        return [
            name
            for name, targets in self._by_name.items()
            if any(len(name) >= (area if isinstance(target, KnownArea) else place) for target in targets)
        ]

    def containing(self, part: str, limit: int) -> list[KnownPlace | KnownArea]:
        """Places and areas with `part` in a name, those that start with it first, shorter names first."""
        part = plain(part).strip()
        names = [name for name in self._by_name if part in name] if part else []
        names.sort(key=lambda name: (not name.startswith(part), len(name), name))
        found = dict.fromkeys(target for name in names[: limit * 4] for target in self._by_name[name])
        return list(found)[:limit]


def _stands_alone(text: str, at: int, name: str) -> bool:
    """A name in Latin letters is a word of its own: "park" is not in "parking"."""
    if not name[0].isascii():
        return True
    end = at + len(name)
    before, after = text[at - 1 : at], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


class Finder:
    def __init__(self, areas: Iterable[KnownArea], places: Iterable[KnownPlace]) -> None:
        self.names = Names()
        self._buildings: dict[tuple[str, str], KnownPlace] = {}
        self._doors: dict[str, dict[str, KnownPlace]] = defaultdict(dict)
        for area in areas:
            self._add_area(area)
        for place in places:
            self._add_place(place)
        self._sides = {road: _sides(doors) for road, doors in self._doors.items()}

    def _add_area(self, area: KnownArea) -> None:
        for name in (area.name_zh, area.name_en, *area.aliases):
            self.names.add(name, area)

    def _add_place(self, place: KnownPlace) -> None:
        if door := road_and_number(place.address):
            road, house = door
            self._doors[road].setdefault(house, place)
            self.names.add(road, None)
        if place.kind == "building" and place.parent:
            # 3幢 is a name only together with its quarter.
            self._buildings[place.parent, number(plain(place.house_number))] = place
            return
        for name in (place.name_zh, place.name_en, *place.aliases):
            if name != place.address:  # a door without a name is found by its road and number
                self.names.add(name, place)

    def find(self, text: str) -> list[Spot]:
        """In the order of the text."""
        written = plain(text)
        found = (spot for at, name in self.names.occurrences(written) if (spot := self._spot(written, at, name)))
        return self._with_buildings(list(islice(found, MOST)), list(islice(buildings_in(written), MOST)))

    def _spot(self, written: str, at: int, name: str) -> Spot | None:
        end = at + len(name)
        if name in self._doors and (door := door_at(written, end)) and (at_door := self._at_door(name, door.number)):
            return Spot(at, door.end, "address", at_door)
        targets = self.names.targets(name)
        if not targets:
            return None
        first = targets[0]
        if isinstance(first, KnownArea):
            if name in first.aliases and _GOES_ON_AS_ANOTHER_NAME.match(written, end):
                return None
            return Spot(at, end, "area", targets)
        return Spot(at, end, "road" if first.kind in LINES else "place", targets)

    def _at_door(self, road: str, door: str) -> tuple[KnownPlace, ...]:
        """The place with this number; else its two known neighbours on the same side, between which it lies."""
        doors = self._doors[road]
        whole = door.partition("-")[0]
        if exact := doors.get(door) or doors.get(whole):
            return (exact,)
        wanted = int(whole)
        side = self._sides[road][wanted % 2]
        after = bisect_left(side, wanted)
        if 0 < after < len(side) and side[after] - side[after - 1] <= DOOR_REACH:
            return doors[str(side[after - 1])], doors[str(side[after])]
        return ()

    def _with_buildings(self, spots: list[Spot], named: list[BuildingNamed]) -> list[Spot]:
        """Gives each building to the quarter before it, else to the first quarter after it."""
        quarters = [spot for spot in spots if spot.precision == "place"]
        housed: list[Spot] = []
        used: set[int] = set()  # by where they start
        for words in named:
            before = [quarter for quarter in quarters if 0 <= words.start - quarter.end <= BUILDING_REACH]
            after = [quarter for quarter in quarters if 0 <= quarter.start - words.end <= BUILDING_REACH]
            if quarter := before[-1] if before else after[0] if after else None:
                housed.append(self._building(quarter, words))
                used.add(quarter.start)
        return [spot for spot in spots if spot.start not in used] + housed

    def _building(self, quarter: Spot, words: BuildingNamed) -> Spot:
        """The building of that number; where it is not on record, the quarter with the number as written."""
        on_record = (self._buildings.get((target.code, words.building)) for target in quarter.targets)
        known = tuple(building for building in on_record if building)
        start, end = min(quarter.start, words.start), max(quarter.end, words.end)
        precision: Precision = "building" if known else "place"
        return Spot(start, end, precision, known or quarter.targets, words.building, words.unit, words.room)


def _sides(doors: dict[str, KnownPlace]) -> tuple[list[int], list[int]]:
    """The whole numbers of a road, even and odd, in order."""
    numbers = sorted(int(door) for door in doors if door.isdigit())
    return [door for door in numbers if door % 2 == 0], [door for door in numbers if door % 2]
