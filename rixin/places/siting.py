"""In which area a place belongs: the finest one that holds the whole of it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from rixin.places.atlas import Atlas
from rixin.places.chain import Chain, KnownArea
from rixin.places.models import Kind, Level, Place

# A quarter is given by a point, but reaches over several micro-grids.
WIDE = {Kind.QUARTER: Level.GRID, Kind.ROAD: Level.SUBDISTRICT, Kind.RIVER: Level.SUBDISTRICT}


def area_for(kind: str, chain: Chain | None) -> KnownArea | None:
    """The finest area of the chain that may hold a place of this kind; None outside our areas."""
    if chain is None:
        return None
    finest = WIDE.get(Kind(kind))
    return (chain.at(finest) if finest else None) or chain.finest


def settle(places: QuerySet[Place], atlas: Atlas) -> int:
    """Puts places where the boundaries now say; returns how many moved.

    A wide place stays in the coarser area that it was given while that still holds its point.
    """
    moved: list[Place] = []
    for place in places.select_related("area").defer("area__boundary", "shape"):
        chain = atlas.chain_at(position) if (position := place.position) else None
        if place.kind in WIDE and place.area and chain and place.area.code in _codes(chain.areas):
            continue
        area = area_for(place.kind, chain)
        if (area.id if area else None) != place.area_id:
            place.area_id = area.id if area else None
            moved.append(place)
    Place.objects.bulk_update(moved, ["area"], batch_size=500)
    return len(moved)


def _codes(areas: Iterable[KnownArea]) -> set[str]:
    return {area.code for area in areas}
