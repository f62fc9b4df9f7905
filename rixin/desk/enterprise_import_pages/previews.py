"""What the page of an import shows: columns, rows with what is wrong or to be decided, and what would be written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.desk.brought_tables import Column
from rixin.places import gazetteer
from rixin.registers import amounts, industries
from rixin.registers.imports import headings, results
from rixin.registers.imports.headings import PERSONAL, base
from rixin.registers.imports.outcomes import LABELS, LEAVE_OUT, Kind, Option, Outcome, Plan
from rixin.registers.imports.results import Result
from rixin.registers.imports.writing import new_enterprise
from rixin.registers.models import Building, RegisterImport, Standing
from rixin.registers.traits import trait
from rixin.sheets import as_text

ON_A_PAGE = 50
_SAMPLE = 20
_TONES: Mapping[str, str] = {"wrong": "late", "doubt": "warn", "new": "open", "changed": "info", "same": "done"}
_OPEN: tuple[Kind, ...] = ("wrong", "doubt")


@dataclass(frozen=True)
class Chip:
    kind: str
    label: str
    count: int
    on: bool


@dataclass(frozen=True)
class Cell:
    """A cell that is wrong, to be typed anew."""

    name: str
    label: str
    value: str
    message: str


@dataclass(frozen=True)
class Change:
    """`before` "": there was nothing."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Row:
    number: int
    kind: str
    label: str
    tone: str
    name: str
    code: str
    cells: Sequence[Cell]
    why: str
    options: Sequence[Option]
    decided: str
    changes: Sequence[Change]
    enterprise: int | None


@dataclass(frozen=True)
class Columns:
    columns: Sequence[Column]
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    chips: Sequence[Chip]
    page: Page[Outcome]
    rows: Sequence[Row]
    asks: bool
    """Whether any row of the page can be mended or decided."""
    kind: str


def columns(plan: Plan, today: date) -> Columns:
    """What each column holds, and what it may hold."""
    return Columns(list(_columns(plan)), headings.choices(today, list(plan.columns.at.values())))


def preview(plan: Plan, batch: RegisterImport, kind: str, page: int, today: date) -> Preview:
    """`kind`: of which rows; "" for those that ask for something, or else for what would be written."""
    chosen = _chosen(plan, kind)
    shown = Paginator(plan.of(*chosen), ON_A_PAGE).get_page(page)
    outcomes = list(shown.object_list)
    buildings = _buildings(outcomes)
    rows = [_row(one, plan, batch, buildings, today) for one in outcomes]
    return Preview(
        chips=[
            Chip(one, str(label), plan.counts[one], chosen == (one,))
            for one, label in LABELS.items()
            if plan.counts[one] and one != "skipped"
        ],
        page=shown,
        rows=rows,
        asks=any(row.cells or row.options for row in rows),
        kind=kind,
    )


def counted(found: Sequence[Result]) -> list[tuple[str, int]]:
    """(what became of rows, of how many)"""
    return list(Counter(results.said_of({**row, "stays": []}) for row in found).items())


def results_page(found: Sequence[Result], page: int) -> Page[Any]:
    shown: Page[Any] = Paginator(found, ON_A_PAGE).get_page(page)
    shown.object_list = [
        {**row, "said": results.said_of(row), "what": row["why"] or results.labels(row["changed"])}
        for row in shown.object_list
    ]
    return shown


def _chosen(plan: Plan, kind: str) -> tuple[Kind, ...]:
    for one in LABELS:
        if one == kind and one != "skipped":
            return (one,)
    return _OPEN if plan.open else ("new", "changed")


def _columns(plan: Plan) -> Iterator[Column]:
    lines = [outcome.line for outcome in plan.outcomes[:3]]
    for nth, heading in enumerate(plan.columns.headings):
        held = plan.columns.at.get(nth, "")
        if heading or held:
            texts = ["…" if base(held) in PERSONAL else as_text(line.cell(nth))[:_SAMPLE] for line in lines]
            yield Column(nth, heading, " · ".join(filter(None, texts)), held)


def _row(one: Outcome, plan: Plan, batch: RegisterImport, buildings: Mapping[int, str], today: date) -> Row:
    typed = batch.mended.get(str(one.row), {})
    cells = [
        Cell(name, headings.plain_label(headings.label(name)), typed.get(name, _there(one, plan, name)), message)
        for name, message in one.problems.items()
    ]
    return Row(
        number=one.row,
        kind=one.kind,
        label=str(LABELS[one.kind]),
        tone=_TONES.get(one.kind, ""),
        name=one.said.name or _there(one, plan, headings.NAME),
        code=one.said.code,
        cells=cells,
        why=_why(one),
        options=_options(one),
        decided=batch.decided.get(str(one.row), ""),
        changes=list(_written(one, buildings, today)),
        enterprise=one.entry.pk if one.entry else None,
    )


def _there(one: Outcome, plan: Plan, name: str) -> str:
    """What stands in the cells that hold it."""
    texts = (as_text(one.line.cell(column)) for column, held in plan.columns.at.items() if base(held) == name)
    return next(filter(None, texts), "")


def _why(one: Outcome) -> str:
    if one.doubt is not None:
        return one.doubt.why
    return _("Belongs to row {row}").format(row=one.to) if one.to is not None else ""


def _options(one: Outcome) -> Sequence[Option]:
    if one.doubt is not None:
        return one.doubt.options
    if one.kind == "left_out":
        return [Option(LEAVE_OUT, _("Leave the row out")), Option("", _("Look at it after all"))]
    return []


def _written(one: Outcome, buildings: Mapping[int, str], today: date) -> Iterator[Change]:
    """What would be written, as the reader knows it; of people only that it is."""
    if one.kind == "new":
        new = new_enterprise(one.said, today)
        yield Change(headings.label(headings.STANDING), "", f"{Standing(new.standing).label}, {new.since.isoformat()}")
        yield from _details(new.details(), {})
    elif one.kind == "doubt":
        yield from _details(one.said.details, {})
    elif one.entry is not None:
        yield from _details(one.changes.details, one.entry.details)
        if one.changes.name_as:
            yield Change(headings.label(headings.NAME), one.entry.name, one.changes.name)
        if (stand := one.changes.stand) is not None:
            before = str(Standing(one.entry.standing).label)
            yield Change(headings.label(headings.STANDING), before, f"{stand.standing.label}, {stand.day.isoformat()}")
    yield from _beside(one, buildings)


def _details(said: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Change]:
    if said.get("section"):
        yield Change(headings.label(headings.INDUSTRY), _industry(before), _industry({**before, **said}))
    for name, value in said.items():
        if name not in ("section", "division", "place_code", "code", *PERSONAL) and value not in (None, ""):
            label = headings.plain_label(results.label_of(name))
            yield Change(label, _shown(name, before.get(name)), _shown(name, value))
        elif name == "code" and value and before:
            yield Change(results.label_of(name), before["code"], value)
        elif name in PERSONAL and value:
            yield Change(headings.label(name), "", _("kept sealed"))


def _beside(one: Outcome, buildings: Mapping[int, str]) -> Iterator[Change]:
    changes = one.changes
    for code, value, day in changes.traits:
        known = trait(code)
        option = next((option.name.here() for option in known.options if option.code == value), value)
        yield Change(known.name.here(), "", f"{option}, {day.isoformat()}")
    for figure in changes.figures:
        before = one.entry.figures.get(figure.key) if one.entry else None
        label = headings.label(".".join(figure.key))
        yield Change(label, "" if before is None else amounts.yuan(before), amounts.yuan(figure.amount))
    for let in changes.lets:
        said = f"{buildings.get(let.building, '')} {let.number}, {amounts.square_metres(let.area)}"
        yield Change(
            pgettext("of a building", "Room"), "", said if let.room else _("{room}, which is new").format(room=said)
        )
    for renewal in changes.renewals:
        yield Change(
            headings.label(headings.LEASE_END), renewal.before.isoformat() if renewal.before else "",
            renewal.lease_end.isoformat(),
        )  # fmt: skip


def _industry(details: Mapping[str, Any]) -> str:
    found = industries.industry(details.get("section", ""), details.get("division", ""))
    return f"{found.code} {found.name}" if found else ""


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "area_path":
        return gazetteer.current().label(value) or str(value)
    if name == "capital":
        return amounts.yuan(value * 100)
    return value.isoformat() if isinstance(value, date) else str(value)


def _buildings(rows: Sequence[Outcome]) -> dict[int, str]:
    ids = {let.building for row in rows for let in row.changes.lets}
    return {one.pk: one.name for one in Building.objects.filter(pk__in=ids)} if ids else {}
