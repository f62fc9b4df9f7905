"""A report put together: its marked text, with every figure in its place and everything that was computed for it.

What is drawn as a page, DOCX, PDF or JSON is this one document.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rixin.catalogue import versions
from rixin.catalogue.report_text import (
    Chart,
    Goals,
    Heading,
    Paragraph,
    Parsed,
    Piece,
    Problems,
    Reference,
    Run,
    Split,
    Table,
    Words,
)
from rixin.metrics import compute, wording
from rixin.metrics.compute import Asked, Engine
from rixin.metrics.figures import Figure
from rixin.records.periods import Period
from rixin.reports import goals as goal_progress
from rixin.reports import problems as proposed
from rixin.reports.goals import Progress
from rixin.reports.problems import Problem


@dataclass(frozen=True)
class Frame:
    """For which period and place a report is made, on which engine, as of when. `area` is a path, `unit` a code."""

    period: Period
    engine: Engine
    as_of: datetime
    area: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Said:
    """A run of text; with `figure` it is a number that opens."""

    text: str
    figure: Figure | None = None


@dataclass(frozen=True)
class HeadingBlock:
    level: int
    runs: tuple[Said, ...]


@dataclass(frozen=True)
class ParagraphBlock:
    runs: tuple[Said, ...]
    item: bool = False


@dataclass(frozen=True)
class ChartBlock:
    """`points`: key and name of each part, with its figure."""

    metric: str
    by: Split
    points: tuple[tuple[str, str, Figure], ...]


@dataclass(frozen=True)
class TableBlock:
    """Each metric now, and in the same period of the year before."""

    rows: tuple[tuple[Figure, Figure], ...]


@dataclass(frozen=True)
class ProblemsBlock:
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class GoalsBlock:
    year: int
    goals: tuple[Progress, ...]


Block = HeadingBlock | ParagraphBlock | ChartBlock | TableBlock | ProblemsBlock | GoalsBlock


@dataclass(frozen=True)
class Document:
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]
    """Every figure that the text names, in the order in which it is named first."""
    frame: Frame

    @property
    def title(self) -> str:
        """On one line. Where a title breaks is chosen by its meaning, in its template."""
        parted = "" if wording.chinese() else " "
        return parted.join(self.title_lines)


class UnknownFigures(Exception):
    """The text names metrics that are not published, or parts that cannot be read: (line, what stands there)."""

    def __init__(self, found: list[tuple[int, str]]) -> None:
        self.found = found
        super().__init__(", ".join(f"line {line}: {said}" for line, said in found))


def parameters(frame: Frame) -> dict[str, str]:
    """What a text may name about the report itself, in the reader's language."""
    year = frame.period.first.year
    place = wording.area(frame.area)
    return {
        "year": str(year),
        "next_year": str(year + 1),
        "month": str(frame.period.first.month),
        "quarter": str((frame.period.first.month + 2) // 3),
        "period": wording.period(frame.period),
        "area": place,
        "unit": wording.unit(frame.unit) if frame.unit else place,
        "office": wording.unit(frame.unit) if frame.unit else place,
    }


def put_together(title: str, parsed: Parsed, frame: Frame) -> Document:
    """Asks for every figure at once and puts each in its place. Raises UnknownFigures."""
    _refuse_unknown(parsed)
    figures = compute.ask(
        dict.fromkeys(_wanted(parsed, frame)),
        engine=frame.engine,
        as_of=frame.as_of,
        area=frame.area,
        unit=frame.unit,
    )
    about = parameters(frame)
    blocks = tuple(_block(piece, frame, figures, about) for piece in parsed.pieces)
    named = dict.fromkeys(
        (reference.code, _period(reference, frame)) for reference in _references(parsed) if not reference.parameter
    )
    return Document(tuple(_filled(title, about).split("\n")), blocks, tuple(figures[key] for key in named), frame)


def _refuse_unknown(parsed: Parsed) -> None:
    known = versions.work().metrics
    found = [(slip.line, slip.text) for slip in parsed.slips]
    found += [(line, code) for code, line in parsed.metrics().items() if code not in known]
    if found:
        raise UnknownFigures(sorted(found))


def _wanted(parsed: Parsed, frame: Frame) -> Iterator[Asked]:
    for piece in parsed.pieces:
        if isinstance(piece, Heading | Paragraph):
            for run in piece.runs:
                if isinstance(run, Reference) and not run.parameter:
                    yield run.code, _period(run, frame)
        elif isinstance(piece, Table):
            for code in piece.metrics:
                yield code, frame.period
                yield code, frame.period.year_before()


def _references(parsed: Parsed) -> Iterator[Reference]:
    for piece in parsed.pieces:
        if isinstance(piece, Heading | Paragraph):
            yield from (run for run in piece.runs if isinstance(run, Reference))


def _period(reference: Reference, frame: Frame) -> Period:
    return frame.period.year_before() if reference.last else frame.period


def _block(piece: Piece, frame: Frame, figures: Mapping[Asked, Figure], about: Mapping[str, str]) -> Block:
    if isinstance(piece, Heading):
        return HeadingBlock(piece.level, _runs(piece.runs, frame, figures, about))
    if isinstance(piece, Paragraph):
        return ParagraphBlock(_runs(piece.runs, frame, figures, about), piece.item)
    if isinstance(piece, Chart):
        return _chart(piece, frame)
    if isinstance(piece, Table):
        before = frame.period.year_before()
        return TableBlock(tuple((figures[code, frame.period], figures[code, before]) for code in piece.metrics))
    if isinstance(piece, Problems):
        return ProblemsBlock(tuple(proposed.propose(frame.period, frame.engine, frame.as_of, frame.area, piece.most)))
    if isinstance(piece, Goals):
        return GoalsBlock(piece.year, tuple(goal_progress.of_year(piece.year, frame.engine, frame.as_of)))
    raise TypeError(piece)


def _chart(piece: Chart, frame: Frame) -> ChartBlock:
    parts = compute.split(
        piece.metric,
        frame.period,
        piece.by,
        engine=frame.engine,
        as_of=frame.as_of,
        area=frame.area,
        unit=frame.unit,
    )
    points = [(part, wording.part(piece.by, part), figure) for part, figure in parts.items()]
    return ChartBlock(piece.metric, piece.by, tuple(points))


def _runs(
    runs: Iterable[Run], frame: Frame, figures: Mapping[Asked, Figure], about: Mapping[str, str]
) -> tuple[Said, ...]:
    said = []
    for run in runs:
        if isinstance(run, Words):
            said.append(Said(run.text))
        elif run.parameter:
            said.append(Said(about[run.code]))
        else:
            figure = figures[run.code, _period(run, frame)]
            said.append(Said(_FORMS[run.form](figure), figure))
    return tuple(said)


_FORMS = {"": wording.shown, "number": wording.number, "change": wording.change}


def _filled(title: str, about: Mapping[str, str]) -> str:
    for name, value in about.items():
        title = title.replace(f"{{{name}}}", value)
    return title
