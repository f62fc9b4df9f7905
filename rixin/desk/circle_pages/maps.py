"""Buildings and facilities of a circle as GeoJSON."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.circle_schema import Circle
from rixin.desk.circle_pages.showing import building_name
from rixin.facilities.models import Facility
from rixin.places import gazetteer
from rixin.walking.models import Reach


def buildings(rows: Iterable[Reach], circle: Circle, won: Collection[str]) -> dict[str, Any]:
    """Those whose position is known. `won`: which of them would come into the circle."""
    places = gazetteer.current().places
    features = [
        _point(
            position.lat, position.lng, dot=_dot(row, circle, won), title=building_name(row.building), note=told(row)
        )
        for row in rows
        if row.building in places and (position := places[row.building].position)
    ]
    return {"type": "FeatureCollection", "features": features}


def _dot(row: Reach, circle: Circle, won: Collection[str]) -> str:
    if row.building in won:
        return "won"
    if not row.on_network:
        return "off"
    if not row.covered or row.minutes is None:
        return "beyond"
    return ("near", "middle", "edge")[min(3 * max(row.minutes - 1, 0) // circle.minutes, 2)]


def told(row: Reach) -> str:
    if row.minutes is not None:
        return _("%(n)d dwellings, %(minutes)d minutes (%(metres)d m) on foot") % {
            "n": row.dwellings,
            "minutes": row.minutes,
            "metres": row.metres,
        }
    if row.on_network:
        return _("%(n)d dwellings, no way to any facility") % {"n": row.dwellings}
    return _("%(n)d dwellings, not on the path network") % {"n": row.dwellings}


def facilities(rows: Iterable[Facility]) -> dict[str, Any]:
    kinds = versions.work().facilities
    features = [
        _point(
            row.lat,
            row.lng,
            tone="open",
            title=row.name,
            note=kinds[row.kind].name.here() if row.kind in kinds else row.kind,
        )
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _point(lat: float | None, lng: float | None, **said: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lng, lat]}, "properties": said}
