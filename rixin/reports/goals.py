"""How far the goals of a year's plan have come: each is measured by a metric."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from django.utils import timezone

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Goal
from rixin.metrics import compute
from rixin.metrics.figures import Figure
from rixin.people import units
from rixin.reports.answers import Answers, Frame

State = Literal["reached", "on_the_way", "behind", "missed", "not_known"]


@dataclass(frozen=True)
class Progress:
    """`share` of the target, in hundredths, not above 1 hundred for goals that are passed; None where not known."""

    goal: Goal
    figure: Figure
    due: date
    share: Decimal | None
    state: State


def of_year(year: int, answers: Answers) -> list[Progress]:
    """The goals of a year in the report's place, asked once."""
    return answers.remembered(("goals", year), lambda: list(_of_year(year, answers.frame)))


def _of_year(year: int, frame: Frame) -> Iterator[Progress]:
    """The goals of a year for which units of the area, or the one unit, answer; in the order of their file.

    One pass over each source. A goal is measured over the whole of its metric: what others add to it counts too.
    """
    goals = [
        kept.goal
        for kept in versions.work().goals.values()
        if kept.year.year == year and _is_theirs(kept.goal, frame.area, frame.unit)
    ]
    period = Period(date(year, 1, 1), date(year, 12, 31), "year")
    asked = dict.fromkeys(goal.metric for goal in goals)
    figures = compute.figures(asked, period, engine=frame.engine, as_of=frame.as_of)
    today = timezone.localdate(frame.as_of)
    for goal in goals:
        yield progress(goal, figures[goal.metric], period, today)


def _is_theirs(goal: Goal, area: str, unit: str) -> bool:
    if unit:
        return goal.unit == unit
    return not area or units.by_code(goal.unit).area_path.startswith(area)


def progress(goal: Goal, figure: Figure, period: Period, today: date) -> Progress:
    """Behind is what has come less far than the share of its time that is gone."""
    due = date.fromisoformat(goal.due) if goal.due else period.last
    if figure.exact is None:
        return Progress(goal, figure, due, None, "not_known" if today <= due else "missed")
    value = Decimal(figure.exact.numerator) / Decimal(figure.exact.denominator)
    if not goal.least:
        kept = value <= goal.target
        state: State = ("reached" if today > due else "on_the_way") if kept else "missed"
        return Progress(goal, figure, due, None, state)
    share = min(Decimal(100), (value / goal.target * 100)).quantize(Decimal(1), ROUND_HALF_EVEN)
    return Progress(goal, figure, due, share, _state(value >= goal.target, share, period.first, due, today))


def _state(reached: bool, share: Decimal, begins: date, due: date, today: date) -> State:
    if reached:
        return "reached"
    if today > due:
        return "missed"
    gone = Decimal(max((today - begins).days, 0)) / Decimal(max((due - begins).days, 1))
    return "on_the_way" if share / 100 >= gone else "behind"
