"""In which order to walk to a few enterprises. Pure.

Straight lines between the doors: good enough to choose an order among neighbours, and told as such. Nearest neighbour
from each start, improved by turning stretches round (2-opt) until that shortens nothing. Deterministic.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rixin.places.coordinates import Position


@dataclass(frozen=True)
class Stop:
    """`place`: the same for all in one building or at one address; `floor`: None where it is not known."""

    key: int
    place: str
    position: Position | None = None
    floor: int | None = None


@dataclass(frozen=True)
class Route:
    """`metres` between the places that have a position; the stops that have none come last."""

    stops: tuple[Stop, ...]
    metres: int

    @property
    def unplaced(self) -> int:
        return sum(stop.position is None for stop in self.stops)


def route(stops: Iterable[Stop]) -> Route:
    """All of a building together, from the top floor down."""
    by_place: dict[str, list[Stop]] = {}
    nowhere: list[Stop] = []
    for stop in sorted(stops, key=lambda stop: stop.key):
        if stop.position is None:
            nowhere.append(stop)
        else:
            by_place.setdefault(stop.place, []).append(stop)
    places = list(by_place)
    points = [position for place in places if (position := by_place[place][0].position) is not None]
    order = _order(points)
    walked = [stop for nth in order for stop in sorted(by_place[places[nth]], key=_downwards)]
    return Route((*walked, *sorted(nowhere, key=_downwards)), round(length([points[nth] for nth in order])))


def length(points: Sequence[Position]) -> float:
    """Metres along the points in this order."""
    return sum(here.metres_to(there) for here, there in itertools.pairwise(points))


def _downwards(stop: Stop) -> tuple[bool, int, int]:
    return stop.floor is None, -(stop.floor or 0), stop.key


def _order(points: Sequence[Position]) -> list[int]:
    if len(points) < 3:
        return list(range(len(points)))
    metres = [[here.metres_to(there) for there in points] for here in points]
    tried = (_untangled(_nearest(start, metres), metres) for start in range(len(points)))
    return min(tried, key=lambda order: (round(_walked(order, metres), 3), order))


def _nearest(start: int, metres: list[list[float]]) -> list[int]:
    order, left = [start], set(range(len(metres))) - {start}
    while left:
        here = metres[order[-1]]
        following = min(left, key=lambda nth: (here[nth], nth))
        order.append(following)
        left.remove(following)
    return order


def _untangled(order: list[int], metres: list[list[float]]) -> list[int]:
    best, shortest = order, _walked(order, metres)
    improved = True
    while improved:
        improved = False
        for first in range(len(best) - 1):
            for last in range(first + 1, len(best)):
                turned = [*best[:first], *reversed(best[first : last + 1]), *best[last + 1 :]]
                walked = _walked(turned, metres)
                # By more than the rounding of a float: it must come to an end.
                if walked < shortest - 1e-6:
                    best, shortest, improved = turned, walked, True
    return best


def _walked(order: list[int], metres: list[list[float]]) -> float:
    return sum(metres[here][there] for here, there in itertools.pairwise(order))
