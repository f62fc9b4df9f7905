"""One line of a table as what it says of an enterprise, and everything that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.area_names import AreaNames
from rixin.registers import queries
from rixin.registers.imports import cells, headings, rooms
from rixin.registers.imports.headings import (
    ADDRESS,
    AREA,
    BUILDING,
    BUSINESS,
    CAPITAL,
    CODE,
    CONTACT_NAME,
    CONTACT_PHONE,
    CONTACT_POST,
    FLOOR,
    FOUNDED,
    HOW,
    INDUSTRY,
    LEASE_END,
    NAME,
    NOTE,
    ROOM,
    SINCE,
    SIZE,
    STANDING,
    TRAIT_DAY,
    TRAITS,
    WHERE,
)
from rixin.registers.imports.said import RoomSaid, Said
from rixin.registers.models import Building
from rixin.registers.names import plain_name
from rixin.registers.returns import Figure
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line
from rixin.sheets import Unreadable, as_text

_LONGEST = {ADDRESS: 200, WHERE: 120, CONTACT_NAME: 60, CONTACT_POST: 40, NOTE: 300}
_BUSINESS = 400
_SAYING_THE_SAME = (INDUSTRY, STANDING, HOW, BUILDING)
Problems = dict[str, str]
"""What is wrong, by what the cell holds."""
Mended = Mapping[str, str]
"""What a person typed in place of a cell, by what the cell holds."""


@dataclass(frozen=True)
class Read:
    said: Said
    problems: Problems


class Reader:
    """Reads the lines of one table for the person who brings it."""

    def __init__(self, found: Columns, staff: Staff, today: date) -> None:
        self._columns = replace(found, at={column: headings.base(name) for column, name in found.at.items()})
        self._staff, self._today = staff, today
        self._atlas = gazetteer.current()
        self._areas = AreaNames(self._atlas, lambda path: queries.may_keep(staff, path))
        self._buildings = _by_name(queries.buildings_visible_to(staff))
        self._names = {building.pk: building for named in self._buildings.values() for building in named}
        self._default = _own_area(staff)
        self._before: dict[tuple[str, str], Any] = {}
        self._figures = {
            headings.base(name): figure for name in found.at.values() if (figure := headings.figure_of(name))
        }
        self._units = {headings.base(name): headings.unit_of(name) for name in found.at.values()}

    def read(self, line: Line, mended: Mended) -> Read:
        return _Row(self, line, mended).read()

    def once(self, name: str, text: str, read: Callable[[], Any]) -> Any:
        """As read before: industries, communities and states say the same in thousands of lines. Raises Unreadable."""
        if (name, text) not in self._before:
            try:
                self._before[name, text] = read()
            except Unreadable as fault:
                self._before[name, text] = fault
        found = self._before[name, text]
        if isinstance(found, Unreadable):
            raise Unreadable(found.message)
        return found

    def given(self, line: Line, name: str) -> Iterator[Any]:
        """What stands in the cells of the columns that hold it."""
        return (line.cell(column) for column in self._columns.holding(name))

    def shared(self, line: Line, name: str) -> bool:
        """Whether the cell is one that was merged over several lines."""
        return any(column in line.shared for column in self._columns.holding(name))

    def building(self, written: Any) -> Building:
        text = as_text(written)
        found = self._buildings.get(plain_name(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unreadable(_("“{name}” may mean several buildings: write the code of one.").format(name=text))
        close = get_close_matches(text, [one.name_zh for one in self._names.values()], n=1)
        if close:
            raise Unreadable(
                _("“{name}” is no building that is known. Is “{close}” meant?").format(name=text, close=close[0])
            )
        raise Unreadable(
            _("“{name}” is no building that is known. Enter the building first, or clear the cell.").format(name=text)
        )


class _Row:
    def __init__(self, reader: Reader, line: Line, mended: Mended) -> None:
        self._of, self._line, self._mended = reader, line, mended
        self._problems: Problems = {}

    def read(self) -> Read:
        name = self._one(NAME, cells.name) or ""
        if not name and NAME not in self._problems:
            self._problems[NAME] = _("The name is needed.")
        said_rooms, building = self._rooms()
        details = self._details(building)
        standing = self._one(STANDING, cells.standing)
        said = Said(
            name=name,
            plain_name=plain_name(name),
            details=details,
            placed=self._says(AREA),
            standing=standing,
            how=self._one(HOW, cells.how),
            where=self._text(WHERE),
            since=self._day(SINCE, cells.CAME_FROM),
            traits=self._traits(),
            trait_day=self._day(TRAIT_DAY, cells.FOUNDED_FROM),
            figures=self._figures(),
            rooms=said_rooms,
            note=self._text(NOTE),
        )
        return Read(said, self._problems)

    def _details(self, building: Building | None) -> dict[str, Any]:
        industry = self._one(INDUSTRY, cells.industry)
        address = self._text(ADDRESS)
        area = self._area(address, building)
        unit = self._of._units.get(CAPITAL)
        business = " ".join(as_text(self._cell(BUSINESS)).split())
        said: dict[str, Any] = {
            "code": self._one(CODE, cells.code),
            "section": industry.section.code if industry else "",
            "division": industry.division.code if industry and industry.division else "",
            "area_path": area,
            "address": address,
            "place_code": self._place(address, area),
            "founded_on": self._day(FOUNDED, cells.FOUNDED_FROM),
            "capital": self._one(CAPITAL, lambda given: _at_least_nothing(cells.yuan(given, unit))),
            "business": business if len(business) <= _BUSINESS else f"{business[: _BUSINESS - 1]}…",
            "contact_name": self._text(CONTACT_NAME),
            "contact_phone": self._one(CONTACT_PHONE, cells.phone),
            "contact_post": self._text(CONTACT_POST),
        }
        return {name: value for name, value in said.items() if value not in (None, "")}

    def _rooms(self) -> tuple[tuple[RoomSaid, ...], Building | None]:
        building = self._one(BUILDING, self._of.building)
        size = self._one(SIZE, cells.square_decimetres)
        lease_end = self._day(LEASE_END, 2000, ahead=True)
        floor = as_text(self._cell(FLOOR))
        found = self._one(ROOM, lambda given: rooms.rooms_in(as_text(given), floor)) or []
        if ROOM in self._problems or not found:
            return (), building
        if building is None:
            if BUILDING not in self._problems:
                self._problems[BUILDING] = _("In which building is this room?")
            return (), None
        if size is not None and (len(found) > 1 or (self._of.shared(self._line, SIZE) and SIZE not in self._mended)):
            self._problems[SIZE] = _("One area stands for several rooms: write the area of each in a line of its own.")
        return tuple(RoomSaid(building.pk, number, level, size, lease_end) for number, level in found), building

    def _area(self, address: str, building: Building | None) -> str:
        written = [text for given in self._cells(AREA) if (text := as_text(given)) and not cells.blank(given)]
        if written:
            find = partial(self._of.once, AREA, "›".join(written), partial(self._of._areas.find, written))
            return self._checked(AREA, find) or ""
        chain = self._of._atlas.chain_of_address(address) if address else None
        for path in (chain.path if chain else "", building.area_path if building else "", self._of._default):
            if path and queries.may_keep(self._of._staff, path):
                return path
        self._problems[AREA] = _("Nothing tells in which of your areas it lies: write the community.")
        return ""

    def _place(self, address: str, area: str) -> str:
        place = self._of._atlas.place_in(address, area) if address and area else None
        return place.code if place else ""

    def _traits(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for given in self._cells(TRAITS):
            if not cells.blank(given):
                found += self._checked(TRAITS, partial(self._again, TRAITS, given, cells.traits)) or []
        return tuple(dict.fromkeys(found))

    def _figures(self) -> tuple[Figure, ...]:
        found = []
        for name, (measured, period) in self._of._figures.items():
            unit = self._of._units[name]
            amount = self._one(name, partial(cells.fen, unit=unit))
            if amount is not None and self._of.shared(self._line, name) and name not in self._mended:
                self._problems[name] = _(
                    "One merged cell stands for several rows: write the number of each row into its own cell."
                )
            elif amount is not None:
                found.append(Figure(measured, period, amount))
        return tuple(found)

    def _day(self, name: str, earliest: int, *, ahead: bool = False) -> date | None:
        latest = None if ahead else self._of._today
        return self._one(name, lambda given: cells.day(given, earliest=earliest, latest=latest))

    def _text(self, name: str) -> str:
        return self._one(name, lambda given: cells.text(given, _LONGEST[name])) or ""

    def _one(self, name: str, read: Callable[[Any], Any]) -> Any:
        given = self._cell(name)
        if cells.blank(given):
            return None
        return self._checked(
            name, partial(self._again, name, given, read) if name in _SAYING_THE_SAME else partial(read, given)
        )

    def _again(self, name: str, given: Any, read: Callable[[Any], Any]) -> Any:
        return self._of.once(name, as_text(given), partial(read, given))

    def _checked(self, name: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except Unreadable as fault:
            self._problems[name] = fault.message
            return None

    def _says(self, name: str) -> bool:
        return any(not cells.blank(given) for given in self._cells(name))

    def _cell(self, name: str) -> Any:
        """The first one that says something; what a person typed goes before it."""
        return next((given for given in self._cells(name) if not cells.blank(given)), "")

    def _cells(self, name: str) -> list[Any]:
        if name in self._mended:
            return [self._mended[name]]
        return list(self._of.given(self._line, name))


def _at_least_nothing(yuan: int) -> int:
    if yuan < 0:
        raise Unreadable(_("This is less than nothing."))
    return yuan


def _by_name(buildings: Any) -> dict[str, list[Building]]:
    found: dict[str, list[Building]] = {}
    for building in buildings:
        for name in dict.fromkeys((building.name_zh, building.name_en, building.code)):
            if name:
                found.setdefault(plain_name(name), []).append(building)
    return found


def _own_area(staff: Staff) -> str:
    """Where an enterprise lies of which nothing tells it: the widest area that the person keeps."""
    areas = sorted({clause.area for clause in staff.scope.clauses}, key=lambda area: (area.count("/"), area))
    return next((area for area in areas if queries.may_keep(staff, area)), "")
