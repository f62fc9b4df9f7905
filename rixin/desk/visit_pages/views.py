"""Visits to enterprises at the desk: coverage, who has which, early warnings."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.desk.views.common import case_staff, page_number, same_query, spreadsheet
from rixin.desk.visit_pages import assigning, covering
from rixin.desk.visit_pages.assigning import AssignForm, Filter, FilterForm
from rixin.liaison import actions, queries
from rixin.liaison.actions import LiaisonRefused
from rixin.people.models import Account
from rixin.people.staff import Staff, StaffRequest
from rixin.registers.models import Enterprise
from rixin.sheet_writing import MIME, Cell, csv_lines, xlsx

PAGE = 50
_ASKED = ("officer", "building", "month", "state")


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """How many were called at, by officer, building and month."""
    today = timezone.localdate()
    period = covering.read_period(request.GET.get("period", ""), today)
    context = {
        "section": "economy",
        "coverage": covering.coverage(request.staff, period, today),
        "periods": covering.periods(today),
        "may_assign": queries.may_assign(request.staff),
        "has_own": queries.mine(request.staff, today).exists(),
    }
    return render(request, "visits/index.html", context)


@case_staff
@require_GET
def table(request: StaffRequest, form: str) -> HttpResponseBase:
    today = timezone.localdate()
    period = covering.read_period(request.GET.get("period", ""), today)
    return _as_file(covering.table(covering.coverage(request.staff, period, today)), f"visits-{period}", form)


@case_staff
@never_cache
@require_GET
def enterprises(request: StaffRequest) -> HttpResponse:
    """The enterprises behind a line of the coverage."""
    today = timezone.localdate()
    period = covering.read_period(request.GET.get("period", ""), today)
    asked = {name: request.GET.get(name, "") for name in _ASKED}
    found = covering.behind(request.staff, period, today, asked)
    page, within = page_number(request), covering.month_in(period, asked["month"])
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "section": "economy",
        "period": period,
        "within": within,
        "asked": asked,
        "count": found.count(),
        "states": [("", _("All")), ("visited", _("Visited")), ("missed", _("Not visited"))],
        "whole": {code: same_query(request, state=code) for code in ("", "visited", "missed")},
        "rows": covering.called(shown[:PAGE], within, covering.until_of(period, today)),
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
        "same": same_query(request),
    }
    return render(request, "visits/enterprises.html", context)


@case_staff
@require_GET
def enterprises_table(request: StaffRequest, form: str) -> HttpResponseBase:
    today = timezone.localdate()
    period = covering.read_period(request.GET.get("period", ""), today)
    asked = {name: request.GET.get(name, "") for name in _ASKED}
    found = list(covering.behind(request.staff, period, today, asked))
    within = covering.month_in(period, asked["month"])
    rows = covering.called(found, within, covering.until_of(period, today))
    return _as_file(covering.rows_table(rows), f"visited-{within}", form)


def _as_file(rows: list[list[Cell]], name: str, form: str) -> HttpResponseBase:
    if form == "csv":
        answer = StreamingHttpResponse(csv_lines(rows), content_type=MIME["csv"])
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if form != "xlsx":
        raise Http404(_("There is no such file."))
    out = BytesIO()
    with xlsx(out) as sheet:
        for row in rows:
            sheet.row(row)
    return spreadsheet(out.getvalue(), f"{name}.xlsx")


# ---- who has which


@dataclass(frozen=True)
class Held:
    enterprise: Enterprise
    officer: Account | None


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: StaffRequest) -> HttpResponse:
    if not queries.may_assign(request.staff):
        raise Http404(_("Who has which enterprise is decided by the office that keeps the register, and by leaders."))
    today = timezone.localdate()
    people = queries.officers(_area(request.staff), today)
    form = AssignForm(people, today, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _assign_page(request, form, people)
    chosen = _chosen(request)
    if not chosen:
        form.add_error(None, _("Please tick the enterprises, or choose all that were found."))
    elif len(chosen) > assigning.MOST_AT_ONCE:
        form.add_error(None, _("At most 2,000 enterprises at once, please. Narrow the filter."))
    if not form.is_valid():
        return _assign_page(request, form, people, status=422)
    try:
        changed = _act(request.staff, form, chosen)
    except LiaisonRefused as refused:
        form.refuse(refused)
        return _assign_page(request, form, people, status=422)
    messages.success(
        request, ngettext("{n} enterprise changed.", "{n} enterprises changed.", changed).format(n=changed)
    )
    return redirect(f"{request.path}?{same_query(request)}")


def _act(staff: Staff, form: AssignForm, chosen: list[Enterprise]) -> int:
    at = timezone.now()
    said: dict[str, Any] = {"by": staff.actor, "at": at, "today": timezone.localdate(at)}
    said["reason"] = form.cleaned_data["reason"]
    account, day = form.account, form.cleaned_data["day"]
    if account is None:
        return actions.end(chosen, day, **said)
    return actions.assign(chosen, account, day, **said)


def _chosen(request: StaffRequest) -> list[Enterprise]:
    """Those ticked, or with `all` every one that the filter finds; of both only what the person sees."""
    found = Filter.read(request.GET).apply(queries.present_to(request.staff), timezone.localdate())
    if request.POST.get("all"):
        return list(found[: assigning.MOST_AT_ONCE + 1])
    ticked = [
        int(said) for said in request.POST.getlist("chosen") if said.isascii() and said.isdigit() and len(said) < 12
    ]
    return list(queries.present_to(request.staff).filter(pk__in=ticked).order_by("pk"))


def _assign_page(request: StaffRequest, form: AssignForm, people: list[Account], *, status: int = 200) -> HttpResponse:
    today, asked, page = timezone.localdate(), Filter.read(request.GET), page_number(request)
    found = asked.apply(queries.present_to(request.staff), today)
    shown = list(found.select_related("building")[(page - 1) * PAGE : page * PAGE + 1])
    officers = queries.officers_of([one.pk for one in shown], today)
    context = {
        "section": "economy",
        "form": form,
        "filter": FilterForm(asked, request.staff, people),
        "rows": [Held(one, officers.get(one.pk)) for one in shown[:PAGE]],
        "count": found.count(),
        "ticked": set(request.POST.getlist("chosen")),
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
        "same": same_query(request),
    }
    return render(request, "visits/assign.html", context, status=status)


def _area(staff: Staff) -> str:
    """The widest area of the person's posts."""
    return next(iter(staff.scope.areas()), "")
