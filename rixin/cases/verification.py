"""Reads timelines again and says where one was altered after it was written.

Three things are held against each other: the hashes of the events, the sum of the events and the row of the case,
and the digest of the report that the first event keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from rixin.cases.chain import event_hash, report_digest
from rixin.cases.facts import project
from rixin.cases.journal import columns, event_of, facts_of, involvement_rows, is_open
from rixin.cases.lifecycle import opened
from rixin.cases.models import Case, CaseEvent
from rixin.catalogue import versions
from rixin.chain import FIRST

_BATCH = 500


@dataclass(frozen=True)
class Finding:
    """Something that does not add up. `seq` is the number of the event, 0 for the case itself."""

    number: str
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"{self.number}, event {self.seq}: {self.reason}" if self.seq else f"{self.number}: {self.reason}"


def verify(cases: QuerySet[Case]) -> Iterator[tuple[Case, list[Finding]]]:
    """Each case with what was found, in constant memory."""
    after = 0
    while batch := list(cases.filter(pk__gt=after).order_by("pk").prefetch_related("clocks", "involvements")[:_BATCH]):
        events: dict[int, list[CaseEvent]] = {case.pk: [] for case in batch}
        for row in CaseEvent.objects.filter(case__in=batch).order_by("case_id", "seq"):
            events[row.case_id].append(row)
        for case in batch:
            yield case, list(findings(case, events[case.pk]))
        after = batch[-1].pk


def findings(case: Case, rows: list[CaseEvent]) -> Iterator[Finding]:
    if not rows:
        yield Finding(case.number, 0, "it has no events")
        return
    yield from _chain(case, rows)
    if len(rows) != case.version:
        yield Finding(case.number, 0, f"it should have {case.version} events and has {len(rows)}")
        return
    if rows[0].given.get("digest") != report_digest(case.title, case.text, case.form):
        yield Finding(case.number, 1, "the words of the report are not those that were sent")
    yield from _sum(case, rows)


def _chain(case: Case, rows: list[CaseEvent]) -> Iterator[Finding]:
    previous = FIRST
    for seq, row in enumerate(rows, start=1):
        if row.seq != seq:
            yield Finding(case.number, seq, f"an event is missing before number {row.seq}")
            return
        if row.previous != previous:
            yield Finding(case.number, seq, "it does not follow on the event before it")
        if row.hash != event_hash(row.previous, case.pk, row.seq, event_of(row)):
            yield Finding(case.number, seq, f"“{row.action}” was altered after it was written")
        previous = row.hash


def _sum(case: Case, rows: list[CaseEvent]) -> Iterator[Finding]:
    facts = opened(event_of(rows[0]))
    sorted_anew: dict[str, Any] = {}
    for row in rows[1:]:
        facts = project(facts, event_of(row))
        sorted_anew |= row.changes.get("row", {})
    expected = columns(facts, versions.version(case.definition_id).rules) | sorted_anew
    expected.pop("ledger")
    for name, value in expected.items():
        if not _same(getattr(case, name), value):
            yield Finding(case.number, 0, f"“{name}” is {getattr(case, name)!r}; its events say {value!r}")
    if {row.unit_id: (row.part, row.open) for row in case.involvements.all()} != {
        row.unit_id: (row.part, row.open) for row in involvement_rows(case.pk, facts, is_open(case))
    }:
        yield Finding(case.number, 0, "the units involved differ from what its events say")
    stored = facts_of(case, case.clocks.all())
    for name in _LEDGER:
        if getattr(stored, name) != getattr(facts, name):
            yield Finding(case.number, 0, f"“{name}” differs from what its events say")


_LEDGER = ("helpers", "former", "hands", "times", "pending", "granted", "clocks")


def _same(stored: Any, expected: Any) -> bool:
    if isinstance(stored, datetime) and isinstance(expected, str):
        return stored == datetime.fromisoformat(expected)
    return bool(stored == expected)
