"""What a vote of deputies comes to. Pure: numbers in, a result out; chance decides nothing.

Each deputy who is present marks at most as many candidates as there are places. Those with most votes are chosen. Where
candidates with equal votes stand at the last place and not all of them fit, none of them is chosen: they need a further
ballot. Nobody is chosen without a vote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Fault = Literal["no_quorum", "more_than_deputies", "more_than_present", "too_many_votes", "other_candidates"]
Votes = Mapping[int, int]
"""By candidate: from how many deputies."""


@dataclass(frozen=True)
class Ranked:
    """`place`: 1 for most votes; equal votes share a place and leave out those behind it (1, 2, 2, 4)."""

    candidate: int
    votes: int
    place: int


@dataclass(frozen=True)
class Result:
    """`faults`: why the vote does not count; nobody is chosen then. `tied`: who stands equal at the last place, for
    `open_places`.
    """

    ranking: tuple[Ranked, ...]
    chosen: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    open_places: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> bool:
        return not self.faults


def has_quorum(deputies: int, present: int) -> bool:
    """More than half of those entitled."""
    return 2 * present > deputies


def faults(candidates: Sequence[int], votes: Votes, *, places: int, present: int, deputies: int) -> tuple[Fault, ...]:
    """Why counted votes cannot be right, or do not count."""
    found: list[Fault] = []
    if set(votes) != set(candidates):
        found.append("other_candidates")
    if present > deputies:
        found.append("more_than_deputies")
    elif not has_quorum(deputies, present):
        found.append("no_quorum")
    if any(count > present for count in votes.values()):
        found.append("more_than_present")
    if sum(votes.values()) > present * places:
        found.append("too_many_votes")
    return tuple(found)


def chosen(candidates: Sequence[int], votes: Votes, *, places: int, present: int, deputies: int) -> Result:
    """Who is chosen. A candidate without an entry in `votes` is a fault: 0 is a count too.

    The order of equal candidates in the ranking is that of `candidates`.
    """
    ranking = _ranking(candidates, votes)
    if found := faults(candidates, votes, places=places, present=present, deputies=deputies):
        return Result(ranking, faults=found)
    sure: list[int] = []
    for _votes, equal in groupby((one for one in ranking if one.votes), key=lambda one: one.votes):
        group = [one.candidate for one in equal]
        left = places - len(sure)
        if len(group) > left:
            return Result(ranking, tuple(sure), tuple(group) if left else (), left)
        sure += group
    return Result(ranking, tuple(sure))


def _ranking(candidates: Sequence[int], votes: Votes) -> tuple[Ranked, ...]:
    counted = {one: votes.get(one, 0) for one in candidates}
    ordered = sorted(candidates, key=lambda one: -counted[one])
    return tuple(Ranked(one, counted[one], 1 + sum(n > counted[one] for n in counted.values())) for one in ordered)


@dataclass(frozen=True)
class Counted:
    """What one person counted."""

    present: int
    votes: Votes


def differences(one: Counted, other: Counted) -> dict[int | None, tuple[int | None, int | None]]:
    """Where two counts differ, by candidate; None: the number of those present."""
    found: dict[int | None, tuple[int | None, int | None]] = {}
    if one.present != other.present:
        found[None] = (one.present, other.present)
    for candidate in sorted({*one.votes, *other.votes}):
        pair = one.votes.get(candidate), other.votes.get(candidate)
        if pair[0] != pair[1]:
            found[candidate] = pair
    return found
