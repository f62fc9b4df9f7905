"""Indicators: figures that come month by month, held to a target of the year. Which they are, the catalogue says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Goal, Metric
from rixin.metrics import compute
from rixin.metrics.comparing import Change, between
from rixin.metrics.compute import Engine
from rixin.metrics.figures import Figure
from rixin.metrics.forecast import BackTest, Forecast, Months, back_test, forecast, total
from rixin.metrics.scope import Place


@dataclass(frozen=True)
class Target:
    """A goal of the year with how far it has come. `share`: of the target, in per cent, above 100 where it is passed.

    `ahead`: by how much the forecast lies above the target, below 0 where it lies under it; None where there is no
    forecast, or where the goal is due before the year is over. `meets`: whether that keeps the goal.
    """

    goal: Goal
    share: Fraction | None
    ahead: Fraction | None

    @property
    def meets(self) -> bool | None:
        if self.ahead is None:
            return None
        return self.ahead >= 0 if self.goal.least else self.ahead <= 0


@dataclass(frozen=True)
class Course:
    """How an indicator goes in a year. Months are those that are counted, in the unit in which the metric is shown."""

    metric: Metric
    year: int
    place: Place
    now: Months
    before: Months
    """Of last year, whole or not; `earlier`: of the year before that."""
    earlier: Months

    @property
    def until(self) -> int:
        """The last month that is there; 0 where none is."""
        return max(self.now, default=0)

    @property
    def gaps(self) -> list[int]:
        """Months before the last one that are not there."""
        return [month for month in range(1, self.until) if month not in self.now]

    @property
    def so_far(self) -> Fraction | None:
        return total(self.now) if self.now else None

    @property
    def same(self) -> Fraction | None:
        """Of last year the same months, gap for gap; None where one of them is not known."""
        known = {month: self.before[month] for month in self.now if month in self.before}
        return total(known) if self.now and len(known) == len(self.now) else None

    @property
    def change(self) -> Change:
        return between(self.so_far, self.same)

    @property
    def gone(self) -> Fraction:
        """The share of the year, in per cent, up to the last month that is there: a gap is behind, not early."""
        return Fraction(self.until, 12) * 100

    @property
    def forecast(self) -> Forecast | None:
        return forecast(self.now, self.before)

    @property
    def back_test(self) -> BackTest | None:
        """Of the same method in the same months of last year; None where this year's forecast is made otherwise."""
        told = self.forecast
        return back_test(self.now, self.before, self.earlier) if told and told.basis == "last_year" else None

    def targets(self, goals: Iterable[Goal]) -> list[Target]:
        return [
            self._target(goal, Fraction(goal.target))
            for goal in goals
            if goal.metric == self.metric.code and goal.target is not None
        ]

    def _target(self, goal: Goal, aim: Fraction) -> Target:
        told = self.forecast
        ends_with_the_year = goal.due is None or date.fromisoformat(goal.due) >= date(self.year, 12, 31)
        return Target(
            goal,
            share=self.so_far / aim * 100 if self.so_far is not None else None,
            ahead=told.amount - aim if told is not None and ends_with_the_year else None,
        )


def indicators() -> list[Metric]:
    """In the order of their files."""
    return [kept.metric for kept in versions.work().metrics.values() if kept.metric.indicator]


def goals_of(year: int) -> list[Goal]:
    return [kept.goal for kept in versions.work().goals.values() if kept.year.year == year]


def courses(
    metrics: Iterable[Metric], year: int, place: Place, *, engine: Engine, as_of: datetime, until: int = 12
) -> list[Course]:
    """One pass over each source, for three years at once. `until`: the year as it stood with this month, 1 to 12."""
    known = list(metrics)
    lasts = {Period.of("year", date(one, 1, 1)): last for one, last in ((year, until), (year - 1, 12), (year - 2, 12))}
    wanted = [(metric.code, one) for metric in known for one in lasts]
    found = compute.splits(wanted, "month", engine=engine, as_of=as_of, area=place.area, unit=place.unit)
    return [
        Course(metric, year, place, *(_months(found[metric.code, one], last) for one, last in lasts.items()))
        for metric in known
    ]


def _months(parts: Mapping[str, Figure], last: int) -> Months:
    months = {int(key[4:]): one.exact for key, one in parts.items() if one.exact is not None}
    return {month: amount for month, amount in months.items() if month <= last}
