"""The spreadsheet of a form as it is read: which cells have marks, which are merged, which rows and columns repeat.

A spreadsheet is read from its bytes and never kept open. What it says is checked in `form_checks`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from rixin.catalogue.form_marks import CellText, Listing, Loop, parse

LARGEST = 1_000_000
"""Bytes of a template; a real one has some ten thousand."""
_LARGEST_UNPACKED = 20_000_000
_MOST_CELLS = 20_000
_MOST_SHEETS = 20
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a workbook with a password begins, and one of before 2007."""
_DECIMALS = re.compile(r"\.([0#?]+)")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Why = Literal["missing", "too_large", "locked", "damaged", "too_many_cells", "no_mark"]
Place = tuple[int, int]
"""Row and column, both from 1."""


class SheetFault(Exception):
    """The spreadsheet as a whole cannot be used."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class TemplateCell:
    """`value` is what stands there; of a text, `text` is what it says."""

    row: int
    column: int
    value: Any
    text: CellText
    number_format: str
    formula: bool = False
    bold: bool = False
    align: str = ""

    @property
    def name(self) -> str:
        return name_of(self.row, self.column)

    @property
    def percent(self) -> bool:
        """Whether the program that opens it shows 0.05 as 5 %."""
        return "%" in _LITERAL.sub("", self.number_format)

    @property
    def decimals(self) -> int | None:
        """Digits after the point that its number format shows; None where it says nothing about numbers."""
        shown = _LITERAL.sub("", self.number_format.split(";")[0])
        if not re.search("[0#?]", shown):
            return None
        digits = _DECIMALS.search(shown)
        return len(digits[1]) if digits else 0


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, all edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def tall(self) -> bool:
        return self.bottom > self.top

    @property
    def wide(self) -> bool:
        return self.right > self.left


@dataclass(frozen=True)
class Sheet:
    """`repeats` and `across`: by row and column what repeats them. `boxed`: the cells with a line around them."""

    title: str
    cells: Mapping[Place, TemplateCell]
    merged: Mapping[Place, Block]
    """By their upper left cell."""
    repeats: Mapping[int, Loop | Listing]
    across: Mapping[int, Loop]
    height: int
    width: int
    boxed: frozenset[Place] = frozenset()
    widths: tuple[float, ...] = ()
    """Of the columns, in characters."""
    rules: bool = False
    """Whether it has conditional formats or checks of what is typed."""

    @property
    def grows(self) -> bool:
        return bool(self.repeats or self.across)

    def columns_of(self, cell: TemplateCell) -> list[int]:
        """Where the fields of a listing stand, from its own cell to the right; merged cells take one field."""
        listing = cell.text.listing
        columns, column = [], cell.column
        for _field in listing.fields if listing else ():
            columns.append(column)
            block = self.merged.get((cell.row, column))
            column = block.right + 1 if block else column + 1
        return columns

    def marked(self) -> Iterator[TemplateCell]:
        return (cell for cell in self.cells.values() if cell.text.marked or cell.text.slips)


def name_of(row: int, column: int) -> str:
    """C7"""
    return f"{get_column_letter(column)}{row}"


@lru_cache(maxsize=32)
def read(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a template. Raises SheetFault."""
    sheets = tuple(_sheet(page) for page in opened(content).worksheets)
    if not any(True for sheet in sheets for _cell in sheet.marked()):
        raise SheetFault("no_mark")
    return sheets


def opened(content: bytes) -> Workbook:
    """The workbook, fresh and to be changed at will. Raises SheetFault."""
    if not content:
        raise SheetFault("missing")
    if content.startswith(_LOCKED):
        raise SheetFault("locked")
    if len(content) > LARGEST or _unpacked(content) > _LARGEST_UNPACKED:
        raise SheetFault("too_large")
    try:
        book = load_workbook(BytesIO(content), keep_links=False)
    except Exception as fault:  # openpyxl raises whatever the part that it stumbles over raises
        raise SheetFault("damaged") from fault
    if len(book.worksheets) > _MOST_SHEETS or sum(len(page._cells) for page in book.worksheets) > _MOST_CELLS:
        raise SheetFault("too_many_cells")
    return book


def _unpacked(content: bytes) -> int:
    """How large it is once it is unpacked, as its own list of contents says: a small file may hold a huge one."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except BadZipFile as fault:
        raise SheetFault("damaged") from fault


def _sheet(page: Worksheet) -> Sheet:
    cells = {(cell.row, cell.column): cell for cell in _cells(page)}
    merged = {
        (block.min_row, block.min_col): Block(block.min_row, block.min_col, block.max_row, block.max_col)
        for block in page.merged_cells.ranges
    }
    # What cannot be had twice is told by the checks; here the first one counts.
    repeats: dict[int, Loop | Listing] = {}
    across: dict[int, Loop] = {}
    for cell in cells.values():
        loop = cell.text.loop
        if loop is not None and loop.across:
            across.setdefault(cell.column, loop)
        elif (down := loop or cell.text.listing) is not None:
            repeats.setdefault(cell.row, down)
    ends = [
        *((cell.row, cell.column) for cell in cells.values()),
        *((one.bottom, one.right) for one in merged.values()),
    ]
    ends += [(cell.row, column) for cell in cells.values() for column in _listed(cell)]
    height, width = (max((end[side] for end in ends), default=0) for side in (0, 1))
    rules = bool(len(page.conditional_formatting) or page.data_validations.dataValidation)
    boxed = frozenset(place for place, cell in page._cells.items() if cell.border.left.style or cell.border.top.style)
    return Sheet(page.title, cells, merged, repeats, across, height, width, boxed, _widths(page, width), rules)


def _widths(page: Worksheet, width: int) -> tuple[float, ...]:
    found = dict.fromkeys(range(1, width + 1), page.sheet_format.defaultColWidth or 9.0)
    return tuple((found | {column: one.width for column, one in dimensions(page) if column in found}).values())


def dimensions(page: Worksheet) -> Iterator[tuple[int, ColumnDimension]]:
    """Each column in use that has a width of its own. Several of one width are kept as one entry, often to the last."""
    for dimension in page.column_dimensions.values():
        for column in range(dimension.min or 1, min(dimension.max or 1, page.max_column) + 1):
            yield column, dimension


def _listed(cell: TemplateCell) -> range:
    listing = cell.text.listing
    return range(cell.column, cell.column + len(listing.fields) if listing else cell.column)


def _cells(page: Worksheet) -> Iterator[TemplateCell]:
    for _place, cell in sorted(page._cells.items()):
        if cell.value is None:
            continue
        formula = cell.data_type == "f"
        text = parse(cell.value) if isinstance(cell.value, str) and not formula else CellText()
        align = cell.alignment.horizontal or ""
        yield TemplateCell(
            cell.row, cell.column, cell.value, text, str(cell.number_format), formula, bool(cell.font.bold), align
        )
