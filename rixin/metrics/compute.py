"""Asks for figures: takes metrics apart, asks each source once, and puts the answers together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Protocol

from django.utils import timezone

from rixin.catalogue import versions
from rixin.catalogue.report_text import Split
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import Metric
from rixin.metrics.expressions import BITS, COMMUNITY, GRID, counted, table, within
from rixin.metrics.figures import Answer, Figure, Frame, Scaling, figure
from rixin.metrics.only import ALL, Only
from rixin.metrics.relations import columns_of
from rixin.metrics.tallies import Definitions, Question, Tally, question
from rixin.records.periods import Period


class Engine(Protocol):
    """Whatever can answer an Ibis expression over one source."""

    @property
    def name(self) -> str: ...

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """Raises whatever the engine raises when it cannot answer: it is never guessed."""


class UnknownMetric(LookupError):
    """No metric of this code is published."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"No metric “{code}” is published.")


Asked = tuple[str, Period]
"""A metric by code, and the period for which it is asked."""


def figures(
    codes: Iterable[str], period: Period, *, engine: Engine, as_of: datetime, area: str = "", unit: str = ""
) -> dict[str, Figure]:
    """The figures of these metrics, by code in the order asked. Raises UnknownMetric."""
    found = ask([(code, period) for code in codes], engine=engine, as_of=as_of, area=area, unit=unit)
    return {code: one for (code, _period), one in found.items()}


def ask(
    wanted: Iterable[Asked], *, engine: Engine, as_of: datetime, area: str = "", unit: str = "", only: Only = ALL
) -> dict[Asked, Figure]:
    """The same for metrics of several periods: still one pass over each source. Raises UnknownMetric."""
    asked = {(code, period): asked_for(code, period) for code, period in wanted}
    tallies = dict.fromkeys(tally for one in asked.values() for tally in one.all_tallies())
    answers: dict[Tally, Answer] = {}
    for source, group in _by_source(tallies).items():
        rows = within(table(source, columns_of(source)), area, unit, only)
        found = engine.rows(source, counted(rows, columns_of(source), group))
        answers |= _gathered(found, group)
    frame = Frame(area, unit, as_of, timezone.localdate(as_of), only=only)
    scaling = scalings(versions.work())
    return {key: figure(one, answers, scaling, frame) for key, one in asked.items()}


def split(
    code: str,
    period: Period,
    by: Split,
    *,
    engine: Engine,
    as_of: datetime,
    area: str = "",
    unit: str = "",
    only: Only = ALL,
) -> dict[str, Figure]:
    """One metric apart by month (202203), by area (a path), by unit or by kind of matter (a code).

    Only parts in which anything was counted are there. Raises UnknownMetric.
    """
    found = splits([(code, period)], by, engine=engine, as_of=as_of, area=area, unit=unit, only=only)
    return found[code, period]


def splits(
    wanted: Iterable[Asked],
    by: Split,
    *,
    engine: Engine,
    as_of: datetime,
    area: str = "",
    unit: str = "",
    only: Only = ALL,
) -> dict[Asked, dict[str, Figure]]:
    """The same for several metrics: one pass over each source, and by month over each day that decides."""
    asked = {(code, period): asked_for(code, period) for code, period in wanted}
    wide = GRID if len(area) >= COMMUNITY else COMMUNITY
    parts: dict[str, dict[Tally, Answer]] = defaultdict(dict)
    tallies = dict.fromkeys(tally for one in asked.values() for tally in one.all_tallies())
    for (source, _day), group in _for_split(tallies, by).items():
        rows = within(table(source, columns_of(source)), area, unit, only)
        found = engine.rows(source, counted(rows, columns_of(source), group, by, wide))
        for part in {row["split"] for row in found}:
            parts[str(part)] |= _gathered([row for row in found if row["split"] == part], group)
    frame = Frame(area, unit, as_of, timezone.localdate(as_of), part=True, only=only)
    scaling = scalings(versions.work())
    return {
        key: {part: figure(one, parts[part], scaling, frame) for part in sorted(parts) if _any_row(one, parts[part])}
        for key, one in asked.items()
    }


def _for_split(tallies: Iterable[Tally], by: Split) -> dict[tuple[str, str], list[Tally]]:
    """By source; by month also by the day whose month is meant."""
    found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[tally.source, tally.window.day if by == "month" else ""].append(tally)
    return found


def _any_row(asked: Question, answers: Mapping[Tally, Answer]) -> bool:
    return any(answers[tally].rows for tally in asked.all_tallies() if tally in answers)


def asked_for(code: str, period: Period) -> Question:
    """One metric for one period, taken apart. Raises UnknownMetric."""
    known = definitions(versions.work())
    if code not in known.metrics:
        raise UnknownMetric(code)
    return question(known.metrics[code], period, known)


def definitions(work: Work) -> Definitions:
    returns = {code: kept.type.period for code, kept in work.records.items() if kept.type.period}
    return Definitions({code: kept.metric for code, kept in work.metrics.items()}, returns)


def scalings(work: Work) -> dict[str, Scaling]:
    """How each metric's numbers become numbers of its unit, by code."""
    return {code: _scaling(kept.metric, work) for code, kept in work.metrics.items()}


def _scaling(metric: Metric, work: Work) -> Scaling:
    shown = Fraction(work.measures[metric.show.unit].factor)
    if metric.measure != "sum":
        # What is counted is one each of whatever the unit's dimension counts.
        return Scaling(1 / shown, shown)
    column = columns_of(metric.source or "")[metric.field or ""]
    filled_in = Fraction(work.measures[column.unit].factor) if column.unit else Fraction(1)
    record = work.records.get(metric.source or "")
    factor = filled_in / 10**column.decimals / shown
    return Scaling(factor, shown, record.type.period if record else None)


def _by_source(tallies: Iterable[Tally]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[tally.source].append(tally)
    return found


def _gathered(found: Sequence[Mapping[str, Any]], tallies: Sequence[Tally]) -> dict[Tally, Answer]:
    """Groups of equal marks, taken apart into an answer for each tally."""
    answers = dict.fromkeys(tallies, Answer())
    for row in found:
        for nth, tally in enumerate(tallies):
            if int(row[f"mark{nth // BITS}"]) >> nth % BITS & 1:
                answers[tally] += _answer(row, tally)
    return answers


def _answer(row: Mapping[str, Any], tally: Tally) -> Answer:
    told = row[f"apart_{tally.tells_apart}"] if tally.tells_apart else None
    return Answer(
        rows=int(row["rows"]),
        check=int(row["check"]),
        added=int(row[f"sum_{tally.adds}"]) if tally.adds else 0,
        apart=frozenset() if told in (None, "") else frozenset({told}),
    )
