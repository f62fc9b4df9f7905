"""What an import found and did, for the command and the page alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.sheets import Problem

What = Literal["new", "changed", "unchanged"]
SHOWN_ROWS = 50
SHOWN_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that can be written."""

    row: int
    code: str
    name: str
    sort: str  # level or kind, in the reader's language
    label: str  # the areas that hold it
    what: What

    @property
    def what_label(self) -> str:
        return {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged")}[self.what]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`problems` stop the whole import; `notes` are told and stop nothing. `written`: the rows are in the database."""

    planned: Sequence[Planned]
    problems: Sequence[Problem] = ()
    notes: Sequence[Problem] = ()
    remarks: Sequence[str] = ()  # about the file as a whole
    written: bool = False
    resettled: int = field(default=0)  # places that moved to another area with the new boundaries

    def count(self, what: What) -> int:
        return sum(row.what == what for row in self.planned)

    @property
    def may_be_written(self) -> bool:
        return not self.problems and bool(self.planned)

    def as_written(self, *, resettled: int = 0) -> "ImportReport":
        return replace(self, written=True, resettled=resettled)

    @property
    def first_rows(self) -> Sequence[Planned]:
        return self.planned[:SHOWN_ROWS]

    @property
    def first_problems(self) -> Sequence[Problem]:
        return self.problems[:SHOWN_PROBLEMS]

    @property
    def first_notes(self) -> Sequence[Problem]:
        return self.notes[:SHOWN_ROWS]

    def summary(self) -> str:
        """One sentence: what was done, or what stands in the way and what to do."""
        good = len(self.planned)
        if self.problems:
            bad = len({problem.row for problem in self.problems})
            told = ngettext(
                "%(bad)d row cannot be used, so nothing was written.",
                "%(bad)d rows cannot be used, so nothing was written.",
                bad,
            ) % {"bad": bad}
            ready = ngettext(
                "The other %(good)d row is ready: mend the file and import it again.",
                "The other %(good)d rows are ready: mend the file and import it again.",
                good,
            ) % {"good": good}
            return f"{told} {ready}" if good else told
        counts = {"new": self.count("new"), "changed": self.count("changed"), "unchanged": self.count("unchanged")}
        if self.written:
            return _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts
        return _("Nothing written yet. Would be %(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts
