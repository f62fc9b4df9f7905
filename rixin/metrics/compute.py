"""Asks for figures: takes metrics apart, asks each source once, and puts the answers together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import takewhile
from typing import Any, Protocol

from django.utils import timezone

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Split
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import Metric
from rixin.metrics.expressions import Counting, Cut, Marks
from rixin.metrics.figures import Answer, Figure, Frame, Scaling, figure
from rixin.metrics.only import ALL, Only
from rixin.metrics.relations import columns_of
from rixin.metrics.tallies import Definitions, Question, Tally, question


class Engine(Protocol):
    """Whatever can answer a question over one source."""

    @property
    def name(self) -> str: ...

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """Of an Ibis expression over one source. Raises whatever the engine raises: an answer is never guessed."""

    def count(self, asked: Counting) -> list[dict[str, Any]]:
        """The rows of `counted(asked)`."""


class UnknownMetric(LookupError):
    """No metric of this code is published."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"No metric “{code}” is published.")


Asked = tuple[str, Period]
"""A metric by code, and the period for which it is asked."""
Placed = tuple[str, Period, str]
"""The same with the path of the area."""


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
    placed = [(code, period, area) for code, period in wanted]
    found = ask_at(placed, engine=engine, as_of=as_of, unit=unit, only=only)
    return {(code, period): one for (code, period, _area), one in found.items()}


def ask_at(
    wanted: Iterable[Placed], *, engine: Engine, as_of: datetime, unit: str = "", only: Only = ALL
) -> dict[Placed, Figure]:
    """The same for several areas too: one pass over each source for areas of one level. Raises UnknownMetric."""
    found: dict[Placed, Figure] = {}
    scaling, today = scalings(versions.work()), timezone.localdate(as_of)
    for wide, group in _by_width(wanted).items():
        asked = {(code, period): asked_for(code, period) for code, period, _area in group}
        areas = sorted({area for _code, _period, area in group})
        by: Split | None = "area" if len(areas) > 1 else None
        parts = _parts(asked.values(), Cut(_common(areas), unit, only, by, wide), engine)
        for code, period, area in group:
            answers = parts[area] if by is not None else parts[""]
            frame = Frame(area, unit, as_of, today, only=only)
            found[code, period, area] = figure(asked[code, period], answers, scaling, frame)
    return found


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
    also: Collection[str] = (),
) -> dict[str, Figure]:
    """One metric apart by month (202203), by area (a path), by unit or by kind of matter (a code).

    Only parts in which anything was counted are there, and those of `also`. Raises UnknownMetric.
    """
    found = splits([(code, period)], by, engine=engine, as_of=as_of, area=area, unit=unit, only=only, also=also)
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
    also: Collection[str] = (),
) -> dict[Asked, dict[str, Figure]]:
    """The same for several metrics: one pass over each source, and by month over each day that decides."""
    asked = {(code, period): asked_for(code, period) for code, period in wanted}
    parts = _parts(asked.values(), Cut(area, unit, only, by), engine)
    frame = Frame(area, unit, as_of, timezone.localdate(as_of), part=True, only=only)
    scaling = scalings(versions.work())
    return {
        key: {
            part: figure(one, parts.get(part, {}), scaling, frame)
            for part in sorted({*parts, *also})
            if part in also or _any_row(one, parts[part])
        }
        for key, one in asked.items()
    }


def _parts(asked: Iterable[Question], cut: Cut, engine: Engine) -> dict[str, dict[Tally, Answer]]:
    """The answers apart, or all of them under "" where nothing is told apart; an empty part has none."""
    tallies = dict.fromkeys(tally for one in asked for tally in one.all_tallies())
    parts: dict[str, dict[Tally, Answer]] = defaultdict(dict)
    for (source, _day), group in _for_one_pass(tallies, cut.by).items():
        found = engine.count(Counting(source, tuple(columns_of(source).items()), tuple(group), cut))
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in found:
            groups[str(row["split"]) if cut.by is not None else ""].append(row)
        for part, rows in groups.items():
            parts[part] |= _gathered(rows, group)
    return parts


def _for_one_pass(tallies: Iterable[Tally], by: Split | None) -> dict[tuple[str, str], list[Tally]]:
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
    if not metric.adds:
        # What is counted is one each of whatever the unit's dimension counts.
        return Scaling(1 / shown, shown)
    column = columns_of(metric.source or "")[metric.adds]
    filled_in = Fraction(work.measures[column.unit].factor) if column.unit else Fraction(1)
    record = work.records.get(metric.source or "")
    factor = filled_in / 10**column.decimals / shown
    return Scaling(factor, shown, record.type.period if record else None)


def _by_width(wanted: Iterable[Placed]) -> dict[int, list[Placed]]:
    """By the length of the area's path: those of one level have one length."""
    found: dict[int, list[Placed]] = defaultdict(list)
    for placed in wanted:
        found[len(placed[2])].append(placed)
    return found


def _common(paths: Sequence[str]) -> str:
    """What all of them begin with; they are sorted."""
    pairs = zip(paths[0], paths[-1], strict=False)
    return "".join(one for one, _other in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _gathered(found: Sequence[Mapping[str, Any]], tallies: Sequence[Tally]) -> dict[Tally, Answer]:
    """Groups of equal marks, put together to an answer for each tally."""
    marks = Marks(tallies)
    groups = [(marks.read(row), row) for row in found]
    return {tally: _answer(tally, [row for mark, row in groups if marks.belongs(mark, tally)]) for tally in tallies}


def _answer(tally: Tally, groups: Sequence[Mapping[str, Any]]) -> Answer:
    told = {row[f"apart_{tally.tells_apart}"] for row in groups} if tally.tells_apart else set()
    return Answer(
        rows=sum(int(row["rows"]) for row in groups),
        check=sum(int(row["check"]) for row in groups),
        added=sum(int(row[f"sum_{tally.adds}"]) for row in groups) if tally.adds else 0,
        apart=frozenset(told - {None, ""}),
    )
