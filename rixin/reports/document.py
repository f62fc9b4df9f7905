"""A report put together: its marked text, with every figure in its place and everything that was computed for it.

What is drawn as a page, DOCX, PDF or JSON is this one document. It holds words and numbers only, in one language, and
so can be kept as it was (`freezing`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.report_checks import Defined, Fault, faults_of, readable
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
    parse,
)
from rixin.metrics import goal_words, wording
from rixin.metrics.figures import Figure
from rixin.metrics.goals import Progress
from rixin.metrics.only import ALL, Only
from rixin.people import units
from rixin.reports import charts, goals, problems
from rixin.reports.answers import Answers, Frame, Kept, Question
from rixin.reports.charts import Point
from rixin.reports.cited import Cited, cite, key_of
from rixin.reports.words import on_one_line, spoken_now

MOST_PARTS = 12
"""Parts of one chart; of more kinds or units the largest are drawn."""


@dataclass(frozen=True)
class Said:
    """A run of text. `cites`: the key of the figure that it says; `wrong`: it is a mark that cannot be read."""

    text: str
    cites: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class HeadingBlock:
    level: int
    runs: tuple[Said, ...]
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class ParagraphBlock:
    runs: tuple[Said, ...]
    item: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class ChartBlock:
    """`parts`: the name of each and its figure; none, and no drawing, where nothing was counted."""

    name: str
    caption: str
    cites: str
    parts: tuple[tuple[str, str], ...]
    drawing: dict[str, Any] | None
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class TableBlock:
    """The first cell of a row is its name, the others hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class ProblemsBlock:
    """What the rules propose. `nothing` is said where they find nothing."""

    items: tuple[tuple[Said, ...], ...]
    nothing: str
    kind: Literal["problems"] = "problems"


@dataclass(frozen=True)
class GoalLine:
    name: str
    unit: str
    target: str
    now: Said
    due: str
    state: str
    """Words of today, or of when the report was sealed."""
    state_name: str
    share: str


@dataclass(frozen=True)
class GoalsBlock:
    year: int
    goals: tuple[GoalLine, ...]
    nothing: str
    kind: Literal["goals"] = "goals"


Block = HeadingBlock | ParagraphBlock | ChartBlock | TableBlock | ProblemsBlock | GoalsBlock


@dataclass(frozen=True)
class Document:
    """`period`, `area` and `unit` are codes, `where` and `when` the same in words; `engine` is a name."""

    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    cited: tuple[Cited, ...]
    """Every figure that the text names, draws or lists, in the order in which it is named first."""
    period: str
    area: str
    unit: str
    when: str
    where: str
    language: Literal["zh", "en"]
    as_of: datetime
    engine: str

    @cached_property
    def title(self) -> str:
        """On one line. Where a title breaks is chosen by its meaning, in its template."""
        return on_one_line(self.title_lines, self.language)

    @cached_property
    def by_key(self) -> dict[str, Cited]:
        return {one.key: one for one in self.cited}

    def is_own(self, one: Cited) -> bool:
        """Whether the figure is for the report's own period and place; others stand beside them to compare."""
        same = (one.period, one.area, one.office) == (self.period, self.area, self.unit)
        return same and not one.only


class UnknownFigures(Exception):
    """The text names metrics that are not published, or holds parts that cannot be read."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"line {fault.line}: {fault.said}" for fault in faults))


def defined() -> Defined:
    """What the text of a report may ask for, as it is published now."""
    work = versions.work()
    return Defined(
        {code: kept.metric for code, kept in work.metrics.items()},
        {kept.year.year for kept in work.goals.values()},
        {known.rules.type.code for known in versions.current_types()},
    )


def raise_faults(parsed: Parsed, known: Defined) -> None:
    """Raises UnknownFigures where the text cannot be read, or asks for what there is not."""
    if faults := faults_of(parsed, known):
        raise UnknownFigures(faults)


def parameters(frame: Frame) -> dict[str, str]:
    """What a text may name about the report itself, in the reader's language."""
    year = frame.period.first.year
    place = wording.area(frame.area)
    office = wording.unit(frame.unit) if frame.unit else place
    return {
        "year": str(year),
        "next_year": str(year + 1),
        "month": str(frame.period.first.month),
        "quarter": str((frame.period.first.month + 2) // 3),
        "period": wording.period(frame.period),
        "area": place,
        "unit": office,
        "office": office,
    }


def put_together(
    title: str, parsed: Parsed, frame: Frame, *, kept: Kept | None = None, lenient: bool = False
) -> Document:
    """Asks for every figure at once and puts each in its place, in the language in use.

    What was answered before may be `kept`. Raises UnknownFigures; `lenient`, what is wrong stands marked in its place.
    """
    if lenient:
        parsed = readable(parsed, defined())
    else:
        raise_faults(parsed, defined())
    return _Putting(frame, Answers(frame, kept)).document(title, parsed)


class _Putting:
    """One document being put together."""

    def __init__(self, frame: Frame, answers: Answers) -> None:
        self._frame, self._answers = frame, answers
        self._about = parameters(frame)
        self._figures: Mapping[Question, Figure] = {}
        self._cited: dict[str, Figure] = {}

    def document(self, title: str, parsed: Parsed) -> Document:
        frame = self._frame
        self._answers.figures(self._foreseen(parsed))
        proposed = {
            nth: [parse(problem.text).pieces[0] for problem in problems.proposed(self._answers, piece.most)]
            for nth, piece in enumerate(parsed.pieces)
            if isinstance(piece, Problems)
        }
        paragraphs = [piece for found in proposed.values() for piece in found]
        self._figures = self._answers.figures(
            question for piece in [*parsed.pieces, *paragraphs] for question in self._questions(piece)
        )
        blocks = tuple(self._block(piece, proposed.get(nth, [])) for nth, piece in enumerate(parsed.pieces))
        return Document(
            title_lines=tuple(filled(title, self._about).split("\n")),
            blocks=blocks,
            cited=tuple(cite(figure) for figure in self._cited.values()),
            period=str(frame.period),
            area=frame.area,
            unit=frame.unit,
            when=self._about["period"],
            where=self._about["office"],
            language=spoken_now(),
            as_of=frame.as_of,
            engine=frame.engine.name,
        )

    def _foreseen(self, parsed: Parsed) -> Iterator[Question]:
        """All that is known beforehand to be asked, so that each source is passed over once."""
        for piece in parsed.pieces:
            yield from self._questions(piece)
            if isinstance(piece, Problems):
                yield from problems.compared(self._frame.period)

    def _questions(self, piece: Piece) -> Iterator[Question]:
        if isinstance(piece, Heading | Paragraph):
            for run in piece.runs:
                if isinstance(run, Reference) and not run.parameter:
                    yield self._question(run)
        elif isinstance(piece, Chart):
            yield piece.metric, self._frame.period, ALL
        elif isinstance(piece, Table):
            for code in piece.metrics:
                yield code, self._frame.period, ALL
                yield code, self._frame.period.year_before(), ALL

    def _question(self, reference: Reference) -> Question:
        period = self._frame.period
        when: dict[str, Period] = {"": period, "last": period.year_before(), "before": period.before()}
        return reference.code, when[reference.when], Only(reference.kind, reference.place, reference.topic)

    def _block(self, piece: Piece, proposed: list[Piece]) -> Block:
        if isinstance(piece, Heading):
            return HeadingBlock(piece.level, self._runs(piece.runs))
        if isinstance(piece, Paragraph):
            return ParagraphBlock(self._runs(piece.runs), piece.item)
        if isinstance(piece, Chart):
            return self._chart(piece)
        if isinstance(piece, Table):
            return self._table(piece)
        if isinstance(piece, Problems):
            items = tuple(self._runs(one.runs) for one in proposed if isinstance(one, Paragraph))
            nothing = "" if items else _("By the rules nothing stands out as late, repeated or worse.")
            return ProblemsBlock(items, nothing)
        if isinstance(piece, Goals):
            return self._goals(piece.of(self._frame.period.first.year))
        raise TypeError(piece)

    def _runs(self, runs: Iterable[Run]) -> tuple[Said, ...]:
        said = []
        for run in runs:
            if isinstance(run, Words):
                said.append(Said(run.text, wrong=run.wrong))
            elif run.parameter:
                said.append(Said(self._about[run.code]))
            else:
                said.append(self._cell(self._figures[self._question(run)], run.form))
        return tuple(said)

    def _cell(self, figure: Figure, form: Literal["", "number", "change"] = "") -> Said:
        key = key_of(figure)
        self._cited.setdefault(key, figure)
        return Said(_FORMS[form](figure), key)

    def _chart(self, piece: Chart) -> ChartBlock:
        whole = self._cell(self._figures[piece.metric, self._frame.period, ALL])
        parts = self._answers.parts(piece.metric, piece.by)
        points = _drawn_points([Point(key, wording.part(piece.by, key), one) for key, one in parts.items()], piece.by)
        caption = charts.caption(piece.metric, piece.by)
        if len(points) < len(parts):
            caption += _(" (the {n} largest of {all})").format(n=len(points), all=len(parts))
        return ChartBlock(
            name=wording.name_of(piece.metric),
            caption=caption,
            cites=whole.cites,
            parts=tuple((point.name, wording.shown(point.figure)) for point in points),
            drawing=charts.drawing(charts.best_kind(piece.by, points), piece.metric, points) if points else None,
        )

    def _table(self, piece: Table) -> TableBlock:
        """Without the year before where nothing was counted in it."""
        now, before = self._frame.period, self._frame.period.year_before()
        compared = any(self._figures[code, before, ALL].rows for code in piece.metrics)
        head = (_("Figure"), _("This period"), *([_("A year before")] if compared else []))
        rows = tuple(
            (
                Said(wording.name_of(code)),
                *(self._cell(self._figures[code, period, ALL]) for period in ((now, before) if compared else (now,))),
            )
            for code in piece.metrics
        )
        return TableBlock(head, rows)

    def _goals(self, year: int) -> GoalsBlock:
        lines = tuple(self._goal(progress) for progress in goals.of_year(year, self._answers))
        nothing = "" if lines else _("No goals of {year} are set for this place.").format(year=year)
        return GoalsBlock(year, lines, nothing)

    def _goal(self, progress: Progress) -> GoalLine:
        figure = progress.figure
        return GoalLine(
            name=progress.goal.name.here(),
            unit=units.by_code(progress.goal.unit).name,
            target=goal_words.target(progress.goal),
            now=Said(goal_words.steps_done(progress)) if figure is None else self._cell(figure),
            due=progress.due.isoformat(),
            state=progress.state,
            state_name=goal_words.state(progress.state),
            share=goal_words.share_to_go(progress),
        )


def _drawn_points(points: list[Point], by: Split) -> list[Point]:
    """Months and areas in their order; kinds and units by size, and not too many."""
    if by in ("month", "area"):
        return points
    by_size = sorted(points, key=lambda point: (point.figure.small, -(point.figure.value or 0), point.key))
    return by_size[:MOST_PARTS]


_FORMS = {"": wording.shown, "number": wording.number, "change": wording.change}


def filled(title: str, about: Mapping[str, str]) -> str:
    """A title with what it names about the report itself."""
    for name, value in about.items():
        title = title.replace(f"{{{name}}}", value)
    return title
