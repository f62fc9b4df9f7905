"""Taking down a report at the desk: proposals while typing, the form, the slip with the tracking code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import actions
from rixin.cases.history import ActionRefused
from rixin.catalogue import versions
from rixin.desk.newcase import Begun, NewCaseForm
from rixin.desk.similar import Matter, similar
from rixin.desk.views.common import case_staff, seen_case, whole_number
from rixin.people.access import staff_required
from rixin.people.roles import CASE_ROLES, Role
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.places.chain import Chain
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.registers import queries as registers
from rixin.triage import proposals
from rixin.triage.twins import Report

_LEAST_WORDS = 4
takes_reports = staff_required(*sorted(CASE_ROLES - {Role.AUDITOR}))


@takes_reports
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        form = NewCaseForm(request.staff, begun=_begun(request))
        return render(request, "desk/new.html", {"section": "new", "form": form})
    form = NewCaseForm(request.staff, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "desk/new.html", {"section": "new", "form": form}, status=422)
    key = f"desk:{request.staff.account.pk}:{request.POST.get('once', '')}"
    try:
        opened = actions.open_case(form.new_case(key), by=request.staff.actor, at=timezone.now())
    except ActionRefused as refused:
        form.add_error(None, str(refused.refusal.message))
        return render(request, "desk/new.html", {"section": "new", "form": form}, status=409)
    return redirect("desk:slip", number=opened.case.number)


def _begun(request: StaffRequest) -> Begun | None:
    """`?type=` and `?enterprise=` (its number) of a page that leads here."""
    if not (kind := request.GET.get("type", "")):
        return None
    pk = whole_number(request.GET.get("enterprise", ""))
    return Begun(kind, registers.visible_to(request.staff).filter(pk=pk).first() if pk else None)


@dataclass(frozen=True)
class Suggested:
    code: str
    name: str
    unit: str


@takes_reports
@require_POST
def proposed(request: StaffRequest) -> HttpResponse:
    """What triage makes of the words so far: kinds, place, urgency, and open matters that may be the same."""
    text, address = request.POST.get("text", ""), request.POST.get("place-address", "")
    if len(text.strip()) < _LEAST_WORDS:
        return render(request, "desk/proposed.html", {})
    found = proposals.propose(f"{text}\n{address}", _position(request), title=request.POST.get("title", ""))
    now = timezone.now()
    codes = dict.fromkeys([found.code, *found.suggestions] if found.decided else found.suggestions)
    context: dict[str, Any] = {
        "types": [_suggested(code, found) for code in codes][:4],
        "proposal": found,
        "place": gazetteer.current().label(found.chain.path) if found.chain else "",
        "similar": similar(_matter(text, found, found.chain, now), request.staff, now) if found.chain else [],
    }
    return render(request, "desk/proposed.html", context)


def _matter(text: str, found: proposals.Proposal, chain: Chain, at: datetime) -> Matter:
    report = Report(text, found.code, at, found.position, found.place.code if found.place else "")
    return Matter(report, chain.path)


def _suggested(code: str, found: proposals.Proposal) -> Suggested:
    version = versions.current(code)
    unit = proposals.owner(version, found.chain)
    return Suggested(code, version.rules.type.name.here(), unit.name if unit else "")


def _position(request: StaffRequest) -> Position | None:
    try:
        return Position(float(request.POST.get("place-lat", "")), float(request.POST.get("place-lng", "")))
    except (ValueError, ImpossiblePosition):
        return None


@takes_reports
@require_POST
def questions(request: StaffRequest) -> HttpResponse:
    """The type's own questions, when a kind is chosen; what was filled in stays."""
    return render(request, "desk/questions.html", {"form": NewCaseForm(request.staff, request.POST)})


@case_staff
@never_cache
@require_GET
def slip(request: StaffRequest, number: str) -> HttpResponse:
    """The tracking code, to read out or hand over: shown to whoever took the report down, and nobody else."""
    case = seen_case(request.staff, number)
    first = case.events.order_by("seq").first()
    if first is None or first.by_account_id != request.staff.account.pk:
        raise Http404(_("There is no matter of this number among those that you may see."))
    return render(request, "desk/slip.html", {"section": "new", "case": case, "receipt": case.receipts.all()[0]})
