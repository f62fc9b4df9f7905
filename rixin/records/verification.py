"""Reads the histories of records again and says where one was altered after it was written."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from rixin.chain import FIRST
from rixin.records.journal import STATED, event_hash
from rixin.records.models import Record, RecordEvent

_BATCH = 1000


def verify(records: QuerySet[Record]) -> Iterator[tuple[Record, list[str]]]:
    """Each record with what was found, in constant memory."""
    after = 0
    while batch := list(records.filter(pk__gt=after).order_by("pk")[:_BATCH]):
        rows = RecordEvent.objects.filter(record__in=batch).order_by("record_id", "seq")
        events = {pk: list(of_one) for pk, of_one in groupby(rows, key=lambda row: row.record_id)}
        for record in batch:
            yield record, list(findings(record, events.get(record.pk, [])))
        after = batch[-1].pk


def findings(record: Record, rows: list[RecordEvent]) -> Iterator[str]:
    previous = FIRST
    said: dict[str, Any] = {}
    for seq, row in enumerate(rows, start=1):
        if row.seq != seq:
            yield f"record {record.pk}: an event is missing before number {row.seq}"
            return
        if row.previous != previous or row.hash != event_hash(row):
            yield f"record {record.pk}, event {seq}: “{row.action}” was altered after it was written"
        previous = row.hash
        said |= row.changes
    if len(rows) != record.version:
        yield f"record {record.pk}: it should have {record.version} events and has {len(rows)}"
        return
    for name in STATED:
        stated = getattr(record, f"{name}_id" if name in ("unit", "facility") else name)
        if isinstance(stated, date):
            stated = stated.isoformat()
        if stated != said.get(name):
            yield f"record {record.pk}: “{name}” is {stated!r}; its events say {said.get(name)!r}"
