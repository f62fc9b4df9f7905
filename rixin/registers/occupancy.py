"""A building on a day: floor by floor who has which room, and what is empty. Areas in square decimetres.

Vacancy is empty over lettable area. The local-registration rate is tenants that are registered here over tenants; a
tenant with several rooms counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet, Sum

from rixin.holding import holding
from rixin.registers.models import Building, Measured, Return, Room, StandingSpan, Tenancy
from rixin.registers.models.enterprises import REGISTERED


@dataclass(frozen=True)
class Tenant:
    """One tenancy as it is on the day. `tax`: fen that its tenant paid in a year before the day; None: not known."""

    tenancy: int
    enterprise: int
    name: str
    section: str
    area: int
    from_day: date
    lease_end: date | None
    registered: bool
    tax: int | None


@dataclass(frozen=True)
class RoomOn:
    room: int
    number: str
    use: str
    area: int
    tenants: tuple[Tenant, ...]

    @property
    def free(self) -> int:
        return self.area - sum(tenant.area for tenant in self.tenants)


@dataclass(frozen=True)
class Floor:
    floor: int
    rooms: tuple[RoomOn, ...]

    @property
    def area(self) -> int:
        return sum(room.area for room in self.rooms)

    @property
    def free(self) -> int:
        return sum(room.free for room in self.rooms)


@dataclass(frozen=True)
class Occupancy:
    """`floors` from the top down."""

    day: date
    floors: tuple[Floor, ...]

    @property
    def rooms(self) -> list[RoomOn]:
        return [room for floor in self.floors for room in floor.rooms]

    @property
    def area(self) -> int:
        return sum(floor.area for floor in self.floors)

    @property
    def free(self) -> int:
        return sum(floor.free for floor in self.floors)

    @property
    def let(self) -> int:
        return self.area - self.free

    @property
    def vacancy(self) -> Fraction | None:
        """None where there is nothing to let."""
        return Fraction(self.free, self.area) if self.area else None

    @property
    def tenants(self) -> dict[int, Tenant]:
        """One tenancy of each, by the id of the enterprise."""
        return {tenant.enterprise: tenant for room in self.rooms for tenant in room.tenants}

    @property
    def local_rate(self) -> Fraction | None:
        """None where nobody is."""
        tenants = self.tenants.values()
        return Fraction(sum(tenant.registered for tenant in tenants), len(tenants)) if tenants else None


def occupancies(buildings: Iterable[Building], day: date, *, tax_year: int | None = None) -> dict[int, Occupancy]:
    """By id, in five statements however many they are. `tax_year`: of which tax is told; None: the one before."""
    ids = [building.pk for building in buildings]
    rooms = list(Room.objects.filter(holding(day), building__in=ids))
    held = list(
        tenancies()
        .filter(holding(day), room__building__in=ids)
        .select_related("enterprise")
        .only("room_id", "area", "from_day", "until_day", "lease_end", "enterprise__name", "enterprise__section")
    )
    enterprises = {tenancy.enterprise_id for tenancy in held}
    registered, tax = _registered(enterprises, day), taxes_paid(enterprises, tax_year or day.year - 1)
    by_room: dict[int, list[Tenant]] = defaultdict(list)
    for one in held:
        by_room[one.room_id].append(_tenant(one, registered, tax))
    floors: dict[int, dict[int, list[RoomOn]]] = {pk: defaultdict(list) for pk in ids}
    for room in rooms:
        floors[room.building_id][room.floor].append(
            RoomOn(room.pk, room.number, room.use, room.area, tuple(by_room[room.pk]))
        )
    return {
        pk: Occupancy(day, tuple(Floor(floor, tuple(found)) for floor, found in sorted(one.items(), reverse=True)))
        for pk, one in floors.items()
    }


def occupancy(building: Building, day: date, *, tax_year: int | None = None) -> Occupancy:
    return occupancies([building], day, tax_year=tax_year)[building.pk]


def tenancies() -> "QuerySet[Tenancy]":
    """Without those of entries that were taken out of the register."""
    return Tenancy.objects.filter(enterprise__withdrawn=False)


def _tenant(tenancy: Tenancy, registered: set[int], tax: Mapping[int, int]) -> Tenant:
    enterprise = tenancy.enterprise
    return Tenant(
        tenancy=tenancy.pk,
        enterprise=enterprise.pk,
        name=enterprise.name,
        section=enterprise.section,
        area=tenancy.area,
        from_day=tenancy.from_day,
        lease_end=tenancy.lease_end,
        registered=enterprise.pk in registered,
        tax=tax.get(enterprise.pk),
    )


def _registered(enterprises: set[int], day: date) -> set[int]:
    spans = StandingSpan.objects.filter(holding(day), enterprise__in=enterprises, standing__in=REGISTERED)
    return set(spans.values_list("enterprise_id", flat=True))


def taxes_paid(enterprises: Iterable[int], year: int) -> dict[int, int]:
    """Fen by enterprise; only for who may read what single enterprises pay."""
    rows = Return.objects.filter(enterprise__in=enterprises, measured=Measured.TAX, last_day__year=year)
    return dict(rows.values_list("enterprise_id").annotate(paid=Sum("amount")).order_by())
