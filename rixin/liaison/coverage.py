"""How many enterprises were called at in a period, told apart by officer, building or month. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rixin.catalogue.periods import Period


@dataclass(frozen=True)
class Call:
    """One visit to one enterprise."""

    enterprise: int
    day: date
    by: int | None
    problem: bool = False


@dataclass(frozen=True)
class Line:
    """`enterprises`: how many there are to call at; `visited`: how many of them at least once; `visits`: to them."""

    key: str
    enterprises: int
    visited: int
    visits: int
    problems: int

    @property
    def share(self) -> Fraction | None:
        """None where there is nobody to call at."""
        return Fraction(self.visited, self.enterprises) if self.enterprises else None

    @property
    def missed(self) -> int:
        return self.enterprises - self.visited


def line(key: str, enterprises: Collection[int], calls: Iterable[Call]) -> Line:
    """Of the calls those at the enterprises count, whoever made them."""
    within = set(enterprises)
    theirs = [call for call in calls if call.enterprise in within]
    return Line(
        key=key,
        enterprises=len(within),
        visited=len({call.enterprise for call in theirs}),
        visits=len(theirs),
        problems=sum(call.problem for call in theirs),
    )


def by_group(groups: Mapping[str, Collection[int]], calls: Iterable[Call]) -> list[Line]:
    """A line for each group of enterprises, in the order given."""
    of: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        of[call.enterprise].append(call)
    return [line(key, group, (call for pk in group for call in of.get(pk, ()))) for key, group in groups.items()]


def by_month(period: Period, enterprises: Collection[int], calls: Iterable[Call], until: date) -> list[Line]:
    """A line for each month of the period that has begun by `until`."""
    months = [month for month in period.parts("month") if month.first <= until]
    of: dict[Period, list[Call]] = defaultdict(list)
    for call in calls:
        of[Period.of("month", call.day)].append(call)
    return [line(str(month), enterprises, of[month]) for month in months]
