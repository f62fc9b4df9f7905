"""What is wrong with the marked text of a report: slips of the pen, and figures that there are not. Pure.

The same is asked of a template when it is loaded and of a report while it is written.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from rixin.catalogue.report_text import (
    Chart,
    Goals,
    Heading,
    Paragraph,
    Parsed,
    Piece,
    Reference,
    Run,
    Slip,
    Table,
    Words,
    asked_by,
)
from rixin.catalogue.sources import can_narrow, can_split
from rixin.catalogue.work_schema import Metric


@dataclass(frozen=True, order=True)
class Fault:
    """In a line (from 1) stands `said`, which cannot be. `metric`: it was meant as a figure that is not there."""

    line: int
    said: str
    reason: str
    metric: bool = False


@dataclass(frozen=True)
class Defined:
    """What a text may ask for. `kinds`: codes of kinds of matter; None where they are not known here."""

    metrics: Mapping[str, Metric]
    goal_years: Container[int]
    kinds: Container[str] | None = None


def faults_of(parsed: Parsed, defined: Defined) -> list[Fault]:
    """In the order of their lines."""
    found = {Fault(slip.line, slip.text, slip_told(slip), slip.kind == "reference") for slip in parsed.slips}
    for piece, line in zip(parsed.pieces, parsed.lines, strict=True):
        found |= {
            Fault(line, code, no_metric(code), metric=True) for code in asked_by(piece) if code not in defined.metrics
        }
        found |= {Fault(line, said, reason) for said, reason in _cannot_be(piece, defined)}
    return sorted(found)


def readable(parsed: Parsed, defined: Defined) -> Parsed:
    """The same text in which what cannot be stands as wrong words: for looking at it while it is written."""
    return replace(parsed, pieces=tuple(_readable(piece, defined) for piece in parsed.pieces))


def _readable(piece: Piece, defined: Defined) -> Piece:
    if isinstance(piece, Heading | Paragraph):
        return replace(piece, runs=tuple(_readable_run(run, defined) for run in piece.runs))
    if isinstance(piece, Table):
        there = tuple(code for code in piece.metrics if code in defined.metrics)
        return Table(there) if there else _wrong(f"[table: {', '.join(piece.metrics)}]")
    if isinstance(piece, Chart) and piece.metric not in defined.metrics:
        return _wrong(f"[chart: {piece.metric} by {piece.by}]")
    said = next((said for said, _reason in _cannot_be(piece, defined)), None)
    return _wrong(said) if said else piece


def _readable_run(run: Run, defined: Defined) -> Run:
    if not isinstance(run, Reference) or run.parameter:
        return run
    metric = defined.metrics.get(run.code)
    if metric is None or any(_of_reference(run, metric, defined.kinds)):
        return Words(str(run), wrong=True)
    return run


def _wrong(said: str) -> Paragraph:
    return Paragraph((Words(said, wrong=True),))


def no_metric(code: str) -> str:
    return _("there is no metric “{code}”").format(code=code)


def _cannot_be(piece: Piece, defined: Defined) -> Iterator[tuple[str, str]]:
    if isinstance(piece, Goals) and isinstance(piece.year, int) and piece.year not in defined.goal_years:
        yield f"[goals: {piece.year}]", _("there are no goals of {year}").format(year=piece.year)
    elif isinstance(piece, Chart) and piece.metric in defined.metrics:
        if not can_split(defined.metrics[piece.metric], piece.by):
            yield (
                f"[chart: {piece.metric} by {piece.by}]",
                _("“{code}” cannot be told apart by {by}").format(code=piece.metric, by=piece.by),
            )
    elif isinstance(piece, Heading | Paragraph):
        for run in piece.runs:
            if isinstance(run, Reference) and run.code in defined.metrics:
                yield from _of_reference(run, defined.metrics[run.code], defined.kinds)


def _of_reference(run: Reference, metric: Metric, kinds: Container[str] | None) -> Iterator[tuple[str, str]]:
    if run.form == "change" and metric.measure != "growth":
        yield str(run), _("“{code}” is no growth: leave out “:change”").format(code=run.code)
    if (run.kind or run.topic) and not can_narrow(metric):
        yield str(run), _("“{code}” does not count matters: it has no kinds").format(code=run.code)
    elif run.kind and kinds is not None and run.kind not in kinds:
        yield str(run), _("there is no kind of matter “{kind}”").format(kind=run.kind)


def slip_told(slip: Slip) -> str:
    """What is wrong with a line of a report's text, and how it is written."""
    return {
        "reference": _(
            "“{text}” is no figure: write {{code}}, {{code:number}}, {{code:change}}, {{code@last}} or {{code|kind}}"
        ),
        "bracket": _("a brace in “{text}” has no partner"),
        "directive": _("“{text}” is none of [chart: …], [table: …], [problems], [goals: …]"),
        "chart": _("“{text}” is no chart: write [chart: code by month], or by area, unit or type"),
        "table": _("“{text}” is no table: write [table: code, code]"),
        "number": _("“{text}” needs a number"),
    }[slip.kind].format(text=slip.text)
