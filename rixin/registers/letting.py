"""Rooms and who has them: let, left, moved, renewed. One transaction each; a room is never let twice over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from rixin.catalogue.dates import day_text
from rixin.history import Changes
from rixin.holding import holding, not_over
from rixin.people.actors import Actor
from rixin.registers import journal, standings
from rixin.registers.entering import still_there
from rixin.registers.fitting import space_of
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Building, Enterprise, How, Room, Standing, Tenancy
from rixin.registers.models.enterprises import PRESENT


@dataclass(frozen=True, kw_only=True)
class Lease:
    """`area` in square decimetres, None: all that is free. `lease_end`: its last day. `rent` in fen a day and m²."""

    from_day: date
    lease_end: date | None = None
    area: int | None = None
    rent: int | None = None


@transaction.atomic
def let(
    room: Room, enterprise: Enterprise, lease: Lease, *, by: Actor, at: datetime, seen: int, today: date
) -> Tenancy:
    """`enterprise` has the room from a day on. Raises ChangedMeanwhile, RegisterRefused."""
    still_here(enterprise)
    room = Room.objects.select_for_update().get(pk=room.pk)
    if Tenancy.objects.filter(room=room, enterprise=enterprise, from_day=lease.from_day).exists():
        raise RegisterRefused("let_already", _("It has this room from that day on already."), "from_day")
    area = space_of(room).fitting(lease.area, lease.from_day, lease.lease_end)
    tenancy = Tenancy.objects.create(
        room=room,
        enterprise=enterprise,
        area=area,
        from_day=lease.from_day,
        lease_end=lease.lease_end,
        rent=lease.rent,
    )
    _told("let", tenancy, by, at, seen, let_changes(room, lease))
    if enterprise.standing == Standing.ELSEWHERE and lease.from_day <= today and lease.from_day > enterprise.since:
        standings.stand(
            enterprise, Standing.HERE, How.CHANGED, lease.from_day, by=by, at=at, seen=enterprise.version, today=today
        )
    settle_buildings([enterprise.pk], today)
    enterprise.refresh_from_db()
    return tenancy


@transaction.atomic
def leave(tenancy: Tenancy, day: date, *, by: Actor, at: datetime, seen: int, today: date, reason: str = "") -> Tenancy:
    """From `day` on the tenant is not there any more. Raises ChangedMeanwhile, RegisterRefused."""
    tenancy = Tenancy.objects.select_for_update().select_related("room__building", "enterprise").get(pk=tenancy.pk)
    _still_let(tenancy)
    if day <= tenancy.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "day")
    if day > today:
        raise RegisterRefused("future", _("This day is still to come."), "day")
    Tenancy.objects.filter(pk=tenancy.pk).update(until_day=day, version=tenancy.version + 1)
    _told("leave", tenancy, by, at, seen, {"room": [label(tenancy.room), None], "until_day": [None, day]}, reason)
    settle_buildings([tenancy.enterprise_id], today)
    tenancy.refresh_from_db()
    return tenancy


@transaction.atomic
def move(tenancy: Tenancy, to: Room, lease: Lease, *, by: Actor, at: datetime, seen: int, today: date) -> Tenancy:
    """On the day on which the new lease begins the tenant goes from its room to another. The new tenancy.

    Raises ChangedMeanwhile, RegisterRefused: then it is where it was.
    """
    enterprise = tenancy.enterprise
    if tenancy.room_id == to.pk:
        raise RegisterRefused("same_room", _("It has this room already."), "room")
    leave(tenancy, lease.from_day, by=by, at=at, seen=seen, today=today)
    enterprise.refresh_from_db()
    return let(to, enterprise, lease, by=by, at=at, seen=enterprise.version, today=today)


@transaction.atomic
def renew(
    tenancy: Tenancy,
    lease_end: date,
    *,
    rent: int | None = None,
    by: Actor,
    at: datetime,
    seen: int,
    batch: int | None = None,
) -> Tenancy:
    """The lease runs until another day. Raises ChangedMeanwhile, RegisterRefused."""
    tenancy = Tenancy.objects.select_for_update().select_related("room__building", "enterprise").get(pk=tenancy.pk)
    _still_let(tenancy)
    if lease_end < tenancy.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "lease_end")
    changes: Changes = {"room": [label(tenancy.room)] * 2, "lease_end": [tenancy.lease_end, lease_end]}
    columns = {"lease_end": lease_end, **({"rent": rent} if rent is not None else {})}
    Tenancy.objects.filter(pk=tenancy.pk).update(version=tenancy.version + 1, **columns)
    _told("renew", tenancy, by, at, seen, changes, batch=batch)
    tenancy.refresh_from_db()
    return tenancy


def _still_let(tenancy: Tenancy) -> None:
    if tenancy.until_day is not None:
        raise RegisterRefused("left", _("The tenant has left already."))


def still_here(enterprise: Enterprise) -> None:
    """Raises RegisterRefused for one that is not the sub-district's any more: it has no rooms here."""
    still_there(enterprise)
    if enterprise.standing not in PRESENT:
        raise RegisterRefused(
            "gone", _("It has moved away or closed. Write down first that it came back."), "enterprise"
        )


def _taken(room: Room, day: date) -> int:
    """In square decimetres."""
    return Tenancy.objects.filter(from_then_on(day), room=room).aggregate(area=Sum("area"))["area"] or 0


def from_then_on(day: date, tenancy: str = "") -> Q:
    """What is let on the day or later. `tenancy`: how a query of other rows names it."""
    return not_over(day, tenancy) & Q(**{f"{tenancy}enterprise__withdrawn": False})


def _told(
    action: str,
    tenancy: Tenancy,
    by: Actor,
    at: datetime,
    seen: int,
    changes: Changes,
    reason: str = "",
    batch: int | None = None,
) -> None:
    """In the history of the enterprise, and of the building. `seen`: version of the enterprise."""
    enterprise, building = tenancy.enterprise, tenancy.room.building
    journal.update_enterprise(enterprise, seen, at, {})
    journal.event(
        action, by, at, enterprise=enterprise, building=building, changes=changes, reason=reason, batch=batch
    ).save()


def let_changes(room: Room, lease: Lease) -> Changes:
    """What the history says of a room that is let."""
    return {"room": [None, label(room)], "from_day": [None, lease.from_day]}


def label(room: Room) -> str:
    """As the history names it."""
    return f"{room.building.name_zh} {room.number}"


def settle_buildings(enterprises: Iterable[int], today: date) -> int:
    """Notes for each the building in which it has its largest rooms on the day; answers how many changed."""
    ids = list(enterprises)
    parts = (ids[first : first + journal.BATCH] for first in range(0, len(ids), journal.BATCH))
    return sum(_settle(part, today) for part in parts)


def _settle(ids: list[int], today: date) -> int:
    """As many as one statement holds."""
    best: dict[int, tuple[int, int]] = {}
    rows = (
        Tenancy.objects.filter(holding(today), enterprise__in=ids)
        .values("enterprise", "room__building")
        .annotate(area=Sum("area"))
        .order_by("room__building")
    )
    for row in rows:
        area, _building = best.get(row["enterprise"], (0, 0))
        if row["area"] > area:
            best[row["enterprise"]] = (row["area"], row["room__building"])
    changed = [
        Enterprise(pk=pk, building_id=best[pk][1] if pk in best else None)
        for pk, building in Enterprise.objects.filter(pk__in=ids).values_list("pk", "building")
        if building != (best[pk][1] if pk in best else None)
    ]
    Enterprise.objects.bulk_update(changed, ["building"])
    return len(changed)


def settle_all(today: date) -> int:
    """The same for all that have or had rooms: leases begin on days on which nobody writes anything."""
    with_rooms = set(
        Tenancy.objects.filter(Q(until_day=None) | Q(until_day__gte=today)).values_list("enterprise", flat=True)
    )
    noted = set(Enterprise.objects.filter(building__isnull=False).values_list("pk", flat=True))
    return settle_buildings(sorted(with_rooms | noted), today)


# ---- buildings and their rooms


@dataclass(frozen=True, kw_only=True)
class NewRoom:
    """`area` in square decimetres."""

    floor: int
    number: str
    area: int
    use: Room.Use = Room.Use.OFFICE
    from_day: date


@transaction.atomic
def add_rooms(
    building: Building, rooms: Iterable[NewRoom], *, by: Actor, at: datetime, seen: int, batch: int | None = None
) -> list[Room]:
    """Rooms that are there from a day on; of a planned rebuild, from one to come.

    Raises ChangedMeanwhile, RegisterRefused.
    """
    news = list(rooms)
    if double := _double(building, news):
        raise RegisterRefused("room_there", _("Room {number} is there already.").format(number=double), "number")
    for one in news:
        if one.floor == 0 or one.area <= 0 or not one.number.strip():
            raise RegisterRefused("no_room", _("A room has a floor, a number and an area."), "number")
    journal.update_building(building, seen, at, {})
    made = Room.objects.bulk_create(
        Room(
            building=building,
            floor=one.floor,
            number=one.number.strip(),
            area=one.area,
            use=one.use,
            from_day=one.from_day,
        )
        for one in news
    )
    changes: Changes = {f"room {row.number}": [None, row.area] for row in made}
    journal.event("rooms", by, at, building=building, changes=changes, batch=batch).save()
    return made


def _double(building: Building, news: list[NewRoom]) -> str:
    """A number that two of the rooms would have at one time; "" for none."""
    numbers = [one.number.strip() for one in news]
    ends = dict(
        Room.objects.filter(building=building, number__in=numbers)
        .order_by(F("until_day").asc(nulls_last=True))
        .values_list("number", "until_day")
    )
    for nth, one in enumerate(news):
        number = numbers[nth]
        if number in numbers[:nth] or (number in ends and (ends[number] or date.max) > one.from_day):
            return number
    return ""


@transaction.atomic
def close_room(room: Room, day: date, *, by: Actor, at: datetime, seen: int, reason: str = "") -> Room:
    """From `day` on the room is not there: it is rebuilt, or part of another.

    Raises ChangedMeanwhile, RegisterRefused.
    """
    room = Room.objects.select_for_update().select_related("building").get(pk=room.pk)
    if room.until_day is not None:
        raise RegisterRefused(
            "closing", _("From {day} on this room is not there any more.").format(day=day_text(room.until_day)), "day"
        )
    if day <= room.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "day")
    if _taken(room, day):
        raise RegisterRefused("let", _("On that day somebody has it still: write down first when that ends."), "day")
    journal.update_building(room.building, seen, at, {})
    changes: Changes = {f"room {room.number}": [room.area, None], "until_day": [None, day]}
    Room.objects.filter(pk=room.pk).update(until_day=day, version=room.version + 1)
    journal.event("room_closed", by, at, building=room.building, changes=changes, reason=reason).save()
    room.refresh_from_db()
    return room
