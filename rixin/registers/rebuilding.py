"""A rebuild that was decided: the old rooms end on a day, the new ones begin on another. One transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rixin.people.actors import Actor
from rixin.registers import letting
from rixin.registers.journal import RegisterRefused
from rixin.registers.letting import NewRoom
from rixin.registers.models import Building, Room
from rixin.registers.rebuild import Plan


@transaction.atomic
def save(building: Building, plan: Plan, *, by: Actor, at: datetime, seen: int) -> None:
    """All of the plan or nothing. Raises ChangedMeanwhile, and RegisterRefused where somebody has a room still."""
    for room in Room.objects.filter(building=building, pk__in=plan.going).order_by("pk"):
        try:
            letting.close_room(room, plan.from_day, by=by, at=at, seen=seen, reason=_("Planned rebuild"))
        except RegisterRefused as refused:
            said = _("Room {number}: {reason}").format(number=room.number, reason=refused.message)
            raise RegisterRefused(refused.code, said, "going") from None
        seen += 1
    if plan.coming:
        letting.add_rooms(building, _new(plan), by=by, at=at, seen=seen)
    building.refresh_from_db()


def _new(plan: Plan) -> Iterable[NewRoom]:
    return (
        NewRoom(floor=one.floor, number=one.number, area=one.area, use=one.use, from_day=plan.until_day)
        for one in plan.coming
    )
