"""What a report begins with: the title and text of its template, in its language and fitted to its place."""

from dataclasses import dataclass

from rixin.catalogue.report_text import Chart, parse
from rixin.catalogue.work_schema import ReportTemplate
from rixin.metrics.only import ALL
from rixin.places import gazetteer
from rixin.reports import goals
from rixin.reports.answers import Answers, Frame
from rixin.reports.document import filled, parameters
from rixin.reports.fitting import Nothing, fitted
from rixin.reports.words import Language, spoken

_WHOLE = ("district", "subdistrict")


@dataclass(frozen=True)
class Beginning:
    title: str
    body: str


def begin_with(template: ReportTemplate, frame: Frame, language: Language, *, fit: bool = True) -> Beginning:
    """With `fit`, what a community or a unit has nothing of is left out; the text of the whole is never cut."""
    title, body = getattr(template.title, language), getattr(template.body, language)
    if fit and not _is_whole(frame):
        body = fitted(body, _nothing(Answers(frame), body))
        title = _fitted_title(title, body)
    with spoken(language):
        return Beginning(filled(title, parameters(frame)), body)


def _is_whole(frame: Frame) -> bool:
    area = gazetteer.current().area(frame.area)
    return not frame.unit and (area is None or area.level in _WHOLE)


def _nothing(answers: Answers, body: str) -> Nothing:
    """Of which figures of the text, and whether of goals, there is nothing to say in this place."""
    period = answers.frame.period
    text = parse(body)
    found = answers.figures((code, period, ALL) for code in text.metrics()).values()
    charts = [piece for piece in text.pieces if isinstance(piece, Chart)]
    return Nothing(
        silent=frozenset(figure.code for figure in found if not figure.rows),
        blank=frozenset(figure.code for figure in found if figure.value is None),
        charts=frozenset(chart for chart in charts if len(answers.parts(chart.metric, chart.by)) < 2),
        goals=not any(goals.of_year(year, answers) for year in (period.first.year, period.first.year + 1)),
    )


def _fitted_title(title: str, body: str) -> str:
    """Without the line about the plans for the next year where the text has none."""
    lines = title.split("\n")
    return "\n".join(line for line in lines if "{next_year}" not in line or "next_year" in body) or title
