"""Rows of any source as the person may see them: matters, records, and entries of registers."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from rixin.cases import queries as case_queries
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.sources import CASES
from rixin.desk.figure_pages import enterprise_rows
from rixin.desk.figure_pages.kept_rows import KINDS
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.privacy.masking import masked
from rixin.records import queries as record_queries
from rixin.records.entry import shown
from rixin.records.models import Record

Ids = RawSQL | Collection[int]
"""A subquery in the database in use, or ids in hand."""


class Seen(ABC):
    """Those of some rows that a person may see."""

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def page(self, after: int, most: int) -> list[tuple[int, Row]]:
        """(id, row) of those with an id above `after`, by id."""


@dataclass(frozen=True)
class _Stored(Seen):
    rows: QuerySet[Any]
    worded: Callable[[Any], Row]

    def count(self) -> int:
        return self.rows.count()

    def page(self, after: int, most: int) -> list[tuple[int, Row]]:
        found: list[Model] = list(self.rows.filter(pk__gt=after).order_by("pk")[:most])
        return [(row.pk, self.worded(row)) for row in found]


@dataclass(frozen=True)
class _Counted(Seen):
    """Rows that are made in a question and stored nowhere: few, by their ids."""

    rows: Mapping[int, Row]

    def count(self) -> int:
        return len(self.rows)

    def page(self, after: int, most: int) -> list[tuple[int, Row]]:
        return [(key, row) for key, row in sorted(self.rows.items()) if key > after][:most]


def seen(staff: Staff, source: str, ids: Ids) -> Seen:
    if source == CASES:
        return _Stored(case_queries.visible_to(staff).filter(pk__in=ids), case_row)
    if source == enterprise_rows.BUILDING_TAXES:
        return _Counted(enterprise_rows.building_taxes(staff, _listed(ids)))
    if source in KINDS:
        kind = KINDS[source]
        return _Stored(kind.visible_to(staff).filter(pk__in=ids), kind.row)
    return _Stored(record_queries.visible_to(staff).filter(pk__in=ids), record_row)


def _listed(ids: Ids) -> list[int]:
    return enterprise_rows.evaluated(ids) if isinstance(ids, RawSQL) else list(ids)


def case_row(case: Case) -> Row:
    rules = versions.version(case.definition_id).rules
    return Row(
        case.get_absolute_url(),
        timezone.localdate(case.opened_at),
        f"{case.number} {masked(case.title)}",
        wording.area(case.area_path),
        rules.lifecycle.states[case.state].name.here(),
    )


def record_row(record: Record) -> Row:
    kind = versions.record_version(record.definition_id).type
    told = [
        f"{field.label}: {shown(field, value)}"
        for field in kind.fields
        if field.kind != "long_text"
        and field.name != kind.subject
        and (value := record.values.get(field.name)) is not None
    ]
    subject = next(
        (shown(field, record.values.get(field.name)) for field in kind.fields if field.name == kind.subject), ""
    )
    name = f"{kind.name} {record.pk}" + (f" · {subject}" if subject else "")
    return Row(record.get_absolute_url(), record.day, name, wording.area(record.area_path), "; ".join(told))
