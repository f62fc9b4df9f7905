"""The votes of a ballot, entered by two people, each without the other's numbers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.choosing import counting, vote
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Ballot, Count, Proposal
from rixin.choosing.stages import Stage
from rixin.desk.proposal_pages.finding import frame, kept_round
from rixin.desk.proposal_pages.forms import CountForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest


@dataclass(frozen=True)
class Differs:
    """Where two people counted differently."""

    what: str
    own: int | None
    other: int | None


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, pk: int) -> HttpResponse:
    row = kept_round(request.staff, pk)
    ballot = row.ballots.filter(decided_at=None).order_by("-nth").first()
    if ballot is None or row.stage != Stage.VOTING:
        raise Http404(_("No ballot of this round is being counted."))
    candidates = list(ballot.candidates.order_by("pk"))
    own = ballot.counts.filter(by=request.staff.account.pk).first()
    if request.method != "POST":
        return _page(request, ballot, candidates, CountForm(candidates, own=own))
    form = CountForm(candidates, request.POST)
    if not form.is_valid():
        return _page(request, ballot, candidates, form, 422)
    try:
        ballot = counting.count_in(ballot, form.counted, by=request.staff.actor, at=timezone.now())
    except ChoosingRefused as refused:
        form.refuse(refused)
        return _page(request, ballot, candidates, form, 409)
    if ballot.decided_at is not None:
        messages.success(request, _("Both counts agree: the ballot is decided."))
        return redirect("desk:choice", pk=pk)
    return redirect("desk:count_votes", pk=pk)


def _page(
    request: StaffRequest, ballot: Ballot, candidates: list[Proposal], form: CountForm, status: int = 200
) -> HttpResponse:
    counts = list(ballot.counts.select_related("by"))
    own, others = _whose(counts, request.staff)
    context = {
        **frame("count"),
        "round": ballot.round,
        "ballot": ballot,
        "form": form,
        "own": own,
        "others": others,
        "full": own is None and len(others) > 1,
        "differs": _differs(own, others[0], candidates) if own and others else [],
    }
    return render(request, "proposals/count.html", context, status=status)


def _whose(counts: list[Count], staff: Staff) -> tuple[Count | None, list[Count]]:
    own = next((one for one in counts if one.by_id == staff.account.pk), None)
    return own, [one for one in counts if one is not own]


def _differs(own: Count, other: Count, candidates: list[Proposal]) -> list[Differs]:
    """Shown only to who has counted too."""
    names: dict[Any, str] = {one.pk: one.shown_title for one in candidates} | {None: _("Deputies who voted")}
    found = vote.differences(counting.counted_of(own), counting.counted_of(other))
    return [Differs(names.get(one, ""), *pair) for one, pair in found.items()]
