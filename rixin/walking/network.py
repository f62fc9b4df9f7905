"""Ways on foot as a graph, and walks over it. Pure: no database here.

Two lines join where they have a point in common, to the last digit; where they merely cross, they do not: a footbridge
passes over a road. A spot is joined to the nearest point of the nearest stretch, and the straight bit from the spot to
there counts. Spots on the same stretch meet on it, without a detour over its ends.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import shapely

from rixin.places.coordinates import Position

FARTHEST_ASIDE = 150
"""Metres. What is farther from every path is not on the network: to guess a way there would be to invent one."""
_START = "start"
Line = Sequence[Sequence[float]]
"""Points as (longitude, latitude)."""
Node = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Foot:
    """Where a spot meets the network: on which stretch, how many metres from either end, and how far aside of it."""

    stretch: tuple[Node, Node]
    ends: tuple[float, float]
    aside: float

    def to_ends(self) -> Iterable[tuple[Node, float]]:
        """Each end of the stretch with the metres to it, those aside included."""
        return zip(self.stretch, (self.aside + metres for metres in self.ends), strict=True)


@dataclass(frozen=True, slots=True)
class Walk:
    """The shortest way to the nearest of some spots: `to` which of them, and how far."""

    metres: float
    to: int


class Spread:
    """The shortest ways from every place on the network to the nearest of some spots."""

    def __init__(self, metres: Mapping[Any, float], nearest: Mapping[Any, int], spots: Mapping[int, Foot]) -> None:
        self._metres, self._nearest = metres, nearest
        self._beside: dict[tuple[Node, Node], list[tuple[int, Foot]]] = defaultdict(list)
        for key, foot in spots.items():
            self._beside[foot.stretch].append((key, foot))

    def walk_to(self, foot: Foot | None) -> Walk | None:
        """None: there is no way, or it is longer than was looked for."""
        if foot is None:
            return None
        found = [
            (self._metres[node] + metres, self._nearest[node])
            for node, metres in foot.to_ends()
            if node in self._metres
        ]
        for key, other in self._beside.get(foot.stretch, ()):
            found.append((abs(other.ends[0] - foot.ends[0]) + other.aside + foot.aside, key))
        return Walk(*min(found)) if found else None


class Network:
    """Built once and shared by threads: what is put into it for a question is taken out again under a lock."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._graph: nx.Graph[Any] = nx.Graph()
        for line in lines:
            points = [(float(point[0]), float(point[1])) for point in line]
            for here, there in pairwise(points):
                if here != there:
                    self._graph.add_edge(here, there, metres=_position(here).metres_to(_position(there)))
        self._stretches: list[tuple[Node, Node]] = list(self._graph.edges)
        middle = sum(node[1] for node in self._graph) / max(len(self._graph), 1)
        self._wide = math.cos(math.radians(middle))
        """A degree of longitude in degrees of latitude: near enough over a district to tell what is nearest."""
        self._lines = [shapely.LineString([self._flat(*end) for end in stretch]) for stretch in self._stretches]
        self._tree = shapely.STRtree(self._lines)
        self._asked = threading.Lock()

    def _flat(self, lng: float, lat: float) -> tuple[float, float]:
        return lng * self._wide, lat

    @property
    def crossings(self) -> int:
        return len(self._graph)

    @property
    def metres(self) -> float:
        return float(self._graph.size(weight="metres"))

    def parts(self) -> list[float]:
        """Metres of each part that hangs together, the longest first."""
        parts = (self._graph.subgraph(nodes) for nodes in nx.connected_components(self._graph))
        return sorted((float(part.size(weight="metres")) for part in parts), reverse=True)

    def foot_of(self, spot: Position | None) -> Foot | None:
        """Where the spot meets the network; None for one that is too far from every path, or not known."""
        if spot is None or not self._stretches:
            return None
        point = shapely.Point(self._flat(spot.lng, spot.lat))
        nearest = int(self._tree.nearest(point))
        stretch = self._stretches[nearest]
        share = self._lines[nearest].project(point, normalized=True)
        (lng, lat), (to_lng, to_lat) = stretch
        joint = Position(lat + share * (to_lat - lat), lng + share * (to_lng - lng))
        aside = spot.metres_to(joint)
        if aside > FARTHEST_ASIDE:
            return None
        metres = self._graph.edges[stretch]["metres"]
        return Foot(stretch, (share * metres, (1 - share) * metres), aside)

    def spread(self, spots: Mapping[int, Foot], most: float | None = None) -> Spread:
        """The shortest ways to the nearest of the spots, found in one search from all of them. `most`: metres."""
        starts: dict[Node, tuple[float, int]] = {}
        for key, foot in sorted(spots.items()):
            for node, metres in foot.to_ends():
                starts[node] = min(starts.get(node, (math.inf, key)), (metres, key))
        with self._asked:
            self._graph.add_weighted_edges_from(
                ((_START, node, metres) for node, (metres, _key) in starts.items()), weight="metres"
            )
            try:
                before, lengths = self._search(most) if starts else ({}, {})
            finally:
                self._graph.remove_nodes_from([_START])
        nearest: dict[Any, int] = {}
        for node in lengths:  # from near to far, so that what lies before a node is known
            if node != _START:
                first = before[node][0]
                nearest[node] = starts[node][1] if first == _START else nearest[first]
        return Spread(lengths, nearest, spots)

    def _search(self, most: float | None) -> tuple[Mapping[Any, list[Any]], Mapping[Any, float]]:
        return nx.dijkstra_predecessor_and_distance(self._graph, _START, cutoff=most, weight="metres")


def _position(node: Node) -> Position:
    return Position(node[1], node[0])
