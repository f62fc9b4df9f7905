"""Fills a form: asks for every figure of all its cells at once, lists its records, and puts each into its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.form_marks import About, FigureMark, Listing, Loop
from rixin.catalogue.form_sheet import Sheet, TemplateCell, read
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Words
from rixin.catalogue.versions import FormVersion
from rixin.metrics import compute, wording
from rixin.metrics.compute import Engine
from rixin.metrics.compute import Placed as Asked
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.scope import Place
from rixin.records.models import Record
from rixin.reports.cited import cite
from rixin.reports.document import Frame, parameters
from rixin.reports.forms import listing as lists
from rixin.reports.forms import numbers, parts
from rixin.reports.forms.listing import Listed
from rixin.reports.forms.parts import Made, Part
from rixin.reports.forms.table import Asks, Cell, FilledSheet, Line, Table, Value
from rixin.reports.plain_json import figure_data

Typed = Mapping[str, Decimal | str]
"""What was typed by hand, by the key of its cell."""
_COUNT = About("nth")


@dataclass(frozen=True)
class Order:
    """Which form is filled for which period and place, as of when, and by whom.

    `seen`: the records that whoever fills it may see; None: all of them, for the office's own command.
    """

    version: FormVersion
    period: Period
    place: Place
    as_of: datetime
    by: str = ""
    typed: Typed = field(default_factory=dict)
    seen: QuerySet[Record] | None = None
    engine: Engine = field(default_factory=Database)
    only: str = ""
    """The key of the one cell that is asked for: figures of others are not computed."""

    @property
    def frame(self) -> Frame:
        return Frame(self.period, self.engine, self.as_of, self.place.area, self.place.unit)


def fill(order: Order) -> Table:
    """The form as it is today, in its own language. Raises UnknownMetric where a figure was unpublished meanwhile."""
    with translation.override(order.version.form.language):
        sheets = [_Laid(sheet, order) for sheet in read(order.version.content)]
        wanted = dict.fromkeys(one for sheet in sheets for one in sheet.wanted())
        figures = compute.ask_at(wanted, engine=order.engine, as_of=order.as_of, unit=order.place.unit)
        filling = _Filling(order, figures)
        return Table(
            tuple(filling.sheet(sheet) for sheet in sheets),
            hidden=sum(one.hidden for sheet in sheets for one in sheet.lists.values()),
            cut=sum(one.cut for sheet in sheets for one in sheet.lists.values()),
        )


class _Laid:
    """A sheet of the template with the rows and columns that it will have."""

    def __init__(self, sheet: Sheet, order: Order) -> None:
        self.sheet, self._order = sheet, order
        seen = order.seen if order.seen is not None else Record.objects.all()
        self.lists: dict[int, Listed] = {
            row: lists.listed(mark, order.period, order.place, seen)
            for row, mark in sheet.repeats.items()
            if isinstance(mark, Listing)
        }
        self.rows = [made for row in range(1, sheet.height + 1) for made in self._made(row, sheet.repeats.get(row))]
        self.columns = [made for one in range(1, sheet.width + 1) for made in self._made(one, sheet.across.get(one))]

    def _made(self, of: int, mark: Loop | Listing | None) -> Iterator[Made]:
        found: list[Part] = []
        if isinstance(mark, Loop):
            found = list(parts.of_loop(mark, self._order.period, self._order.place.area))
        elif mark is not None:
            records = self.lists[of].records
            found = [Part(f"record {one.pk}", nth, record=one) for nth, one in enumerate(records, start=1)]
        yield from (Made(Line(of, part.key), part) for part in found)
        if not found:
            yield Made(Line(of))

    def cells(self) -> Iterator[tuple[int, int, TemplateCell, Made, Made]]:
        """The marked cells: row, column, what they are made from, row and column that they are made for."""
        for nth, row in enumerate(self.rows, start=1):
            for other, column in enumerate(self.columns, start=1):
                cell = self.sheet.cells.get((row.line.of, column.line.of))
                if cell is not None and cell.text.marked and self._asked_for(cell, row.part, column.part):
                    yield nth, other, cell, row, column

    def _asked_for(self, cell: TemplateCell, *made_for: Part | None) -> bool:
        """A list has many cells: those of other keys cost nothing."""
        only = self._order.only
        return not only or cell.text.listing is not None or key_of(cell, made_for) == only

    def wanted(self) -> Iterator[Asked]:
        for _row, _column, cell, row, column in self.cells():
            for mark in cell.text.figures:
                yield asked_for(mark, self._order, row.part, column.part)


def key_of(cell: TemplateCell, made_for: Iterable[Part | None]) -> str:
    """What a cell says, whatever place it stands in."""
    return "|".join([str(cell.text), *(part.key for part in made_for if part is not None)])


def asked_for(mark: FigureMark, order: Order, *made_for: Part | None) -> Asked:
    """Which figure a mark means in a row and column that are made for something."""
    period, area = order.period, order.place.area
    for part in made_for:
        if part is not None:
            period = part.period or period
            area = part.area if part.area is not None else area
    if mark.when in ("last", "last_so_far"):
        period = period.year_before()
    if mark.when == "before":
        period = period.before()
    return mark.code, period.so_far() if mark.when in ("so_far", "last_so_far") else period, area


class _Filling:
    """What is the same for all cells: the figures, and what is said about the form itself."""

    def __init__(self, order: Order, figures: Mapping[Asked, Figure]) -> None:
        self._order, self._figures = order, figures
        self._work = versions.work()
        today = timezone.localdate(order.as_of)
        self._about = {**parameters(order.frame), "date": wording.period(Period.of("day", today)), "by": order.by}

    def sheet(self, laid: _Laid) -> FilledSheet:
        cells: dict[tuple[int, int], Cell] = {}
        # Columns of a list are never repeated, but others before them may be.
        at = {made.line.of: nth for nth, made in enumerate(laid.columns, start=1)}
        for nth, other, cell, row, column in laid.cells():
            if cell.text.listing is None:
                cells[nth, other] = self._cell(cell, row.part, column.part)
                continue
            for name, of in zip(cell.text.listing.fields, laid.sheet.columns_of(cell), strict=True):
                if (told := self._field(cell.text.listing, name, row.part, first=of == cell.column)) is not None:
                    cells[nth, at[of]] = told
        rows, columns = (tuple(made.line for made in side) for side in (laid.rows, laid.columns))
        return FilledSheet(laid.sheet.title, rows, columns, cells)

    def _cell(self, cell: TemplateCell, *made_for: Part | None) -> Cell:
        key = key_of(cell, made_for)
        if cell.text.blank is not None:
            return self._typed(cell, key)
        figures = [self._figures[asked_for(mark, self._order, *made_for)] for mark in cell.text.figures]
        said = tuple(figure_data(cite(figure)) for figure in figures)
        remarks = tuple(dict.fromkeys(remark for figure in figures for remark in remarks_on(figure)))
        if (mark := cell.text.number) is not None:
            value = numbers.number_of(figures[0], mark, cell, self._work)
            digits = numbers.digits_of(mark, cell, self._work)
            shown = wording.NONE if value is None else numbers.shown(value, cell, digits)
            return Cell("figure", key, value, shown, numbers.format_for(digits), said, remarks=remarks)
        text = self._text(cell, figures, made_for)
        if cell.text.runs == (_COUNT,):
            return Cell("words", key, Decimal(text), text, "0")
        return Cell("figure" if figures else "words", key, text or None, text, figures=said, remarks=remarks)

    def _text(self, cell: TemplateCell, figures: list[Figure], made_for: tuple[Part | None, ...]) -> str:
        about = dict(self._about)
        for part in made_for:
            about |= parts.about(part)
        told, said = iter(figures), ""
        for run in cell.text.runs:
            if isinstance(run, Words):
                said += run.text
            else:
                said += about.get(run.name, "") if isinstance(run, About) else said_of(next(told), run)
        return said

    def _typed(self, cell: TemplateCell, key: str) -> Cell:
        blank = cell.text.blank
        if blank is None:
            raise ValueError("nothing is asked for here")
        value: Value = self._order.typed.get(key) or None
        shown = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
        asks: Asks = "number" if blank.number else "text"
        return Cell("typed", key, value, shown, label=blank.label, asks=asks, needed=blank.needed)

    def _field(self, listing: Listing, name: str, part: Part | None, *, first: bool) -> Cell | None:
        """None where a list without records has nothing to say."""
        key = f"{listing.type}.{name}|{part.key if part else 'none'}"
        if part is None or part.record is None:
            return Cell("words", key, _("none"), _("none")) if first else None
        if name == "nth":
            return Cell("words", key, Decimal(part.nth), str(part.nth), "0")
        told = lists.field_of(part.record, name)
        return Cell("record", key, told.value, told.shown, told.number_format, record=part.record.pk, label=name)


def said_of(figure: Figure, mark: FigureMark) -> str:
    """A figure among words. What lacks a return is no number."""
    if not numbers.known(figure):
        return wording.NONE
    if mark.form in ("numerator", "denominator"):
        return str(figure.numerator if mark.form == "numerator" else figure.denominator)
    return {"number": wording.number, "change": wording.change}.get(mark.form, wording.shown)(figure)


def remarks_on(figure: Figure) -> Iterator[str]:
    yield from wording.remarks(figure)
    if figure.missing and figure.value is not None:
        yield _("what is there comes to {value}").format(value=wording.shown(figure))
