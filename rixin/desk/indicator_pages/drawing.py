"""The months of a year beside those of the year before, as a small drawing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rixin.metrics.forecast import Months

HIGH = 48
STEP, WIDE = 20, 7
"""Of a month, and of one of its two bars. Above HIGH the months have their names."""


@dataclass(frozen=True)
class Bar:
    """`now`: of this year; otherwise of the year before."""

    x: int
    y: int
    height: int
    now: bool


def bars(now: Months, before: Months) -> list[Bar]:
    """What is known, a year's bars on one scale. What is below nothing has no height."""
    most = max([*now.values(), *before.values()], default=Fraction())
    if most <= 0:
        return []
    return [*_of(before, most, 2, now=False), *_of(now, most, 2 + WIDE + 1, now=True)]


def _of(months: Mapping[int, Fraction], most: Fraction, left: int, *, now: bool) -> list[Bar]:
    heights = {month: -(-max(amount, Fraction()) * (HIGH - 2) // most) for month, amount in months.items()}
    return [Bar((month - 1) * STEP + left, HIGH - height, height, now) for month, height in sorted(heights.items())]
