"""Which column of a table holds what: by its heading, in one line or two, or as a person says. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rixin.sheet_lines import Line
from rixin.sheets import as_text, plain_heading

LEFT_OUT = ("序号", "行号", "no.", "#")
"""Headings of columns that nobody needs to be told of."""
_LOOK_FOR_HEADINGS = 10
"""Lines at the top of a table among which the headings are: a title and notes may stand above them."""
Means = Callable[[str], str]
"""A heading as it is written → the name of what it holds; "" where it says nothing."""


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

    def unknown(self, known: Sequence[str] = LEFT_OUT) -> list[str]:
        """Headings that say nothing, but for those that are known to be left out."""
        left_out = {plain_heading(name) for name in known}
        return [
            name
            for column, name in enumerate(self.headings)
            if name and column not in self.at and plain_heading(name) not in left_out
        ]

    def chosen(self, names: Sequence[str]) -> "Columns":
        """The same where a person says what each column holds; "" for nothing."""
        return replace(self, at={column: name for column, name in enumerate(names[: len(self.headings)]) if name})

    def repeated(self, line: Line) -> bool:
        """Whether the line is the headings once more, as they are printed on each page."""
        texts = [plain_heading(as_text(line.cell(column))) for column in self.at]
        return texts == [plain_heading(self.headings[column]) for column in self.at]


def find(lines: Sequence[Line], means: Means) -> Columns:
    """The line or two lines with the most headings that say something; where none does, the one with the most cells."""
    top = list(lines[:_LOOK_FOR_HEADINGS])
    found = [_understood(candidate, means) for candidate in _candidates(top)]
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


def _understood(candidate: _Candidate, means: Means) -> Columns:
    headings: list[str] = []
    at: dict[int, str] = {}
    group = ""
    width = max(len(candidate.above), len(candidate.below))
    for column in range(width):
        above, below = _at(candidate.above, column), _at(candidate.below, column)
        # A heading over several columns stands in the first of them.
        group = above or (group if below else "")
        written = [below, f"{group} {below}"] if below and below != above else [above]
        name = next(filter(None, map(means, written)), "")
        headings.append(written[-1].strip())
        if name:
            at[column] = name
    return Columns(candidate.last, tuple(headings), at)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(" ".join(as_text(cell).split()) for cell in line.cells)


def _at(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""
