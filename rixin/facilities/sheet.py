"""Facilities as a table: the headings under which they are fetched and read in again, and the lines below them."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.facilities import hours, queries
from rixin.facilities.models import Facility, State
from rixin.places import gazetteer
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

HEADINGS: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Kind of facility"),
    "name_zh": gettext_lazy("Name of the facility"),
    "name_en": gettext_lazy("English name"),
    "area": gettext_lazy("Area"),
    "address": gettext_lazy("Address"),
    "lat": gettext_lazy("Latitude"),
    "lng": gettext_lazy("Longitude"),
    "level": pgettext_lazy("of a facility", "Level"),
    "operator": gettext_lazy("Run by"),
    "phone": gettext_lazy("Telephone"),
    "hours": gettext_lazy("Opening hours"),
    "hours_note": gettext_lazy("Note on the hours"),
    "about_zh": gettext_lazy("What it offers"),
    "about_en": gettext_lazy("What it offers, in English"),
    "state": pgettext_lazy("of a facility", "State"),
    "stars": gettext_lazy("Stars"),
    "floor_area": gettext_lazy("Floor area (m²)"),
    "day": gettext_lazy("As of"),
}


def headings() -> list[Cell]:
    return [str(heading) for heading in HEADINGS.values()]


def line(facility: Facility, day: date) -> list[Cell]:
    """`facility`: as `queries.as_of` gives it on the day."""
    then, kind = vars(facility), queries.kinds().get(facility.kind)
    levels = {level.code: level.name.here() for level in kind.levels} if kind else {}
    said: dict[str, Cell] = {
        "kind": kind.name.here() if kind else facility.kind,
        "area": gazetteer.current().label(facility.area_path),
        "level": levels.get(facility.level, facility.level),
        "hours": hours.in_words(facility.hours),
        "state": str(State(then["state_then"]).label),
        "stars": then["stars_then"],
        "floor_area": None if then["area_then"] is None else then["area_then"] / 100,
        "day": day,
    }
    plain = {name: getattr(facility, name) for name in HEADINGS if name not in said}
    return [harmless({**plain, **said}[name]) for name in HEADINGS]
