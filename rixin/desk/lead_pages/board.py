"""Leads of a pipeline together: the board by stage, lists, a table, what quarters came to, what is mine to do."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.desk.lead_pages import rows
from rixin.desk.lead_pages.filters import LeadFilter, read_filter
from rixin.desk.lead_pages.finding import leads_of, seen_pipeline
from rixin.desk.views.common import case_staff, page_number, same_query, spreadsheet
from rixin.investment import figures, queries
from rixin.investment.models import Lead, Status
from rixin.people.staff import Staff, StaffRequest
from rixin.registers.amounts import yuan
from rixin.registers.industries import sections
from rixin.sheet_writing import xlsx

PAGE = 50
MOST_IN_A_TABLE = 10_000
QUARTERS, _FIRST_YEAR = 8, 2000
DUE_SOON = timedelta(days=7)
_STATUSES = {
    "": pgettext_lazy("leads", "All"),
    Status.OPEN.value: Status.OPEN.label,
    Status.LANDED.value: Status.LANDED.label,
    Status.LOST.value: Status.LOST.label,
}


def frame(staff: Staff, pipeline: Pipeline, view: str) -> dict[str, Any]:
    """What every page of a pipeline shows around its own part."""
    return {
        "section": "economy",
        "pipeline": pipeline,
        "pipelines": queries.pipelines_for(staff),
        "view": view,
        "may_open": queries.may_open(staff, pipeline),
    }


def _filter_parts(staff: Staff, pipeline: Pipeline, asked: LeadFilter) -> dict[str, Any]:
    owners = {
        str(pk): name
        for pk, name in leads_of(staff, pipeline).order_by().values_list("owner", "owner__name").distinct()
    }
    return {
        "filter": asked,
        "owners": dict(sorted(owners.items(), key=lambda one: one[1])),
        "kinds": {kind.code: kind.name.here() for kind in pipeline.kinds},
        "sections": {section.code: section.name.here() for section in sections()},
        "groups": rows.groups(),
        "statuses": _STATUSES,
    }


@case_staff
@never_cache
@require_GET
def board(request: StaffRequest, code: str = "") -> HttpResponse:
    pipeline, today = seen_pipeline(request.staff, code), timezone.localdate()
    asked = read_filter(request.GET, pipeline)
    open_ = leads_of(request.staff, pipeline).filter(status=Status.OPEN)
    columns = figures.board(pipeline, asked.apply(open_, today))
    stacks = rows.stacks(columns, pipeline, today)
    context = {
        **frame(request.staff, pipeline, "board"),
        **_filter_parts(request.staff, pipeline, asked),
        "stacks": stacks,
        "count": sum(len(column.leads) for column in columns),
        "amount": yuan(sum(column.amount for column in columns)),
        "expected": yuan(sum(column.expected for column in columns)),
        "likely": sum(column.likely_to_land for column in columns),
        "stale": sum(figures.is_stale(lead, pipeline, today) for column in columns for lead in column.leads),
    }
    return render(request, "leads/board.html", context)


@case_staff
@never_cache
@require_GET
def leads(request: StaffRequest, code: str) -> HttpResponse:
    """Every lead that meets what is asked, whatever became of it: also what is behind a figure."""
    pipeline, today = seen_pipeline(request.staff, code), timezone.localdate()
    asked = read_filter(request.GET, pipeline)
    found, page = asked.apply(leads_of(request.staff, pipeline), today), page_number(request)
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        **frame(request.staff, pipeline, "list"),
        **_filter_parts(request.staff, pipeline, asked),
        "lines": rows.lines(shown[:PAGE], pipeline, today),
        "count": found.count(),
        "asked": _in_words(asked, pipeline),
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
    }
    return render(request, "leads/list.html", context)


def _in_words(asked: LeadFilter, pipeline: Pipeline) -> list[str]:
    """Conditions that no field of the form shows."""
    said = {
        "opened": _("Opened in {period}"),
        "landed": _("Landed in {period}"),
        "lost": _("Given up in {period}"),
    }
    found = [words.format(period=getattr(asked, name)) for name, words in said.items() if getattr(asked, name)]
    if asked.reason:
        found.append(rows.option_name(pipeline.lost, asked.reason))
    if asked.stage:
        found.append(rows.stage_name(pipeline, asked.stage))
    return found


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest, code: str) -> HttpResponse:
    pipeline, today = seen_pipeline(request.staff, code), timezone.localdate()
    found = read_filter(request.GET, pipeline).apply(leads_of(request.staff, pipeline), today)[:MOST_IN_A_TABLE]
    out = BytesIO()
    with xlsx(out) as sheet:
        sheet.row(rows.heading(pipeline))
        for one in rows.lines(found, pipeline, today):
            sheet.row(rows.row(one, pipeline))
    return spreadsheet(out.getvalue(), f"{pipeline.code}-{today}.xlsx")


@case_staff
@never_cache
@require_GET
def quarters(request: StaffRequest, code: str) -> HttpResponse:
    pipeline, today = seen_pipeline(request.staff, code), timezone.localdate()
    known = list(leads_of(request.staff, pipeline))
    until = min(_quarter_of(request.GET.get("to", ""), today), Period.of("quarter", today))
    first = _moved(until, 1 - QUARTERS)
    later = _moved(until, QUARTERS)
    context = {
        **frame(request.staff, pipeline, "quarters"),
        "lines": [_quarter(one, pipeline) for one in figures.by_quarter(known, first.first, until.last)],
        "earlier": str(first.before()),
        "later": str(later) if until.last < today else "",
    }
    return render(request, "leads/quarters.html", context)


def _quarter_of(written: str, today: date) -> Period:
    """That of the day where nothing else, or nothing that can be meant, is written."""
    try:
        asked = Period.reading(written, "quarter")
    except NoPeriod:
        return Period.of("quarter", today)
    return asked if asked.first.year >= _FIRST_YEAR else Period.of("quarter", today)


def _moved(quarter: Period, by: int) -> Period:
    for _nth in range(abs(by)):
        quarter = quarter.after() if by > 0 else quarter.before()
    return quarter


def _quarter(one: figures.Quarter, pipeline: Pipeline) -> dict[str, Any]:
    reasons = [(code, rows.option_name(pipeline.lost, code), count) for code, count in one.reasons]
    return {
        "quarter": one,
        "name": str(one.period),
        "so_far": timezone.localdate() in one.period,
        "opened_amount": yuan(one.opened_amount),
        "landed_amount": yuan(one.landed_amount),
        "reasons": reasons,
    }


@case_staff
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What the person has to do next, the soonest first; then what has no next step."""
    pipeline, today = seen_pipeline(request.staff), timezone.localdate()
    owned = queries.visible_to(request.staff).filter(owner=request.staff.account.pk, status=Status.OPEN)
    known = versions.work().pipelines
    found = list(owned.select_related("owner", "parent"))
    lines = {lead.pk: rows.line(lead, known[lead.pipeline], today) for lead in found}
    parts = _by_due(found, lines, today)
    return render(request, "leads/mine.html", {**frame(request.staff, pipeline, "mine"), **parts, "count": len(found)})


def _by_due(found: Sequence[Lead], lines: Mapping[int, rows.Line], today: date) -> dict[str, list[rows.Line]]:
    parts: dict[str, list[rows.Line]] = {"late": [], "soon": [], "later": [], "undated": []}
    for lead in sorted(found, key=lambda lead: (lead.due_on or lead.moved_on, lead.pk)):
        if lead.due_on is None:
            part = "undated"
        elif lead.due_on < today:
            part = "late"
        else:
            part = "soon" if lead.due_on <= today + DUE_SOON else "later"
        parts[part].append(lines[lead.pk])
    return parts
