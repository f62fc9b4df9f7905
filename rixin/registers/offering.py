"""Rooms that can be let from a day on, wherever they are. Areas in square decimetres."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from rixin.registers.letting import from_then_on
from rixin.registers.models import Building, Room


@dataclass(frozen=True)
class FreeRoom:
    """`free`: what nobody has on the day or takes later; `letting.let` would let as much."""

    room: int
    building: int
    floor: int
    number: str
    use: str
    area: int
    free: int


def free_rooms(buildings: Iterable[Building], day: date) -> list[FreeRoom]:
    """By building, from the top down; one statement. Rooms that are to be closed are not among them."""
    rooms = (
        Room.objects.filter(building__in=[one.pk for one in buildings], from_day__lte=day, until_day=None)
        .annotate(free=F("area") - Coalesce(Sum("tenancies__area", filter=from_then_on(day, "tenancies__")), 0))
        .filter(Q(free__gt=0))
        .order_by("building__code", "-floor", "number")
    )
    columns = ("pk", "building_id", "floor", "number", "use", "area", "free")
    return [FreeRoom(*row) for row in rooms.values_list(*columns)]
