"""How a facility is used, by its returns: the last ones, and sums by month. For the page of the facility."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField
from rixin.facilities.models import Facility
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.records import queries
from rixin.records.daily import numbers_of
from rixin.records.entry import shown
from rixin.records.models import Record, Status
from rixin.records.tables import headed

_LAST = 7
_MONTHS = 12


@dataclass(frozen=True)
class Month:
    """`sums`: (what it is of, the sum)."""

    name: str
    sums: list[tuple[str, str]]
    returns: int


@dataclass(frozen=True)
class Use:
    """One kind of return of the facility. `last`: (record, its numbers, each with what it is of), newest first."""

    name: str
    code: str
    heads: list[str]
    last: list[tuple[Record, list[tuple[str, str]]]]
    months: list[Month]
    may_enter: bool


def facility_use(facility: Facility, staff: Staff) -> dict[str, Any]:
    """What `records/facility_use.html` shows, as a context: `use` is empty where nothing is returned of its kind."""
    kinds = [one for one in versions.records() if one.type.period and facility.kind in one.type.facility]
    seen = queries.visible_to(staff).filter(facility=facility, status=Status.CONFIRMED)
    return {"facility": facility, "use": [_use(version, seen, staff) for version in kinds]}


def _use(version: RecordVersion, seen: QuerySet[Record], staff: Staff) -> Use:
    kind, asked = version.type, numbers_of(version.type)
    records = list(seen.filter(type=kind.code).order_by("-day")[: _MONTHS * 31])
    by_month: dict[date, list[Record]] = {}
    for record in records:
        by_month.setdefault(record.day.replace(day=1), []).append(record)
    return Use(
        name=kind.name.here(),
        code=kind.code,
        heads=[headed(one) for one in asked],
        last=[(one, [_cell(field, one.values.get(field.name)) for field in asked]) for one in records[:_LAST]],
        months=[_month(version, first, rows) for first, rows in list(by_month.items())[:_MONTHS]],
        may_enter=queries.may_enter(staff, version),
    )


def _month(version: RecordVersion, first: date, rows: list[Record]) -> Month:
    sums = []
    for field in numbers_of(version.type):
        known = [value for row in rows if isinstance(value := row.values.get(field.name), int)]
        sums.append(_cell(field, sum(known) if known else None))
    return Month(wording.period(Period.of("month", first)), sums, len(rows))


def _cell(field: RecordField, value: Any) -> tuple[str, str]:
    return headed(field), shown(field, value) if value is not None else wording.NONE
