"""Lists of records, and the history of one in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField
from rixin.facilities.models import Facility
from rixin.metrics import wording
from rixin.people import units
from rixin.people.staff import Staff
from rixin.records import queries, search
from rixin.records.entry import shown
from rixin.records.models import Record, RecordEvent, Status
from rixin.records.tables import headed

PAGE = 50
_COLUMNS = 5


@dataclass(frozen=True)
class TypeLine:
    version: RecordVersion
    count: int
    last: date | None
    drafts: int
    enterable: bool


def overview(staff: Staff) -> dict[str, list[TypeLine]]:
    """The record types by field of work, with what the person sees of each. One statement."""
    found = (
        queries.visible_to(staff)
        .exclude(status=Status.WITHDRAWN)
        .values("type")
        .annotate(count=Count("pk"), last=Max("day"), drafts=Count("pk", filter=Q(status=Status.DRAFT)))
        .order_by()
    )
    counted = {row["type"]: row for row in found}
    enterable = {version.type.code for version in queries.enterable_by(staff)}
    groups: dict[str, list[TypeLine]] = {}
    for version in versions.records():
        code = version.type.code
        row: dict[str, Any] = dict(counted.get(code, {"count": 0, "last": None, "drafts": 0}))
        if row["count"] or code in enterable:
            line = TypeLine(version, row["count"], row["last"], row["drafts"], code in enterable)
            groups.setdefault(version.group.name.here(), []).append(line)
    return groups


@dataclass(frozen=True)
class Filter:
    words: str = ""
    period: str = ""
    status: str = ""
    batch: str = ""
    """Number of the import that entered it."""
    wrong: str = ""

    def query(self, **more: str) -> str:
        """As it stands in an address."""
        given = {"q": self.words, "period": self.period, "status": self.status, "import": self.batch, **more}
        return urlencode({name: value for name, value in given.items() if value})

    def apply(self, records: QuerySet[Record]) -> QuerySet[Record]:
        if self.words:
            records = search.matching(records, self.words)
        if self.period:
            period = Period.read(self.period)
            records = records.filter(day__range=(period.first, period.last))
        if self.batch:
            records = records.filter(batch=int(self.batch))
        if self.status:
            return records.filter(status=self.status)
        return records.exclude(status=Status.WITHDRAWN)


def read_filter(query: QueryDict) -> Filter:
    said, wrong = query.get("period", "").strip(), ""
    try:
        period = str(Period.read(said)) if said else ""
    except NoPeriod:
        period, wrong = "", _("“{given}” is no period such as 2022, 2022-Q1 or 2022-03.").format(given=said)
    status = query.get("status", "")
    batch = query.get("import", "")
    return Filter(
        words=query.get("q", "").strip(),
        period=period,
        status=status if status in Status.values else "",
        batch=batch if batch.isascii() and batch.isdigit() and len(batch) < 18 else "",
        wrong=wrong,
    )


@dataclass(frozen=True)
class Row:
    record: Record
    name: str
    area: str
    """Or the facility that it belongs to."""
    unit: str
    cells: list[tuple[str, str]]
    """(heading, what stands there)"""


@dataclass(frozen=True)
class Page:
    heads: list[str]
    rows: list[Row]
    after: str
    """Where the next page begins; "" at the end."""


def page_of(records: QuerySet[Record], version: RecordVersion | None, after: str) -> Page:
    """Newest first, by day and id."""
    day, _dot, pk = after.partition(".")
    if day and pk.isdecimal():
        try:
            edge = date.fromisoformat(day)
        except ValueError:
            edge = None
        if edge is not None:
            records = records.filter(Q(day__lt=edge) | Q(day=edge, pk__lt=int(pk)))
    found = list(records.select_related("facility").order_by("-day", "-pk")[: PAGE + 1])
    columns = [field for field in version.type.fields if field.kind != "long_text"][:_COLUMNS] if version else []
    heads = [headed(field) for field in columns] or [_("What it says")]
    rows = [row_of(record, list(zip(heads, _cells(record, columns), strict=True))) for record in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(heads, rows, f"{last.day.isoformat()}.{last.pk}" if last else "")


def row_of(record: Record, cells: list[tuple[str, str]] | None = None) -> Row:
    """A record in a list; without `cells` with what it says in one line."""
    return Row(
        record,
        versions.record_version(record.definition_id).type.name.here(),
        record.facility.name if record.facility else wording.area(record.area_path),
        units.by_id(record.unit_id).name,
        [("", _told(record))] if cells is None else cells,
    )


def _cells(record: Record, columns: list[RecordField]) -> list[str]:
    return [shown(field, record.values.get(field.name)) for field in columns] or [_told(record)]


def _told(record: Record) -> str:
    fields = versions.record_version(record.definition_id).type.fields
    said = [shown(field, record.values.get(field.name)) for field in fields if field.kind != "long_text"]
    return " · ".join(part for part in said if part)


def values_of(record: Record) -> list[tuple[str, str]]:
    """(label, value) of every field that is filled in."""
    kind = versions.record_version(record.definition_id).type
    found = []
    for field in kind.fields:
        value = shown(field, record.values.get(field.name))
        if value:
            known = versions.work().measures.get(field.unit or "")
            found.append((field.label.here(), f"{value} {known.name}" if known else value))
    return found


@dataclass(frozen=True)
class Entry:
    """One event in words: who did what when, and what changed."""

    what: str
    by: str
    at: datetime
    reason: str
    changes: list[tuple[str, str, str]]


def history_of(record: Record, events: list[RecordEvent]) -> Iterator[Entry]:
    names = {
        "enter": pgettext("event of a record", "Entered"),
        "import": pgettext("event of a record", "Imported"),
        "correct": pgettext("event of a record", "Corrected"),
        "confirm": pgettext("event of a record", "Confirmed"),
        "withdraw": pgettext("event of a record", "Withdrawn"),
        "restore": pgettext("event of a record", "Counts again"),
    }
    said: dict[str, Any] = {}
    for event in events:
        changes = list(_changes(record, said, event.changes)) if said else []
        said |= event.changes
        post = event.by_post_zh if wording.chinese() else event.by_post_en
        yield Entry(
            names.get(event.action, event.action), f"{post} {event.by_name}".strip(), event.at, event.reason, changes
        )


def _changes(record: Record, before: dict[str, Any], changes: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kind = versions.record_version(record.definition_id).type
    if "day" in changes:
        yield kind.day.here(), str(before.get("day", "")), str(changes["day"])
    if "facility" in changes:
        old, new = before.get("facility"), changes["facility"]
        names = {one.pk: one.name for one in Facility.objects.filter(pk__in=[pk for pk in (old, new) if pk])}
        yield pgettext("of a record", "Facility"), names.get(old or 0, ""), names.get(new or 0, "")
    if "area_path" in changes:
        yield _("Area"), wording.area(before.get("area_path", "")), wording.area(changes["area_path"])
    if "source" in changes:
        yield _("Source"), str(before.get("source", "")), str(changes["source"])
    then, now = before.get("values", {}), changes.get("values", before.get("values", {}))
    for field in kind.fields:
        if then.get(field.name) != now.get(field.name):
            yield field.label.here(), shown(field, then.get(field.name)), shown(field, now.get(field.name))
