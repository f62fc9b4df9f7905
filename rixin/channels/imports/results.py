"""What became of each row, in a file beside the one that was imported."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.channels.imports.intake import Intake, Outcome
from rixin.sheets import FileFault, harmless


def beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.result.csv")


def word(result: str) -> str:
    return {
        "new": pgettext("result of a row", "new"),
        "joined": pgettext("result of a row", "joined"),
        "already": pgettext("result of a row", "already"),
        "refused": pgettext("result of a row", "refused"),
    }[result]


@dataclass
class Tally:
    results: Counter[str] = field(default_factory=Counter)
    by_words: int = 0
    by_position: int = 0
    by_address: int = 0
    alike: int = 0

    def count(self, outcome: Outcome) -> None:
        self.results[outcome.result] += 1
        self.by_words += outcome.by_words
        self.by_position += outcome.placed_by == "position"
        self.by_address += outcome.placed_by == "words"
        self.alike += bool(outcome.alike)


def alike_text(outcome: Outcome, intake: Intake) -> str:
    return "、".join(f"{intake.number(case)} ({likeness:.0%})" for case, likeness in outcome.alike)


class ResultFile:
    def __init__(self, writer: Any, intake: Intake) -> None:
        self._writer, self._intake = writer, intake
        names = [_("row"), _("result"), _("number of the matter"), _("kind of matter"), _("unit"), _("place")]
        self._writer.writerow([*names, _("nearly the same"), _("column"), _("value"), _("reason")])

    def add(self, outcome: Outcome) -> None:
        """A row with several faults takes a line for each."""
        known = [outcome.row, word(outcome.result), outcome.number, outcome.kind, outcome.unit, outcome.place]
        known.append(alike_text(outcome, self._intake))
        faults = [(fault.column, fault.value, fault.reason) for fault in outcome.faults] or [("", "", _why(outcome))]
        for fault in faults:
            self._writer.writerow([harmless(cell) for cell in (*known, *fault)])


@contextmanager
def opened(path: Path, intake: Intake) -> Iterator[ResultFile]:
    """The file appears under its name once it is whole. Raises FileFault where it cannot be written."""
    half = path.with_name(f"{path.name}.part")
    try:
        # The mark at the start lets spreadsheets read Chinese rightly.
        file = half.open("w", encoding="utf-8-sig", newline="")
    except OSError as fault:
        raise FileFault(
            _("%(file)s cannot be written: %(reason)s. Name another one with --result.")
            % {"file": path, "reason": fault.strerror}
        ) from fault
    with file:
        yield ResultFile(csv.writer(file), intake)
    half.replace(path)


def _why(outcome: Outcome) -> str:
    if outcome.result == "joined":
        return _("The same words about the same place were reported already.")
    if outcome.result == "already":
        return _("This row was imported before.")
    return ""
