"""How far it is on foot. The one place that answers this for residents.

Along the paths where both ends are on the network; else in a straight line, with the detour that streets and gates
usually cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from rixin.places.coordinates import Position
from rixin.walking import nearest

_DETOUR = 1.3
"""A way along streets over the straight line between its ends, in towns of a grid."""
_METRES_PER_MINUTE = 60.0
"""Of an older person who walks without haste."""


@dataclass(frozen=True)
class Walk:
    """`metres`: rounded to ten and at least that. `minutes`: an estimate, at least 1."""

    metres: int
    minutes: int
    straight: bool = False
    """Whether no way is known, and the metres are those of the straight line."""


def on_foot(start: Position, ends: Sequence[Position], day: date) -> list[Walk]:
    """From `start` to each of `ends`, in their order, over the paths of the day."""
    ways = {one.key: one.metres for one in nearest.on_foot(start, dict(enumerate(ends)), day)}
    return [_along(ways[nth]) if nth in ways else _straight(start, end) for nth, end in enumerate(ends)]


def _along(metres: float) -> Walk:
    return Walk(_tens(metres), _minutes(metres))


def _straight(start: Position, end: Position) -> Walk:
    metres = start.metres_to(end)
    return Walk(_tens(metres), _minutes(metres * _DETOUR), straight=True)


def _tens(metres: float) -> int:
    return max(10, round(metres / 10) * 10)


def _minutes(metres: float) -> int:
    return max(1, ceil(metres / _METRES_PER_MINUTE))
