"""The marked text of a report: headings, paragraphs with figures in them, charts, tables, problems and goals. Pure.

## heading, ### heading under it, #### the one under that
A paragraph with {metric}, {metric:number} without its unit, {metric:change} of a growth (“up by 1.2%”),
{metric@last} of the same period of the year before; {year} and the like.
- an item of a list
[chart: metric by month]        also by area, unit or type
[table: metric, metric]
[problems] or [problems: 5]     the proposed problems, at most so many
[goals: 2023]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PARAMETERS = frozenset({"year", "month", "quarter", "period", "area", "unit", "office", "next_year"})
"""What the text may name beside metrics: about the report itself."""
Split = Literal["month", "area", "unit", "type"]
SPLITS: tuple[Split, ...] = ("month", "area", "unit", "type")
_REFERENCE = re.compile(r"\{([^{}]*)\}")
_NAMED = re.compile(r"^(?P<code>[a-z][a-z0-9_-]*)(?P<last>@last)?(?::(?P<form>number|change))?$")
_DIRECTIVE = re.compile(r"^\[(?P<name>[a-z]+)(?::\s*(?P<rest>.*?))?\s*\]$")


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Reference:
    """A figure, or with `parameter` something about the report itself."""

    code: str
    last: bool = False
    form: Literal["", "number", "change"] = ""

    @property
    def parameter(self) -> bool:
        return self.code in PARAMETERS


Run = Words | Reference


@dataclass(frozen=True)
class Heading:
    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    item: bool = False


@dataclass(frozen=True)
class Chart:
    metric: str
    by: Split


@dataclass(frozen=True)
class Table:
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Problems:
    most: int = 8


@dataclass(frozen=True)
class Goals:
    year: int


Piece = Heading | Paragraph | Chart | Table | Problems | Goals


@dataclass(frozen=True)
class Slip:
    """A line (from 1) of the text that cannot be read: what stands there, and which kind of slip it is."""

    line: int
    kind: Literal["reference", "directive", "chart", "table", "number", "bracket"]
    text: str


@dataclass(frozen=True)
class Parsed:
    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    """The line on which each piece begins."""
    slips: tuple[Slip, ...]

    def metrics(self) -> dict[str, int]:
        """The metrics that the text asks for, each with the line on which it is asked first."""
        found: dict[str, int] = {}
        for piece, line in zip(self.pieces, self.lines, strict=True):
            for code in _asked(piece):
                found.setdefault(code, line)
        return found


def parse(text: str) -> Parsed:
    """`text` in pieces. Lines that follow on each other are one paragraph; a blank line parts two."""
    pieces: list[Piece] = []
    lines: list[int] = []
    slips: list[Slip] = []
    for line, block in _blocks(text):
        piece = _piece(block, line, slips)
        if piece is not None:
            pieces.append(piece)
            lines.append(line)
    return Parsed(tuple(pieces), tuple(lines), tuple(slips))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each heading, item, directive and paragraph."""
    waiting: list[str] = []
    began = 1
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        alone = line.startswith(("#", "- ", "["))
        if (not line or alone) and waiting:
            yield began, _joined(waiting)
            waiting = []
        if alone:
            yield number, line
        elif line:
            began = began if waiting else number
            waiting.append(line)
    if waiting:
        yield began, _joined(waiting)


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph: Chinese goes on without a blank, words are parted by one."""
    text = lines[0]
    for line in lines[1:]:
        text += line if not (text[-1].isascii() and line[0].isascii()) else f" {line}"
    return text


def _piece(block: str, line: int, slips: list[Slip]) -> Piece | None:
    if block.startswith("["):
        return _directive(block, line, slips)
    if block.startswith("- "):
        return Paragraph(_runs(block[2:].strip(), line, slips), item=True)
    if block.startswith("#"):
        marks = len(block) - len(block.lstrip("#"))
        return Heading(min(max(marks - 1, 1), 3), _runs(block.lstrip("#").strip(), line, slips))
    return Paragraph(_runs(block, line, slips))


def _runs(text: str, line: int, slips: list[Slip]) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > at:
            runs.append(Words(text[at : match.start()]))
        named = _NAMED.match(match[1].strip())
        if named is None:
            slips.append(Slip(line, "reference", match[0]))
        else:
            runs.append(Reference(named["code"], bool(named["last"]), _FORMS[named["form"]]))
        at = match.end()
    rest = text[at:]
    if "{" in rest or "}" in rest:
        slips.append(Slip(line, "bracket", rest))
    if rest:
        runs.append(Words(rest))
    return tuple(runs)


_FORMS: dict[str | None, Literal["", "number", "change"]] = {None: "", "number": "number", "change": "change"}


def _directive(block: str, line: int, slips: list[Slip]) -> Piece | None:
    match = _DIRECTIVE.match(block)
    name, rest = (match["name"], match["rest"] or "") if match else ("", "")
    if name == "chart":
        metric, _by, split = (part.strip() for part in rest.partition(" by "))
        if split in SPLITS and _is_code(metric):
            return Chart(metric, split)
        slips.append(Slip(line, "chart", block))
    elif name == "table":
        metrics = tuple(part.strip() for part in rest.split(",") if part.strip())
        if metrics and all(map(_is_code, metrics)):
            return Table(metrics)
        slips.append(Slip(line, "table", block))
    elif name in ("problems", "goals") and (rest.isdecimal() or (name == "problems" and not rest)):
        if name == "goals":
            return Goals(int(rest))
        return Problems(int(rest)) if rest else Problems()
    else:
        slips.append(Slip(line, "number" if name in ("problems", "goals") else "directive", block))
    return None


def _is_code(text: str) -> bool:
    match = _NAMED.match(text)
    return match is not None and not match["last"] and not match["form"]


def _asked(piece: Piece) -> Iterator[str]:
    if isinstance(piece, Heading | Paragraph):
        yield from (run.code for run in piece.runs if isinstance(run, Reference) and not run.parameter)
    elif isinstance(piece, Chart):
        yield piece.metric
    elif isinstance(piece, Table):
        yield from piece.metrics
