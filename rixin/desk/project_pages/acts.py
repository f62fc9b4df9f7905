"""The page of one project, and what is done with it in place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.chain import digest
from rixin.desk.project_pages.deeds import DEEDS, Deed
from rixin.desk.project_pages.overview import frame
from rixin.desk.project_pages.sight import Sight, page, sight
from rixin.desk.views.common import case_staff, whole_number
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.programmes.drafts import ProjectRefused
from rixin.programmes.journal import Act
from rixin.refusable import RefusableForm


@case_staff
@never_cache
@require_GET
def project(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "projects/project.html", context(sight(request.staff, pk)))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, pk: int, action: str) -> HttpResponse:
    seen = sight(request.staff, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404(_("There is no such step."))
    sent = request.method == "POST"
    of = (request.POST if sent else request.GET).get("of", "")[:64]
    if sent and (again := _sent_before(request, seen, action)):
        return again
    if not deed.offered(seen):
        raise Http404(_("This is not yours to do now."))
    if not sent:
        return render(request, "projects/project.html", context(seen, action, of))
    form = deed.form(seen, of, request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, pk, action, of, form, 422)
    try:
        deed.act(seen, form, of, _act(request, action))
    except ProjectRefused as refused:
        form.refuse(refused)
        return _again(request, pk, action, of, form, 422)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _again(request, pk, action, of, form, 409)
    messages.success(request, str(deed.done))
    return redirect("desk:project", pk=pk)


def _once(request: StaffRequest, action: str) -> str:
    key = request.POST.get("once", "")
    return digest(["project", action, request.staff.account.pk, key]) if key else ""


def _sent_before(request: StaffRequest, seen: Sight, action: str) -> HttpResponse | None:
    """A double click finds that the act is taken, though the step is not there to be done any more."""
    once = _once(request, action)
    if once and seen.project.events.filter(once=once).exists():
        return redirect("desk:project", pk=seen.project.pk)
    return None


def _act(request: StaffRequest, action: str) -> Act:
    return Act(
        by=request.staff.actor,
        at=timezone.now(),
        seen=whole_number(request.POST.get("seen", "")),
        once=_once(request, action),
    )


def _again(request: StaffRequest, pk: int, action: str, of: str, form: RefusableForm, status: int) -> HttpResponse:
    """The page as it stands now, with what was typed: a refused act has changed nothing."""
    return render(request, "projects/project.html", context(sight(request.staff, pk), action, of, form), status=status)


def context(seen: Sight, action: str = "", of: str = "", form: RefusableForm | None = None) -> dict[str, Any]:
    offered = {code: deed for code, deed in DEEDS.items() if deed.offered(seen)}
    if not action and seen.doable:
        action, of = "step", seen.doable[-1].rules.code
    deed = offered.get(action) or (DEEDS[action] if form is not None else None)
    if deed is not None and form is None:
        form = deed.form(seen, of, None, None)
    return {
        **frame("project"),
        **page(seen),
        "doable": seen.doable,
        "deeds": {code: one for code, one in offered.items() if not one.of},
        "chosen": action,
        "of": of,
        "deed": deed,
        "form": form,
        "title": _title(seen, deed, action, of),
    }


def _title(seen: Sight, deed: Deed | None, action: str, of: str) -> str:
    if deed is None:
        return ""
    if action == "step":
        return next((one.rules.name.here() for one in seen.steps if one.rules.code == of), "")
    if action == "take_back" and seen.last_done is not None:
        return f"{deed.name}: {seen.last_done.rules.name.here()}"
    return str(deed.name)
