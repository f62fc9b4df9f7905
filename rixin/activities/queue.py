"""Who has a place at an event and who waits for one. Pure.

The order in which people asked is kept: nobody gets a place before somebody who has waited longer, also where a
smaller party would fit into what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """Somebody who signed up, alone or with others. `seated`: has a place; the others wait."""

    key: int
    people: int
    seated: bool


def taken(parties: Iterable[Party]) -> int:
    """How many people have a place."""
    return sum(party.people for party in parties if party.seated)


def left(capacity: int | None, parties: Iterable[Party]) -> int | None:
    """How many more people could come; None where there is room for all."""
    return None if capacity is None else max(capacity - taken(parties), 0)


def gets_in(capacity: int | None, parties: Sequence[Party], people: int) -> bool:
    """Whether a new party of so many people gets a place at once; otherwise it waits."""
    room = left(capacity, parties)
    return all(party.seated for party in parties) and (room is None or people <= room)


def moving_up(capacity: int | None, parties: Sequence[Party]) -> list[int]:
    """The keys of those who wait and get a place now. `parties` in the order in which they asked."""
    room = left(capacity, parties)
    found = []
    for party in parties:
        if party.seated:
            continue
        if room is not None:
            if party.people > room:
                break
            room -= party.people
        found.append(party.key)
    return found
