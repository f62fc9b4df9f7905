"""How far it is on foot. The one place that answers this for residents.

So far it is the straight line, and the minutes follow from it with the detour that streets and gates usually cost.
Where a network of paths is known, this function is to ask it; nothing else needs to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from rixin.places.coordinates import Position

_DETOUR = 1.3
"""A way along streets over the straight line between its ends, in towns of a grid."""
_METRES_PER_MINUTE = 60.0
"""Of an older person who walks without haste."""


@dataclass(frozen=True)
class Walk:
    """`metres`: in a straight line, rounded to ten and at least that. `minutes`: an estimate, at least 1."""

    metres: int
    minutes: int


def on_foot(start: Position, ends: Sequence[Position]) -> list[Walk]:
    """From `start` to each of `ends`, in their order."""
    found = []
    for end in ends:
        metres = start.metres_to(end)
        found.append(Walk(max(10, round(metres / 10) * 10), max(1, ceil(metres * _DETOUR / _METRES_PER_MINUTE))))
    return found
