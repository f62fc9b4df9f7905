"""Which rooms there are, when each is free, and in which matters somebody may book one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from rixin.bookings.models import Booking
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.work_schema import Booked, RecordType
from rixin.people.actors import Actor
from rixin.records import queries
from rixin.records.models import Record


@dataclass(frozen=True)
class Room:
    """One room of a register, on the terms of its type. `seats` None: it is not said for how many there is room."""

    record: Record
    name: str
    rules: Booked
    seats: int | None
    works: bool

    def is_in_use(self, day: date) -> bool:
        return self.record.day <= day and queries.is_in_force(self.record, day)

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """From when until when it is open that day."""
        opens, closes = (time.fromisoformat(written) for written in (self.rules.opens, self.rules.closes))
        here = timezone.get_default_timezone()
        return datetime.combine(day, opens, here), datetime.combine(day, closes, here)


def kinds_for(case: Case) -> list[RecordType]:
    """The kinds of room that can be booked in such a matter. No query."""
    actions = versions.version(case.definition_id).rules.lifecycle.actions
    kinds = (version.type for version in versions.records())
    return [kind for kind in kinds if kind.booked is not None and kind.booked.action in actions]


def may_book(case: Case, by: Actor) -> bool:
    """Whether what is held in such a room can be done in the matter as it stands, by this person. No query."""
    actions = versions.version(case.definition_id).rules.lifecycle.actions
    steps = (actions[kind.booked.action] for kind in kinds_for(case) if kind.booked is not None)
    return any(case.state in step.from_ and not by.roles.isdisjoint(step.roles) for step in steps)


def rooms(kinds: Iterable[RecordType]) -> list[Room]:
    """Every room of these kinds that counts, by name."""
    known = {kind.code: kind for kind in kinds}
    rows = queries.rooms(known)
    return sorted((room_of(row, known[row.type]) for row in rows), key=lambda room: (room.name, room.record.pk))


def all_kinds() -> list[RecordType]:
    return [version.type for version in versions.records() if version.type.booked is not None]


def room_of(row: Record, kind: RecordType) -> Room:
    """Raises TypeError for a register whose entries are no rooms."""
    if kind.booked is None:
        raise TypeError(kind.code)
    seats, works = kind.booked.seats, kind.booked.works
    room_for = row.values.get(seats or "")
    return Room(
        record=row,
        name=str(row.values.get(kind.subject or "", row.pk)),
        rules=kind.booked,
        seats=int(room_for) if room_for is not None else None,
        works=bool(row.values.get(works)) if works else True,
    )


def taken(found: Iterable[Room], first: date, days: int) -> "QuerySet[Booking]":
    """What is booked in these rooms on so many days, in its order."""
    start = datetime.combine(first, time(), timezone.get_default_timezone())
    end = start + timedelta(days=days)
    rows = Booking.objects.filter(room__in=[room.record.pk for room in found], freed_at=None)
    # None is longer than a day, so what began before yesterday is over.
    rows = rows.filter(starts_at__gte=start - timedelta(days=1), starts_at__lt=end, ends_at__gt=start)
    return rows.select_related("case", "booked_by")


def of_case(case: Case) -> "QuerySet[Booking]":
    return Booking.objects.filter(case=case).select_related("room", "booked_by")
