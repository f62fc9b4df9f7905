"""What a year will come to by one simple method, stated beside the number; and how far off it was a year ago. Pure.

Amounts are exact, and in one unit, whichever it is. A month that is not known is not there: 0 is known, and nothing.
The method: the months so far × (last year's whole year ÷ the same months of last year). It takes the course of last
year for granted, such as a quiet February, and nothing else. Where last year cannot be used: the mean of the months
so far × 12.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Months = Mapping[int, Fraction]
"""The amounts of a year's months, 1 to 12."""
YEAR = frozenset(range(1, 13))
LEAST = 2
"""Months without which nothing is foretold: one alone says little of a year."""
Basis = Literal["complete", "last_year", "mean_for_gaps", "mean_for_nothing"]
"""`complete`: all months are there, and their sum is the year. `last_year`: as last year went. The mean of the months:
`mean_for_gaps` since last year has months that are not known, `mean_for_nothing` since it has nothing to divide by."""


@dataclass(frozen=True)
class Forecast:
    """`amount`: of the whole year. `so_far`: of the `months` that are there, with gaps or not.

    `same` and `whole`: of last year, the same months and all of them; None where last year was not used.
    """

    amount: Fraction
    basis: Basis
    months: int
    so_far: Fraction
    same: Fraction | None = None
    whole: Fraction | None = None


@dataclass(frozen=True)
class BackTest:
    """What the method would have said of a year that is over, and what it came to (never 0)."""

    said: Fraction
    came: Fraction

    @property
    def wrong(self) -> Fraction:
        """By how much it was wrong, in per cent of what came; above 0 where it said too much."""
        return (self.said - self.came) / abs(self.came) * 100


def forecast(now: Months, last_year: Months) -> Forecast | None:
    """None where fewer than LEAST months are there. More money in a month never lowers it."""
    if len(now) < LEAST:
        return None
    so_far = total(now)
    if now.keys() >= YEAR:
        return Forecast(so_far, "complete", len(now), so_far)
    if not last_year.keys() >= YEAR:
        return Forecast(so_far / len(now) * 12, "mean_for_gaps", len(now), so_far)
    whole, same = total(last_year), total({month: last_year[month] for month in now})
    if same <= 0 or whole < 0:
        # Months may be negative where money was paid back. Turned around by such a share, more would lead to less.
        return Forecast(so_far / len(now) * 12, "mean_for_nothing", len(now), so_far)
    return Forecast(so_far * whole / same, "last_year", len(now), so_far, same, whole)


def back_test(months: Collection[int], year: Months, year_before: Months) -> BackTest | None:
    """What would have been said of `year`, which is over, had only these months of it been there.

    None unless both years are whole and last year's course could be used: otherwise another method would be tested.
    """
    if not year.keys() >= YEAR:
        return None
    told = forecast({month: year[month] for month in months}, year_before)
    if told is None or told.basis != "last_year" or not (came := total(year)):
        return None
    return BackTest(told.amount, came)


def total(months: Months) -> Fraction:
    return sum(months.values(), Fraction())
