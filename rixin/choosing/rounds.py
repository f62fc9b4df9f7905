"""Rounds: called, put to the vote, announced. One transaction each."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rixin.choosing.journal import ChoosingRefused, happened, put
from rixin.choosing.models import Ballot, Proposal, Round
from rixin.choosing.results import result_of
from rixin.choosing.stages import Stage, State
from rixin.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Called:
    """What is said when a round is called. `call_until` is included."""

    year: int
    area_path: str
    call: str
    call_from: date
    call_until: date
    places: int
    deputies: int


def open_round(called: Called, *, by: Actor, at: datetime) -> Round:
    """Raises ChoosingRefused."""
    _check(called)
    made = Round(**asdict(called), changed_at=at)
    try:
        with transaction.atomic():
            made.save()
            happened("open", by, at, round=made)
    except IntegrityError:
        raise ChoosingRefused({"year": _("There is a round of this year already.")}) from None
    return made


@transaction.atomic
def correct(row: Round, called: Called, *, by: Actor, at: datetime, seen: int) -> Round:
    """What was called, as long as the vote has not begun. Raises ChoosingRefused, ChangedMeanwhile."""
    at_stage(row, Stage.RAISING)
    _check(called)
    said = asdict(called)
    if (said.pop("year"), said.pop("area_path")) != (row.year, row.area_path):
        raise ChoosingRefused({"year": _("Year and area of a round stay as they were called.")})
    put(row, "correct", said, by=by, at=at, seen=seen, round=row)
    return row


@transaction.atomic
def put_to_vote(row: Round, held_on: date, *, by: Actor, at: datetime, seen: int) -> Ballot:
    """The short list is closed: its proposals stand for the vote. Raises ChoosingRefused, ChangedMeanwhile."""
    at_stage(row, Stage.RAISING)
    if held_on < row.call_until:
        raise ChoosingRefused({"held_on": _("Until the end of the call everybody can still raise something.")})
    waiting = row.proposals.filter(state__in=(State.RAISED, State.PUBLISHED)).count()
    if waiting:
        words = ngettext(
            "%(n)d proposal is still to be decided: put it on the short list, or say why not.",
            "%(n)d proposals are still to be decided: put them on the short list, or say why not.",
            waiting,
        )
        raise ChoosingRefused({"": words % {"n": waiting}})
    listed = list(row.proposals.filter(state=State.LISTED))
    if len(listed) <= row.places:
        raise ChoosingRefused({"": _("A vote needs more candidates than there are places.")})
    put(row, "to_vote", {"stage": Stage.VOTING}, by=by, at=at, seen=seen, round=row)
    return _ballot(row, 1, row.places, held_on, listed, at)


@transaction.atomic
def back_to_list(row: Round, *, by: Actor, at: datetime, seen: int) -> Round:
    """The short list is opened again, as long as nobody has counted. Raises ChoosingRefused, ChangedMeanwhile."""
    at_stage(row, Stage.VOTING)
    ballots = row.ballots.select_for_update()
    if len(ballots) > 1 or any(one.counts.exists() for one in ballots):
        raise ChoosingRefused({"": _("Votes have been counted: the list stays as it was voted on.")})
    put(row, "to_list", {"stage": Stage.RAISING}, by=by, at=at, seen=seen, round=row)
    ballots.delete()
    return row


@transaction.atomic
def vote_again(row: Round, held_on: date, *, by: Actor, at: datetime, seen: int) -> Ballot:
    """A further ballot: among those who stood equal, or of all where the last one did not count.

    Raises ChoosingRefused, ChangedMeanwhile.
    """
    at_stage(row, Stage.VOTING)
    last = row.ballots.order_by("-nth")[0]
    if last.decided_at is None:
        raise ChoosingRefused({"": _("The last ballot is still being counted.")})
    if held_on < last.held_on:
        raise ChoosingRefused({"held_on": _("A further ballot cannot be before the last one.")})
    result = result_of(last)
    again = last.candidates.filter(pk__in=result.tied) if result.counts else last.candidates.all()
    places = result.open_places if result.counts else last.places
    put(row, "vote_again", {}, by=by, at=at, seen=seen, round=row)
    return _ballot(row, last.nth + 1, places, held_on, list(again), at)


def _ballot(row: Round, nth: int, places: int, held_on: date, candidates: list[Proposal], at: datetime) -> Ballot:
    made = Ballot.objects.create(round=row, nth=nth, places=places, held_on=held_on, changed_at=at)
    made.candidates.set(candidates)
    return made


@transaction.atomic
def announce(row: Round, *, by: Actor, at: datetime, seen: int) -> Round:
    """Residents read the result from now on. Raises ChoosingRefused, ChangedMeanwhile."""
    at_stage(row, Stage.DECIDED)
    said = {"stage": Stage.ANNOUNCED, "announced_on": timezone.localdate(at)}
    put(row, "announce", said, by=by, at=at, seen=seen, round=row)
    return row


def at_stage(row: Round, stage: Stage) -> None:
    """Raises ChoosingRefused."""
    if row.stage != stage:
        said = _("The round is past this: it stands at “%(stage)s”.") % {"stage": row.get_stage_display()}
        raise ChoosingRefused({"": said})


def _check(called: Called) -> None:
    faults: dict[str, Any] = {}
    if called.call_until < called.call_from:
        faults["call_until"] = _("The call ends before it begins.")
    if called.places < 1:
        faults["places"] = _("At least one, please.")
    if called.deputies < 1:
        faults["deputies"] = _("At least one, please.")
    if not called.call.strip():
        faults["call"] = _("Please tell residents what they can raise.")
    if faults:
        raise ChoosingRefused(faults)
