"""Facilities entered and corrected by who keeps them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.building_pages.finding import DONE, tried
from rixin.desk.facility_pages.finding import kept_facility
from rixin.desk.facility_pages.forms import FacilityForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.facilities import actions, queries
from rixin.facilities.models import Facility, State
from rixin.people.staff import StaffRequest


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    if not queries.kept_kinds(request.staff):
        raise Http404(_("You keep no facilities."))
    form, status, at = FacilityForm(request.staff, request.POST or None), 200, timezone.now()
    entered: list[Facility] = []

    def act() -> None:
        state, day = State(form.cleaned_data["state"]), form.known_day("from_day")
        today = timezone.localdate(at)
        entered.append(actions.enter(form.facts, state, day, by=request.staff.actor, at=at, today=today))

    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Entered."))
            return redirect(entered[0])
    context = {"section": "life", "form": form, "title": _("New facility")}
    return render(request, "facilities/edit.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    found, at, status = kept_facility(request.staff, pk), timezone.now(), 200
    form = FacilityForm(request.staff, request.POST or None, found)
    seen = whole_number(request.POST.get("seen", "")) or found.version

    def act() -> None:
        actions.correct(found, form.facts, by=request.staff.actor, at=at, seen=seen)

    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Saved."))
            return redirect(found)
        found.refresh_from_db()
    context = {"section": "life", "form": form, "facility": found, "title": _("Correct the entry")}
    return render(request, "facilities/edit.html", context, status=status)
