"""What is free of a room from a day on, and whether a lease fits into it. Areas in square decimetres."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rixin.catalogue.dates import day_text
from rixin.registers import journal
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Room, Tenancy


@dataclass(frozen=True)
class Taking:
    """A room or a part of it that an enterprise has or had. `until_day`: first day on which it has it no more."""

    enterprise: int
    from_day: date
    until_day: date | None
    area: int


@dataclass(frozen=True)
class Space:
    """A room with all that was ever let of it."""

    area: int
    from_day: date
    until_day: date | None = None
    taken: tuple[Taking, ...] = ()

    @classmethod
    def of(cls, room: Room, taken: Iterable[Taking]) -> "Space":
        return cls(room.area, room.from_day, room.until_day, tuple(taken))

    def free(self, day: date) -> int:
        """What nobody has on the day or takes later."""
        return self.area - sum(one.area for one in self.taken if one.until_day is None or one.until_day > day)

    def fitting(self, area: int | None, from_day: date, lease_end: date | None) -> int:
        """The area that is let, all that is free where none is asked for. Raises RegisterRefused."""
        if from_day < self.from_day or (self.until_day is not None and from_day >= self.until_day):
            raise RegisterRefused("no_room", _("On that day the room is not there."), "from_day")
        if self.until_day is not None:
            # A tenancy has no end of its own yet: it would outlast the room.
            raise RegisterRefused(
                "closing",
                _("From {day} on this room is not there any more.").format(day=day_text(self.until_day)),
                "room",
            )
        if lease_end is not None and lease_end < from_day:
            raise RegisterRefused("ends_before", _("It ends before it begins."), "lease_end")
        free = self.free(from_day)
        wanted = free if area is None else area
        if wanted <= 0 or wanted > free:
            raise RegisterRefused(
                "taken",
                _("Of this room {free} m² are free from that day on.").format(free=f"{max(free, 0) / 100:g}"),
                "area",
            )
        return wanted


def space_of(room: Room) -> Space:
    """One statement."""
    return Space.of(room, takings([room.pk])[room.pk])


def takings(rooms: Iterable[int]) -> dict[int, list[Taking]]:
    """By room, in a statement per some hundred."""
    found: dict[int, list[Taking]] = defaultdict(list)
    ids = sorted(rooms)
    for first in range(0, len(ids), journal.BATCH):
        some = Tenancy.objects.filter(room__in=ids[first : first + journal.BATCH], enterprise__withdrawn=False)
        for row in some:
            found[row.room_id].append(Taking(row.enterprise_id, row.from_day, row.until_day, row.area))
    return found
