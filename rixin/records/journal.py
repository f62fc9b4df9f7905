"""Rows to values and values to rows. Together with `actions` the only code that writes a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordType
from rixin.chain import FIRST, digest
from rixin.people.actors import Actor
from rixin.records import search
from rixin.records.entry import Values, words_of
from rixin.records.models import Record, RecordEvent, Status
from rixin.registers.linking import enterprises_of, name_in

_BATCH = 500
STATED = ("day", "period", "area_path", "place_code", "address", "facility", "unit", "values", "source", "status")
"""What the events of a record say of it."""


@dataclass(frozen=True, kw_only=True)
class NewRecord:
    """Work to write down. `unit`: id of the unit whose work it is; `origin`: a key by which it is entered only once;
    `batch`: id of the import that brings it.

    The day of a return is the last one of its period, whichever day of it was given.
    """

    version: RecordVersion
    day: date
    area_path: str
    unit: int
    values: Values
    place_code: str = ""
    address: str = ""
    source: str = ""
    origin: str = ""
    batch: int | None = None
    follows: int | None = None
    """Id of the matter that keeps it up to date."""
    enterprise: int | None = None
    """Id of the enterprise that was chosen for the field that names one; None: as the name says."""
    facility: int | None = None
    """Id of the facility that it belongs to; its place is that of the facility."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", own_day(self.version.type, self.day))

    @property
    def period(self) -> str:
        return period_of(self.version.type, self.day)


def own_day(record: RecordType, day: date) -> date:
    """The day that a record of this type is kept under: of a return, the last one of the period."""
    return Period.of(record.period, day).last if record.period else day


def period_of(record: RecordType, day: date) -> str:
    """Of a return the period that it is for; "" of other work."""
    return str(Period.of(record.period, day)) if record.period else ""


@dataclass(frozen=True)
class Happened:
    """One event to come: `changes` is what the record says from now on."""

    action: str
    by: Actor
    at: datetime
    changes: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def first_status(version: RecordVersion) -> Status:
    return Status.DRAFT if version.type.confirmed else Status.CONFIRMED


@transaction.atomic
def store(entered: Sequence[tuple[NewRecord, list[Happened]]]) -> list[Record]:
    """Writes new records with what happened to each, its entering first: one statement per table and batch."""
    made = [_row(new, events) for new, events in entered]
    named = [name_in(new.version.type.fields, new.values) for new, _events in entered]
    for row, enterprise in zip(made, enterprises_of(named, [new.enterprise for new, _ in entered]), strict=True):
        row.enterprise_id = enterprise
    records = Record.objects.bulk_create(made, batch_size=_BATCH)
    rows = [
        row for record, (_new, events) in zip(records, entered, strict=True) for row in event_rows(record.pk, events)
    ]
    RecordEvent.objects.bulk_create(rows, batch_size=_BATCH)
    search.add(records)
    return records


def entered(new: NewRecord, by: Actor, at: datetime, *, action: str = "enter", reason: str = "") -> Happened:
    """The first event of a record: all that it says."""
    return Happened(action, by, at, {**_stated(new), "status": str(first_status(new.version))}, reason)


def event_rows(
    record_id: int, events: Sequence[Happened], *, after: int = 0, previous: str = FIRST
) -> list[RecordEvent]:
    """`events` as rows that follow on event number `after`, whose hash is `previous`."""
    rows = []
    for seq, event in enumerate(events, start=after + 1):
        row = RecordEvent(
            record_id=record_id,
            seq=seq,
            action=event.action,
            at=event.at,
            by_name=event.by.name,
            by_account_id=event.by.account_id,
            by_post_zh=event.by.post_zh,
            by_post_en=event.by.post_en,
            changes=event.changes,
            reason=event.reason,
            previous=previous,
        )
        row.hash = previous = event_hash(row)
        rows.append(row)
    return rows


def event_hash(row: RecordEvent) -> str:
    """SHA-256, in hex, of the event with its record, its place and the hash before it."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    by = [row.by_name, row.by_account_id, row.by_post_zh, row.by_post_en]
    return digest([row.previous, row.record_id, row.seq, row.action, at, by, row.changes, row.reason])


def _stated(new: NewRecord) -> dict[str, Any]:
    return {
        "day": new.day.isoformat(),
        "period": new.period,
        "area_path": new.area_path,
        "place_code": new.place_code,
        "address": new.address,
        "facility": new.facility,
        "unit": new.unit,
        "values": new.values,
        "source": new.source,
    }


def _row(new: NewRecord, events: Sequence[Happened]) -> Record:
    record = new.version.type
    status = [event.changes["status"] for event in events if "status" in event.changes][-1]
    return Record(
        definition_id=new.version.id,
        type=record.code,
        group=new.version.group.code,
        day=new.day,
        period=new.period,
        area_path=new.area_path,
        place_code=new.place_code,
        address=new.address,
        unit_id=new.unit,
        values=new.values,
        words=words_of(record, new.values),
        source=new.source,
        confidential=record.confidential,
        status=status,
        version=len(events),
        entered_by_id=events[0].by.account_id,
        entered_at=events[0].at,
        changed_at=events[-1].at,
        origin=new.origin,
        batch_id=new.batch,
        follows=new.follows,
        facility_id=new.facility,
    )
