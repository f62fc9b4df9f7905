"""What serves residents near where they are: chosen by group and kind, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from rixin.catalogue import versions
from rixin.catalogue.dates import WEEKDAYS
from rixin.catalogue.facility_schema import FacilityKind
from rixin.channels import walks
from rixin.channels.walks import Walk
from rixin.facilities import hours, queries
from rixin.facilities.models import Facility, State
from rixin.places.coordinates import Position

_ROUND_THE_CLOCK = 3
"""Whole days open without a break after which nobody asks until when."""
_TOMORROW = gettext_lazy("tomorrow")


@dataclass(frozen=True)
class Opening:
    """Whether it is open, in words. `open`: None where that is not known."""

    open: bool | None
    says: str
    tone: str
    today: str
    """The hours of the day; "" where they are not known."""


@dataclass(frozen=True)
class Near:
    """`walk`: None where it is not known from where, or the facility has no position."""

    facility: Facility
    kind: str
    icon: str
    opening: Opening
    walk: Walk | None


def chosen(group: str, kind: str) -> QuerySet[Facility]:
    """Public facilities of the group, of all of them with "", and of the kind where one is named."""
    codes = [one.code for one in kinds_of(group) if kind in ("", one.code)]
    return queries.public().filter(kind__in=codes)


def kinds_of(group: str) -> list[FacilityKind]:
    return [kind for kind in queries.kinds().values() if kind.public and group in ("", kind.group)]


def nearest(facilities: Sequence[Facility], start: Position | None, moment: datetime) -> list[Near]:
    """The nearest first, what has no position last; without a start in the order of their names."""
    places = [one.position for one in facilities]
    known = [place for place in places if place is not None] if start else []
    ways = iter(walks.on_foot(start, known, moment.date()) if start else ())
    found = [
        _near(one, next(ways) if start and place is not None else None, moment)
        for one, place in zip(facilities, places, strict=True)
    ]
    far = float("inf")
    return sorted(found, key=lambda near: (near.walk.metres if near.walk else far, near.facility.name))


def _near(facility: Facility, walk: Walk | None, moment: datetime) -> Near:
    kind = queries.kinds()[facility.kind]
    group = queries.groups().get(kind.group)
    icon = kind.icon or (group.icon if group else "pin")
    return Near(facility, kind.name.here(), icon, opening(facility, moment), walk)


def opening(facility: Facility, moment: datetime) -> Opening:
    """`moment`: local."""
    if facility.state == State.PAUSED:
        return Opening(False, _("Closed for a time"), "warn", "")
    now = hours.now(facility.hours, moment)
    if now.open is None:
        return Opening(None, _("Hours not known"), "", "")
    today = hours.of_day(facility.hours, moment) or _("closed today")
    if now.open and now.until:
        lasts = now.until - moment
        says = _("Open around the clock") if lasts.days >= _ROUND_THE_CLOCK else _("Open until {time}")
        return Opening(True, says.format(time=hours.clock(now.until)), "done", today)
    return Opening(False, _closed(now.opens, moment), "", today)


def _closed(opens: datetime | None, moment: datetime) -> str:
    if opens is None:
        return pgettext("opening", "Closed")
    ahead = (opens.date() - moment.date()).days
    if ahead == 0:
        return _("Closed, opens at {time}").format(time=f"{opens:%H:%M}")
    day: str | Promise = _TOMORROW if ahead == 1 else WEEKDAYS[opens.weekday()]
    return _("Closed, opens {day} at {time}").format(day=day, time=f"{opens:%H:%M}")


def is_holiday(moment: datetime) -> bool:
    """Whether the day is a public holiday, on which weekly hours may not hold."""
    return versions.work_calendar().is_holiday(moment.date())
