"""The records of a list in a form: those of a type that count, or those behind a figure, as far as they may be seen."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.form_marks import Listing
from rixin.catalogue.periods import Period, day_of
from rixin.catalogue.work_schema import RecordField
from rixin.metrics import rows, wording
from rixin.metrics.scope import Place
from rixin.people import units
from rixin.records.entry import Stored, shown
from rixin.records.models import Record, Status
from rixin.reports.forms.numbers import format_for
from rixin.reports.forms.table import Table, Value

MOST = 1_000
"""Records of one list: a longer one is no table that anybody reads."""
DAYS = "yyyy-mm-dd"


@dataclass(frozen=True)
class Listed:
    """By day. `hidden` may not be seen by whoever asks, `cut` are beyond the most that fit."""

    records: list[Record]
    hidden: int
    cut: int


def listed(listing: Listing, period: Period, place: Place, seen: QuerySet[Record]) -> Listed:
    """`seen`: the records that whoever asks may see."""
    wanted = _wanted(listing, period, place)
    in_all = wanted.count()
    visible = seen.filter(pk__in=wanted.values("pk"))
    found = list(visible.order_by("day", "pk")[:MOST])
    can_be_seen = len(found) if len(found) < MOST else visible.count()
    return Listed(found, in_all - can_be_seen, can_be_seen - len(found))


def as_seen(table: Table, seen: QuerySet[Record] | None) -> Table:
    """A table that somebody else filled, without the records that this person may not see."""
    named = {placed.cell.record for placed in table.placed() if placed.cell.record is not None}
    if seen is None or not named:
        return table
    hidden = named - set(seen.filter(pk__in=named).values_list("pk", flat=True))
    if not hidden:
        return table
    sheets = (
        replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if cell.record not in hidden})
        for sheet in table.sheets
    )
    return Table(tuple(sheets), hidden=len(hidden))


def _wanted(listing: Listing, period: Period, place: Place) -> QuerySet[Record]:
    if listing.of:
        behind = rows.behind(listing.of, period, area=place.area, unit=place.unit)
        return Record.objects.filter(pk__in=behind.ids) if behind is not None else Record.objects.none()
    found = Record.objects.filter(type=listing.type, status=Status.CONFIRMED, day__range=(period.first, period.last))
    if place.area:
        found = found.filter(area_path__within=place.area)
    return found.filter(unit__code=place.unit) if place.unit else found


@dataclass(frozen=True)
class Told:
    """One field of a record as a cell has it. `number_format`: where the template says nothing."""

    value: Value
    shown: str
    number_format: str = ""


def field_of(record: Record, name: str) -> Told:
    if name == "day":
        return Told(record.day, record.day.isoformat(), DAYS)
    if name == "area":
        return _words(wording.area(record.area_path))
    if name == "unit":
        return _words(units.by_id(record.unit_id).name)
    if name == "place":
        return _words(record.address)
    kind = versions.record_version(record.definition_id).type
    field = next((field for field in kind.fields if field.name == name), None)
    stored: Stored = record.values.get(name)
    if field is None or stored is None:
        return Told(None, "")
    return _stored(field, stored)


def _stored(field: RecordField, stored: str | int) -> Told:
    if field.kind == "date":
        day = day_of(int(stored))
        return Told(day, day.isoformat(), DAYS)
    if field.kind in ("count", "amount"):
        decimals = field.decimals if field.kind == "amount" else 0
        return Told(Decimal(stored).scaleb(-decimals), shown(field, stored), format_for(decimals))
    return _words(shown(field, stored))


def _words(said: str) -> Told:
    return Told(said or None, said)


def label_of(type: str, name: str) -> str:
    """What a field is called, for people."""
    ground = {
        "nth": _("Running number"), "day": _("Day"), "area": _("Area"), "unit": _("Unit"), "place": _("Where"),
    }  # fmt: skip
    if name in ground:
        return ground[name]
    record = versions.work().records.get(type)
    fields = {field.name: field.label for field in record.type.fields} if record else {}
    return fields[name].here() if name in fields else name
