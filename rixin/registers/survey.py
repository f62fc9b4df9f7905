"""Many buildings on a day, a line each: how full they are, who is registered here, what their tenants paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rixin.registers.models import Building
from rixin.registers.occupancy import Occupancy, occupancies
from rixin.registers.rates import Filled
from rixin.registers.taxes import Taxed, building_taxes_of, by_building, last_full_year

SOON = 180
"""Days within which a lease ends soon."""


@dataclass(frozen=True)
class Line:
    """`last`: tax of the last full year; `current`: of the day's own, as far as there are returns."""

    building: Building
    occupancy: Occupancy
    last: Taxed | None
    current: Taxed | None

    @property
    def ending(self) -> int:
        return ending(self.occupancy)

    @property
    def run_out(self) -> int:
        """Leases that ended before the day, while the tenant is still there."""
        leases = (tenant.lease_end for room in self.occupancy.rooms for tenant in room.tenants)
        return sum(1 for end in leases if end is not None and end < self.occupancy.day)


@dataclass(frozen=True)
class Survey:
    """`full_year`: the year of the lines' `last`."""

    day: date
    full_year: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Total(Filled):
    """Of all lines. A tenant in several buildings counts once. Tax None: of none a return is known."""

    last: int | None
    current: int | None
    ending: int


def survey(buildings: Sequence[Building], day: date) -> Survey:
    """In their order; six statements however many they are."""
    found, taxed = occupancies(buildings, day), building_taxes_of(buildings)
    taxes, year = by_building(taxed), last_full_year(taxed, day)
    return Survey(
        day=day,
        full_year=year,
        lines=tuple(
            Line(one, found[one.pk], _of(taxes.get(one.pk, ()), year), _of(taxes.get(one.pk, ()), day.year))
            for one in buildings
        ),
    )


def total(lines: Sequence[Line]) -> Total:
    tenants = {pk: tenant for line in lines for pk, tenant in line.occupancy.tenants.items()}
    return Total(
        area=sum(line.occupancy.area for line in lines),
        free=sum(line.occupancy.free for line in lines),
        tenants=len(tenants),
        registered=sum(tenant.registered for tenant in tenants.values()),
        last=_sum(line.last for line in lines),
        current=_sum(line.current for line in lines),
        ending=sum(line.ending for line in lines),
    )


def ending(occupancy: Occupancy) -> int:
    """Leases whose last day is within SOON days from the day on, that day included."""
    until = occupancy.day + timedelta(days=SOON)
    leases = (tenant.lease_end for room in occupancy.rooms for tenant in room.tenants)
    return sum(1 for end in leases if end is not None and occupancy.day <= end <= until)


def _sum(taxes: Iterable[Taxed | None]) -> int | None:
    known = [one.amount for one in taxes if one is not None]
    return sum(known) if known else None


def _of(taxes: Sequence[Taxed], year: int) -> Taxed | None:
    return next((one for one in taxes if one.year == year), None)
