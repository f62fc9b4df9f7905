"""What a planned rebuild of a building would mean for its area, its tenants and their tax. Pure; nothing is saved.

Areas in square decimetres, money in fen. Who must move is placed into the rooms that are free elsewhere: the largest
need first, each into the smallest room of the same use that takes it whole. That is an estimate of whether there is
enough room, not a proposal of who goes where.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from rixin.registers.journal import RegisterRefused
from rixin.registers.occupancy import Occupancy, RoomOn, Tenant
from rixin.registers.offering import FreeRoom
from rixin.registers.roomlines import RoomLine

_A_YEAR = 365
_PER_METRE = 100
"""Square decimetres of a square metre, as areas are kept."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`going`: ids of rooms that are there until `from_day`; `coming`: rooms that are there from `until_day` on.

    `let_share`: of the coming area, 0 to 1. `tax_per_metre`: fen a year and let square metre of them.
    """

    going: frozenset[int]
    coming: tuple[RoomLine, ...]
    from_day: date
    until_day: date
    let_share: Fraction
    tax_per_metre: int


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What is known of the tax of the last full year: `building` the sum of its tenants, None: not known.

    `per_metre`: the same by let square metre. `tenants`: by enterprise, only for who may read it.
    """

    building: int | None = None
    per_metre: int | None = None
    tenants: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Mover:
    """A tenancy that loses its room. `fitting`: how many free rooms would take it; `place`: the one kept for it."""

    tenant: Tenant
    room: RoomOn
    fitting: int
    place: FreeRoom | None


@dataclass(frozen=True)
class Foreseen:
    """`at_stake`: tax of those who must move over the time of the rebuild, if all leave the sub-district for it;
    `at_stake_unplaced`: if those for whom there is a free room stay. None: not known."""

    before: int
    during: int
    after: int
    movers: tuple[Mover, ...]
    moving: int
    placed: int
    days: int
    at_stake: int | None
    at_stake_unplaced: int | None
    yearly_before: int | None
    yearly_staying: int | None
    yearly_coming: int

    @property
    def unplaced(self) -> int:
        return self.moving - self.placed

    @property
    def tenants(self) -> int:
        """How many must move; one with several rooms counts once."""
        return len({mover.tenant.enterprise for mover in self.movers})

    @property
    def yearly_after(self) -> int | None:
        return None if self.yearly_staying is None else self.yearly_staying + self.yearly_coming


def foresee(plan: Plan, there: Occupancy, free: Sequence[FreeRoom], paid: Paid) -> Foreseen:
    """`there`: the building as it would be on `from_day` without the rebuild; `free`: rooms that stay, anywhere.

    Raises RegisterRefused.
    """
    _sound(plan)
    going = [room for room in there.rooms if room.room in plan.going]
    movers = _placed(going, [room for room in free if room.room not in plan.going])
    lost, coming = sum(room.area for room in going), sum(room.area for room in plan.coming)
    unplaced = [mover for mover in movers if mover.place is None]
    days = (plan.until_day - plan.from_day).days
    yearly = _yearly(movers, paid)
    staying = None if paid.building is None or yearly is None else max(paid.building - yearly, 0)
    return Foreseen(
        before=there.area,
        during=there.area - lost,
        after=there.area - lost + coming,
        movers=movers,
        moving=_area(movers),
        placed=_area(movers) - _area(unplaced),
        days=days,
        at_stake=_over(days, yearly),
        at_stake_unplaced=_over(days, _yearly(unplaced, paid)),
        yearly_before=paid.building,
        yearly_staying=staying if _area(movers) < there.let else 0,
        yearly_coming=round(Fraction(coming, _PER_METRE) * plan.let_share * plan.tax_per_metre),
    )


def per_metre(tax: int, let: int) -> int | None:
    """Fen a year and let square metre; None where nothing was let."""
    return round(Fraction(tax * _PER_METRE, let)) if let else None


def _sound(plan: Plan) -> None:
    if plan.until_day <= plan.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "until_day")
    if not 0 <= plan.let_share <= 1:
        raise RegisterRefused("no_share", _("A share lies between 0 and 100 %."), "let_share")
    if plan.tax_per_metre < 0:
        raise RegisterRefused("no_tax", _("Tax per m² is 0 or more."), "tax_per_metre")


def _placed(going: Sequence[RoomOn], free: Sequence[FreeRoom]) -> tuple[Mover, ...]:
    left = {room.room: room.free for room in free}
    needs = [(tenant, room) for room in going for tenant in room.tenants]
    found: list[Mover] = []
    for tenant, room in sorted(needs, key=lambda need: (-need[0].area, need[0].tenancy)):
        alike = [one for one in free if one.use == room.use]
        taking = [one for one in alike if left[one.room] >= tenant.area]
        place = min(taking, key=lambda one: (left[one.room], one.room), default=None)
        if place is not None:
            left[place.room] -= tenant.area
        found.append(Mover(tenant, room, sum(one.free >= tenant.area for one in alike), place))
    return tuple(found)


def _area(movers: Sequence[Mover]) -> int:
    return sum(mover.tenant.area for mover in movers)


def _yearly(movers: Sequence[Mover], paid: Paid) -> int | None:
    """What they paid in the last full year; by their area where single payments are not known or not to be seen."""
    if paid.tenants is not None:
        return sum(paid.tenants.get(one, 0) for one in {mover.tenant.enterprise for mover in movers})
    if paid.per_metre is None:
        return None
    return round(Fraction(_area(movers) * paid.per_metre, _PER_METRE))


def _over(days: int, yearly: int | None) -> int | None:
    return None if yearly is None else round(Fraction(yearly * days, _A_YEAR))
