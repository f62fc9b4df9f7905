"""Dwellings entered, corrected and ended. One transaction each; who did it stands in the history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.history import change, difference, line
from rixin.homes import counting
from rixin.homes.layout import MOST, Planned, read_room
from rixin.homes.models import Dwelling, HomeEvent
from rixin.homes.queries import Building
from rixin.people.actors import Actor
from rixin.refused import FieldsRefused

_AT_ONCE = 500


@dataclass(frozen=True)
class Entered:
    """`known`: those that were there already and stay as they are."""

    made: int
    known: int


def still_missing(building: Building, planned: Iterable[Planned]) -> list[Planned]:
    """Those of the description that the register does not have."""
    rows = Dwelling.objects.filter(building=building.code, until_day=None)
    there = {Planned(*one) for one in rows.values_list("unit", "number")}
    return [one for one in dict.fromkeys(planned) if one not in there]


@transaction.atomic
def enter(building: Building, planned: Sequence[Planned], from_day: date, *, by: Actor, at: datetime) -> Entered:
    """Sent twice, the second time enters nothing. Raises FieldsRefused."""
    if from_day > timezone.localdate(at):
        raise FieldsRefused({"from_day": _("This day is still to come.")})
    missing = still_missing(building, planned)
    if Dwelling.objects.filter(building=building.code, until_day=None).count() + len(missing) > MOST:
        raise FieldsRefused({"": _("That would be more dwellings than one building can have.")})
    late = Dwelling.objects.filter(
        _any_of(missing), building=building.code, until_day__gt=from_day
    ).first() if missing else None  # fmt: skip
    if late is not None:
        room = Planned(late.unit, late.number)
        raise FieldsRefused({"from_day": _("%(room)s ended only on %(day)s.") % {"room": room, "day": late.until_day}})
    Dwelling.objects.bulk_create(
        [
            Dwelling(
                building=building.code,
                area_path=building.area_path,
                unit=one.unit,
                number=one.number,
                floor=one.floor,
                from_day=from_day,
                changed_at=at,
            )
            for one in missing
        ],
        batch_size=_AT_ONCE,
    )
    if missing:
        said: dict[str, list[Any]] = {"dwellings": [0, len(missing)], "from_day": [None, from_day]}
        line(HomeEvent, "enter", by, at, changes=said, building=building.code).save()
        counting.chain(building.code, at)
    return Entered(len(missing), len(planned) - len(missing))


def _any_of(planned: Iterable[Planned]) -> Q:
    by_unit: dict[str, list[str]] = {}
    for one in planned:
        by_unit.setdefault(one.unit, []).append(one.number)
    met = Q(pk__in=[])
    for unit, numbers in by_unit.items():
        met |= Q(unit=unit, number__in=numbers)
    return met


@transaction.atomic
def correct(dwelling: Dwelling, *, number: str, floor: int | None, by: Actor, at: datetime, seen: int) -> Dwelling:
    """Another number or floor. Raises FieldsRefused, ChangedMeanwhile."""
    room = read_room(number)
    if room is None or room.unit:
        raise FieldsRefused({"number": _("Write the number of the dwelling, such as 501.")})
    changes = difference(dwelling, {"number": room.number, "floor": floor})
    if not changes:
        return dwelling
    others = Dwelling.objects.filter(building=dwelling.building, unit=dwelling.unit, number=room.number, until_day=None)
    if dwelling.until_day is None and others.exclude(pk=dwelling.pk).exists():
        raise FieldsRefused({"number": _("There is such a dwelling in this stairwell already.")})
    change(dwelling, seen, at, {name: new for name, (_old, new) in changes.items()})
    line(HomeEvent, "correct", by, at, changes=changes, building=dwelling.building, dwelling=dwelling).save()
    return dwelling


@transaction.atomic
def end(
    building: Building, dwellings: Sequence[Dwelling], until_day: date, *, reason: str, by: Actor, at: datetime
) -> int:
    """From this day on they are no dwellings. Raises FieldsRefused; ended already: nothing happens."""
    if not reason.strip():
        raise FieldsRefused({"reason": _("Please say why they are no dwellings any more.")})
    if until_day > timezone.localdate(at):
        raise FieldsRefused({"until_day": _("This day is still to come.")})
    ending = [one for one in dwellings if one.building == building.code and one.until_day is None]
    if early := [one for one in ending if one.from_day >= until_day]:
        room = Planned(early[0].unit, early[0].number)
        said = {"room": room, "day": early[0].from_day}
        raise FieldsRefused({"until_day": _("%(room)s is there only since %(day)s.") % said})
    for one in ending:
        change(one, one.version, at, {"until_day": until_day})
        ended: dict[str, list[Any]] = {"until_day": [None, until_day]}
        event = line(HomeEvent, "end", by, at, changes=ended, reason=reason, building=building.code, dwelling=one)
        event.save()
    if ending:
        counting.chain(building.code, at)
    return len(ending)
