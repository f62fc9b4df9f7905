"""From where somebody stands to the facilities nearby, on foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rixin.catalogue.circle_schema import METRES_PER_MINUTE
from rixin.places.coordinates import Position
from rixin.walking import current


@dataclass(frozen=True, slots=True)
class OnFoot:
    """The way to one of the spots. Minutes are begun ones at the usual pace."""

    key: int
    metres: int
    minutes: int


def on_foot(start: Position, spots: Mapping[int, Position | None], day: date) -> list[OnFoot]:
    """The spots that can be walked to, the nearest first; none where the start is not on the network.

    Those that are missing have no way that is known: say so, or how far they are as the crow flies.
    """
    graph = current.on(day)
    foot = graph.foot_of(start) if graph else None
    if graph is None or foot is None:
        return []
    spread = graph.spread({0: foot})
    walks = ((key, spread.walk_to(graph.foot_of(spot))) for key, spot in spots.items())
    found = [OnFoot(key, round(walk.metres), _minutes(round(walk.metres))) for key, walk in walks if walk is not None]
    return sorted(found, key=lambda one: (one.metres, one.key))


def _minutes(metres: int) -> int:
    return -(-metres // METRES_PER_MINUTE)
