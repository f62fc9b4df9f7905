"""What becomes of each line of a table of enterprises, and what a person is asked where nothing but a person knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rixin.chain import digest
from rixin.registers.imports.changes import Changes
from rixin.registers.imports.known import Entry
from rixin.registers.imports.ledger import RoomToMake, rooms_to_make
from rixin.registers.imports.said import Said
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line

Kind = Literal["new", "changed", "same", "joined", "doubt", "wrong", "left_out", "done", "skipped"]
LABELS: Mapping[Kind, Promise] = {
    "wrong": pgettext_lazy("row of an import", "To be mended"),
    "doubt": pgettext_lazy("row of an import", "To be decided"),
    "new": pgettext_lazy("row of an import", "New"),
    "changed": pgettext_lazy("row of an import", "Changed"),
    "same": pgettext_lazy("row of an import", "The same"),
    "joined": pgettext_lazy("row of an import", "Belongs to another row"),
    "left_out": pgettext_lazy("row of an import", "Left out"),
    "done": pgettext_lazy("row of an import", "Imported before"),
    "skipped": pgettext_lazy("row of an import", "No row"),
}
"""In the order in which they are shown."""
NEW, LEAVE_OUT = "new", "leave out"
"""What may be decided of a row, beside the id of an enterprise, to which “ rename” may be added."""


@dataclass(frozen=True)
class Option:
    """`value` as it is kept in RegisterImport.decided."""

    value: str
    label: str


@dataclass(frozen=True)
class Doubt:
    why: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`problems`: by what the cell holds. `entry`: the enterprise of the register. `to`: number of the row it joins."""

    line: Line
    kind: Kind
    said: Said = field(default_factory=Said)
    problems: Mapping[str, str] = field(default_factory=dict)
    doubt: Doubt | None = None
    entry: Entry | None = None
    changes: Changes = field(default_factory=Changes)
    to: int | None = None
    why: str = ""
    """Of a line that is no row."""

    @property
    def row(self) -> int:
        return self.line.number


@dataclass(frozen=True)
class Plan:
    """`faults` stop the whole; `notes` are told and stop nothing."""

    columns: Columns
    outcomes: Sequence[Outcome] = ()
    faults: Sequence[str] = ()
    notes: Sequence[str] = ()

    @cached_property
    def counts(self) -> Counter[Kind]:
        return Counter(outcome.kind for outcome in self.outcomes)

    def of(self, *kinds: Kind) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.kind in kinds]

    @property
    def to_make(self) -> list[RoomToMake]:
        """Rooms that the ready rows need and the register does not have."""
        return rooms_to_make(let for outcome in self.of("new", "changed") for let in outcome.changes.lets)

    @property
    def ready(self) -> int:
        return self.counts["new"] + self.counts["changed"]

    @property
    def open(self) -> int:
        return self.counts["wrong"] + self.counts["doubt"]

    @cached_property
    def fingerprint(self) -> str:
        """Another one as soon as anything else would be written."""
        return digest([_told(outcome) for outcome in self.outcomes])


def _told(outcome: Outcome) -> list[Any]:
    entry = outcome.entry
    before = [entry.pk, entry.name, entry.standing] if entry else []
    there = [str(entry.details[name]) for name in sorted(outcome.changes.details)] if entry else []
    figures = [str(entry.figures.get(one.key)) for one in outcome.changes.figures] if entry else []
    return [outcome.row, outcome.kind, before, there, figures, repr(outcome.changes), repr(outcome.said)]
