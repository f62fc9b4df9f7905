"""The marked text of a report: headings, paragraphs with figures in them, charts, tables, problems and goals. Pure.

## heading, ### heading under it, #### the one under that
A paragraph with {metric}, {metric:number} without its unit, {metric:change} of a growth (“up by 1.2%”),
{metric@last} of the same period of the year before, {metric@before} of the period before; {year} and the like.
{metric|kind} of one kind of matter only, {metric|kind|place} of that kind at one place, {metric#12} of one topic.
- an item of a list
[chart: metric by month]        also by area, unit or type
[table: metric, metric]
[problems] or [problems: 5]     the proposed problems, at most so many
[goals: 2023]                   or [goals: next_year]
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
_NAMED = re.compile(
    r"^(?P<code>[a-z][a-z0-9_-]*)(?:@(?P<when>last|before))?"
    r"(?:\|(?P<kind>[a-z][a-z0-9_]*)(?:\|(?P<place>[\w-]+))?|\#(?P<topic>[1-9][0-9]{0,8}))?(?::(?P<form>number|change))?$"
)
REFERENCE_ENDS = re.compile(r"[@|#:].*$")
"""What may follow the code in a reference."""
_DIRECTIVE = re.compile(r"^\[(?P<name>[a-z]+)(?::\s*(?P<rest>.*?))?\s*\]$")


@dataclass(frozen=True)
class Words:
    """`wrong`: what was meant as a mark and cannot be read."""

    text: str
    wrong: bool = False


@dataclass(frozen=True)
class Reference:
    """A figure, or with `parameter` something about the report itself.

    `when`: the same period of the year before (`last`), or the period before. `kind` and `place`, by their codes,
    narrow a figure of matters to one kind, and to one place; `topic`, by its number, to what many raised at once.
    """

    code: str
    when: Literal["", "last", "before"] = ""
    form: Literal["", "number", "change"] = ""
    kind: str = ""
    place: str = ""
    topic: str = ""

    @property
    def parameter(self) -> bool:
        return self.code in PARAMETERS

    def __str__(self) -> str:
        """As it is written."""
        when = f"@{self.when}" if self.when else ""
        only = f"#{self.topic}" if self.topic else "".join(f"|{said}" for said in (self.kind, self.place) if said)
        return f"{{{self.code}{when}{only}{f':{self.form}' if self.form else ''}}}"


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
    """Of a year, or of the report's own year or the one after it."""

    year: int | Literal["year", "next_year"]

    def of(self, year: int) -> int:
        """The year that is meant in a report about `year`."""
        return self.year if isinstance(self.year, int) else year + (self.year == "next_year")


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
            for code in asked_by(piece):
                found.setdefault(code, line)
        return found


def parse(text: str) -> Parsed:
    """`text` in pieces. Lines that follow on each other are one paragraph; a blank line parts two."""
    pieces: list[Piece] = []
    lines: list[int] = []
    slips: list[Slip] = []
    for line, block in blocks_of(text):
        pieces.append(_piece(block, line, slips))
        lines.append(line)
    return Parsed(tuple(pieces), tuple(lines), tuple(slips))


def blocks_of(text: str) -> Iterator[tuple[int, str]]:
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


def _piece(block: str, line: int, slips: list[Slip]) -> Piece:
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
            runs.append(Words(match[0], wrong=True))
        else:
            runs.append(_reference(named))
        at = match.end()
    rest = text[at:]
    alone = "{" in rest or "}" in rest
    if alone:
        slips.append(Slip(line, "bracket", rest))
    if rest:
        runs.append(Words(rest, wrong=alone))
    return tuple(runs)


def _reference(named: re.Match[str]) -> Reference:
    return Reference(
        named["code"],
        _WHEN[named["when"]],
        _FORMS[named["form"]],
        named["kind"] or "",
        named["place"] or "",
        named["topic"] or "",
    )


_FORMS: dict[str | None, Literal["", "number", "change"]] = {None: "", "number": "number", "change": "change"}
_WHEN: dict[str | None, Literal["", "last", "before"]] = {None: "", "last": "last", "before": "before"}


def _directive(block: str, line: int, slips: list[Slip]) -> Piece:
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
    elif name == "goals" and (goals := _goals(rest)) is not None:
        return goals
    elif name == "problems" and (not rest or _is_number(rest)):
        return Problems(int(rest)) if rest else Problems()
    else:
        slips.append(Slip(line, "number" if name in ("problems", "goals") else "directive", block))
    return Paragraph((Words(block, wrong=True),))


def _goals(rest: str) -> Goals | None:
    if rest in _OWN_YEARS:
        return Goals(_OWN_YEARS[rest])
    return Goals(int(rest)) if _is_number(rest) and len(rest) == 4 else None


_OWN_YEARS: dict[str, Literal["year", "next_year"]] = {"year": "year", "next_year": "next_year"}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def _is_code(text: str) -> bool:
    match = _NAMED.match(text)
    return match is not None and match["code"] == text


def asked_by(piece: Piece) -> Iterator[str]:
    """The codes of the metrics that a piece asks for."""
    if isinstance(piece, Heading | Paragraph):
        yield from (run.code for run in piece.runs if isinstance(run, Reference) and not run.parameter)
    elif isinstance(piece, Chart):
        yield piece.metric
    elif isinstance(piece, Table):
        yield from piece.metrics
