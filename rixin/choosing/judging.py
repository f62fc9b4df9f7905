"""Staff read what was raised, publish it, put alike ones together, judge it, and draw up the short list."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.choosing.journal import ChoosingRefused, put
from rixin.choosing.models import Proposal, Support
from rixin.choosing.rounds import at_stage
from rixin.choosing.stages import Declined, Feasible, NotPublished, Stage, State
from rixin.people.actors import Actor

_UNDECIDED = (State.RAISED, State.PUBLISHED, State.HIDDEN)
_JUDGED = (State.PUBLISHED, State.LISTED, State.DECLINED)
_TARGETS = (State.PUBLISHED, State.LISTED, State.DECLINED)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What staff found out. `cost` in fen; `unit`: id of the unit that would see to it."""

    group: str = ""
    feasible: Feasible | str = ""
    cost: int | None = None
    unit_id: int | None = None
    payer: str = ""
    remarks: str = ""


@transaction.atomic
def publish(row: Proposal, title: str, why: str, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """As it may be read by everybody: without names of persons. Raises ChoosingRefused, ChangedMeanwhile."""
    _still(row, _UNDECIDED)
    if not title.strip():
        raise ChoosingRefused({"title": _("Please give it a title.")})
    said = {
        "state": State.PUBLISHED,
        "public_title": title.strip(),
        "public_why": why.strip(),
        "not_published": "",
        "said": "",
    }
    put(row, "publish", said, by=by, at=at, seen=seen, proposal=row)
    return row


@transaction.atomic
def hide(row: Proposal, reason: str, said: str = "", *, by: Actor, at: datetime, seen: int) -> Proposal:
    """Not shown to others; the proposer reads why. Raises ChoosingRefused, ChangedMeanwhile."""
    _still(row, (State.RAISED, State.PUBLISHED))
    if reason not in NotPublished.values:
        raise ChoosingRefused({"reason": _("Please say why.")})
    columns = {"state": State.HIDDEN, "not_published": reason, "said": said.strip()}
    put(row, "hide", columns, by=by, at=at, seen=seen, proposal=row)
    return row


@transaction.atomic
def merge(row: Proposal, into: Proposal, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """It goes on in another one, and so do those who support it: whoever stands behind both counts once.

    Raises ChoosingRefused, ChangedMeanwhile.
    """
    _still(row, (State.RAISED, State.PUBLISHED))
    into = Proposal.objects.select_for_update().get(pk=into.pk)
    if into.pk == row.pk or into.round_id != row.round_id or into.state not in _TARGETS:
        raise ChoosingRefused({"into": _("Choose another published proposal of the same round.")})
    put(row, "merge", {"state": State.MERGED, "merged_into_id": into.pk}, by=by, at=at, seen=seen, proposal=row)
    row.merged.update(merged_into=into)
    there = set(into.supports.values_list("mark", flat=True))
    Support.objects.bulk_create(
        Support(proposal=into, mark=one.mark, at=one.at) for one in row.supports.all() if one.mark not in there
    )
    more = {"supporters": into.supports.count()}
    put(into, "take_in", more, by=by, at=at, seen=into.version, reason=row.shown_title, proposal=into)
    return row


@transaction.atomic
def judge(row: Proposal, judged: Judged, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """Raises ChoosingRefused, ChangedMeanwhile."""
    _still(row, _JUDGED)
    put(row, "judge", asdict(judged), by=by, at=at, seen=seen, proposal=row)
    return row


@transaction.atomic
def list_it(row: Proposal, *, by: Actor, at: datetime, seen: int) -> Proposal:
    """Onto the short list: what can be done, by a unit that is named, at a cost that is known.

    Raises ChoosingRefused, ChangedMeanwhile.
    """
    _still(row, (State.PUBLISHED, State.DECLINED))
    faults: dict[str, Any] = {}
    if row.feasible not in (Feasible.YES, Feasible.PARTLY):
        faults["feasible"] = _("Only what can be done is put on the short list.")
    if row.cost is None:
        faults["cost"] = _("Deputies have to know what it would cost.")
    if row.unit_id is None:
        faults["unit"] = _("Deputies have to know who would see to it.")
    if faults:
        raise ChoosingRefused({"": " ".join(map(str, faults.values()))})
    columns = {"state": State.LISTED, "declined": "", "said": "", "listed_on": timezone.localdate(at)}
    put(row, "list", columns, by=by, at=at, seen=seen, proposal=row)
    return row


@transaction.atomic
def decline(row: Proposal, reason: str, said: str = "", *, by: Actor, at: datetime, seen: int) -> Proposal:
    """Not put to the vote; everybody reads why. Raises ChoosingRefused, ChangedMeanwhile."""
    _still(row, (State.PUBLISHED, State.LISTED))
    if reason not in Declined.values:
        raise ChoosingRefused({"reason": _("Please say why.")})
    columns = {"state": State.DECLINED, "declined": reason, "said": said.strip(), "listed_on": None}
    put(row, "decline", columns, by=by, at=at, seen=seen, proposal=row)
    return row


def _still(row: Proposal, states: tuple[State, ...]) -> None:
    """Raises ChoosingRefused."""
    at_stage(row.round, Stage.RAISING)
    if row.state not in states:
        said = _("This is not possible any more: the proposal is “%(state)s”.") % {"state": row.get_state_display()}
        raise ChoosingRefused({"": said})
