"""Records as a table for people: what is fetched has the headings, and cells, that an import reads back."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import override

from rixin.catalogue import versions
from rixin.catalogue.periods import day_of
from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, FACILITY, NUMBER, SOURCE, STATE, UNIT, columns
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.people import units
from rixin.places import gazetteer
from rixin.records.entry import Stored, shown, typed
from rixin.records.models import Record
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

_CHUNK = 1_000


def headings(record: RecordType) -> list[str]:
    """In the reader's language, with the unit in which a number is written."""
    fields = {field.name: headed(field) for field in record.fields}
    return [fields.get(column.name, column.label.here()) for column in columns(record)]


def headed(field: RecordField) -> str:
    """The label of a field with the unit in which it is counted."""
    known = versions.work().measures.get(field.unit or "")
    return f"{field.label.here()}（{known.name.here()}）" if known else field.label.here()


def rows(records: QuerySet[Record], version: RecordVersion, language: str) -> Iterator[list[Cell]]:
    """Newest first. Each chunk is one short statement; memory does not grow with the list."""
    edge: Record | None = None
    while True:
        after = records if edge is None else records.filter(Q(day__lt=edge.day) | Q(day=edge.day, pk__lt=edge.pk))
        chunk = list(after.select_related("facility").order_by("-day", "-pk")[:_CHUNK])
        with override(language):
            # Not held over a yield: what runs meanwhile speaks its own language.
            cells = [_cells(record, version.type) for record in chunk]
        yield from cells
        if len(chunk) < _CHUNK:
            return
        edge = chunk[-1]


def _cells(record: Record, kind: RecordType) -> list[Cell]:
    fields = {field.name: field for field in versions.record_version(record.definition_id).type.fields}
    ground: dict[str, Cell] = {
        DAY: record.period or record.day,
        AREA: gazetteer.current().label(record.area_path),
        ADDRESS: record.address,
        FACILITY: record.facility.name if record.facility else "",
        SOURCE: record.source,
        UNIT: units.by_id(record.unit_id).name,
        STATE: str(record.get_status_display()),
        NUMBER: record.pk,
    }
    return [
        harmless(ground[column.name] if column.name in ground else _cell(fields.get(column.name), record.values))
        for column in columns(kind)
    ]


def _cell(field: RecordField | None, values: dict[str, Stored]) -> Cell:
    stored = values.get(field.name) if field else None
    if field is None or stored is None:
        return None
    if field.kind == "amount":
        return Decimal(typed(field, stored))
    if field.kind == "count":
        return int(stored)
    if field.kind == "date":
        return day_of(int(stored))
    return shown(field, stored)
