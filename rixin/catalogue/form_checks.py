"""What must hold of a form's spreadsheet, so that every mark can be filled. Each fault names the sheet and the cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.form_marks import LISTED, Blank, FigureMark, Listing, Loop, Slip
from rixin.catalogue.form_sheet import Sheet, SheetFault, TemplateCell, read
from rixin.catalogue.report_checks import no_metric
from rixin.catalogue.wording import STEPS
from rixin.catalogue.work_checks import SHARE, Known, asked_of, no_unit
from rixin.catalogue.work_schema import FormTemplate, Metric, Step

_STEPS: tuple[Step, ...] = ("day", "month", "quarter", "year")
_NEEDS: dict[str, tuple[Step, ...]] = {"month": ("day", "month"), "quarter": ("day", "month", "quarter")}
"""What about the form only means something in periods of such a length."""


def form_faults(form: FormTemplate, content: bytes, known: Known) -> Found:
    try:
        sheets = read(content)
    except SheetFault as fault:
        yield ("file",), _unusable(form.file, fault)
        return
    labels: set[str] = set()
    for sheet in sheets:
        check = _Check(form, sheet, known, labels)
        for cell, reason in check.found():
            yield (
                ("file",),
                _("{file}, sheet “{sheet}”, cell {cell}: {reason}").format(
                    file=form.file, sheet=sheet.title, cell=cell.name, reason=reason
                ),
            )


def _unusable(file: str, fault: SheetFault) -> str:
    return {
        "missing": _("there is no spreadsheet {file} beside this file"),
        "too_large": _("{file} is too large for a form: take out what does not belong to the table"),
        "locked": _("{file} is protected by a password, or of an old format: save it as XLSX without a password"),
        "damaged": _("{file} cannot be read as a spreadsheet: save it anew as XLSX"),
        "too_many_cells": _("{file} has too many cells or sheets: take out what does not belong to the table"),
        "no_mark": _("no cell of {file} has a mark such as {{figure}}: nothing would be filled in"),
    }[fault.why].format(file=file)


Told = Iterator[tuple[TemplateCell, str]]


@dataclass(frozen=True)
class _Check:
    """`labels`: what is asked for by hand in this form so far."""

    form: FormTemplate
    sheet: Sheet
    known: Known
    labels: set[str]

    def found(self) -> Told:
        for cell in self.sheet.cells.values():
            if cell.formula:
                yield cell, _("a formula has no source: write the figure that it should give")
        for cell in self.sheet.marked():
            for slip in cell.text.slips:
                yield cell, slip_told(slip)
            yield from ((cell, reason) for reason in self._cell(cell))

    def _cell(self, cell: TemplateCell) -> Iterator[str]:
        yield from self._repeated(cell)
        for mark in cell.text.figures:
            yield from self._figure(mark, cell)
        for about in cell.text.about:
            yield from self._about(about.name, cell)
        if cell.text.listing is not None:
            yield from self._listing(cell.text.listing, cell)
        if cell.text.blank is not None:
            yield from self._blank(cell.text.blank, cell)

    # ---- what is repeated

    def _repeated(self, cell: TemplateCell) -> Iterator[str]:
        down, across = self.sheet.repeats.get(cell.row), self.sheet.across.get(cell.column)
        loop = cell.text.loop
        first = across if loop is not None and loop.across else down
        if (own := loop or cell.text.listing) is not None and first != own:
            yield _("this row or column is repeated already by {mark}").format(mark=first)
        if own is not None and self.sheet.rules:
            yield _("a sheet that grows cannot have conditional formats or checks of what is typed: take them out")
        if loop is not None:
            yield from self._loop(loop)
        block = self.sheet.merged.get((cell.row, cell.column))
        if block is not None and ((down and block.tall) or (across and block.wide)):
            yield _("it is merged with cells that are not repeated with it: part them")
        if isinstance(down, Listing) and cell.text.listing is None:
            yield _("this row is repeated for each record: beside the list it can hold words only")

    def _loop(self, loop: Loop) -> Iterator[str]:
        if loop.over != "area" and _STEPS.index(loop.over) >= _STEPS.index(self.form.period):
            yield _("a form for each {step} has no {parts}: leave {mark} out").format(
                step=STEPS[self.form.period], parts=STEPS[loop.over], mark=loop
            )

    # ---- figures

    def _figure(self, mark: FigureMark, cell: TemplateCell) -> Iterator[str]:
        metric = self.known.metrics.get(mark.code)
        if metric is None:
            yield no_metric(mark.code)
            return
        if mark.form == "change" and metric.measure != "growth":
            yield _("“{code}” is no growth and has no {form}").format(code=mark.code, form="change")
        if mark.form in ("numerator", "denominator") and metric.measure != "rate":
            yield _("“{code}” is no rate and has no {form}").format(code=mark.code, form=mark.form)
        yield from self._unit(mark, metric, cell)
        yield from self._returned(metric, cell)

    def _unit(self, mark: FigureMark, metric: Metric, cell: TemplateCell) -> Iterator[str]:
        own = self.known.measures.get(metric.show.unit)
        if own is None:
            return  # told at the metric
        if mark.unit:
            other = self.known.measures.get(mark.unit)
            if other is None:
                yield no_unit(mark.unit)
            elif other.dimension != own.dimension or mark.form not in ("", "number"):
                yield _("“{code}” cannot be told in “{unit}”").format(code=mark.code, unit=mark.unit)
        counted = mark.form in ("numerator", "denominator")
        if cell.percent and cell.text.number is mark and (counted or own.dimension != SHARE):
            yield _("the cell is shown as a percentage, and “{code}” is none").format(code=mark.code)

    def _returned(self, metric: Metric, cell: TemplateCell) -> Iterator[str]:
        """A return that is made once a year says nothing of a month."""
        across = self.sheet.across.get(cell.column) or self.sheet.repeats.get(cell.row)
        asked: Step = self.form.period
        if isinstance(across, Loop) and across.over != "area":
            asked = across.over
        for code in _sources(metric, self.known):
            step = self.known.records[code].period if code in self.known.records else None
            if step is not None and _STEPS.index(step) > _STEPS.index(asked):
                yield _("“{code}” is returned for each {longer}, and here it is asked for each {shorter}").format(
                    code=metric.code, longer=STEPS[step], shorter=STEPS[asked]
                )

    def _about(self, name: str, cell: TemplateCell) -> Iterator[str]:
        loops = [self.sheet.repeats.get(cell.row), self.sheet.across.get(cell.column)]
        over = {loop.over for loop in loops if isinstance(loop, Loop)}
        if name == "nth" and not over:
            yield _("{nth} counts rows or columns that are repeated, and this one is not")
        if name in _NEEDS and self.form.period not in _NEEDS[name] and not over & set(_NEEDS[name]):
            yield _("a form for each {step} has no {parts}: leave {mark} out").format(
                step=STEPS[self.form.period], parts=STEPS["month" if name == "month" else "quarter"], mark=f"{{{name}}}"
            )

    # ---- records, blanks

    def _listing(self, listing: Listing, cell: TemplateCell) -> Iterator[str]:
        record = self.known.records.get(listing.type)
        if record is None:
            yield _("there is no record type “{code}”").format(code=listing.type)
            return
        if record.confidential:
            yield _("“{code}” is confidential: its records stand in no list").format(code=listing.type)
        fields = [field.name for field in record.fields if field.kind != "long_text"]
        for name in listing.fields:
            if name not in fields and name not in LISTED:
                yield _("there is no field “{name}” (there are {known})").format(
                    name=name, known=", ".join([*LISTED, *fields])
                )
        if listing.of:
            metric = self.known.metrics.get(listing.of)
            if metric is None:
                yield no_metric(listing.of)
            elif metric.source != listing.type:
                yield _("“{code}” is no figure over “{type}”").format(code=listing.of, type=listing.type)
        yield from self._room(cell)

    def _room(self, cell: TemplateCell) -> Iterator[str]:
        columns = self.sheet.columns_of(cell)
        for column in columns:
            taken = self.sheet.cells.get((cell.row, column))
            if taken is not None and taken is not cell:
                yield _("the list would cover what stands in {cell}").format(cell=taken.name)
        if any(column in self.sheet.across for column in columns):
            yield _("a list cannot stand in columns that are repeated")

    def _blank(self, blank: Blank, cell: TemplateCell) -> Iterator[str]:
        if blank.label in self.labels:
            yield _("“{label}” is asked for twice").format(label=blank.label)
        self.labels.add(blank.label)


def _sources(metric: Metric, known: Known) -> Iterator[str]:
    """The sources of a metric and of those that it is made of."""
    parts = [known.metrics[code] for code in asked_of(metric, known) if code in known.metrics]
    yield from dict.fromkeys(part.source for part in (metric, *parts) if part.source is not None)


def slip_told(slip: Slip) -> str:
    """What is wrong with a cell, and how it is written."""
    return {
        "mark": _("“{text}” is no mark: write {{figure}}, {{figure@last}}, {{figure:number}}, {{year}} and the like"),
        "brace": _("a brace in “{text}” has no partner"),
        "loop": _(
            "“{text}” repeats nothing: write {{for area}}, {{for month}} or {{for quarter}}, for columns with “across”"
        ),
        "list": _("“{text}” is no list: write {{list record_type: field, field}} or {{list record_type of figure: …}}"),
        "ask": _("“{text}” asks for nothing: write {{ask: label}}, {{ask number: label}} or {{ask? …}}"),
        "loops": _("a cell repeats its row or its column, not both: put “{text}” into another cell"),
        "alone": _("“{text}” stands alone in its cell"),
    }[slip.kind].format(text=slip.text)
