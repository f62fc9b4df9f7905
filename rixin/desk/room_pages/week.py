"""What is booked in each room on each day of a week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from rixin.bookings.models import Booking
from rixin.bookings.rooms import Room, taken
from rixin.cases import queries
from rixin.cases.models import Case
from rixin.people.staff import Staff

DAYS = 7


@dataclass(frozen=True)
class Taken:
    """`case`: only of a matter that the person may see; otherwise the room is simply taken."""

    booking: Booking
    case: Case | None


@dataclass(frozen=True)
class Line:
    room: Room
    days: list[tuple[date, bool, list[Taken]]]
    """(day, in use that day, what is booked)"""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def plan(rooms: Sequence[Room], first: date, staff: Staff, days: int = DAYS) -> list[Line]:
    found = list(taken(rooms, first, days))
    mine = {case.pk: case for case in queries.visible_to(staff).filter(pk__in={one.case_id for one in found})}
    cells: dict[tuple[int, date], list[Taken]] = defaultdict(list)
    for one in found:
        cells[one.room_id, timezone.localdate(one.starts_at)].append(Taken(one, mine.get(one.case_id)))
    week = [first + timedelta(days=nth) for nth in range(days)]
    return [Line(room, [(day, room.is_in_use(day), cells[room.record.pk, day]) for day in week]) for room in rooms]
