"""What one more facility would change, thought through. Pure: nothing is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rixin.catalogue.circle_schema import Circle
from rixin.places.coordinates import Position
from rixin.walking.network import Foot, Network


class Uncovered(Protocol):
    """A building that has no facility within the circle."""

    @property
    def building(self) -> str: ...
    @property
    def dwellings(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Won:
    """A building that would be within."""

    building: str
    dwellings: int
    metres: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Trial:
    """`on_network`: whether anybody gets there on foot at all. `won`: the nearest first."""

    on_network: bool
    won: tuple[Won, ...]

    @property
    def dwellings(self) -> int:
        return sum(one.dwellings for one in self.won)


def tried(
    network: Network, spot: Position, uncovered: Iterable[Uncovered], feet: Mapping[str, Foot], circle: Circle
) -> Trial:
    """What a facility at the spot would bring. `feet`: where the buildings meet the network, by code."""
    foot = network.foot_of(spot)
    if foot is None:
        return Trial(on_network=False, won=())
    # A metre more than the circle: what is rounded down to its edge is still within.
    spread = network.spread({0: foot}, most=circle.metres + 1)
    found = []
    for one in uncovered:
        walk = spread.walk_to(feet.get(one.building))
        if walk is not None and (minutes := circle.minutes_for(round(walk.metres))) <= circle.minutes:
            found.append(Won(one.building, one.dwellings, round(walk.metres), minutes))
    return Trial(on_network=True, won=tuple(sorted(found, key=lambda won: (won.metres, won.building))))


def best(
    network: Network,
    spots: Mapping[str, Position],
    uncovered: Sequence[Uncovered],
    feet: Mapping[str, Foot],
    circle: Circle,
    most: int,
) -> list[tuple[str, Trial]]:
    """Of the spots those that would bring most dwellings into the circle; none that brings nothing."""
    trials = ((code, tried(network, spot, uncovered, feet, circle)) for code, spot in spots.items())
    bringing = [(code, trial) for code, trial in trials if trial.dwellings]
    return sorted(bringing, key=lambda pair: (-pair[1].dwellings, pair[0]))[:most]
