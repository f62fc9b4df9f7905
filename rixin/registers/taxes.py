"""What the tenants of buildings paid, year by year: the same sums as the figures have."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from rixin.registers.asked import relation
from rixin.registers.models import Building

TIERS = (100_000_000_00, 10_000_000_00)
"""Fen of tax in a year from which a building is an 亿元楼宇 (100 million yuan) or a 千万元楼宇 (10 million)."""


@dataclass(frozen=True)
class Taxed:
    """`amount`: fen; `last_day`: until when there are returns. `key`: of the row behind a figure."""

    key: int
    building: int
    year: int
    amount: int
    last_day: date

    @property
    def tier(self) -> int:
        """The tier that it reaches, in fen; 0 for none."""
        return next((tier for tier in TIERS if self.amount >= tier), 0)


def building_taxes_of(buildings: Iterable[Building]) -> list[Taxed]:
    """By building and year."""
    ids = {building.code: building.pk for building in buildings}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, building, tax, day FROM ({relation(connection.vendor, 'building_taxes')}) AS rows ORDER BY id"  # noqa: S608 - constants
        )
        rows = cursor.fetchall()
    return [
        Taxed(int(key), ids[code], int(key) % 10_000, int(tax), date(day // 10_000, day // 100 % 100, day % 100))
        for key, code, tax, day in rows
        if code in ids
    ]


def last_full_year(taxed: Iterable[Taxed], day: date) -> int:
    """The latest year that was over on the day and of which returns are known; the year before where there are none."""
    return max((one.year for one in taxed if one.year < day.year), default=day.year - 1)


def by_building(taxed: Iterable[Taxed]) -> dict[int, list[Taxed]]:
    """Of each building its years, the newest first."""
    found: dict[int, list[Taxed]] = defaultdict(list)
    for one in sorted(taxed, key=lambda one: -one.year):
        found[one.building].append(one)
    return found
