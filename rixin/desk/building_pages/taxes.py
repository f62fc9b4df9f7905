"""What the tenants of a building paid, year by year: sums, which all may see who see the building."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rixin.desk.building_pages import wording
from rixin.registers.taxes import Taxed

MOST = 6


@dataclass(frozen=True)
class Year:
    """`filled`: per cent of the year with most tax; `until`: last day of which there are returns, of a part year."""

    year: int
    tax: str
    tier: str
    filled: int
    until: date | None


def years(taxed: Iterable[Taxed]) -> list[Year]:
    """Of one building, the newest first."""
    known = sorted(taxed, key=lambda one: -one.year)[:MOST]
    most = max((one.amount for one in known), default=0)
    return [
        Year(
            year=one.year,
            tax=wording.money(one.amount),
            tier=wording.tier(one),
            filled=round(100 * max(one.amount, 0) / most) if most > 0 else 0,
            until=None if (one.last_day.month, one.last_day.day) == (12, 31) else one.last_day,
        )
        for one in known
    ]
