"""What the page of a matter and the forms of its actions know of the rooms that are booked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from rixin.bookings.booking import may_free
from rixin.bookings.models import Booking
from rixin.bookings.rooms import all_kinds, may_book, of_case, room_of
from rixin.cases import queries
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.people.staff import Staff


@dataclass(frozen=True)
class Held:
    booking: Booking
    room: str
    may_free: bool


@dataclass(frozen=True)
class RoomCard:
    bookings: list[Held]
    may_book: bool


def of_page(case: Case, staff: Staff, at: datetime) -> RoomCard:
    held = [Held(one, name_of(one), may_free(one, staff, at)) for one in of_case(case)]
    return RoomCard(held, may_book(case, queries.actor_on(staff, case)))


def name_of(booking: Booking) -> str:
    return room_of(booking.room, versions.record_version(booking.room.definition_id).type).name


def held_in(case: Case, action: str, at: datetime) -> dict[str, Any]:
    """What is known beforehand of a session: the room booked for it last, its day and for how many people."""
    if all(kind.booked is None or kind.booked.action != action for kind in all_kinds()):
        return {}
    begun = of_case(case).filter(freed_at=None, starts_at__lte=at).last()
    if begun is None:
        return {}
    return {"room": name_of(begun), "day": timezone.localdate(begun.starts_at), "people": begun.people}
