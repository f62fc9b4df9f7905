"""For which places a person may begin a report."""

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import pgettext

from rixin.metrics import wording
from rixin.metrics.scope import Place, places_of
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.reports.queries import WRITERS

Level = Literal["subdistrict", "community", "unit"]
Choices = list[tuple[str, str | list[tuple[str, str]]]]


def level_of(place: Place) -> Level:
    if place.unit:
        return "unit"
    area = gazetteer.current().area(place.area)
    return "community" if area is not None and area.level == "community" else "subdistrict"


def name_of(place: Place) -> str:
    return wording.unit(place.unit) if place.unit else wording.area(place.area)


def written(place: Place) -> str:
    """A place as the value of a choice."""
    return f"{place.area} {place.unit}".strip()


def read(value: str) -> Place:
    area, unit = [*value.split(" ", 1), ""][:2]
    return Place(area, unit)


def offered(staff: Staff) -> Choices:
    """The places of the person's posts and their parts; units under a heading of their own."""
    places = dict.fromkeys(place for known in places_of(staff, *WRITERS) for place in _within(known))
    whole: Choices = [(written(place), name_of(place)) for place in places if not place.unit]
    of_units = [(written(place), name_of(place)) for place in places if place.unit]
    return [*whole, (pgettext("places of reports", "Units"), of_units)] if of_units else whole


def _within(known: Place) -> Iterator[Place]:
    yield known
    atlas = gazetteer.current()
    area = atlas.area(known.area)
    if known.unit or area is None or area.level != "subdistrict":
        return
    yield from (Place(part.path) for part in atlas.children(area.code))
    yield from (
        Place(known.area, unit.code)
        for unit in units.all_open()
        if unit.area_path == known.area and unit.kind != "community"
    )
