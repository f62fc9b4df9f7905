"""What a form's spreadsheet says beside its table: notes on cells, and a sheet with the source of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.metrics import wording
from rixin.reports.forms import workbook
from rixin.reports.forms.comparing import Change
from rixin.reports.forms.listing import label_of
from rixin.reports.forms.standing import Standing
from rixin.reports.forms.table import Cell, Placed, Value
from rixin.reports.forms.workbook import Note
from rixin.reports.page import address
from rixin.sheets import harmless

_WIDTHS = (16, 8, 34, 16, 30, 20, 20, 10, 18, 16, 12, 14, 60)


def workbook_of(standing: Standing, *, bare: bool = False) -> bytes:
    """The form as a spreadsheet. `bare`: the table alone, for whoever reads it with a machine."""
    at = standing.submission.at if standing.submission is not None else standing.as_of
    with translation.override(standing.version.form.language):
        notes = {} if bare else {(placed.sheet, placed.place): note for placed, note in _notes(standing)}
        further = None if bare else partial(_add_sheet, standing)
        return workbook.written(standing.version.content, standing.table, notes=notes, at=at, further=further)


def filename(standing: Standing) -> str:
    place = standing.place.area.strip("/").replace("/", "-") or "all"
    number = f"-{standing.submission.number}" if standing.submission is not None else ""
    return f"{standing.version.form.code}-{standing.period}-{place}{number}.xlsx"


# ---- notes


def _notes(standing: Standing) -> Iterator[tuple[Placed, Note]]:
    for placed in standing.table.placed():
        cell = placed.cell
        lines = list(cell.remarks) if cell.kind == "figure" and cell.value is None else []
        change = standing.changes.get(cell.key)
        if change is not None:
            lines.append(changed(change, standing))
        if lines:
            yield placed, Note("\n".join(lines), marked=change is not None)


def changed(change: Change, standing: Standing) -> str:
    """What a cell said in the submission before."""
    if change.then is None:
        return _("Not in the submission before: a new record.")
    day = timezone.localtime(standing.last.at).strftime("%Y-%m-%d") if standing.last is not None else ""
    said = _("Submitted on {day}: {then}; now: {now}").format(
        day=day, then=change.then.shown or wording.NONE, now=change.now.cell.shown or wording.NONE
    )
    return f"{said} ({change.difference:+f})" if change.difference is not None else said


# ---- the sheet


@dataclass(frozen=True)
class Source:
    """Where one cell comes from, in words. `address` opens it in the product; "" where nothing does."""

    name: str
    told: str
    address: str
    period: str
    place: str
    rows: int | None
    digest: str


def source_of(cell: Cell, standing: Standing) -> Source:
    """Of a cell with several figures the first one stands for all in what can only be said once."""
    if cell.kind == "record" and cell.record is not None:
        return _of_record(cell, cell.record)
    if cell.kind == "typed":
        told = _("Typed by hand: {name}").format(name=standing.by) if standing.by else _("Typed by hand")
        return Source(cell.label, told, "", "", "", None, "")
    first = cell.figures[0]
    names = _(", ").join(dict.fromkeys(one["name"] for one in cell.figures))
    codes = ", ".join(dict.fromkeys(one["id"] for one in cell.figures))
    unit = f" · {wording.unit(first['office'])}" if first["office"] else ""
    return Source(
        names,
        codes,
        address(first["id"], first["period"], first["area"], first["office"]),
        wording.period(Period.read(first["period"])),
        wording.area(first["area"]) + unit,
        sum(one["rows"] for one in cell.figures),
        first["digest"],
    )


def _of_record(cell: Cell, record: int) -> Source:
    type = cell.key.partition(".")[0]
    kept = versions.work().records.get(type)
    name = kept.type.name.here() if kept is not None else type
    try:
        opens = reverse("records:record", args=[record])
    except NoReverseMatch:
        opens = ""
    return Source(f"{name} {record} · {label_of(type, cell.label)}", _("Record"), opens, "", "", 1, "")


def _add_sheet(standing: Standing, book: Workbook) -> None:
    page = book.create_sheet(_("Sources"))
    for line in _head(standing):
        page.append([harmless(said) for said in line])
    page.append([])
    heads = [
        _("Sheet"), _("Cell"), _("What it says"), _("Value"), _("Source"), _("Period"), _("Area and unit"),
        _("Rows behind"), _("Digest"), _("Submission before"), _("Difference"), _("Against the period before"),
        _("To be known"),
    ]  # fmt: skip
    page.append(heads)
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    page.freeze_panes = f"A{page.max_row + 1}"
    for placed in standing.table.placed():
        if placed.cell.compared:
            _append(page, placed, standing)
    for column, width in zip("ABCDEFGHIJKLM", _WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    page.sheet_properties.tabColor = "0F6674"


def _head(standing: Standing) -> Iterator[list[str]]:
    place = wording.area(standing.place.area) + (
        f" · {wording.unit(standing.place.unit)}" if standing.place.unit else ""
    )
    yield [standing.version.form.name.here(), wording.period(standing.period), place]
    yield [_("As of"), timezone.localtime(standing.as_of).strftime("%Y-%m-%d %H:%M"), standing.by]
    submission = standing.submission
    if submission is None:
        yield [_("Not handed in"), standing.table.digest]
        return
    at = timezone.localtime(submission.at).strftime("%Y-%m-%d %H:%M")
    yield [_("Submission {number}").format(number=submission.number), at, submission.by_name, submission.digest]
    if submission.note:
        yield [_("Note"), submission.note]


def _append(page: Worksheet, placed: Placed, standing: Standing) -> None:
    cell = placed.cell
    source, change = source_of(cell, standing), standing.changes.get(cell.key)
    then: Value = change.then.value if change is not None and change.then is not None else None
    words = [
        placed.title, placed.name, source.name, cell.value, source.told, source.period, source.place, source.rows,
        source.digest[:16], then, change.difference if change is not None else None, standing.against.get(cell.key),
        _("; ").join(cell.remarks),
    ]  # fmt: skip
    page.append([harmless(said) for said in words])
    last = page[page.max_row]
    last[12].alignment = Alignment(wrap_text=True, vertical="top")
    if source.address:
        last[4].hyperlink = f"{settings.PUBLIC_URL}{source.address}"
        last[4].style = "Hyperlink"
