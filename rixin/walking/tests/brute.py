"""Walks computed plainly: a matrix of all points, Floyd and Warshall's three loops, and nothing of the product's graph.

Spots are put on the nearest stretch by trying points along it ever closer, and become points of the matrix themselves.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import asin, cos, inf, radians, sin, sqrt

Point = tuple[float, float]
"""(lat, lng)"""
Stretch = tuple[Point, Point]


def between(here: Point, there: Point) -> float:
    """Metres along the great circle, by the textbook."""
    lat1, lng1, lat2, lng2 = map(radians, (*here, *there))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(h))


def on(stretch: Stretch, share: float) -> Point:
    (lat, lng), (to_lat, to_lng) = stretch
    return lat + share * (to_lat - lat), lng + share * (to_lng - lng)


def nearest_share(stretch: Stretch, spot: Point) -> float:
    """Where along the stretch the spot is nearest: thirds that cannot hold it are cut off until nothing is left."""
    low, high = 0.0, 1.0
    for _round in range(45):
        third = (high - low) / 3
        if between(on(stretch, low + third), spot) <= between(on(stretch, high - third), spot):
            high -= third
        else:
            low += third
    return min((0.0, 1.0, (low + high) / 2), key=lambda share: between(on(stretch, share), spot))


def joined(stretches: Sequence[Stretch], spot: Point, farthest: float) -> tuple[int, float, float] | None:
    """(which stretch, share along it, metres aside) of the nearest one; None where all are too far."""
    found = []
    for nth, stretch in enumerate(stretches):
        share = nearest_share(stretch, spot)
        found.append((between(on(stretch, share), spot), nth, share))
    aside, nth, share = min(found)
    return (nth, share, aside) if aside <= farthest else None


def stretches_of(lines: Sequence[Sequence[Point]]) -> list[Stretch]:
    pairs = {(min(pair), max(pair)) for line in lines for pair in pairwise(line)}
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def plainly_joined(lines: Sequence[Sequence[Point]], spot: Point) -> bool:
    """Whether one stretch is the nearest, or several that end there. Of others that are as near either may be taken."""
    found = [(stretch, nearest_share(stretch, spot)) for stretch in stretches_of(lines)]
    asides = [between(on(stretch, share), spot) for stretch, share in found]
    near = [joint for joint, aside in zip(found, asides, strict=True) if aside < min(asides) + 0.01]
    return len(near) == 1 or len({on(*joint) if joint[1] in (0, 1) else joint for joint in near}) == 1


class Plan:
    """All points by number, and the metres between those that are neighbours."""

    def __init__(self, lines: Sequence[Sequence[Point]], spots: Mapping[object, Point], farthest: float) -> None:
        self._stretches = stretches_of(lines)
        self._numbers: dict[object, int] = {}
        self._metres: dict[tuple[int, int], float] = {}
        self._along: dict[int, list[tuple[float, object]]] = {
            nth: [(0.0, here), (1.0, there)] for nth, (here, there) in enumerate(self._stretches)
        }
        self.on_network = {name: self._join(name, at, farthest) for name, at in spots.items()}
        for nth, (here, there) in enumerate(self._stretches):
            for (share, name), (further, other) in pairwise(sorted(self._along[nth], key=lambda stop: stop[0])):
                self._tie(name, other, (further - share) * between(here, there))
        self._table = self._shortest()

    def _join(self, name: object, at: Point, farthest: float) -> bool:
        self._number(name)
        found = joined(self._stretches, at, farthest)
        if found is None:
            return False
        nth, share, aside = found
        self._along[nth].append((share, ("foot", name)))
        self._tie(name, ("foot", name), aside)
        return True

    def _number(self, name: object) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def _tie(self, one: object, other: object, length: float) -> None:
        here, there = self._number(one), self._number(other)
        for way in ((here, there), (there, here)):
            self._metres[way] = min(self._metres.get(way, inf), length)

    def _shortest(self) -> list[list[float]]:
        every = range(len(self._numbers))
        table = [[0.0 if one == other else self._metres.get((one, other), inf) for other in every] for one in every]
        for middle in every:
            through = table[middle]
            for nth, row in enumerate(table):
                if row[middle] < inf:
                    to_middle = row[middle]
                    table[nth] = [min(there, to_middle + on) for there, on in zip(row, through, strict=True)]
        return table

    def metres(self, one: object, other: object) -> float:
        return self._table[self._numbers[one]][self._numbers[other]]


def walks(
    lines: Sequence[Sequence[Point]], homes: Mapping[str, Point], facilities: Mapping[int, Point], farthest: float
) -> dict[str, tuple[bool, float | None]]:
    """For each home whether it is on the network, and the metres to the nearest facility, or None without a way."""
    spots: dict[object, Point] = dict(homes.items())
    spots.update(facilities.items())
    plan = Plan(lines, spots, farthest)
    result = {}
    for home in homes:
        nearest = min((plan.metres(home, site) for site in facilities), default=inf)
        result[home] = plan.on_network[home], nearest if nearest < inf else None
    return result
