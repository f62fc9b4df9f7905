"""An officer's enterprises on the phone: what is due, the walk for today, and a visit written down at the door."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.cases.history import ActionRefused
from rixin.catalogue import versions
from rixin.desk.field.visitform import VisitForm
from rixin.desk.record_pages.finding import enterable
from rixin.desk.views.common import case_staff
from rixin.desk.visit_pages import wording
from rixin.liaison import facts, queries
from rixin.liaison.due import Due, due, for_today, in_order
from rixin.liaison.route import Route, Stop, route
from rixin.liaison.siting import stops
from rixin.liaison.warnings import Known
from rixin.people.staff import Staff, StaffRequest
from rixin.records.actions import EntryRefused
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise

MOST_ON_A_WALK = 20


@dataclass(frozen=True)
class Line:
    enterprise: Enterprise
    due: Due
    visited: str
    marks: list[tuple[str, str]]
    where: str
    late: bool


@dataclass(frozen=True)
class Mine:
    """`walk`: in the order of the route; `rest`: what is due first."""

    walk: list[Line]
    rest: list[Line]
    metres: int
    unplaced: int


@case_staff
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """`?pick=` chooses whom to call at today; without any, up to six that are due."""
    today = timezone.localdate()
    picked = [int(said) for said in request.GET.getlist("pick") if said.isascii() and said.isdigit() and len(said) < 12]
    context = {
        "section": "work",
        "mine": _mine(request.staff, picked, today),
        "picked": bool(picked),
        "today": today,
        "every_days": _every_days(),
    }
    return render(request, "field/visits.html", context)


def _mine(staff: Staff, picked: list[int], today: date) -> Mine:
    enterprises = {one.pk: one for one in queries.mine(staff, today).select_related("building")}
    rules = list(versions.work().warnings.values())
    known = facts.looked_up(queries.mine(staff, today), rules, staff, today)
    planned = {one.enterprise_id: timezone.localdate(one.planned_at) for one in queries.planned_for(staff.account.pk)}
    found = [
        due(
            known[pk].known if pk in known else Known(enterprise=pk),
            known[pk].reasons if pk in known else (),
            planned=planned.get(pk),
            every_days=_every_days(),
            today=today,
        )
        for pk in enterprises
    ]
    chosen = [pk for pk in picked if pk in enterprises][:MOST_ON_A_WALK] or for_today(found)
    walk: Route = route(stops((enterprises[pk] for pk in chosen), today))
    lines = {one.enterprise: _line(enterprises[one.enterprise], one, today) for one in found}
    placed = {stop.key: stop for stop in walk.stops}
    return Mine(
        walk=[_on_floor(lines[stop.key], stop) for stop in walk.stops],
        rest=[lines[one.enterprise] for one in in_order(found) if one.enterprise not in placed],
        metres=walk.metres,
        unplaced=walk.unplaced,
    )


def _line(enterprise: Enterprise, one: Due, today: date) -> Line:
    where = enterprise.building.name if enterprise.building is not None else enterprise.address
    return Line(
        enterprise, one, wording.visited(one.last_visit, today), wording.due(one, today), where, one.why is not None
    )


def _on_floor(line: Line, stop: Stop) -> Line:
    if stop.floor is None:
        return line
    where = _("{place}, floor {floor}").format(place=line.where, floor=stop.floor)
    return Line(line.enterprise, line.due, line.visited, line.marks, where, line.late)


def _every_days() -> int:
    known = registers.register()
    return known.visit_days if known else 90


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    version = enterable(request.staff, queries.VISIT)
    enterprise = queries.present_to(request.staff).select_related("building").filter(pk=pk).first()
    if enterprise is None:
        raise Http404(_("There is no such enterprise among those that you may see."))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = VisitForm(enterprise, version, request.staff, data, files)
    if data is None:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = form.hand_in(data)
    except (EntryRefused, ActionRefused) as refused:
        form.add_error(None, str(getattr(refused, "message", refused)))
        return _page(request, form, status=409)
    told = _("Visit to {enterprise} written down.").format(enterprise=enterprise.name)
    if made.case is not None:
        told += " " + _("The problem was taken down as {number}.").format(number=made.case.number)
    messages.success(request, told)
    return redirect("desk:field_visits")


def _page(request: StaffRequest, form: VisitForm, *, status: int = 200) -> HttpResponse:
    staff, today, enterprise = request.staff, timezone.localdate(), form.enterprise
    rules = list(versions.work().warnings.values())
    found = facts.looked_up(Enterprise.objects.filter(pk=enterprise.pk), rules, staff, today).get(enterprise.pk)
    context: dict[str, Any] = {
        "section": "work",
        "form": form,
        "enterprise": enterprise,
        "version": form.version,
        "visited": wording.visited(found.known.last_visit if found else None, today),
        "told": wording.told(found.reasons, money=registers.sees_money(staff)) if found else [],
        "problems": found.known.problems if found else [],
    }
    return render(request, "field/visit.html", context, status=status)
