"""What happened to a building in words, and its quarters as a small drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue.dates import day_text
from rixin.desk.building_pages import wording
from rixin.people.models import in_language
from rixin.places import gazetteer
from rixin.registers.amounts import square_metres
from rixin.registers.models import Building, RegisterEvent
from rixin.registers.rates import Rates

WIDE, HIGH = 240, 64
_LEFT, _TOP = 6, 4
_MOST_CHANGES = 8
_ROOM = "room "
_ACTS: dict[str, Promise] = {
    "enter": pgettext_lazy("event of a building", "Entered"),
    "correct": pgettext_lazy("event of a building", "Corrected"),
    "let": pgettext_lazy("event of a building", "Let"),
    "leave": pgettext_lazy("event of a building", "Tenant left"),
    "renew": pgettext_lazy("event of a building", "Lease renewed"),
    "rooms": pgettext_lazy("event of a building", "Rooms added"),
    "room_closed": pgettext_lazy("event of a building", "Room closed"),
}
_FIELDS: dict[str, Promise] = {
    "name_zh": pgettext_lazy("building", "Name"),
    "name_en": gettext_lazy("English name"),
    "area_path": gettext_lazy("Area"),
    "address": gettext_lazy("Address"),
    "lat": gettext_lazy("Latitude"),
    "lng": gettext_lazy("Longitude"),
    "theme_zh": gettext_lazy("Theme"),
    "theme_en": gettext_lazy("English theme"),
    "keeper": gettext_lazy("Run by"),
    "built_on": gettext_lazy("Built"),
    "from_day": gettext_lazy("First day"),
    "until_day": gettext_lazy("No longer from"),
    "lease_end": gettext_lazy("Lease until"),
    "room": gettext_lazy("Room"),
}


@dataclass(frozen=True)
class Event:
    event: RegisterEvent
    what: str
    post: str
    changes: list[str]


def events(building: Building) -> QuerySet[RegisterEvent]:
    """The newest first."""
    light = ("action", "at", "by_name", "by_post_zh", "by_post_en", "changes", "reason", "enterprise__name")
    return RegisterEvent.objects.filter(building=building).select_related("enterprise").only(*light).order_by("-pk")


def told(event: RegisterEvent, building: Building) -> Event:
    said = [_change(name, old, new, building) for name, (old, new) in event.changes.items() if name != "place_code"]
    if len(said) > _MOST_CHANGES:
        said = [*said[:_MOST_CHANGES], _("and {n} more").format(n=len(said) - _MOST_CHANGES)]
    post = in_language(event.by_post_zh, event.by_post_en)
    return Event(event, str(_ACTS.get(event.action, event.action)), post, said)


def _change(name: str, before: Any, now: Any, building: Building) -> str:
    if name.startswith(_ROOM):
        number, area = name.removeprefix(_ROOM), now if now is not None else before
        return _("room {number} ({area})").format(number=number, area=square_metres(area))
    label = str(_FIELDS.get(name, name))
    old, new = _value(name, before, building), _value(name, now, building)
    if name == "room" or not old or old == new:
        return _("{label}: {value}").format(label=label, value=new or old)
    return _("{label}: {before} → {now}").format(label=label, before=old, now=new or wording.NONE)


def _value(name: str, value: Any, building: Building) -> str:
    if value in (None, ""):
        return ""
    if name in ("from_day", "until_day", "lease_end", "built_on"):
        return day_text(str(value))
    if name == "area_path":
        return gazetteer.current().label(str(value))
    return str(value).removeprefix(f"{building.name_zh} ")


# ---- quarters


@dataclass(frozen=True)
class Quarter:
    name: str
    vacancy: str
    local: str
    tenants: int


@dataclass(frozen=True)
class Course:
    """Two lines over the quarters, as SVG points in a drawing of WIDE × HIGH; `says` tells the same in words."""

    quarters: list[Quarter]
    vacancy: str
    local: str
    says: str


def course(rates: Sequence[Rates]) -> Course:
    quarters = [
        Quarter(_quarter(one.day), wording.percent(one.vacancy), wording.percent(one.local_rate), one.tenants)
        for one in rates
    ]
    said = (
        _("{quarter}: vacancy {vacancy}, registered here {local}").format(
            quarter=one.name, vacancy=one.vacancy, local=one.local
        )
        for one in quarters
    )
    return Course(
        quarters=quarters,
        vacancy=points([one.vacancy for one in rates]),
        local=points([one.local_rate for one in rates]),
        says=_("; ").join(said),
    )


def points(shares: Iterable[Fraction | None]) -> str:
    """Of an SVG polyline, 100 % at the top. What is not known is left out: the line goes on from the next one."""
    known = list(shares)
    step = (WIDE - 2 * _LEFT) / max(len(known) - 1, 1)
    drawn = (
        (_LEFT + nth * step, _TOP + float(1 - share) * (HIGH - 2 * _TOP))
        for nth, share in enumerate(known)
        if share is not None
    )
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)


def _quarter(day: date) -> str:
    """The day itself, where it is not the last one of a quarter."""
    last = day.month % 3 == 0 and (day + timedelta(days=1)).day == 1
    return _("{year} Q{quarter}").format(year=day.year, quarter=day.month // 3) if last else day_text(day)
