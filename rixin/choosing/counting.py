"""Votes are counted by two people, each without the other's numbers. Nothing is decided until both say the same."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.choosing import vote
from rixin.choosing.journal import ChoosingRefused, happened, put
from rixin.choosing.models import Ballot, Count, Proposal
from rixin.choosing.results import result_of
from rixin.choosing.rounds import at_stage
from rixin.choosing.stages import Stage, State
from rixin.choosing.vote import Counted, Fault
from rixin.people.actors import Actor

FAULTS: Mapping[Fault, Promise] = {
    "no_quorum": _("Not more than half of the deputies were present: the vote does not count."),
    "more_than_deputies": _("More are said to have been present than there are deputies."),
    "more_than_present": _("A candidate has more votes than deputies were present."),
    "too_many_votes": _("There are more votes than those present could give."),
    "other_candidates": _("Please give a number for every candidate, 0 where it has no vote."),
}
_TWO = 2


@transaction.atomic
def count_in(ballot: Ballot, counted: Counted, *, by: Actor, at: datetime) -> Ballot:
    """What one person counted; the same person counts anew in the own place. Raises ChoosingRefused.

    Once two people say the same, the ballot is decided and what follows from it is written.
    """
    ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
    row = ballot.round
    at_stage(row, Stage.VOTING)
    if ballot.decided_at is not None:
        raise ChoosingRefused({"": _("This ballot is decided already.")})
    _check(ballot, counted)
    others = list(ballot.counts.exclude(by=by.account_id))
    if len(others) >= _TWO:
        raise ChoosingRefused({"": _("Two people have counted this ballot already.")})
    said = {"present": counted.present, "votes": {str(one): n for one, n in counted.votes.items()}, "at": at}
    Count.objects.update_or_create(ballot=ballot, by_id=by.account_id, defaults=said)
    happened("count", by, at, round=row)
    if others and not vote.differences(counted, counted_of(others[0])):
        _decide(ballot, counted, by, at)
    return ballot


def counted_of(count: Count) -> Counted:
    return Counted(count.present, {int(number): votes for number, votes in count.votes.items()})


def _check(ballot: Ballot, counted: Counted) -> None:
    """What cannot be is a slip of the pen. A missing quorum can be: it is written down, and nobody is chosen."""
    candidates = sorted(ballot.candidates.values_list("pk", flat=True))
    found = vote.faults(
        candidates,
        counted.votes,
        places=ballot.places,
        present=counted.present,
        deputies=ballot.round.deputies,
    )
    if slips := [FAULTS[one] for one in found if one != "no_quorum"]:
        raise ChoosingRefused({"": " ".join(map(str, slips))})


def _decide(ballot: Ballot, counted: Counted, by: Actor, at: datetime) -> None:
    row = ballot.round
    votes = {str(one): count for one, count in sorted(counted.votes.items())}
    said = {"present": counted.present, "votes": votes, "decided_at": at}
    put(ballot, "decide", said, by=by, at=at, seen=ballot.version, round=row)
    result = result_of(ballot)
    for one in ballot.candidates.filter(pk__in=result.chosen):
        chosen = {"state": State.CHOSEN, "chosen_on": ballot.held_on}
        put(one, "choose", chosen, by=by, at=at, seen=one.version, proposal=one)
    if result.counts and not result.tied:
        for one in Proposal.objects.filter(round=row, state=State.LISTED):
            put(one, "pass", {"state": State.PASSED}, by=by, at=at, seen=one.version, proposal=one)
        put(row, "settle", {"stage": Stage.DECIDED}, by=by, at=at, seen=row.version, round=row)
