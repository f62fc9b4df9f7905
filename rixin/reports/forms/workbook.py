"""A filled form as a spreadsheet: the template, grown where rows and columns repeat, with its styles and its print."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from rixin.catalogue.form_sheet import Block, Place, dimensions, name_of, opened
from rixin.reports.forms.growth import Growth, Side
from rixin.reports.forms.table import Cell, Table
from rixin.sheets import harmless

_MARKED = PatternFill("solid", fgColor="FFFFF2B3")
_AUTHOR = "Rixin"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNSAID = ("General", "@")
"""Number formats that say nothing about numbers."""


@dataclass(frozen=True)
class Note:
    """What is written beside a cell. `marked`: the cell is coloured, for it says something new."""

    text: str
    marked: bool = False


Notes = Mapping[tuple[int, Place], Note]
"""By sheet and place."""
Further = Callable[[Workbook], None]
"""What is added to the workbook beside the table."""


def written(content: bytes, table: Table, *, notes: Notes, at: datetime, further: Further | None = None) -> bytes:
    """The bytes of the workbook: the same for the same table and moment."""
    book = opened(content)
    for nth, (page, sheet) in enumerate(zip(book.worksheets, table.sheets, strict=True)):
        growth = Growth(sheet)
        if growth.grown:
            _grow(page, growth)
        for place, cell in sheet.cells.items():
            there = _at(page, place)
            _put(there, cell)
            if (note := notes.get((nth, place))) is not None:
                _annotate(there, note)
    if further is not None:
        further(book)
    return _saved(book, at)


def _at(page: Worksheet, place: Place) -> SheetCell:
    """Never one that is covered by another: those hold nothing."""
    return cast(SheetCell, page.cell(*place))


def _put(there: SheetCell, cell: Cell) -> None:
    there.value = harmless(cell.value)
    if cell.number_format and there.number_format in _UNSAID:
        there.number_format = cell.number_format


def _annotate(there: SheetCell, note: Note) -> None:
    if note.text:
        there.comment = Comment(note.text, _AUTHOR, height=24 + 18 * (1 + note.text.count("\n")), width=260)
    if note.marked:
        there.fill = _MARKED


# ---- growing


def _grow(page: Worksheet, growth: Growth) -> None:
    old = cast(dict[Place, SheetCell], dict(page._cells))
    merged = [Block(one.min_row, one.min_col, one.max_row, one.max_col) for one in page.merged_cells.ranges]
    for block in list(page.merged_cells.ranges):
        page.merged_cells.remove(block)
    page._cells.clear()
    for (row, column), cell in sorted(old.items()):
        for place in ((down, across) for down in growth.rows.places(row) for across in growth.columns.places(column)):
            _copied(cell, _at(page, place))
    for block in (grown for one in merged for grown in growth.blocks(one)):
        page.merge_cells(start_row=block.top, start_column=block.left, end_row=block.bottom, end_column=block.right)
    _heights(page, growth.rows)
    _widths(page, growth.columns)
    _print_set_up(page, growth)


def _copied(cell: SheetCell, there: SheetCell) -> None:
    there.value = cell.value
    there._style = copy(cell._style)  # type: ignore[attr-defined]


def _heights(page: Worksheet, rows: Side) -> None:
    if not rows.grown:
        return
    old = dict(page.row_dimensions)
    page.row_dimensions.clear()
    for row, dimension in sorted(old.items()):
        for place in rows.places(row):
            page.row_dimensions[place].height = dimension.height
            page.row_dimensions[place].hidden = dimension.hidden
    for each in page.row_breaks.brk:
        each.id = rows.places(each.id)[-1]


def _widths(page: Worksheet, columns: Side) -> None:
    if not columns.grown:
        return
    old = list(dimensions(page))
    page.column_dimensions.clear()
    for column, dimension in sorted(old, key=lambda pair: pair[0]):
        for place in columns.places(column):
            there = page.column_dimensions[get_column_letter(place)]
            there.width, there.hidden = dimension.width, dimension.hidden


def _print_set_up(page: Worksheet, growth: Growth) -> None:
    if page.print_area:
        page.print_area = ",".join(_stretched(part, growth) for part in _ranges(page.print_area))
    if page.print_title_rows:
        page.print_title_rows = ":".join(map(str, _spanned(page.print_title_rows, growth.rows)))
    if page.print_title_cols:
        page.print_title_cols = ":".join(map(get_column_letter, _spanned(page.print_title_cols, growth.columns)))
    if page.freeze_panes:
        left, top, _right, _bottom = range_boundaries(page.freeze_panes)
        page.freeze_panes = name_of(growth.rows.places(top or 1)[0], growth.columns.places(left or 1)[0])
    if page.auto_filter.ref:
        page.auto_filter.ref = _stretched(page.auto_filter.ref, growth)


def _ranges(area: str | list[str]) -> Iterator[str]:
    for part in area if isinstance(area, list) else area.split(","):
        yield part.rpartition("!")[2].replace("$", "")


def _stretched(said: str, growth: Growth) -> str:
    left, top, right, bottom = (edge or 1 for edge in range_boundaries(said))
    first = name_of(growth.rows.places(top)[0], growth.columns.places(left)[0])
    return f"{first}:{name_of(growth.rows.places(bottom)[-1], growth.columns.places(right)[-1])}"


def _spanned(said: str, side: Side) -> tuple[int, int]:
    first, last = (_number(part) for part in said.replace("$", "").split(":"))
    return side.places(first)[0], side.places(last)[-1]


def _number(said: str) -> int:
    return int(said) if re.fullmatch(r"\d+", said) else column_index_from_string(said)


# ---- saving


def _saved(book: Workbook, at: datetime) -> bytes:
    """Without the moment of writing: what was handed in once is fetched again byte by byte."""
    book.properties.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    raw, packed = BytesIO(), BytesIO()
    with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(raw) as archive, ZipFile(packed, "w", ZIP_DEFLATED) as again:
        for part in archive.infolist():
            again.writestr(ZipInfo(part.filename, _NO_DATE), archive.read(part), ZIP_DEFLATED)
    return packed.getvalue()
