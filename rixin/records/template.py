"""An empty table for records of one type: headings, drop-downs, and a second sheet that explains each column."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, SOURCE, STATE, UNIT, columns
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField, RecordType, Step
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.models import Level
from rixin.records.tables import headed
from rixin.sheets import harmless

_ROWS = 2_000
"""Rows of the sheet that offer a choice."""
_PERIODS: dict[Step, str] = {"day": "2022-03-05", "month": "2022-03", "quarter": "2022-Q1", "year": "2022"}
_HEAD = PatternFill("solid", fgColor="E6EEF5")
_OFFERED = {Level.SUBDISTRICT, Level.COMMUNITY, Level.GRID}


@dataclass(frozen=True)
class _Column:
    heading: str
    needed: bool
    how: str
    """What is written there, in words."""
    options: tuple[str, ...] = ()


def build(version: RecordVersion, staff: Staff) -> bytes:
    """The table as XLSX, in the reader's language, with the areas that the person may enter for."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has a sheet
    sheet.title = _sheet_name(version.type.name.here())
    explained = book.create_sheet(_("What goes where"))
    lists = book.create_sheet(_("Choices"))
    lists.sheet_state = "hidden"
    filled_in = list(_columns(version.type, staff))
    _explain(explained, version.type, filled_in)
    for nth, column in enumerate(filled_in, start=1):
        _head(sheet, nth, column)
        if column.options:
            _offer(sheet, lists, nth, column)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(kind: RecordType, staff: Staff) -> Iterator[_Column]:
    fields = {field.name: field for field in kind.fields}
    for column in columns(kind):
        label = column.label.here()
        if column.name in fields:
            yield _of_field(fields[column.name])
        elif column.name == DAY:
            yield _Column(label, True, _day(kind))
        elif column.name == AREA:
            yield _Column(label, False, _area(kind), tuple(_areas(staff)))
        elif column.name == ADDRESS:
            yield _Column(label, False, _("Where exactly, as people call it; at most 200 signs."))
        elif column.name == SOURCE:
            yield _Column(label, False, _("Where the figures come from; at most 120 signs."))
        elif column.name in (UNIT, STATE):
            # What follows is known of a record without being filled in.
            return


def _of_field(field: RecordField) -> _Column:
    options = tuple(option.name.here() for option in field.options)
    if field.kind == "yes_no":
        options = (_("yes"), _("no"))
    how = {
        "text": _("Words; at most {most} signs.").format(most=field.most or 120),
        "long_text": _("Words, also several lines; at most {most} signs.").format(most=field.most or 4_000),
        "count": _("A whole number. 0 means counted and none; blank means not known."),
        "amount": _("A number with at most {decimals} digits after the point; blank means not known.").format(
            decimals=field.decimals
        ),
        "date": _("A date such as 2022-03-05."),
        "yes_no": _("One of: {options}.").format(options=_(", ").join(options)),
        "choice": _("One of: {options}.").format(options=_(", ").join(options)),
    }[field.kind]
    bounds = _bounds(field) if field.kind in ("count", "amount") else ""
    more = field.help.here() if field.help else ""
    return _Column(headed(field), field.required, " ".join(filter(None, (how, bounds, more))), options)


def _bounds(field: RecordField) -> str:
    if field.most is not None:
        return _("From {least} to {most}.").format(least=field.least or 0, most=field.most)
    return _("At least {least}.").format(least=field.least) if field.least else ""


def _day(kind: RecordType) -> str:
    if kind.period:
        return _("The period of the return, such as {example}. Each one only once.").format(
            example=_PERIODS[kind.period]
        )
    return _("A date such as 2022-03-05. It has to have come.")


def _area(kind: RecordType) -> str:
    if kind.place == "needed":
        return _("Needed, unless the address tells it. Choose from the list, or write a name or path of the area tree.")
    return _("Blank: told by the address, else the whole area of your unit. A name or path of the area tree.")


def _areas(staff: Staff) -> Iterator[str]:
    atlas = gazetteer.current()
    for area in sorted(atlas.areas.values(), key=lambda area: area.path):
        if area.level in _OFFERED and not area.retired and staff.scope.covers_area(area.path):
            yield atlas.label(area.path)


def _head(sheet: Worksheet, nth: int, column: _Column) -> None:
    cell = sheet.cell(1, nth, str(harmless(column.heading)))
    cell.font = Font(bold=column.needed)
    cell.fill = _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.column_dimensions[get_column_letter(nth)].width = max(12, 2 * len(column.heading) + 2)


def _offer(sheet: Worksheet, lists: Worksheet, nth: int, column: _Column) -> None:
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


def _explain(sheet: Worksheet, kind: RecordType, filled_in: list[_Column]) -> None:
    lines = [
        [kind.name.here(), "", kind.meaning.here()],
        [],
        [_("Column"), _("Needed"), _("What goes there")],
        *([column.heading, _("yes") if column.needed else "", column.how] for column in filled_in),
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
