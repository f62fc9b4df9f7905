"""Which returns a form lacks: its cells stay empty, and whoever looks at it is told what has to come in."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Step
from rixin.reports.forms.table import Table


def missing_returns(table: Table) -> dict[str, list[Period]]:
    """By metric the periods that were not returned; those that follow on each other are one."""
    found: dict[str, set[Period]] = defaultdict(set)
    for placed in table.placed():
        for figure in placed.cell.figures:
            found[figure["id"]] |= set(_not_returned(figure))
    return {code: list(_joined(sorted(periods))) for code, periods in found.items() if periods}


def _not_returned(figure: dict[str, Any]) -> Iterator[Period]:
    yield from (Period.read(said) for said in figure["missing"])
    if figure.get("why") == "nothing_returned":
        period = Period.read(figure["period"])
        yield from period.parts(_step(figure["id"]) or period.step)


def _step(metric: str) -> Step | None:
    """How often the return of a metric is due, as it is defined today."""
    work = versions.work()
    kept = work.metrics.get(metric)
    record = work.records.get(kept.metric.source or "") if kept is not None else None
    return record.type.period if record is not None else None


def _joined(periods: list[Period]) -> Iterator[Period]:
    waiting: Period | None = None
    for period in periods:
        if waiting is not None and waiting.step == period.step and waiting.after().first == period.first:
            waiting = Period(waiting.first, period.last, period.step)
            continue
        if waiting is not None:
            yield waiting
        waiting = period
    if waiting is not None:
        yield waiting
