"""Work written down on the spot: visits, patrols, inspections. Sent once, also when the network comes back later."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.cases.history import ActionRefused
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import Step
from rixin.desk.field import checking, events
from rixin.desk.field.checking import ChecklistForm
from rixin.desk.field.report import own_area
from rixin.desk.record_pages import entering, listing
from rixin.desk.record_pages.finding import enterable
from rixin.desk.record_pages.forms import RecordForm
from rixin.desk.views.common import case_staff
from rixin.liaison import queries as liaison
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries
from rixin.records.actions import EntryRefused
from rixin.rolls import queries as rolls

_LATEST = 20


def kinds(staff: Staff) -> list[RecordVersion]:
    """What the person may write down on the phone, in the order of the definitions."""
    return [version for version in queries.enterable_by(staff) if version.type.on_phone]


@case_staff
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What can be written down, and what the person wrote down last."""
    entered = queries.visible_to(request.staff).filter(entered_by=request.staff.account.pk)
    context = {
        "section": "work",
        "kinds": (offered := kinds(request.staff)),
        "has_enterprises": liaison.mine(request.staff, timezone.localdate()).exists(),
        "serves": rolls.served_by(request.staff).count(),
        "has_events": events.due_for(request.staff).exists(),
        "checklists": [(version, checklist) for version in offered for checklist in version.type.checklists],
        "rows": [listing.row_of(record) for record in entered.order_by("-pk")[:_LATEST]],
    }
    return render(request, "field/work.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def write_down(request: StaffRequest, kind: str) -> HttpResponse:
    version = enterable(request.staff, kind)
    if not version.type.on_phone:
        raise Http404(_("Such records are entered at the desk."))
    data = request.POST if request.method == "POST" else None
    here_today = _here_today(request.staff, version.type.period)
    form = RecordForm(version, request.staff, data, initial=here_today, on_the_spot=True)
    context: dict[str, Any] = {"section": "work", "version": version, "form": form}
    if data is None:
        return render(request, "field/record.html", context)
    if not form.is_valid():
        return render(request, "field/record.html", context, status=422)
    try:
        entering.enter(form, request.staff, data)
    except EntryRefused as refused:
        return render(request, "field/record.html", {**context, "in_the_way": refused.record}, status=409)
    messages.success(request, _("Written down: %(kind)s.") % {"kind": version.type.name.here()})
    return redirect("desk:field_work")


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """A round of inspection: a checklist gone through on the spot."""
    version = enterable(request.staff, kind)
    checklist = next((one for one in version.type.checklists if one.code == code), None)
    if checklist is None or not version.type.on_phone:
        raise Http404(_("There is no such checklist."))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    here = _here_today(request.staff, version.type.period)
    form = ChecklistForm(checklist, version, request.staff, data, files, initial=here)
    context: dict[str, Any] = {"section": "work", "version": version, "checklist": checklist, "form": form}
    if data is None or not form.is_valid():
        return render(request, "field/checklist.html", context, status=200 if data is None else 422)
    try:
        _record, opened = checking.hand_in(form, request.staff, data)
    except (EntryRefused, ActionRefused) as refused:
        form.add_error(None, str(refused))
        return render(request, "field/checklist.html", context, status=409)
    found = ngettext("%(n)s matter was opened.", "%(n)s matters were opened.", len(opened)) % {"n": len(opened)}
    messages.success(request, _("Written down: %(kind)s.") % {"kind": checklist.name.here()} + f" {found}")
    return redirect("desk:field_work")


def _here_today(staff: Staff, step: Step | None) -> dict[str, Any]:
    """What is so unless the person says otherwise: today, in the own area."""
    return {"day": str(Period.of(step or "day", timezone.localdate())), "place": own_area(staff)}
