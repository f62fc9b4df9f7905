"""What a round's ballots came to, read from their rows."""

from dataclasses import dataclass

from rixin.choosing.models import Ballot, Proposal, Round
from rixin.choosing.vote import Ranked, Result, chosen


@dataclass(frozen=True)
class Standing:
    proposal: Proposal
    ranked: Ranked
    chosen: bool
    tied: bool


@dataclass(frozen=True)
class Outcome:
    """A ballot that was counted."""

    ballot: Ballot
    result: Result
    standings: tuple[Standing, ...]


def result_of(ballot: Ballot) -> Result:
    """Of one that both have counted alike."""
    votes = {int(number): count for number, count in ballot.votes.items()}
    return chosen(
        sorted(votes), votes, places=ballot.places, present=ballot.present or 0, deputies=ballot.round.deputies
    )


def outcomes(row: Round) -> list[Outcome]:
    """Of the ballots that are decided, in their order. Two statements."""
    ballots = row.ballots.exclude(decided_at=None).select_related("round").prefetch_related("candidates")
    return [_outcome(ballot) for ballot in ballots]


def _outcome(ballot: Ballot) -> Outcome:
    result = result_of(ballot)
    known = {one.pk: one for one in ballot.candidates.all()}
    standings = (
        Standing(known[one.candidate], one, one.candidate in result.chosen, one.candidate in result.tied)
        for one in result.ranking
        if one.candidate in known
    )
    return Outcome(ballot, result, tuple(standings))
