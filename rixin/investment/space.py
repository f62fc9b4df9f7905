"""Rooms that are free now or soon, read from the register, for `matching`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rixin.holding import not_over
from rixin.investment.matching import Free, Neighbours, Offer, Why, Wish, offers
from rixin.investment.models import Lead
from rixin.registers.models import Building, Room, Tenancy

SOON = (0, 90, 180, 365)
"""Days for which leases that end are looked at, to choose from."""


@dataclass(frozen=True)
class Placed:
    building: Building
    offer: Offer


def wish_of(lead: Lead) -> Wish:
    return Wish(least=lead.area_least, most=lead.area_most, from_day=lead.wanted_from, rent_most=lead.rent_most)


def places_for(lead: Lead, buildings: Iterable[Building], today: date, within_days: int) -> list[Placed]:
    """In four statements, however many buildings. Leases that end within so many days count as soon free."""
    known = {building.pk: building for building in buildings}
    rooms = list(Room.objects.filter(not_over(today), building__in=known))
    held: dict[int, list[Tenancy]] = defaultdict(list)
    staying = Tenancy.objects.filter(not_over(today), room__in=[room.pk for room in rooms])
    for tenancy in staying.select_related("enterprise"):
        held[tenancy.room_id].append(tenancy)
    rents = _rents(rooms)
    free = [
        one
        for nth, room in _placed(rooms)
        if (one := _free(room, nth, held[room.pk], rents.get(room.pk), today, within_days))
    ]
    found = offers(wish_of(lead), free, _neighbours(rooms, held, lead.section, today), today)
    return [Placed(known[offer.building], offer) for offer in found]


def _placed(rooms: Iterable[Room]) -> list[tuple[int, Room]]:
    """Each room with its position on its floor, by number as people count: 2 before 10."""
    floors: dict[tuple[int, int], list[Room]] = defaultdict(list)
    for room in rooms:
        floors[room.building_id, room.floor].append(room)
    return [
        (nth, room)
        for floor in floors.values()
        for nth, room in enumerate(sorted(floor, key=lambda room: (len(room.number), room.number)))
    ]


def _free(room: Room, place: int, held: list[Tenancy], rent: int | None, today: date, within_days: int) -> Free | None:
    """None where it cannot be had within the days."""
    left = room.area - sum(tenancy.area for tenancy in held)
    why: Why
    if room.from_day > today:
        day, why = room.from_day, "planned"
    elif left > 0:
        day, why = today, "free"
    else:
        ends = _all_end_on(held)
        if ends is None or ends > today + timedelta(days=within_days):
            return None
        left, day, why = room.area, max(ends + timedelta(days=1), today), "lease_ends"
    if left <= 0 or (room.until_day is not None and day >= room.until_day):
        return None
    return Free(
        room=room.pk,
        building=room.building_id,
        floor=room.floor,
        number=room.number,
        place=place,
        area=left,
        free_from=day,
        why=why,
        whole=left == room.area,
        rent=rent,
    )


def _all_end_on(held: list[Tenancy]) -> date | None:
    """The last day on which the last of these tenants is there, by lease or as is known; None where it is not."""
    ends = [tenancy.until_day - timedelta(days=1) if tenancy.until_day else tenancy.lease_end for tenancy in held]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _rents(rooms: Iterable[Room]) -> dict[int, int]:
    """Of each room the rent of its last lease that says one."""
    rows = Tenancy.objects.filter(room__in=[room.pk for room in rooms], rent__isnull=False).order_by("from_day", "pk")
    return {room: rent for room, rent in rows.values_list("room_id", "rent") if rent is not None}


def _neighbours(
    rooms: Iterable[Room], held: dict[int, list[Tenancy]], section: str, today: date
) -> dict[int, Neighbours]:
    tenants: dict[int, dict[int, str]] = defaultdict(dict)
    for room in rooms:
        for tenancy in held[room.pk]:
            if tenancy.from_day <= today:
                tenants[room.building_id][tenancy.enterprise_id] = tenancy.enterprise.section
    return {
        building: Neighbours(
            tenants=len(sections), alike=sum(bool(section) and one == section for one in sections.values())
        )
        for building, sections in tenants.items()
    }
