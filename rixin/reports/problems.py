"""Proposes what the problems part of a report should speak of: what is late, what comes again, what gets worse.

Facts only, from the same sources as the figures, as marked text: every figure in it opens to its rows, and a person
takes it over, edits it and answers for it. Five rules:

- late: kinds of matter of which at least LATE_SHARE of those due were not handled by their date;
- late_steps: steps of projects of which at least LATE_SHARE of those done came after their planned day;
- topic: what many people raised at once, most of it within the period;
- repeated: the same kind of matter REPEATED times or more at one place;
- worse: kinds of matter that came in GROWN times as often in the second half of the period as in the first, and
  metrics that say which way is good and went the other way by WORSENED or more against the year before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.dates import day_text
from rixin.catalogue.periods import Period, day_number
from rixin.catalogue.report_text import Reference
from rixin.catalogue.sources import CASE_COLUMNS, CASES
from rixin.metrics import wording
from rixin.metrics.expressions import table, within
from rixin.metrics.only import ALL
from rixin.places import gazetteer
from rixin.reports.answers import Answers, Frame, Question
from rixin.topics.queries import at_their_peak

LATE_SHARE = Decimal(5)
"""Per cent."""
LEAST_DUE = 30
LEAST_STEPS = 10
REPEATED = 6
LISTED = 200
"""Of what came again and again so many are looked at."""
TOPICS = 10
"""The hottest so many are spoken of."""
GROWN = Decimal("1.5")
LEAST_GROWN = 30
WORSENED = Decimal(10)
"""Per cent."""
RECEIVED, LATE, ON_TIME = "matters_received", "matters_late", "on_time_rate"
"""The metrics of which the rules speak."""

STEPS_ON_TIME = "project_steps_on_time"
"""The same of projects."""

Rule = Literal["late", "late_steps", "topic", "repeated", "worse_kind", "worse_figure"]


@dataclass(frozen=True)
class Problem:
    """`text` is marked text of one paragraph. `weight` orders problems of one rule."""

    rule: Rule
    text: str
    weight: Decimal


def proposed(answers: Answers, most: int) -> list[Problem]:
    """At most so many, looked for once."""
    return answers.remembered("problems", lambda: _propose(answers))[:most]


def _propose(answers: Answers) -> list[Problem]:
    """Each rule heard in turn, the weightiest first."""
    found = (rule(answers) for rule in (_late, _late_steps, _topics, _repeated, _worse_kinds, _worse_figures))
    rules = [sorted(problems, key=lambda problem: -problem.weight) for problems in found]
    longest = max(map(len, rules))
    return [rule[nth] for nth in range(longest) for rule in rules if nth < len(rule)]


def _late(answers: Answers) -> Iterator[Problem]:
    if not _are_known(ON_TIME, LATE):
        return
    for code, figure in answers.parts(ON_TIME, "type").items():
        if figure.value is None or figure.denominator is None or figure.denominator < LEAST_DUE:
            continue
        late = Decimal(100) - figure.value
        if late >= LATE_SHARE:
            text = _("“{kind}”: handled in time {rate}; {late} were not handled by their date.").format(
                kind=wording.part("type", code), rate=Reference(ON_TIME, kind=code), late=Reference(LATE, kind=code)
            )
            yield Problem("late", text, late)


def _late_steps(answers: Answers) -> Iterator[Problem]:
    if not _are_known(STEPS_ON_TIME):
        return
    asked = (STEPS_ON_TIME, answers.frame.period, ALL)
    figure = answers.figures([asked])[asked]
    if figure.value is None or (figure.denominator or 0) < LEAST_STEPS:
        return
    late = Decimal(100) - figure.value
    if late >= LATE_SHARE:
        text = _("Projects: {rate} of the steps done in the period were done by their planned day.")
        yield Problem("late_steps", text.format(rate=Reference(STEPS_ON_TIME)), late)


def _topics(answers: Answers) -> Iterator[Problem]:
    """Not of a single unit: what many raise is often held by several."""
    frame = answers.frame
    if frame.unit or not _are_known(RECEIVED):
        return
    for topic in at_their_peak(frame.period.first, frame.period.last, frame.area)[:TOPICS]:
        text = _("“{name}”{area} was raised by many at once: {matters}, most of them up to {day}.").format(
            name=topic.name,
            area=_(" ({area})").format(area=wording.area(topic.area_path)) if topic.area_path else "",
            matters=Reference(RECEIVED, topic=str(topic.pk)),
            day=day_text(topic.peak_on),
        )
        yield Problem("topic", text, Decimal(str(topic.peak_heat)))


def _repeated(answers: Answers) -> Iterator[Problem]:
    if not _are_known(RECEIVED):
        return
    rows = _opened(answers.frame)
    rows = rows.filter(rows.place != "")
    groups = rows.group_by(["place", "type"]).aggregate(times=rows.count())
    atlas = gazetteer.current()
    # Over millions of matters thousands of places are met again: only the weightiest are ever spoken of.
    most = (
        groups.filter(groups.times >= REPEATED).order_by(groups.times.desc(), groups.place, groups.type).limit(LISTED)
    )
    for row in answers.frame.engine.rows(CASES, most):
        chain = atlas.chain_of(str(row["place"]))
        place = atlas.places.get(str(row["place"]))
        if place is None:
            continue
        text = _("“{kind}” came in again and again at {place}{area}: {times}.").format(
            kind=wording.part("type", str(row["type"])),
            times=Reference(RECEIVED, kind=str(row["type"]), place=str(row["place"])),
            place=place.name,
            area=_(" ({area})").format(area=wording.area(chain.path)) if chain else "",
        )
        yield Problem("repeated", text, Decimal(int(row["times"])))


def _worse_kinds(answers: Answers) -> Iterator[Problem]:
    months = list(answers.frame.period.parts("month"))
    if len(months) < 2 or not _are_known(RECEIVED):
        return
    middle = months[len(months) // 2].first
    rows = _opened(answers.frame)
    late = (rows.opened_day >= day_number(middle)).ifelse(1, 0)
    groups = rows.select(type=rows.type, late=late).group_by("type")
    totals = groups.aggregate(times=lambda kept: kept.count(), after=lambda kept: kept.late.sum())
    for row in answers.frame.engine.rows(CASES, totals):
        after, before = int(row["after"]), int(row["times"]) - int(row["after"])
        if after < LEAST_GROWN or not before or after < before * GROWN:
            continue
        text = _("“{kind}” grew: {all} in all, {after} of them from {month} on, after {before} before.").format(
            kind=wording.part("type", str(row["type"])),
            all=Reference(RECEIVED, kind=str(row["type"])),
            after=after,
            before=before,
            month=wording.period(Period.of("month", middle)),
        )
        yield Problem("worse_kind", text, Decimal(after) / before)


def compared(period: Period) -> Iterator[Question]:
    """The figures that the rules compare, so that they can be asked in one pass with those of the text."""
    for code in _judged():
        yield code, period, ALL
        yield code, period.year_before(), ALL
    if _are_known(STEPS_ON_TIME):
        yield STEPS_ON_TIME, period, ALL


def _judged() -> list[str]:
    return [
        code
        for code, kept in versions.work().metrics.items()
        if kept.metric.better and kept.metric.measure not in ("rate", "growth", "ratio")
    ]


def _worse_figures(answers: Answers) -> Iterator[Problem]:
    period, before = answers.frame.period, answers.frame.period.year_before()
    found = answers.figures(compared(period))
    for code in _judged():
        now, then = found[code, period, ALL], found[code, before, ALL]
        if now.exact is None or not then.exact or now.missing or then.missing:
            continue
        grown = Decimal(int((now.exact - then.exact) / then.exact * 1000)) / 10
        worse = -grown if wording.metric_of(code).better == "more" else grown
        if worse >= WORSENED:
            text = _("{name}: {now}, after {then} the year before.").format(
                name=wording.name_of(code), now=Reference(code), then=Reference(code, "last")
            )
            yield Problem("worse_figure", text, worse)


def _opened(frame: Frame) -> Any:
    """The matters that came in."""
    rows = within(table(CASES, CASE_COLUMNS), frame.area, frame.unit)
    return rows.filter(rows.opened_day.between(day_number(frame.period.first), day_number(frame.period.last)))


def _are_known(*codes: str) -> bool:
    return all(code in versions.work().metrics for code in codes)
