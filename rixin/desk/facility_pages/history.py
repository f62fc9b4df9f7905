"""What happened to a facility in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue.dates import day_text
from rixin.desk.facility_pages import wording
from rixin.facilities import hours
from rixin.facilities.models import Facility, FacilityEvent, State
from rixin.facilities.sheet import HEADINGS
from rixin.people.models import in_language
from rixin.places import gazetteer
from rixin.registers.amounts import square_metres

MOST = 15
_ACTS: dict[str, Promise] = {
    "enter": pgettext_lazy("event of a facility", "Entered"),
    "correct": pgettext_lazy("event of a facility", "Corrected"),
    "state": pgettext_lazy("event of a facility", "State changed"),
    "stars": pgettext_lazy("event of a facility", "Stars awarded"),
    "area": pgettext_lazy("event of a facility", "Floor area measured"),
    "pictures": pgettext_lazy("event of a facility", "Pictures changed"),
    "back_state": pgettext_lazy("event of a facility", "State taken back"),
    "back_stars": pgettext_lazy("event of a facility", "Stars taken back"),
    "back_area": pgettext_lazy("event of a facility", "Floor area taken back"),
}
_FIELDS: dict[str, str | Promise] = {
    **HEADINGS,
    "area": HEADINGS["floor_area"],
    "area_path": HEADINGS["area"],
    "from_day": gettext_lazy("First day"),
    "note": gettext_lazy("Note"),
    "pictures": gettext_lazy("Pictures"),
}
_UNTOLD = frozenset({"place_code"})
_OF_A_NEW_ONE = ("kind", "name_zh", "area_path", "state", "from_day", "note")
"""What is told of an entering; all the rest stands on the page, or in a later correction."""


@dataclass(frozen=True)
class Event:
    event: FacilityEvent
    what: str
    post: str
    changes: list[str]


def events(facility: Facility, page: int) -> tuple[list[Event], bool]:
    """Those of a page, the newest first, and whether there are earlier ones. One statement."""
    lines = FacilityEvent.objects.filter(facility=facility).order_by("-pk")
    shown = list(lines[(page - 1) * MOST : page * MOST + 1])
    return [_told(line, facility) for line in shown[:MOST]], len(shown) > MOST


def _told(line: FacilityEvent, facility: Facility) -> Event:
    names = _OF_A_NEW_ONE if line.action == "enter" else [name for name in line.changes if name not in _UNTOLD]
    changes = [_change(name, line.changes[name], facility) for name in names if name in line.changes]
    post = in_language(line.by_post_zh, line.by_post_en)
    return Event(line, str(_ACTS.get(line.action, line.action)), post, changes)


def _change(name: str, change: list[Any], facility: Facility) -> str:
    label = str(_FIELDS.get(name, name))
    old, new = (_value(name, value, facility) for value in change)
    if not old or old == new:
        return _("{label}: {value}").format(label=label, value=new or old)
    return _("{label}: {before} → {now}").format(label=label, before=old, now=new or "—")


def _value(name: str, value: Any, facility: Facility) -> str:
    if value in (None, "", {}):
        return ""
    match name:
        case "state":
            return wording.state(value) if value in State.values else str(value)
        case "from_day":
            return day_text(value)
        case "kind":
            return wording.kind(value)
        case "level":
            return wording.level(facility.kind, value)
        case "hours":
            return hours.in_words(value)
        case "area" | "floor_area":
            return square_metres(value)
        case "area_path":
            return gazetteer.current().label(value)
    return str(value)
