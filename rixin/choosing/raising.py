"""Proposals are raised by residents and staff, and supported."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.choosing.journal import ChoosingRefused, happened
from rixin.choosing.models import Proposal, Round, Support
from rixin.choosing.rounds import at_stage
from rixin.choosing.stages import Source, Stage, State
from rixin.people.actors import Actor
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import CODE_LENGTH, tracking_code, written_code

_CONTACT = Q(name__isnull=False) | Q(phone__isnull=False)


@dataclass(frozen=True, kw_only=True)
class NewProposal:
    """`key`: of this filling-in, so that what is sent twice is raised once. `browser`: what the sender's browser keeps,
    "" for none. `case`, `topic`: ids of what it comes from.
    """

    key: str
    title: str
    why: str
    area_path: str
    place_code: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    source: Source = Source.RESIDENT
    origin: str = ""
    case: int | None = None
    topic: int | None = None
    name: str = ""
    phone: str = ""
    browser: str = ""
    raised_on: date | None = None


def raise_one(row: Round, new: NewProposal, *, by: Actor, at: datetime, code: str = "") -> Proposal:
    """Raises ChoosingRefused. Residents only while the call runs; staff until the list is closed.

    `code`: by which it is followed; a new one where none is given.
    """
    mark = fingerprint(f"proposal {new.key}")
    if there := Proposal.objects.filter(submission_mark=mark).first():
        return there
    today = timezone.localdate(at)
    if new.source == Source.RESIDENT and not row.called_on(today):
        raise ChoosingRefused({"": _("The call for proposals is over.")})
    at_stage(row, Stage.RAISING)
    if not new.area_path.startswith(row.area_path):
        raise ChoosingRefused({"place": _("This lies outside the area of the round.")})
    made = _row(row, new, mark, code or tracking_code(), today, at)
    try:
        with transaction.atomic():
            made.save()
            happened("raise", by, at, proposal=made)
            if new.browser:
                _stand_behind(made, new.browser, at)
    except IntegrityError:
        if there := Proposal.objects.filter(submission_mark=mark).first():
            return there
        raise
    return made


def _row(row: Round, new: NewProposal, mark: str, code: str, today: date, at: datetime) -> Proposal:
    kept: dict[str, Any] = {
        name: getattr(new, name)
        for name in ("title", "why", "area_path", "place_code", "address", "lat", "lng", "source", "origin")
    }
    return Proposal(
        **kept,
        round=row,
        case_id=new.case,
        topic_id=new.topic,
        name=new.name.strip() or None,
        phone=new.phone.strip() or None,
        code=code,
        code_mark=fingerprint(code),
        submission_mark=mark,
        raised_on=new.raised_on or today,
        raised_at=at,
        changed_at=at,
    )


def of_code(code: str) -> Proposal | None:
    """The proposal that is followed by this code, however it was typed."""
    if len(written := written_code(code)) != CODE_LENGTH:
        return None
    rows = Proposal.objects.select_related("round", "merged_into", "project")
    return rows.filter(code_mark=fingerprint(written)).first()


@transaction.atomic
def forget_proposer(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """Whoever raised it wants the own name and telephone number deleted. The proposal stays. Harmless to repeat."""
    if Proposal.objects.filter(_CONTACT, pk=proposal.pk).update(name=None, phone=None):
        happened("forget", by, at, proposal=proposal)


@transaction.atomic
def support(proposal: Proposal, browser: str, *, at: datetime) -> bool:
    """Whether it counts: False where this browser stood behind the proposal already. Raises ChoosingRefused."""
    if proposal.state not in (State.PUBLISHED, State.LISTED) or not proposal.round.called_on(timezone.localdate(at)):
        raise ChoosingRefused({"": _("This proposal cannot be supported any more.")})
    return _stand_behind(proposal, browser, at)


def _stand_behind(proposal: Proposal, browser: str, at: datetime) -> bool:
    mark = _mark(proposal.round_id, browser)
    made = Support.objects.get_or_create(proposal=proposal, mark=mark, defaults={"at": at})[1]
    if made:
        # No new version: whoever judges it meanwhile need not begin again because somebody pressed a button.
        Proposal.objects.filter(pk=proposal.pk).update(supporters=F("supporters") + 1)
        proposal.supporters += 1
    return made


def supported_by(browser: str, row: Round) -> set[int]:
    """The proposals of the round behind which this browser stands."""
    if not browser:
        return set()
    return set(
        Support.objects.filter(proposal__round=row, mark=_mark(row.pk, browser)).values_list("proposal", flat=True)
    )


def _mark(round_id: int, browser: str) -> str:
    """The same within a round, so that of proposals that are merged nobody counts twice; another one in the next."""
    return fingerprint(f"support in round {round_id} by {browser}")
