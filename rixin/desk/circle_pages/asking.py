"""What the address of a circle's page asks: which circle, on which day, and the spots that are thought through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from rixin.catalogue.circle_schema import Circle
from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.walking import circles

MOST_SPOTS = 6
"""That stand side by side; of more the oldest go."""
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Spot:
    """Where one more facility is tried: the middle of a quarter, by its code, or a point."""

    said: str
    position: Position
    name: str

    @classmethod
    def read(cls, said: str) -> "Spot | None":
        place = gazetteer.current().places.get(said)
        if place is not None:
            return cls(said, place.position, place.name) if place.position and place.kind == "quarter" else None
        lat, comma, lng = said.partition(",")
        try:
            return cls.at(Position(float(lat), float(lng))) if comma else None
        except (ValueError, ImpossiblePosition):
            return None

    @classmethod
    def at(cls, position: Position) -> "Spot":
        said = f"{position.lat:.6f},{position.lng:.6f}"
        chain = gazetteer.current().chain_at(position)
        named = chain.community or chain.finest if chain else None
        return cls(said, position, f"{named.name} {said}" if named else said)


@dataclass(frozen=True)
class Asked:
    """`best`: whether the best of all quarters are wanted too."""

    circle: Circle
    day: date
    spots: tuple[Spot, ...] = ()
    best: bool = False

    def with_spot(self, spot: Spot) -> "Asked":
        others = tuple(one for one in self.spots if one.said != spot.said)
        return replace(self, spots=(*others, spot)[-MOST_SPOTS:])

    def without(self, spot: Spot) -> "Asked":
        return replace(self, spots=tuple(one for one in self.spots if one.said != spot.said))

    @property
    def base(self) -> str:
        """The address without the spots."""
        return urlencode({"circle": self.circle.code, "day": self.day.isoformat()})

    @property
    def query(self) -> str:
        said = [("circle", self.circle.code), ("day", self.day.isoformat())]
        said += [("point", spot.said) for spot in self.spots]
        return urlencode(said + ([("best", "1")] if self.best else []))


def read(given: QueryDict, today: date) -> Asked | None:
    """Whatever cannot be read is left out or becomes what is usual; None where there are no circles at all."""
    known = circles.known()
    circle = known.get(given.get("circle", "")) or next(iter(known.values()), None)
    if circle is None:
        return None
    asked = Asked(circle, _day(given.get("day", ""), today), best=given.get("best") == "1")
    for spot in _spots(given.getlist("point")):
        asked = asked.with_spot(spot)
    return asked


def _spots(said: Iterable[str]) -> Iterable[Spot]:
    return (spot for one in said if (spot := Spot.read(one)) is not None)


def _day(said: str, today: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return today
    return day if EARLIEST <= day <= today else today


def quarters() -> Mapping[str, Spot]:
    """The middles of all residential quarters, by code."""
    places = gazetteer.current().places.values()
    return {
        place.code: Spot(place.code, place.position, place.name)
        for place in sorted(places, key=lambda place: place.code)
        if place.kind == "quarter" and place.position and not place.retired
    }
