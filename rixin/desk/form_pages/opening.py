"""One cell of a form opened: what it comes from, who entered the last row behind it, and what it said before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from rixin.cases import queries as case_queries
from rixin.cases.models import Case, CaseEvent
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.sources import CASES, REGISTERS
from rixin.desk.figure_pages.kept_rows import KINDS
from rixin.desk.figure_pages.kinds import last_events
from rixin.history import Happened
from rixin.metrics import compute, wording
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.rows import Behind, behind
from rixin.people.staff import Staff
from rixin.records import queries as record_queries
from rixin.records.models import Record, RecordEvent
from rixin.reports.forms import since
from rixin.reports.forms.comparing import Change
from rixin.reports.forms.filling import remarks_on
from rixin.reports.forms.listing import label_of
from rixin.reports.forms.standing import Standing
from rixin.reports.forms.table import Cell
from rixin.reports.page import address

_MOST_NAMED = 8


@dataclass(frozen=True)
class Row:
    """One row behind a figure that the person may see, or a record of a list: who wrote last in it, and when."""

    name: str
    address: str
    by: str
    at: datetime


@dataclass(frozen=True)
class OpenFigure:
    """A figure of the cell. `then` is what was kept of it, `now` what it is today; None where it is no more."""

    name: str
    meaning: str
    period: str
    place: str
    address: str
    then: Mapping[str, Any]
    now: Figure | None
    remarks: list[str]
    last: Row | None


@dataclass(frozen=True)
class ChangedRows:
    """`added` and so on: how many; `named`: those of them that the person may see, at most a few."""

    added: int
    removed: int
    altered: int
    kept: bool
    named: list[Row]


@dataclass(frozen=True)
class Opened:
    cell: Cell
    what: str
    figures: list[OpenFigure]
    record: Row | None
    change: Change | None
    against: Decimal | None
    since: list[ChangedRows]


def opened(staff: Staff, standing: Standing, cell: Cell, as_of: datetime) -> Opened:
    submission = standing.submission
    records = _rows(staff, "", [cell.record]) if cell.record is not None else []
    changed = since.changed_rows(submission, cell) if submission is not None else []
    return Opened(
        cell,
        _what(cell),
        list(_figures(staff, cell, as_of)),
        records[0] if records else None,
        standing.changes.get(cell.key),
        standing.against.get(cell.key),
        [_changed(staff, rows) for rows in changed],
    )


def _what(cell: Cell) -> str:
    if cell.kind == "record":
        return label_of(cell.key.partition(".")[0], cell.label)
    return cell.label or ", ".join(dict.fromkeys(name_of(one) for one in cell.figures))


def name_of(said: Mapping[str, Any]) -> str:
    """Of a figure, in the reader's language while it is defined."""
    return wording.name_of(said["id"]) if said["id"] in versions.work().metrics else str(said["name"])


def _figures(staff: Staff, cell: Cell, as_of: datetime) -> Iterator[OpenFigure]:
    known = versions.work().metrics
    for said in cell.figures:
        code, period, area, unit = said["id"], Period.read(said["period"]), said["area"], said["office"]
        now: Figure | None = None
        if code in known:
            now = compute.figures([code], period, engine=Database(), as_of=as_of, area=area, unit=unit)[code]
        found = behind(code, period, area=area, unit=unit) if code in known else None
        yield OpenFigure(
            name_of(said),
            known[code].metric.meaning.here() if code in known else "",
            wording.period(period),
            wording.area(area) + (f" · {wording.unit(unit)}" if unit else ""),
            address(code, said["period"], area, unit) if code in known else "",
            said,
            now,
            list(remarks_on(now)) if now is not None else list(said["remarks"]),
            _last(staff, found) if found is not None else None,
        )


def _last(staff: Staff, found: Behind) -> Row | None:
    """The row behind a figure in which somebody wrote last, of those that the person may see."""
    if found.source in REGISTERS:
        return max(_of_register(staff, found.source, found.ids), key=lambda row: row.at, default=None)
    if found.source == CASES:
        case = case_queries.visible_to(staff).filter(pk__in=found.ids).order_by("-changed_at", "-pk").first()
        return _of_case(case) if case is not None else None
    record = record_queries.visible_to(staff).filter(pk__in=found.ids).order_by("-changed_at", "-pk").first()
    return _of_record(record) if record is not None else None


def _changed(staff: Staff, rows: since.Rows) -> ChangedRows:
    ids = [*rows.added, *rows.removed, *rows.altered]
    return ChangedRows(
        len(rows.added), len(rows.removed), len(rows.altered), rows.kept, _rows(staff, rows.source, ids[:_MOST_NAMED])
    )


def _rows(staff: Staff, source: str, ids: list[int]) -> list[Row]:
    """Those of these rows that the person may see."""
    if source in REGISTERS:
        return _of_register(staff, source, ids)
    if source == CASES:
        return [_of_case(case) for case in case_queries.visible_to(staff).filter(pk__in=ids)]
    return [_of_record(record) for record in record_queries.visible_to(staff).filter(pk__in=ids)]


def _of_register(staff: Staff, source: str, ids: Any) -> list[Row]:
    """Each with what was written last about its enterprise or building. Sums over many have no entry of their own."""
    kind = KINDS.get(source)
    if kind is None:
        return []
    rows = kind.visible_to(staff).filter(pk__in=ids)
    events = last_events(kind, rows)
    found = ((kind.row(row), events.get(kind.subject_of(row))) for row in rows)
    return [Row(row.name, row.address, _by(event), event.at) for row, event in found if event is not None]


def _of_case(case: Case) -> Row:
    event = CaseEvent.objects.get(case=case, seq=case.version)
    return Row(case.number, case.get_absolute_url(), _by(event), event.at)


def _of_record(record: Record) -> Row:
    # Who confirmed it did not write it.
    event = RecordEvent.objects.filter(record=record).exclude(action="confirm").latest("seq")
    name = versions.record_version(record.definition_id).type.name.here()
    return Row(f"{name} {record.pk}", record.get_absolute_url(), _by(event), event.at)


def _by(event: CaseEvent | RecordEvent | Happened) -> str:
    """A resident is no name here."""
    post = event.by_post_zh if wording.chinese() else event.by_post_en
    resident = isinstance(event, CaseEvent) and event.by_kind == "resident"
    return post if resident else f"{post} {event.by_name}".strip()
