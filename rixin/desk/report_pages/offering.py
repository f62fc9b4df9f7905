"""What can be put into a text: the figures with their present values, and the other marks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.report_checks import Defined, Fault, faults_of
from rixin.catalogue.report_text import Problems, parse
from rixin.catalogue.sources import can_split
from rixin.catalogue.work_schema import Metric
from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.metrics.only import ALL
from rixin.reports import charts
from rixin.reports.answers import Answers
from rixin.reports.document import defined
from rixin.reports.nearest import Suggestion, nearest


@dataclass(frozen=True)
class Mark:
    """Something to insert: `text` goes into the report, a `line` of its own if it has to stand alone."""

    name: str
    text: str
    line: bool = False


@dataclass(frozen=True)
class Offer:
    code: str
    name: str
    meaning: str
    shown: str
    words: str
    """All words by which it is found, in both languages."""
    marks: tuple[Mark, ...]


def figures(answers: Answers) -> dict[str, list[Offer]]:
    """Every figure under its subject. One pass over each source."""
    known = versions.work().metrics
    period = answers.frame.period
    found = answers.figures((code, period, ALL) for code in known)
    groups: dict[str, list[Offer]] = {}
    for code, kept in known.items():
        groups.setdefault(kept.group.name.here(), []).append(_offer(kept.metric, found[code, period, ALL]))
    return groups


def _offer(metric: Metric, figure: Figure) -> Offer:
    words = (metric.code, metric.name.zh, metric.name.en, metric.meaning.zh, metric.meaning.en)
    return Offer(
        metric.code,
        metric.name.here(),
        metric.meaning.here(),
        wording.shown(figure),
        " ".join(words).lower(),
        tuple(_marks(metric)),
    )


def _marks(metric: Metric) -> Iterable[Mark]:
    code = metric.code
    yield Mark(_("number alone"), f"{{{code}:number}}")
    if metric.measure == "growth":
        yield Mark(_("up or down"), f"{{{code}:change}}")
    yield Mark(_("a year before"), f"{{{code}@last}}")
    yield Mark(_("the period before"), f"{{{code}@before}}")
    for by in ("month", "area", "unit", "type"):
        if can_split(metric, by):
            yield Mark(_("chart {by}").format(by=charts.SPLITS[by]), f"[chart: {code} by {by}]", line=True)
    yield Mark(_("table"), f"[table: {code}]", line=True)


def marks() -> list[Mark]:
    """What stands beside the figures."""
    return [
        Mark(_("Heading"), "## ", line=True),
        Mark(_("Heading under it"), "### ", line=True),
        Mark(_("Item of a list"), "- ", line=True),
        Mark(_("Proposed problems"), "[problems: 8]", line=True),
        Mark(_("Goals of the next year"), "[goals: next_year]", line=True),
        Mark(_("Goals of this year"), "[goals: year]", line=True),
        Mark(_("The year"), "{year}"),
        Mark(_("The next year"), "{next_year}"),
        Mark(_("The period"), "{period}"),
        Mark(_("The place"), "{office}"),
    ]


@dataclass(frozen=True)
class Slip:
    """A fault with what may have been meant, and, for a mark in the text, what it could be replaced by."""

    fault: Fault
    meant: list[Suggestion]


def slips(body: str, known: Defined | None = None) -> list[Slip]:
    found = faults_of(parse(body), known or defined())
    return [Slip(fault, nearest(fault.said) if fault.metric else []) for fault in found]


def proposed_in(body: str) -> bool:
    """Whether the part on problems is still the automatic one."""
    return any(isinstance(piece, Problems) for piece in parse(body).pieces)
