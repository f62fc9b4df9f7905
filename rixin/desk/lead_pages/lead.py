"""One lead: opened, seen with its steps, acted for, and the rooms that would fit it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
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

from rixin.catalogue.pipeline_schema import Pipeline
from rixin.chain import digest
from rixin.desk.lead_pages import rows
from rixin.desk.lead_pages.board import frame
from rixin.desk.lead_pages.finding import open_pipeline, seen_lead, worked_lead
from rixin.desk.lead_pages.forms import GiveUpForm, HandForm, LandForm, LeadForm, NewLeadForm, NoteForm, TakeUpForm
from rixin.desk.lead_pages.offers import offered
from rixin.desk.lead_pages.steps import steps
from rixin.desk.views.common import case_staff, whole_number
from rixin.investment import actions, landing, queries, space
from rixin.investment.actions import ChangedMeanwhile
from rixin.investment.drafts import LeadRefused
from rixin.investment.models import Lead, Status
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries as records
from rixin.refusable import RefusableForm
from rixin.registers import queries as registers
from rixin.registers.amounts import yuan

_PREFILLED = ("name", "kind", "industry", "parent", "words", "partner")


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, code: str) -> HttpResponse:
    pipeline, at = open_pipeline(request.staff, code), timezone.now()
    data = request.POST if request.method == "POST" else None
    known = {name: said for name in _PREFILLED if (said := request.GET.get(name, "").strip())}
    form = NewLeadForm(pipeline, request.staff, timezone.localdate(at), data, **known)
    if form.is_valid():
        origin = digest(["lead-form", request.staff.account.pk, request.POST.get("once", "")])
        try:
            opened = actions.open_lead(pipeline.code, form.new_lead(origin), by=request.staff.actor, at=at)
        except LeadRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Opened."))
            return redirect(opened)
    context = {**frame(request.staff, pipeline, "new"), "form": form}
    return render(request, "leads/new.html", context, status=422 if form.errors else 200)


# ---- steps


@dataclass(frozen=True)
class Deed:
    """Something to do for a lead. `open`: whether it is done while the lead is followed, or after it has ended."""

    name: str | Promise
    button: str | Promise
    done: str | Promise
    open: bool
    form: Callable[[Pipeline, Lead, Staff, date, Any], RefusableForm]
    act: Callable[[Lead, Any, dict[str, Any]], Lead]
    tone: str = ""


DEEDS: dict[str, Deed] = {
    "note": Deed(
        name=gettext_lazy("Note a step"),
        button=gettext_lazy("Note it"),
        done=gettext_lazy("Noted."),
        open=True,
        form=lambda pipeline, lead, _staff, _day, data: NoteForm(pipeline, lead, data),
        act=lambda lead, form, how: actions.note(lead, form.move, **how),
    ),
    "land": Deed(
        name=gettext_lazy("It has landed"),
        button=gettext_lazy("Write down that it landed"),
        done=gettext_lazy("Landed: the record is written."),
        open=True,
        form=LandForm,
        act=lambda lead, form, how: landing.land(lead, form.landing, **how),
    ),
    "hand": Deed(
        name=gettext_lazy("Hand over"),
        button=gettext_lazy("Hand over"),
        done=gettext_lazy("Handed over."),
        open=True,
        form=lambda pipeline, lead, _staff, day, data: HandForm(pipeline, lead, day, data),
        act=lambda lead, form, how: actions.hand(lead, **form.cleaned_data, **how),
    ),
    "correct": Deed(
        name=gettext_lazy("Correct what is known"),
        button=gettext_lazy("Save"),
        done=gettext_lazy("Corrected."),
        open=True,
        form=lambda pipeline, lead, staff, _day, data: LeadForm(pipeline, staff, data, lead),
        act=lambda lead, form, how: actions.correct(lead, form.said, **how),
    ),
    "give_up": Deed(
        name=gettext_lazy("Give up"),
        button=gettext_lazy("Give it up"),
        done=gettext_lazy("Given up. It can be taken up again."),
        open=True,
        form=lambda pipeline, _lead, _staff, _day, data: GiveUpForm(pipeline, data),
        act=lambda lead, form, how: actions.give_up(lead, **form.cleaned_data, **how),
        tone="danger",
    ),
    "take_up": Deed(
        name=gettext_lazy("Take up again"),
        button=gettext_lazy("Take it up again"),
        done=gettext_lazy("It goes on."),
        open=False,
        form=lambda pipeline, lead, _staff, _day, data: TakeUpForm(pipeline, lead, data),
        act=lambda lead, form, how: actions.take_up(lead, form.move, **how),
    ),
}


@case_staff
@never_cache
@require_GET
def lead(request: StaffRequest, pk: int) -> HttpResponse:
    found, pipeline = seen_lead(request.staff, pk)
    return render(request, "leads/lead.html", _page(request.staff, found, pipeline))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    found, pipeline = worked_lead(request.staff, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404(_("There is no such step."))
    at = timezone.now()
    if request.method != "POST":
        return render(request, "leads/lead.html", _page(request.staff, found, pipeline, action))
    form = deed.form(pipeline, found, request.staff, timezone.localdate(at), request.POST)
    if not form.is_valid():
        return _again(request, pk, action, form, 422)
    try:
        deed.act(found, form, _how(request, at))
    except LeadRefused as refused:
        form.refuse(refused)
        return _again(request, pk, action, form, 422)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _again(request, pk, action, form, 409)
    messages.success(request, str(deed.done))
    return redirect("desk:lead", pk=pk)


def _how(request: StaffRequest, at: datetime) -> dict[str, Any]:
    return {"by": request.staff.actor, "at": at, "seen": whole_number(request.POST.get("seen", ""))}


def _again(request: StaffRequest, pk: int, action: str, form: RefusableForm, status: int) -> HttpResponse:
    """The page as it stands now, with what was typed: a refused step has changed nothing."""
    found, pipeline = seen_lead(request.staff, pk)
    return render(request, "leads/lead.html", _page(request.staff, found, pipeline, action, form), status=status)


def _page(
    staff: Staff, found: Lead, pipeline: Pipeline, action: str = "", form: RefusableForm | None = None
) -> dict[str, Any]:
    today = timezone.localdate()
    still = found.status == Status.OPEN
    works = queries.may_work(staff, found)
    offered = {code: deed for code, deed in DEEDS.items() if deed.open is still} if works else {}
    chosen = action or ("note" if still else "")
    deed = offered.get(chosen)
    if deed is not None and form is None:
        form = deed.form(pipeline, found, staff, today, None)
    return {
        **frame(staff, pipeline, "lead"),
        "lead": found,
        "line": rows.line(found, pipeline, today),
        "where": rows.area_name(found.area_path),
        "wish": rows.wish(found),
        "steps": steps(found, pipeline),
        "deeds": offered,
        "chosen": chosen,
        "deed": deed,
        "form": form,
        "record": _seen_record(staff, found),
        "position": _position(found, pipeline),
        "amount_known": found.amount is not None and yuan(found.amount),
    }


def _position(found: Lead, pipeline: Pipeline) -> list[tuple[str, str]]:
    """The stages with how each stands: done, now, or still to come."""
    codes = [stage.code for stage in pipeline.stages]
    at = codes.index(found.stage) if found.stage in codes else 0
    landed = found.status == Status.LANDED
    return [
        (stage.name.here(), "done" if nth < at or landed else "now" if nth == at else "")
        for nth, stage in enumerate(pipeline.stages)
    ]


def _seen_record(staff: Staff, found: Lead) -> Any:
    """The record that it left, where the person may see that too."""
    return records.visible_to(staff).filter(pk=found.record_id).first() if found.record_id else None


# ---- rooms


@case_staff
@never_cache
@require_GET
def rooms(request: StaffRequest, pk: int) -> HttpResponse:
    found, pipeline = seen_lead(request.staff, pk)
    if not pipeline.landing.enterprise:
        raise Http404(_("Leads of this pipeline look for no rooms."))
    today, asked = timezone.localdate(), whole_number(request.GET.get("within", str(space.SOON[2])))
    within = asked if asked in space.SOON else space.SOON[2]
    buildings = registers.buildings_visible_to(request.staff)
    context = {
        **frame(request.staff, pipeline, "lead"),
        "lead": found,
        "wish": rows.wish(found),
        "within": within,
        "choices": space.SOON,
        "offers": offered(space.places_for(found, buildings, today, within), found, today),
        "industry": rows.industry_name(found.section, ""),
    }
    return render(request, "leads/rooms.html", context)
