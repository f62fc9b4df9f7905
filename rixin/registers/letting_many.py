"""Rooms let to many at once, as a table brings them: the same rules as one by one, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.fitting import Space, Taking, space_of, takings
from rixin.registers.letting import Lease, let_changes, settle_buildings, still_here
from rixin.registers.models import Enterprise, RegisterEvent, Room, Tenancy


@dataclass(frozen=True)
class Letting:
    room: Room
    enterprise: Enterprise
    lease: Lease


@transaction.atomic
def let_all(
    lettings: Sequence[Letting], *, by: Actor, at: datetime, today: date, batch: int | None = None
) -> list[Tenancy]:
    """Each enterprise as it was seen has its room from a day on. All of them or none.

    Who works elsewhere is not brought back by it, other than by `letting.let`: say so first. Raises ChangedMeanwhile,
    RegisterRefused.
    """
    rooms = _locked({one.room.pk for one in lettings})
    taken = takings(rooms)
    made: list[Tenancy] = []
    events: list[RegisterEvent] = []
    for one in lettings:
        still_here(one.enterprise)
        room, lease = rooms[one.room.pk], one.lease
        area = Space.of(room, taken[room.pk]).fitting(lease.area, lease.from_day, lease.lease_end)
        taken[room.pk].append(Taking(one.enterprise.pk, lease.from_day, None, area))
        made.append(
            Tenancy(
                room=room,
                enterprise=one.enterprise,
                area=area,
                from_day=lease.from_day,
                lease_end=lease.lease_end,
                rent=lease.rent,
            )
        )
        changes = let_changes(room, lease)
        events.append(
            journal.event(
                "let", by, at, enterprise=one.enterprise, building=room.building, changes=changes, batch=batch
            )
        )
    journal.touch_all([one.enterprise for one in lettings], at)
    rows = Tenancy.objects.bulk_create(made, batch_size=journal.BATCH)
    RegisterEvent.objects.bulk_create(events, batch_size=journal.BATCH)
    settle_buildings([one.enterprise.pk for one in lettings], today)
    return rows


def _locked(ids: set[int]) -> dict[int, Room]:
    found: dict[int, Room] = {}
    wanted = sorted(ids)
    for first in range(0, len(wanted), journal.BATCH):
        rows = Room.objects.select_for_update(of=("self",)).select_related("building")
        found |= {room.pk: room for room in rows.filter(pk__in=wanted[first : first + journal.BATCH])}
    return found


def is_free(tenancy: Tenancy, day: date) -> bool:
    """Whether what it has of its room is nobody else's from the day on."""
    space = space_of(tenancy.room)
    return space.until_day is None and space.free(day) >= tenancy.area
