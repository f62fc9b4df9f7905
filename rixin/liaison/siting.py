"""Where an enterprise is found: its building, the known place of its address, or what its address says."""

from collections.abc import Iterable
from datetime import date

from rixin.holding import holding
from rixin.liaison.route import Stop
from rixin.places import gazetteer
from rixin.places.coordinates import Position
from rixin.registers.models import Building, Enterprise, Tenancy


def position_of(enterprise: Enterprise) -> Position | None:
    building = enterprise.building if enterprise.building_id is not None else None
    return _of_building(building) or _of_address(enterprise)


def stops(enterprises: Iterable[Enterprise], today: date) -> list[Stop]:
    """Of enterprises with their `building`; one statement, for the floors."""
    known = list(enterprises)
    floors = _floors([one.pk for one in known], today)
    return [_stop(one, floors.get(one.pk)) for one in known]


def _stop(enterprise: Enterprise, floor: int | None) -> Stop:
    position = position_of(enterprise)
    if enterprise.building_id is not None:
        place = f"building {enterprise.building_id}"
    else:
        place = f"{position.lat},{position.lng}" if position else f"enterprise {enterprise.pk}"
    return Stop(enterprise.pk, place, position, floor)


def _floors(enterprises: list[int], today: date) -> dict[int, int]:
    """Of its largest room."""
    held = Tenancy.objects.filter(holding(today), enterprise__in=enterprises)
    # The last one said of each is that which counts.
    return dict(held.order_by("area", "-pk").values_list("enterprise_id", "room__floor"))


def _of_building(building: Building | None) -> Position | None:
    if building is None:
        return None
    if building.lat is not None and building.lng is not None:
        return Position(building.lat, building.lng)
    return _of_place(building.place_code)


def _of_place(code: str) -> Position | None:
    place = gazetteer.current().places.get(code) if code else None
    return place.position if place else None


def _of_address(enterprise: Enterprise) -> Position | None:
    found = _of_place(enterprise.place_code)
    if found is not None or not enterprise.address:
        return found
    matches = gazetteer.current().find_in_text(enterprise.address)
    return next((match.position for match in matches if match.position is not None), None)
