"""Dwellings from a table of buildings, stairwells and rooms. Brought twice, the second time enters nothing.

The columns are found by their headings, or are the first three in this order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from rixin import sheet_lines
from rixin.homes import actions
from rixin.homes.layout import Planned, read_room
from rixin.homes.queries import Building, building, keeps
from rixin.people.actors import Actor
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.sheets import Problem, as_text

COLUMNS = {
    "building": ("楼幢", "幢", "楼栋", "楼号", "建筑", "building"),
    "unit": ("单元", "梯", "unit", "stairwell"),
    "room": ("室", "房号", "室号", "房间", "户号", "room", "dwelling"),
}
_AT_FIRST = {"building": 0, "unit": 1, "room": 2}


@dataclass
class Read:
    """What a table says: dwellings by building, and what is wrong with which row."""

    rooms: dict[str, list[Planned]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def count(self) -> int:
        return sum(len(rooms) for rooms in self.rooms.values())


def read_file(file: BinaryIO, filename: str, staff: Staff) -> Read:
    """Raises FileFault."""
    return read([(line.number, line.cells) for line in sheet_lines.read(file, filename)], staff)


def read(lines: Sequence[tuple[int, Sequence[Any]]], staff: Staff) -> Read:
    """`lines`: number of the row as an editor counts, and its cells."""
    found, known = Read(), dict[str, Building | None]()
    seen: dict[tuple[str, Planned], int] = {}
    headings = _headings(lines[0][1]) if lines else None
    at = headings or _AT_FIRST
    for number, cells in lines[1:] if headings else lines:
        found.rows += 1
        said = {name: _cell(cells, nth) for name, nth in at.items()}
        where = known.setdefault(said["building"], _building(said["building"]))
        room = read_room(f"{said['unit'].removesuffix('单元')}-{said['room']}" if said["unit"] else said["room"])
        if where is None:
            found.problems.append(Problem(number, _("“{name}” is no building of ours.").format(name=said["building"])))
        elif not keeps(staff, where.area_path):
            found.problems.append(Problem(number, _("{name} lies outside your area.").format(name=where.name)))
        elif room is None:
            found.problems.append(Problem(number, _("“{room}” is no number of a dwelling.").format(room=said["room"])))
        elif (where.code, room) in seen:
            first = seen[where.code, room]
            found.problems.append(Problem(number, _("Row {n} has this dwelling too.").format(n=first)))
        else:
            seen[where.code, room] = number
            found.rooms.setdefault(where.code, []).append(room)
    return found


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """What was copied from a table, or handed on from its preview: cells between tabs."""
    return [(nth, line.split("\t")) for nth, line in enumerate(text.splitlines(), start=1) if line.strip()]


def as_text_again(read: Read) -> str:
    """The rows that are ready, for the page that asks whether to enter them."""
    return "\n".join(f"{code}\t{room.unit}\t{room.number}" for code, rooms in read.rooms.items() for room in rooms)


@transaction.atomic
def enter(read: Read, from_day: date, *, by: Actor, at: datetime) -> actions.Entered:
    """Raises FieldsRefused."""
    made = known = 0
    for code, rooms in read.rooms.items():
        where = building(code)
        if where is not None:
            entered = actions.enter(where, rooms, from_day, by=by, at=at)
            made, known = made + entered.made, known + entered.known
    return actions.Entered(made, known)


def _headings(cells: Sequence[Any]) -> dict[str, int] | None:
    """Which column holds what; None where the first line is no line of headings."""
    found: dict[str, int] = {}
    for nth, cell in enumerate(cells):
        said = as_text(cell).strip().lower()
        for name, words in COLUMNS.items():
            if said in words and name not in found:
                found[name] = nth
    return found if {"building", "room"} <= found.keys() else None


def _cell(cells: Sequence[Any], nth: int) -> str:
    return as_text(cells[nth]).strip() if nth < len(cells) else ""


def _building(said: str) -> Building | None:
    """By code, or by name such as 德加东区3幢."""
    if found := building(said):
        return found
    matches = [match for match in gazetteer.current().find_in_text(said) if match.place] if said else []
    codes = {match.place.code for match in matches if match.place and match.place.kind == "building"}
    return building(codes.pop()) if len(codes) == 1 else None
