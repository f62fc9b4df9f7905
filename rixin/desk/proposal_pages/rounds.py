"""A round: called, put to the vote, announced."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.choosing import queries
from rixin.choosing import rounds as doing
from rixin.choosing.counting import FAULTS
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Ballot, Round
from rixin.choosing.results import Outcome, outcomes
from rixin.choosing.stages import Stage, State
from rixin.desk.proposal_pages.finding import frame, kept_round, seen_round
from rixin.desk.proposal_pages.forms import CorrectRoundForm, HeldForm, RoundForm, StageForm
from rixin.desk.proposal_pages.words import area_words, history
from rixin.desk.views.common import case_staff, whole_number
from rixin.history import ChangedMeanwhile
from rixin.people.staff import Staff, StaffRequest
from rixin.refusable import RefusableForm


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    area = queries.keeps_where(request.staff)
    if area is None:
        raise Http404(_("You call no rounds."))
    form = RoundForm(area, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = doing.open_round(form.called, by=request.staff.actor, at=timezone.now())
        except ChoosingRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Called: residents read it from its first day on."))
            return redirect(made)
    context = {**frame("new_round"), "form": form, "area": area_words(area)}
    return render(request, "proposals/new_round.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Deed:
    """Something to do for a round. `offered`: whether it makes sense now."""

    name: str | Promise
    done: str | Promise
    form: Callable[[Round, date, Any], RefusableForm]
    act: Callable[[Round, Any, dict[str, Any]], object]
    offered: Callable[[Round, Ballot | None], bool]


DEEDS: dict[str, Deed] = {
    "to_vote": Deed(
        name=gettext_lazy("Put to the vote"),
        done=gettext_lazy("The short list is closed."),
        form=HeldForm,
        act=lambda row, form, how: doing.put_to_vote(row, **form.cleaned_data, **how),
        offered=lambda row, _ballot: row.stage == Stage.RAISING,
    ),
    "correct": Deed(
        name=gettext_lazy("Correct the call"),
        done=gettext_lazy("Saved."),
        form=CorrectRoundForm,
        act=lambda row, form, how: doing.correct(row, form.called, **how),
        offered=lambda row, _ballot: row.stage == Stage.RAISING,
    ),
    "vote_again": Deed(
        name=gettext_lazy("Call a further ballot"),
        done=gettext_lazy("A further ballot is called."),
        form=HeldForm,
        act=lambda row, form, how: doing.vote_again(row, **form.cleaned_data, **how),
        offered=lambda row, ballot: (
            row.stage == Stage.VOTING and ballot is not None and ballot.decided_at is not None
        ),
    ),
    "back": Deed(
        name=gettext_lazy("Open the short list again"),
        done=gettext_lazy("The short list is open again."),
        form=StageForm,
        act=lambda row, _form, how: doing.back_to_list(row, **how),
        offered=lambda row, ballot: row.stage == Stage.VOTING and ballot is not None and ballot.nth == 1
        and not ballot.counts.exists(),
    ),
    "announce": Deed(
        name=gettext_lazy("Announce the result"),
        done=gettext_lazy("Announced: residents read the result."),
        form=StageForm,
        act=lambda row, _form, how: doing.announce(row, **how),
        offered=lambda row, _ballot: row.stage == Stage.DECIDED,
    ),
}  # fmt: skip


@case_staff
@never_cache
@require_GET
def choice(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "proposals/round.html", page(request.staff, seen_round(request.staff, pk)))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    row = kept_round(request.staff, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404(_("There is no such step."))
    if request.method != "POST":
        return render(request, "proposals/round.html", page(request.staff, row, action))
    at = timezone.now()
    form, status = deed.form(row, timezone.localdate(at), request.POST), 422
    if form.is_valid():
        how = {"by": request.staff.actor, "at": at, "seen": whole_number(request.POST.get("seen", ""))}
        try:
            deed.act(row, form, how)
        except ChoosingRefused as refused:
            form.refuse(refused)
            status = 409
        except ChangedMeanwhile as changed:
            form.add_error(None, str(changed.message))
            status = 409
        else:
            messages.success(request, str(deed.done))
            return redirect("desk:choice", pk=pk)
    return render(
        request, "proposals/round.html", page(request.staff, seen_round(request.staff, pk), action, form), status=status
    )


def page(staff: Staff, row: Round, action: str = "", form: RefusableForm | None = None) -> dict[str, Any]:
    keeps = queries.may_keep(staff, row.area_path)
    ballot = row.ballots.order_by("-nth").first()
    offered = {code: deed for code, deed in DEEDS.items() if keeps and deed.offered(row, ballot)}
    chosen = action if action in offered or form is not None else next(iter(offered), "")
    deed = DEEDS.get(chosen) if keeps else None
    if deed is not None and form is None:
        form = deed.form(row, timezone.localdate(), None)
    return {
        **frame("round"),
        "round": row,
        "area": area_words(row.area_path),
        "listed": row.proposals.filter(state=State.LISTED).count(),
        "waiting": row.proposals.filter(state__in=(State.RAISED, State.PUBLISHED)).count(),
        "total": row.proposals.count(),
        "ballot": ballot,
        "counting": keeps and row.stage == Stage.VOTING and ballot is not None and ballot.decided_at is None,
        "outcomes": [(one, faults(one)) for one in outcomes(row)],
        "deeds": offered,
        "chosen": chosen,
        "deed": deed,
        "form": form,
        "keeps": keeps,
        "history": history(row.events.order_by("-pk")),
    }


def faults(outcome: Outcome) -> list[str]:
    return [str(FAULTS[one]) for one in outcome.result.faults]
