"""An empty table to be filled in: headings, drop-downs, and a second sheet that explains each column."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rixin.sheets import harmless

_ROWS = 2_000
"""Rows of the sheet that offer a choice."""
_HEAD = PatternFill("solid", fgColor="E6EEF5")


@dataclass(frozen=True)
class Column:
    """`how`: what is written there, in words. `options`: what is offered."""

    heading: str
    needed: bool
    how: str
    options: tuple[str, ...] = ()


def build(name: str, meaning: str, columns: Sequence[Column]) -> bytes:
    """The table as XLSX."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has a sheet
    sheet.title = _sheet_name(name)
    explained = book.create_sheet(_("What goes where"))
    lists = book.create_sheet(_("Choices"))
    lists.sheet_state = "hidden"
    _explain(explained, name, meaning, columns)
    for nth, column in enumerate(columns, start=1):
        _head(sheet, nth, column)
        if column.options:
            _offer(sheet, lists, nth, column)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet, nth: int, column: Column) -> None:
    cell = sheet.cell(1, nth, str(harmless(column.heading)))
    cell.font = Font(bold=column.needed)
    cell.fill = _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.column_dimensions[get_column_letter(nth)].width = max(12, 2 * len(column.heading) + 2)


def _offer(sheet: Worksheet, lists: Worksheet, nth: int, column: Column) -> None:
    """A drop-down. Its words stand in a sheet of their own: in the rule itself there is room for 255 signs."""
    letter = get_column_letter(nth)
    for row, option in enumerate(column.options, start=1):
        lists.cell(row, nth, str(harmless(option)))
    rule = DataValidation(
        type="list", formula1=f"'{lists.title}'!${letter}$1:${letter}${len(column.options)}", allow_blank=True
    )
    # Warned and not kept from it: areas may be written in other ways too.
    rule.errorStyle = "warning"
    rule.error = column.how[:220]
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{_ROWS}")


def _explain(sheet: Worksheet, name: str, meaning: str, columns: Sequence[Column]) -> None:
    lines = [
        [name, "", meaning],
        [],
        [_("Column"), _("Needed"), _("What goes there")],
        *([column.heading, _("yes") if column.needed else "", column.how] for column in columns),
    ]
    for line in lines:
        sheet.append([harmless(cell) for cell in line])
    for letter, width in zip("ABC", (28, 10, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=1, max_row=len(lines)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (*sheet[1], *sheet[3]):
        cell.font = Font(bold=True)


def _sheet_name(name: str) -> str:
    """A spreadsheet takes 31 signs, and some not at all."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in name)[:31]
