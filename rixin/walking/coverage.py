"""How many dwellings have a facility within a walk. Pure: values in, values out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from rixin.catalogue.circle_schema import Circle
from rixin.walking.network import Foot, Network, Spread

COMMUNITY = len("330106013/001/")
"""Length of the path of a community."""


@dataclass(frozen=True, slots=True)
class Home:
    """A building with dwellings. `foot` None: not on the network."""

    building: str
    area_path: str
    dwellings: int
    foot: Foot | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A building and the nearest facility of a circle. Metres are whole; None: no way to any."""

    building: str
    area_path: str
    dwellings: int
    on_network: bool
    facility: int | None
    metres: int | None
    minutes: int | None
    covered: bool


class Counted(Protocol):
    """What is asked of a building to count it: one just reached, or one that is stored."""

    @property
    def area_path(self) -> str: ...
    @property
    def dwellings(self) -> int: ...
    @property
    def on_network(self) -> bool: ...
    @property
    def covered(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Coverage:
    """Dwellings within the circle, beyond it, and not on the network, which nobody knows to be within."""

    within: int = 0
    beyond: int = 0
    off_network: int = 0

    @property
    def dwellings(self) -> int:
        return self.within + self.beyond + self.off_network

    @property
    def share(self) -> Fraction | None:
        """Of all dwellings those within: it never rises for want of a path. None: there are no dwellings."""
        return Fraction(self.within, self.dwellings) if self.dwellings else None

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.within + other.within, self.beyond + other.beyond, self.off_network + other.off_network)


def reach(homes: Iterable[Home], spread: Spread, circle: Circle) -> list[Reached]:
    return [_reached(home, spread, circle) for home in homes]


def _reached(home: Home, spread: Spread, circle: Circle) -> Reached:
    walk = spread.walk_to(home.foot)
    ground = (home.building, home.area_path, home.dwellings, home.foot is not None)
    if walk is None:
        return Reached(*ground, None, None, None, covered=False)
    metres = round(walk.metres)
    minutes = circle.minutes_for(metres)
    return Reached(*ground, walk.to, metres, minutes, covered=minutes <= circle.minutes)


def covered(network: Network, homes: Iterable[Home], facilities: Mapping[int, Foot], circle: Circle) -> list[Reached]:
    """Each building with the nearest of the facilities that are open."""
    return reach(homes, network.spread(facilities), circle)


def summed(reached: Iterable[Counted]) -> Coverage:
    return sum((_of(one) for one in reached), Coverage())


def by_community(reached: Iterable[Counted]) -> dict[str, Coverage]:
    """By the paths of the communities, in their order."""
    found: dict[str, Coverage] = defaultdict(Coverage)
    for one in reached:
        found[one.area_path[:COMMUNITY]] += _of(one)
    return dict(sorted(found.items()))


def _of(one: Counted) -> Coverage:
    if not one.on_network:
        return Coverage(off_network=one.dwellings)
    return Coverage(within=one.dwellings) if one.covered else Coverage(beyond=one.dwellings)
