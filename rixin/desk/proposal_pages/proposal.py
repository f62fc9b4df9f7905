"""One proposal: read, published, joined with another, judged, decided, linked with its project."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.choosing import judging, projects, queries
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Proposal
from rixin.choosing.stages import Stage, State
from rixin.desk.proposal_pages.finding import frame, kept_proposal, seen_proposal
from rixin.desk.proposal_pages.forms import (
    DeclineForm,
    HideForm,
    JudgeForm,
    MergeForm,
    PlainForm,
    ProjectForm,
    PublishForm,
)
from rixin.desk.proposal_pages.opening import open_contact
from rixin.desk.proposal_pages.words import cost_words, history, place_words
from rixin.desk.views.common import case_staff, whole_number
from rixin.history import ChangedMeanwhile
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy.masking import mask_name, mask_phone
from rixin.privacy.models import What
from rixin.privacy.purposes import Purpose
from rixin.refusable import RefusableForm


@dataclass(frozen=True)
class Deed:
    """Something to do for a proposal. `states`: in which it is offered; `stage`: of the round; `linked`: also where
    its project is known already.
    """

    name: str | Promise
    done: str | Promise
    states: tuple[State, ...]
    form: Callable[[Proposal, Staff, Any], RefusableForm]
    act: Callable[[Proposal, Any, dict[str, Any]], Proposal]
    stage: Stage = Stage.RAISING
    tone: str = ""
    linked: bool = True


_OPEN = (State.RAISED, State.PUBLISHED)
DEEDS: dict[str, Deed] = {
    "publish": Deed(
        name=gettext_lazy("Publish"),
        done=gettext_lazy("Published."),
        states=(State.RAISED, State.HIDDEN),
        form=PublishForm,
        act=lambda one, form, how: judging.publish(one, **form.cleaned_data, **how),
    ),
    "judge": Deed(
        name=gettext_lazy("Judge"),
        done=gettext_lazy("Saved."),
        states=(State.PUBLISHED, State.LISTED, State.DECLINED),
        form=JudgeForm,
        act=lambda one, form, how: judging.judge(one, form.judged, **how),
    ),
    "list": Deed(
        name=gettext_lazy("Put on the short list"),
        done=gettext_lazy("It is on the short list."),
        states=(State.PUBLISHED, State.DECLINED),
        form=PlainForm,
        act=lambda one, _form, how: judging.list_it(one, **how),
    ),
    "decline": Deed(
        name=gettext_lazy("Not on the short list"),
        done=gettext_lazy("Written down; everybody reads why."),
        states=(State.PUBLISHED, State.LISTED),
        form=DeclineForm,
        act=lambda one, form, how: judging.decline(one, **form.cleaned_data, **how),
    ),
    "reword": Deed(
        name=gettext_lazy("Mend the published words"),
        done=gettext_lazy("Saved."),
        states=(State.PUBLISHED,),
        form=PublishForm,
        act=lambda one, form, how: judging.publish(one, **form.cleaned_data, **how),
    ),
    "merge": Deed(
        name=gettext_lazy("Join with another one"),
        done=gettext_lazy("Joined; its supporters went along."),
        states=_OPEN,
        form=MergeForm,
        act=lambda one, form, how: judging.merge(one, form.cleaned_data["into"], **how),
    ),
    "hide": Deed(
        name=gettext_lazy("Do not publish"),
        done=gettext_lazy("Not published; the proposer reads why."),
        states=_OPEN,
        form=HideForm,
        act=lambda one, form, how: judging.hide(one, **form.cleaned_data, **how),
        tone="danger",
    ),
    "begin": Deed(
        name=gettext_lazy("Open its project"),
        done=gettext_lazy("The project is open, with its steps planned: residents see how far it is."),
        states=(State.CHOSEN,),
        form=PlainForm,
        act=lambda one, _form, how: projects.begin(one, **how),
        stage=Stage.ANNOUNCED,
        linked=False,
    ),
    "project": Deed(
        name=gettext_lazy("Link its project"),
        done=gettext_lazy("Linked: residents see how far it is."),
        states=(State.CHOSEN,),
        form=ProjectForm,
        act=lambda one, form, how: projects.open_for(one, form.cleaned_data["project"], **how),
        stage=Stage.ANNOUNCED,
    ),
}


@case_staff
@never_cache
@require_GET
def proposal(request: StaffRequest, pk: int) -> HttpResponse:
    found = seen_proposal(request.staff, pk)
    return render(request, "proposals/proposal.html", _page(request.staff, found))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    found = kept_proposal(request.staff, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404(_("There is no such step."))
    if request.method != "POST":
        return render(request, "proposals/proposal.html", _page(request.staff, found, action))
    form = deed.form(found, request.staff, request.POST)
    if not form.is_valid():
        return _again(request, pk, action, form, 422)
    try:
        deed.act(found, form, _how(request, timezone.now()))
    except ChoosingRefused as refused:
        form.refuse(refused)
        return _again(request, pk, action, form, 409)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _again(request, pk, action, form, 409)
    messages.success(request, str(deed.done))
    return redirect("desk:proposal", pk=pk)


def _how(request: StaffRequest, at: datetime) -> dict[str, Any]:
    return {"by": request.staff.actor, "at": at, "seen": whole_number(request.POST.get("seen", ""))}


def _again(request: StaffRequest, pk: int, action: str, form: RefusableForm, status: int) -> HttpResponse:
    """The page as it stands now, with what was typed."""
    found = seen_proposal(request.staff, pk)
    return render(request, "proposals/proposal.html", _page(request.staff, found, action, form), status=status)


@case_staff
@never_cache
@require_POST
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Shows who raised it, after the purpose was written down."""
    found = kept_proposal(request.staff, pk)
    if fault := open_contact(request, found.number, What.CONTACT):
        context = {**_page(request.staff, found), "contact_fault": fault}
        return render(request, "proposals/proposal.html", context, status=422)
    return render(request, "proposals/proposal.html", {**_page(request.staff, found), "opened": True})


def _page(staff: Staff, found: Proposal, action: str = "", form: RefusableForm | None = None) -> dict[str, Any]:
    keeps = queries.may_keep(staff, found.area_path)
    offered = {
        code: deed
        for code, deed in DEEDS.items()
        if keeps and found.state in deed.states and deed.stage == found.round.stage
        if deed.linked or found.project_id is None
    }
    chosen = action if action in offered or form is not None else next(iter(offered), "")
    deed = DEEDS.get(chosen) if keeps else None
    if deed is not None and form is None:
        form = deed.form(found, staff, None)
    return {
        **frame("proposal"),
        "proposal": found,
        "round": found.round,
        "place": place_words(found),
        "cost": cost_words(found),
        "deeds": offered,
        "chosen": chosen,
        "deed": deed,
        "form": form,
        "keeps": keeps,
        "name": mask_name(found.name) if found.name else "",
        "phone": mask_phone(found.phone) if found.phone else "",
        "purposes": Purpose.choices,
        "taken_in": list(found.merged.order_by("pk")),
        "history": history(found.events.order_by("-pk")),
        "progress": projects.progress([found.project])[0] if found.project else None,
    }
