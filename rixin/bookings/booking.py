"""Booking a room for a matter, and taking it back: one transaction each, with its event in the timeline.

Two people who book the same room at once come one after the other: the room's own row is locked while it is asked
whether it is free.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from rixin.bookings.models import Booking
from rixin.bookings.rooms import Room, kinds_for, may_book, room_of
from rixin.cases import actions, queries
from rixin.cases.history import ROOM_BOOKED, ROOM_FREED
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.people.staff import Staff
from rixin.records.queries import rooms
from rixin.refused import FieldsRefused

SHORTEST = timedelta(minutes=15)
_AHEAD = timedelta(days=180)


class BookingRefused(FieldsRefused):
    """It cannot be booked like this."""


@dataclass(frozen=True)
class Wanted:
    """A room (id of its record) from one moment up to another, for so many people."""

    room: int
    starts: datetime
    ends: datetime
    people: int


def book(case: Case, wanted: Wanted, *, by: Staff, sending: str, at: datetime) -> Booking:
    """Raises BookingRefused. `sending`: the sender's own key; the same sent twice is one booking."""
    if (before := Booking.objects.filter(sending=sending).first()) is not None:
        return before
    try:
        with transaction.atomic():
            return _book(case, wanted, by, sending, at)
    except IntegrityError:
        if (before := Booking.objects.filter(sending=sending).first()) is None:
            raise
        return before


def _book(case: Case, wanted: Wanted, by: Staff, sending: str, at: datetime) -> Booking:
    case = Case.objects.select_for_update().get(pk=case.pk)
    actor = queries.actor_on(by, case)
    if not may_book(case, actor):
        raise BookingRefused({"": _("You cannot book a room in this matter now.")})
    room = _locked(case, wanted.room)
    _check_time(room, wanted, at)
    _check_room(room, wanted)
    _check_free(case, room, wanted)
    made = Booking.objects.create(
        case=case,
        room=room.record,
        starts_at=wanted.starts,
        ends_at=wanted.ends,
        people=wanted.people,
        booked_by=by.account,
        unit_id=actor.unit_id,
        booked_at=at,
        sending=sending,
    )
    actions.write_down(case, ROOM_BOOKED, by=actor, given=_given(made, room.name), at=at)
    return made


def free(booking: Booking, *, why: str, by: Staff, at: datetime) -> Booking:
    """Takes a booking back before it begins. Raises BookingRefused."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=booking.case_id)
        now = Booking.objects.select_for_update(of=("self",)).select_related("room").get(pk=booking.pk)
        if now.freed_at is not None:
            return now
        if now.starts_at <= at:
            raise BookingRefused({"": _("It has begun already: what was held there is told in the matter.")})
        if not why.strip():
            raise BookingRefused({"why": _("Please say why, so that the others know.")})
        now.freed_at, now.freed_why = at, why.strip()
        now.save(update_fields=["freed_at", "freed_why"])
        kind = versions.record_version(now.room.definition_id).type
        given = {**_given(now, room_of(now.room, kind).name), "reason": now.freed_why}
        actions.write_down(case, ROOM_FREED, by=queries.actor_on(by, case), given=given, at=at)
        return now


def may_free(booking: Booking, by: Staff, at: datetime) -> bool:
    """Whoever booked it, or somebody of the unit for which it was booked, as long as it has not begun."""
    mine = booking.booked_by_id == by.account.pk or booking.unit_id in by.scope.unit_ids
    return mine and booking.freed_at is None and booking.starts_at > at


def _locked(case: Case, room: int) -> Room:
    """The room, locked until the booking is written."""
    kinds = {kind.code: kind for kind in kinds_for(case)}
    row = rooms(kinds).select_for_update().filter(pk=room).first()
    if row is None:
        raise BookingRefused({"room": _("There is no such room (any more). Please choose another one.")})
    return room_of(row, kinds[row.type])


def _check_time(room: Room, wanted: Wanted, at: datetime) -> None:
    day = timezone.localdate(wanted.starts)
    opens, closes = room.hours(day)
    longest = timedelta(minutes=room.rules.longest)
    if wanted.starts < at:
        raise BookingRefused({"starts": _("This time is over.")})
    if wanted.starts > at + _AHEAD:
        raise BookingRefused({"day": _("No room is booked more than half a year ahead.")})
    if wanted.ends - wanted.starts < SHORTEST:
        raise BookingRefused({"ends": _("A booking ends at least a quarter of an hour after it begins.")})
    if wanted.ends - wanted.starts > longest:
        most = _("A booking is no longer than {minutes} minutes.")
        raise BookingRefused({"ends": format_lazy(most, minutes=room.rules.longest)})
    if wanted.starts < opens or wanted.ends > closes:
        hours = _("The room is open from {opens} to {closes}.")
        raise BookingRefused({"starts": format_lazy(hours, opens=room.rules.opens, closes=room.rules.closes)})


def _check_room(room: Room, wanted: Wanted) -> None:
    if not room.is_in_use(timezone.localdate(wanted.starts)):
        raise BookingRefused({"room": _("The room is not in use on that day.")})
    if not room.works:
        reason = _("Line, screen or terminal of this room is out of order. Once it is mended, say so in the register.")
        raise BookingRefused({"room": reason})
    if room.seats is not None and wanted.people > room.seats:
        few = _("The room has {seats} seats.")
        raise BookingRefused({"people": format_lazy(few, seats=room.seats)})


def _check_free(case: Case, room: Room, wanted: Wanted) -> None:
    overlaps = Booking.objects.filter(freed_at=None, starts_at__lt=wanted.ends, ends_at__gt=wanted.starts)
    if (other := overlaps.filter(room=room.record).first()) is not None:
        words = _("The room is taken from {starts} to {ends}.")
        starts, ends = (f"{timezone.localtime(when):%H:%M}" for when in (other.starts_at, other.ends_at))
        raise BookingRefused({"starts": format_lazy(words, starts=starts, ends=ends)})
    if overlaps.filter(case=case).exists():
        raise BookingRefused({"starts": _("A room is booked for this matter at that time already.")})


def _given(booking: Booking, room: str) -> dict[str, object]:
    """What the timeline keeps of it."""
    starts, ends = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
    when = f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"
    return {"booking": booking.pk, "room": room, "when": when, "people": booking.people}
