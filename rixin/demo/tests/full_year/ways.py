"""A figure's rows and one way in which they can change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Metric

LATER = datetime(2023, 6, 15, 18, 0, tzinfo=LOCAL)
"""When the changes are made: after everything that the demonstration holds."""


@dataclass(frozen=True)
class Leaf:
    """A metric over rows, for one period: the figure itself, or one of the two that it is made of."""

    metric: Metric
    period: Period

    @property
    def source(self) -> str:
        return self.metric.source or ""


@dataclass(frozen=True)
class Way:
    """`rows`: by how much the rows behind the leaf change; `part`: the same of those that a rate counts.

    `like`: what has to stand in the new row, where it is to differ from one that is behind the figure already.
    """

    name: str
    leaf: Leaf
    rows: int
    part: int = 0
    left_out: int = 0
    silent: int = 0
    do: Literal["enter", "enter_draft", "withdraw", "correct", "correct_to_draft", "exclude"] = "enter"
    like: tuple[tuple[str, Any], ...] = ()
    day: date | None = None
    act: Callable[[], object] | None = None
    """Of the registers: what is done."""

    @property
    def touches(self) -> bool:
        """Whether anything changes behind the leaf: which rows there are, or what one of them says."""
        corrected = self.do == "correct" and self.day is None
        return corrected or any((self.rows, self.part, self.left_out, self.silent))


def edges(period: Period) -> Iterator[tuple[str, date, int]]:
    """(what it is called, day, by how many rows the figure changes)"""
    a_day = timedelta(days=1)
    yield "on the first day", period.first, 1
    yield "on the last day", period.last, 1
    yield "the day before the first", period.first - a_day, 0
    yield "the day after the last", period.last + a_day, 0
