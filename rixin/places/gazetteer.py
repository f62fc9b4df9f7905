"""Point → areas and words → places, from memory: after loading, no question here goes to the database.

    current().chain_at(Position(30.287, 120.096))         the areas that hold a point
    current().find_in_text("德加东区3幢2单元灯不亮")          the places that a text names, best first

One immutable Atlas per process. An import (in any process) renews the stamp; the next `current()` loads anew.
"""

import threading
from dataclasses import dataclass

from django.db import connection

from rixin.places import stamp
from rixin.places.atlas import Atlas, PlaceMatch, Whereabouts
from rixin.places.chain import Chain, KnownArea, KnownPlace
from rixin.places.coordinates import Position
from rixin.places.models import Area, Place

__all__ = ["Atlas", "Chain", "KnownArea", "KnownPlace", "PlaceMatch", "Whereabouts", "current", "forget", "load"]


@dataclass(frozen=True, slots=True)
class _Held:
    version: tuple[stamp.Stamp, str]
    atlas: Atlas


_held: _Held | None = None
_loading = threading.Lock()


def current() -> Atlas:
    """The gazetteer of the areas as last imported. Costs one file status; loads (some 50 ms) only after a change."""
    global _held
    version = (stamp.read(), str(connection.settings_dict["NAME"]))
    held = _held
    if held and held.version == version:
        return held.atlas
    # While one thread loads, the others go on with what they have; with nothing, they wait.
    if not _loading.acquire(blocking=held is None) and held:
        return held.atlas
    try:
        held = _held
        if held is None or held.version != version:
            held = _held = _Held(version, load())
        return held.atlas
    finally:
        _loading.release()


def forget() -> None:
    """Makes this process load anew. An import does it; so does a test whose areas were rolled back."""
    global _held
    _held = None


def load() -> Atlas:
    """Reads the database: two queries."""
    areas = Area.objects.select_related("parent").defer("parent__boundary")
    places = Place.objects.select_related("area", "parent").defer("area__boundary", "parent__shape")
    return Atlas(
        ((_known_area(area), area.boundary) for area in areas), ((_known_place(place), place.shape) for place in places)
    )


def _known_area(area: Area) -> KnownArea:
    return KnownArea(
        id=area.pk,
        code=area.code,
        level=area.level,
        path=area.path,
        name_zh=area.name_zh,
        name_en=area.name_en,
        aliases=tuple(area.aliases),
        parent=area.parent.code if area.parent else None,
        position=None if area.lat is None or area.lng is None else Position(area.lat, area.lng),
        retired=area.retired_on is not None,
        source=area.boundary_source,
    )


def _known_place(place: Place) -> KnownPlace:
    return KnownPlace(
        id=place.pk,
        code=place.code,
        kind=place.kind,
        name_zh=place.name_zh,
        name_en=place.name_en,
        aliases=tuple(place.aliases),
        area=place.area.code if place.area else None,
        parent=place.parent.code if place.parent else None,
        house_number=place.house_number,
        address=place.address,
        position=place.position,
        retired=place.retired_on is not None,
    )
