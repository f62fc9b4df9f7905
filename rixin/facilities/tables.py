"""The three things that are dated of a facility, each in a table of spans: state, stars, floor area.

`KnownSpan.what` is (value, note).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rixin.facilities.models import AreaSpan, Facility, StarSpan, State, StateSpan
from rixin.spans import KnownSpan, holding


@dataclass(frozen=True)
class Table:
    """`value`: its field in the span; `column`: in the facility, of what holds today."""

    name: str
    model: type[StateSpan] | type[StarSpan] | type[AreaSpan]
    value: str
    column: str

    def spans_of(self, facility: Facility) -> list[KnownSpan]:
        """In their order."""
        rows: Any = self.model.objects.filter(facility=facility).order_by("from_day")
        return [KnownSpan(row.from_day, row.until_day, (getattr(row, self.value), row.note), row.pk) for row in rows]

    def write(self, facility: Facility, spans: Sequence[KnownSpan]) -> None:
        """Only what differs: the version of a span tells a frozen report that it was changed."""
        rows: dict[int, Any] = {row.pk: row for row in self.model.objects.filter(facility=facility)}
        kept = {span.key for span in spans}
        self.model.objects.filter(pk__in=[pk for pk in rows if pk not in kept]).delete()
        firsts = first_opening(spans) if self.model is StateSpan else None
        # Those that end earlier first, so that no two are open at once.
        for span in sorted(spans, key=lambda span: (span.until is None, span.first)):
            value, note = span.what
            said = {self.value: value, "note": note, "until_day": span.until}
            if firsts is not None:
                said["first"] = span.first == firsts
            row = rows.get(span.key or 0)
            if row is None:
                self.model.objects.create(facility=facility, from_day=span.first, **said)
            elif any(getattr(row, name) != now for name, now in said.items()):
                self.model.objects.filter(pk=row.pk).update(version=row.version + 1, **said)

    def today(self, spans: Sequence[KnownSpan], day: date) -> dict[str, Any]:
        """What the facility's row says of it on the day."""
        held = holding(spans, day)
        if held is not None:
            return {self.column: held.what[0]}
        return {self.column: State.PLANNED if self.model is StateSpan else None}


STATES = Table("state", StateSpan, "state", "state")
STARS = Table("stars", StarSpan, "stars", "stars")
AREAS = Table("area", AreaSpan, "area", "floor_area")
TABLES = {table.name: table for table in (STATES, STARS, AREAS)}


def first_opening(spans: Sequence[KnownSpan]) -> date | None:
    return next((span.first for span in spans if span.what[0] == State.OPEN), None)


def joined(spans: Sequence[KnownSpan]) -> list[KnownSpan]:
    """Spans that follow each other with the same value are one, with the words of the earlier."""
    found: list[KnownSpan] = []
    for span in spans:
        last = found[-1] if found else None
        if last and last.until == span.first and last.what[0] == span.what[0]:
            found[-1] = KnownSpan(last.first, span.until, last.what, last.key)
        else:
            found.append(span)
    return found
