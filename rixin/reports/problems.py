"""Proposes what the problems part of a report should speak of: what is late, what comes again, what gets worse.

Facts only, from the same sources as the figures; a person decides what is said about them. Three rules:

- late: kinds of matter of which at least LATE_SHARE of those due were not handled by their date;
- repeated: the same kind of matter REPEATED times or more at one place;
- worse: kinds of matter that came in GROWN times as often in the second half of the period as in the first, and
  metrics that say which way is good and went the other way by WORSENED or more against the year before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.sources import CASE_COLUMNS, CASES
from rixin.metrics import compute, wording
from rixin.metrics.compute import Engine
from rixin.metrics.expressions import table, within
from rixin.metrics.figures import Figure
from rixin.places import gazetteer
from rixin.records.periods import Period, day_number

LATE_SHARE = Decimal(5)
"""Per cent."""
LEAST_DUE = 30
REPEATED = 6
GROWN = Decimal("1.5")
LEAST_GROWN = 30
WORSENED = Decimal(10)
"""Per cent."""


@dataclass(frozen=True)
class Problem:
    """`weight` orders problems of one rule. `figure`, where there is one, opens to the rows behind it."""

    rule: Literal["late", "repeated", "worse_kind", "worse_figure"]
    text: str
    weight: Decimal
    figure: Figure | None = None
    metric: str = ""
    """A metric, and with `type` a kind of matter, by which the cases behind it are found."""
    type: str = ""


def propose(period: Period, engine: Engine, as_of: datetime, area: str = "", most: int = 8) -> list[Problem]:
    """At most so many, each rule heard in turn, the weightiest first."""
    rules = [
        sorted(found, key=lambda problem: -problem.weight)
        for found in (
            _late(period, engine, as_of, area),
            _repeated(period, engine, area),
            _worse_kinds(period, engine, area),
            _worse_figures(period, engine, as_of, area),
        )
    ]
    turns = [problem for nth in range(most) for rule in rules if nth < len(rule) for problem in [rule[nth]]]
    return turns[:most]


def _late(period: Period, engine: Engine, as_of: datetime, area: str) -> Iterator[Problem]:
    if "on_time_rate" not in versions.work().metrics:
        return
    for code, figure in compute.split("on_time_rate", period, "type", engine=engine, as_of=as_of, area=area).items():
        if figure.value is None or figure.denominator is None or figure.denominator < LEAST_DUE:
            continue
        late = Decimal(100) - figure.value
        if late >= LATE_SHARE:
            text = _("{kind}: of {due} matters due, {late} were not handled by their date ({share}%).").format(
                kind=wording.part("type", code),
                due=figure.denominator,
                late=figure.denominator - (figure.numerator or 0),
                share=late,
            )
            yield Problem("late", text, late, figure, "on_time_rate", code)


def _repeated(period: Period, engine: Engine, area: str) -> Iterator[Problem]:
    rows = _opened(period, area)
    rows = rows.filter(rows.place != "")
    groups = rows.group_by(["place", "type"]).aggregate(times=rows.count())
    atlas = gazetteer.current()
    for row in engine.rows(CASES, groups.filter(groups.times >= REPEATED)):
        chain = atlas.chain_of(str(row["place"]))
        place = atlas.places.get(str(row["place"]))
        if place is None:
            continue
        text = _("{kind} came in {times} times at {place}{area}.").format(
            kind=wording.part("type", str(row["type"])),
            times=row["times"],
            place=place.name,
            area=_(" ({area})").format(area=wording.area(chain.path)) if chain else "",
        )
        yield Problem("repeated", text, Decimal(int(row["times"])), None, "matters_received", str(row["type"]))


def _worse_kinds(period: Period, engine: Engine, area: str) -> Iterator[Problem]:
    months = list(period.parts("month"))
    if len(months) < 2:
        return
    middle = months[len(months) // 2].first
    rows = _opened(period, area)
    late = (rows.opened_day >= day_number(middle)).ifelse(1, 0)
    groups = rows.select(type=rows.type, late=late).group_by("type")
    for row in engine.rows(
        CASES, groups.aggregate(times=lambda kept: kept.count(), after=lambda kept: kept.late.sum())
    ):
        after, before = int(row["after"]), int(row["times"]) - int(row["after"])
        if after < LEAST_GROWN or not before or after < before * GROWN:
            continue
        text = _("{kind}: {after} matters from {month} on, after {before} before.").format(
            kind=wording.part("type", str(row["type"])),
            after=after,
            before=before,
            month=wording.period(Period.of("month", middle)),
        )
        yield Problem("worse_kind", text, Decimal(after) / before, None, "matters_received", str(row["type"]))


def _worse_figures(period: Period, engine: Engine, as_of: datetime, area: str) -> Iterator[Problem]:
    judged = [
        code
        for code, kept in versions.work().metrics.items()
        if kept.metric.better and kept.metric.measure in ("count", "sum", "distinct", "at_end")
    ]
    before = period.year_before()
    asked = [(code, one) for code in judged for one in (period, before)]
    found = compute.ask(asked, engine=engine, as_of=as_of, area=area)
    for code in judged:
        now, then = found[code, period], found[code, before]
        if now.exact is None or not then.exact or now.missing or then.missing:
            continue
        grown = Decimal(int((now.exact - then.exact) / then.exact * 1000)) / 10
        worse = -grown if wording.metric_of(code).better == "more" else grown
        if worse >= WORSENED:
            text = _("{name}: {now}, after {then} the year before.").format(
                name=wording.name_of(code), now=wording.shown(now), then=wording.shown(then)
            )
            yield Problem("worse_figure", text, worse, now, code)


def _opened(period: Period, area: str) -> Any:
    rows = within(table(CASES, CASE_COLUMNS), area, "")
    return rows.filter(rows.opened_day.between(day_number(period.first), day_number(period.last)))
