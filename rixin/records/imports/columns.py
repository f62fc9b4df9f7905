"""Which column of a table holds what: by its heading, as it was chosen last time, or as the person says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, Heading, by_heading, columns
from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import RecordType
from rixin.records.entry import as_text
from rixin.records.imports.table import Line
from rixin.sheets import plain_heading

ROW, WRONG = Text(zh="原表行号", en="Row in the file"), Text(zh="须修改之处", en="To be mended")
"""What a table of rows to be mended has beside them; not read again."""
_LOOK_FOR_HEADINGS = 10
"""Lines at the top of a table among which the headings are: a title and notes may stand above them."""
_LEFT_OUT = {plain_heading(name) for name in ("序号", "行号", "no.", "#", ROW.zh, ROW.en, WRONG.zh, WRONG.en)}


@dataclass(frozen=True)
class Columns:
    """`last`: number of the line under which the rows begin. `headings`: as written. `at`: column → what it holds."""

    last: int
    headings: tuple[str, ...]
    at: Mapping[int, str]

    def holding(self, name: str) -> list[int]:
        return [column for column, held in self.at.items() if held == name]

    def heading(self, name: str) -> str:
        """What stands above the column; "" where there is none."""
        return next((self.headings[column] for column in self.holding(name)), "")

    @property
    def unknown(self) -> list[str]:
        """Headings that say nothing, but for those that are known to be left out."""
        return [
            name
            for column, name in enumerate(self.headings)
            if name and column not in self.at and plain_heading(name) not in _LEFT_OUT
        ]

    def chosen(self, names: Sequence[str]) -> "Columns":
        """The same where a person says what each column holds; "" for nothing."""
        return replace(self, at={column: name for column, name in enumerate(names[: len(self.headings)]) if name})

    def faults(self, record: RecordType) -> list[str]:
        """Why the rows cannot be read with these columns."""
        known = {heading.name: heading for heading in columns(record)}
        found = [
            _("No column holds “%(label)s”. Choose which one does, or add it to the file.") % {"label": label}
            for name, label in _needed(record, known)
            if not self.holding(name)
        ]
        if record.place == "needed" and not self.holding(AREA) and not self.holding(ADDRESS):
            found.append(_("No column says where it was: an area or an address is needed."))
        for name in dict.fromkeys(self.at.values()):
            both = [self.headings[column] for column in self.holding(name)]
            if len(both) > 1 and name != AREA:
                label = known[name].label.here()
                found.append(
                    _("The columns “%(one)s” and “%(other)s” both hold “%(label)s”. Choose one of them.")
                    % {"one": both[0], "other": both[1], "label": label}
                )
        return found


def find(record: RecordType, lines: Sequence[Line], learnt: Mapping[str, str]) -> Columns:
    """The line or two lines with the most headings that are known; where none is, the one with the most cells.

    `learnt`: further headings, in plain spelling, with what they were said to hold before.
    """
    known = {**by_heading(record), **learnt}
    top = list(lines[:_LOOK_FOR_HEADINGS])
    found = [_understood(candidate, known) for candidate in _candidates(top)]
    best = max(found, key=lambda columns: len(set(columns.at.values())))
    if best.at:
        return best
    fullest = max(top, key=lambda line: len(line.words()))
    return next(columns for columns in found if columns.last == fullest.number)


@dataclass(frozen=True)
class _Candidate:
    last: int
    above: tuple[str, ...]
    below: tuple[str, ...]
    """Of a heading in two lines the lower one; of one line: nothing."""


def _candidates(top: Sequence[Line]) -> Iterator[_Candidate]:
    """Each line alone, and then each with the next: of two that tell as much, the simpler one is meant."""
    for line in top:
        yield _Candidate(line.number, _texts(line), ())
    for line, below in pairwise(top):
        if below.number == line.number + 1:
            yield _Candidate(below.number, _texts(line), _texts(below))


def _understood(candidate: _Candidate, known: Mapping[str, str]) -> Columns:
    headings: list[str] = []
    at: dict[int, str] = {}
    group = ""
    width = max(len(candidate.above), len(candidate.below))
    for column in range(width):
        above, below = _at(candidate.above, column), _at(candidate.below, column)
        # A heading over several columns stands in the first of them.
        group = above or (group if below else "")
        written = [below, f"{group} {below}"] if below and below != above else [above]
        name = next((known[plain] for one in written if (plain := plain_heading(one)) in known), "")
        headings.append(written[-1].strip())
        if name:
            at[column] = name
    return Columns(candidate.last, tuple(headings), at)


def _needed(record: RecordType, known: Mapping[str, Heading]) -> Iterator[tuple[str, str]]:
    names = [DAY, *(field.name for field in record.fields if field.required)]
    return ((name, known[name].label.here()) for name in names)


def choices(record: RecordType) -> list[tuple[str, str]]:
    """(name, label) of what a column may hold."""
    return [(column.name, column.label.here()) for column in columns(record)]


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(" ".join(as_text(cell).split()) for cell in line.cells)


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""
