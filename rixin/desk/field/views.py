"""Phone pages of staff on the move. Forms go through the phone's outbox: each arrives once, also on a bad network."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import actions, queries
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.desk import acting, choices, paging, wording
from rixin.desk.acting import Sent
from rixin.desk.actionforms import ActionForm
from rixin.desk.field import work
from rixin.desk.field.report import SpotReportForm
from rixin.desk.field.taskpage import form_ids, task_page
from rixin.desk.field.tasks import LISTS, named, tasks
from rixin.desk.views.case import no_more
from rixin.desk.views.common import case_staff, seen_case
from rixin.desk.views.finding import MOST_PINS, pin_of
from rixin.desk.views.newcase import takes_reports
from rixin.people.staff import StaffRequest
from rixin.triage import proposals

_LEAST_WORDS = 4
_SPOT = re.compile(r"\d{1,2}\.\d{1,15},\d{1,3}\.\d{1,15}")


@case_staff
@never_cache
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    at = timezone.now()
    found = tasks(request.staff, named(request.GET.get("list", "")), request.GET.get("at", ""), at)
    context = {
        "section": "tasks",
        "tasks": found,
        "lists": [{"tab": tab, "count": wording.counted(found.counts[tab.code], 999)} for tab in LISTS],
        "kinds": work.kinds(request.staff),
        "as_of": wording.moment(at, at),
    }
    return render(request, "field/home.html", context)


@case_staff
@never_cache
@require_GET
def on_map(request: StaffRequest) -> HttpResponse:
    """The map of the area; `?center=lat,lng` looks at one spot."""
    spot = request.GET.get("center", "")
    context = {
        "section": "map",
        "most": MOST_PINS,
        "center": spot if _SPOT.fullmatch(spot) else "",
        "within": choices.own_areas(request.staff),
    }
    return render(request, "field/map.html", context)


@case_staff
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    """GeoJSON of the open matters in the person's area, those due soonest first; each leads to its phone page."""
    at = timezone.now()
    cases = queries.open_to(request.staff).filter(named("area").where(request.staff, at), lat__isnull=False)
    cases = cases.only(
        "title", "opened_at", "lat", "lng", "due_at", "state", "unit_id", "definition_id", "urgency", "phase"
    )
    found = paging.page(cases, paging.SORTS["due"], None, MOST_PINS)
    drawn = [pin_of(case, wording.due(case.due_at, at), _address(case)) for case in found.rows]
    response = JsonResponse({"type": "FeatureCollection", "more": found.after is not None, "features": drawn})
    response["Cache-Control"] = "private, no-store"
    return response


@case_staff
@never_cache
@require_GET
def task(request: StaffRequest, number: str) -> HttpResponse:
    case = seen_case(request.staff, number)
    shown = task_page(case, request.staff, timezone.now())
    return render(request, "field/task.html", {"section": "tasks", "task": shown, "page": shown.page, "case": case})


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, number: str, action: str) -> HttpResponse:
    """One action's form by itself: where a refused sending is mended, and where a page without script leads."""
    case, at = seen_case(request.staff, number), timezone.now()
    rules = queries.setting_of(case).rules
    if action not in rules.lifecycle.actions:
        raise Http404(_("There is no such action for this kind of matter."))
    ids = form_ids(action)
    if request.method != "POST":
        form = ActionForm(case, action, rules, request.staff, at, auto_id=ids)
        return _form_page(request, Sent(form, None, case), hindered=no_more(case, request.staff, action, at))
    sent = acting.send(case, action, request.staff, request.POST, request.FILES, at, auto_id=ids)
    if sent.after is None:
        return _form_page(request, sent)
    messages.success(request, _("Done: %(action)s.") % {"action": sent.form.action.name})
    return redirect(_address(sent.now) if sent.now else reverse("desk:field_home"))


def _form_page(request: StaffRequest, sent: Sent, *, hindered: str = "") -> HttpResponse:
    context = {"section": "tasks", "form": sent.form, "case": sent.form.case, "since": sent.since, "hindered": hindered}
    return render(request, "field/act.html", context, status=409 if hindered else sent.status)


@takes_reports
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _report_page(request, SpotReportForm(request.staff, begun=request.GET))
    form = SpotReportForm(request.staff, request.POST, request.FILES)
    if not form.is_valid():
        return _report_page(request, form, status=422)
    settlement = form.settlement
    try:
        opened = actions.open_case(
            form.new_case(f"grid:{request.staff.account.pk}:{request.POST.get('once', '')}"),
            by=request.staff.actor,
            at=timezone.now(),
            settle=settlement,
            settle_photos=form.settlement_photos if settlement is not None else None,
        )
    except ActionRefused as refused:
        form.refuse(refused.refusal)
        return _report_page(request, form, status=422)
    messages.success(request, _("Taken down as %(number)s.") % {"number": opened.case.number})
    seen = queries.sees(request.staff, opened.case)
    return redirect(_address(opened.case) if seen else reverse("desk:field_home"))


def _report_page(request: StaffRequest, form: SpotReportForm, *, status: int = 200) -> HttpResponse:
    return render(request, "field/report.html", {"section": "report", "form": form}, status=status)


@takes_reports
@require_POST
def proposed(request: StaffRequest) -> JsonResponse:
    """What triage would make of the words: a kind to take with one tap, as long as none is chosen."""
    text = request.POST.get("text", "")
    if len(text.strip()) < _LEAST_WORDS:
        return JsonResponse({"types": []})
    found = proposals.propose(text)
    codes = dict.fromkeys([found.code, *found.suggestions] if found.decided else found.suggestions)
    return JsonResponse({"types": [_kind(code) for code in list(codes)[:3]]})


def _kind(code: str) -> dict[str, Any]:
    return {"code": code, "name": versions.current(code).rules.type.name.here()}


def _address(case: Case) -> str:
    return reverse("desk:field_task", args=[case.number])
