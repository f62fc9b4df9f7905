"""What an enterprise paid and made, year by year, each compared with the same months of the year before. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rixin.catalogue.periods import Period
from rixin.registers.models import Measured, Return

_WHOLE = {"year": 1, "quarter": 4, "month": 12}
"""How many returns of each length make a year."""


@dataclass(frozen=True)
class Year:
    """`amount` in fen, until `last_day`. `before`: fen of the same periods a year earlier; None: not all are known."""

    measured: Measured
    year: int
    amount: int
    last_day: date
    before: int | None

    @property
    def whole(self) -> bool:
        """Whether it has returns to the year's end."""
        return self.last_day == date(self.year, 12, 31)


def by_year(returns: Iterable[Return]) -> list[Year]:
    """The newest first, of each year what was measured in the order of `Measured`."""
    sorted_: dict[tuple[Measured, int], dict[str, Return]] = defaultdict(dict)
    for row in returns:
        sorted_[Measured(row.measured), row.last_day.year][row.period] = row
    years = [_year(key, rows, sorted_.get((key[0], key[1] - 1), {})) for key, rows in sorted_.items()]
    return sorted(years, key=lambda one: (-one.year, list(Measured).index(one.measured)))


def _year(key: tuple[Measured, int], rows: Mapping[str, Return], earlier: Mapping[str, Return]) -> Year:
    measured, year = key
    amount = sum(row.amount for row in rows.values())
    last_day = max(row.last_day for row in rows.values())
    same = [earlier.get(f"{year - 1}{period[4:]}") for period in rows]
    before: int | None = None
    if all(same):
        before = sum(row.amount for row in same if row)
    elif _is_whole(rows) and _is_whole(earlier):
        before = sum(row.amount for row in earlier.values())
    return Year(measured, year, amount, last_day, before)


def _is_whole(rows: Mapping[str, Return]) -> bool:
    steps = [Period.read(period).step for period in rows]
    return bool(steps) and len(steps) == _WHOLE.get(steps[0], 0)
