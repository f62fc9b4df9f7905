"""Reads a table of places and addresses, XLSX or CSV. Pure: every fault becomes a Problem with its row and column."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from rixin import sheets
from rixin.places.coordinates import ImpossiblePosition, Position, System, from_system
from rixin.places.headings import day_of, degrees_of, field_of, kind_of, text_of, words_of
from rixin.places.mapfile import LARGEST_FILE
from rixin.places.models import Kind
from rixin.places.wording import buildings_in, number, plain
from rixin.sheets import FileFault, Problem, Row, Unreadable

MOST_ROWS = 100_000
LOOK_FOR_HEADINGS = 10  # a title and notes may stand above the headings
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place as a file gives it; "" where the file says nothing. `parent` and `area` are codes or names."""

    row: int
    code: str
    kind: Kind | None
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    parent: str
    house_number: str
    address: str
    area: str
    position: Position | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class Table:
    headings: dict[str, tuple[int, str]]  # field → column, heading as written
    unused: tuple[str, ...]  # headings that mean nothing to us
    rows: list[tuple[int, Row]]  # as an editor numbers them, from 1


def read_table(content: bytes, filename: str) -> Table:
    """Raises FileFault."""
    if len(content) > LARGEST_FILE:
        raise FileFault(_("The file is larger than %(mb)d MB. Split it, for example by community.") % {"mb": 20})
    found = list(enumerate(islice(sheets.rows(io.BytesIO(content), filename), MOST_ROWS + 1), start=1))
    if len(found) > MOST_ROWS:
        raise FileFault(_("The table has more than %(most)d rows. Split it.") % {"most": MOST_ROWS})
    rows = [(line, row) for line, row in found if any(text_of(cell) for cell in row)]
    for nth, (_line, row) in enumerate(rows[:LOOK_FOR_HEADINGS]):
        known = [field for cell in row if (field := field_of(cell))]
        if len(set(known)) >= 2:
            return _with_headings(row, rows[nth + 1 :])
    raise FileFault(
        _("No row of headings was found. Name the columns, for example: %(example)s.")
        % {"example": "小区、楼幢号、地址、经度、纬度"}
    )


def _with_headings(heading_row: Row, rows: list[tuple[int, Row]]) -> Table:
    headings: dict[str, tuple[int, str]] = {}
    unused = []
    for column, cell in enumerate(heading_row):
        field, written = field_of(cell), text_of(cell)
        if field and field in headings:
            raise FileFault(
                _("The columns “%(one)s” and “%(other)s” mean the same. Keep one of them.")
                % {"one": headings[field][1], "other": written}
            )
        if field:
            headings[field] = (column, written)
        elif written:
            unused.append(written)
    if not {"lat", "lng"} <= headings.keys() and not {"area", "parent"} & headings.keys():
        raise FileFault(
            _("The table does not say where the places are: add columns for 经度 and 纬度, or for 小区 or 网格.")
        )
    if not {"name_zh", "house_number", "address"} & headings.keys():
        raise FileFault(_("The table does not name the places: add a column for 名称, 楼幢号 or 地址."))
    return Table(headings, tuple(unused), rows)


class _Cells:
    """The cells of one row by field; a fault remembers its column."""

    def __init__(self, table: Table, row: Row) -> None:
        self._headings, self._row = table.headings, row
        self.column = ""

    def raw(self, field: str) -> Any:
        at, self.column = self._headings.get(field, (-1, ""))
        return self._row[at] if 0 <= at < len(self._row) else None

    def text(self, field: str) -> str:
        return text_of(self.raw(field))

    def read(self, field: str, reader: Callable[[Any], T]) -> T:
        return reader(self.raw(field))


def read_places(table: Table, system: System) -> tuple[list[PlaceEntry], list[Problem]]:
    entries: list[PlaceEntry] = []
    problems: list[Problem] = []
    for line, row in table.rows:
        cells = _Cells(table, row)
        try:
            entries.append(_entry(line, cells, system))
        except (Unreadable, ImpossiblePosition) as fault:
            problems.append(Problem(line, fault.message, cells.column))
    return entries, problems


def _entry(line: int, cells: _Cells, system: System) -> PlaceEntry:
    return PlaceEntry(
        row=line,
        code=cells.text("code"),
        kind=cells.read("kind", kind_of),
        name_zh=cells.text("name_zh"),
        name_en=cells.text("name_en"),
        aliases=cells.read("aliases", words_of),
        parent=cells.text("parent"),
        house_number=house_number(cells.text("house_number")),
        address=cells.text("address"),
        area=cells.text("area"),
        retired_on=cells.read("retired_on", day_of),
        position=_position(cells, system),
    )


def _position(cells: _Cells, system: System) -> Position | None:
    if not cells.text("lng") and not cells.text("lat"):
        return None
    lng = cells.read("lng", degrees_of)
    return from_system(cells.read("lat", degrees_of), lng, system)


def house_number(written: str) -> str:
    """ "3幢", "三号楼", "03" are all 3; what is no number stays as it is written."""
    named: Iterable[Any] = list(buildings_in(plain(written)))
    for building in named:
        return str(building.building)
    return number(written) if written.isascii() and written.isdigit() else written
