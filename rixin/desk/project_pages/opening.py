"""Opening a project: choose its kind, see the days of its template, fill in what is known."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectKind
from rixin.chain import digest
from rixin.desk.project_pages.forms import OpenForm
from rixin.desk.project_pages.overview import frame
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.programmes import actions, queries, way
from rixin.programmes.drafts import ProjectRefused

_PREFILLED = ("name", "about", "year")


@case_staff
@never_cache
@require_GET
def choose(request: StaffRequest) -> HttpResponse:
    kinds = queries.kinds_to_open(request.staff)
    if not kinds:
        raise Http404(_("You may open no projects."))
    return render(request, "projects/choose.html", {**frame("new"), "kinds": kinds})


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    rules, at = _kind(request.staff, kind), timezone.now()
    today = timezone.localdate(at)
    opened_on = _day(request.POST.get("opened_on", ""), today)
    planned = way.planned_days(rules, opened_on, versions.work_calendar())
    if request.method != "POST":
        known = {name: said for name in _PREFILLED if (said := request.GET.get(name, "").strip())}
        form = OpenForm(rules, request.staff, planned, today=today, initial=known)
        return _page(request, rules, form)
    if "plan" in request.POST:
        return _page(request, rules, _planned_anew(request, rules, planned, today))
    form = OpenForm(rules, request.staff, planned, request.POST, today=today)
    if form.is_valid():
        once = digest(["project-form", request.staff.account.pk, request.POST.get("once", "")])
        try:
            opened = actions.open_project(rules.code, form.new, by=request.staff.actor, at=at, once=once)
        except ProjectRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Opened."))
            return redirect(opened)
    return _page(request, rules, form)


def _planned_anew(request: StaffRequest, rules: ProjectKind, planned: Sequence[date], today: date) -> OpenForm:
    """With the days of the template from the day that was typed; all else as it was typed. Nothing is checked yet."""
    asked = OpenForm(rules, request.staff, planned, today=today)
    typed = {name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in asked.fields.items()}
    return OpenForm(rules, request.staff, planned, today=today, initial=typed)


def _page(request: StaffRequest, rules: ProjectKind, form: OpenForm) -> HttpResponse:
    context = {**frame("new"), "rules": rules, "form": form}
    return render(request, "projects/new.html", context, status=422 if form.errors else 200)


def _kind(staff: Staff, code: str) -> ProjectKind:
    found = next((one for one in queries.kinds_to_open(staff) if one.code == code), None)
    if found is None:
        raise Http404(_("You may open no projects of this kind."))
    return found


def _day(written: str, today: date) -> date:
    """Today where nothing that can be read, or that a plan can begin with, is written."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today
    return day if 2000 <= day.year < 2100 else today
