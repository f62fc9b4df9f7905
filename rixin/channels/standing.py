"""From where a resident looks: the phone's own position, or a quarter chosen by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position


@dataclass(frozen=True)
class Start:
    """`query`: how an address says it; `key`: the chosen quarter; `name`: in words; `problem`: why it is not known."""

    position: Position | None = None
    key: str = ""
    name: str = ""
    query: str = ""
    problem: str = ""

    @property
    def known(self) -> bool:
        return self.position is not None


def start_of(data: Mapping[str, str]) -> Start:
    """`lat` and `lng` in WGS-84 come before `from`, the code of a place. No query."""
    lat, lng, key = data.get("lat", ""), data.get("lng", ""), data.get("from", "")
    if lat and lng:
        return _own(lat, lng)
    place = gazetteer.current().places.get(key)
    if place is None or place.position is None:
        return Start(problem=_("This place is not known here. Choose another one.") if key else "")
    return Start(place.position, place.code, place.name, urlencode({"from": place.code}))


def _own(lat: str, lng: str) -> Start:
    """A position far outside the areas is said to be so: distances from there would help nobody."""
    try:
        position = Position(float(lat), float(lng))
        gazetteer.current().where(position)
    except ImpossiblePosition as impossible:
        return Start(problem=impossible.message)
    except ValueError:
        return Start(problem=_("The position is not a number. Choose the quarter below."))
    # Four digits are some ten metres: enough to walk there, and no door in anybody's history.
    query = urlencode({"lat": f"{position.lat:.4f}", "lng": f"{position.lng:.4f}"})
    return Start(position, "", _("your position"), query)
