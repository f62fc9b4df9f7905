"""The rolls of services: what each holds and why, how many are on it; for keepers the entries, masked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk.roll_pages import listing
from rixin.desk.roll_pages.finding import known_roll
from rixin.desk.views.common import case_staff, page_number, same_query
from rixin.people import units
from rixin.people.staff import StaffRequest
from rixin.rolls import queries, visiting

_LONGEST_QUESTION = 40


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    staff, today = request.staff, timezone.localdate()
    counts = queries.counts(staff, today)
    lines = []
    for roll in queries.rolls().values():
        keeps = queries.keeps(staff, roll)
        tabs = {tab.code: tab.count for tab in listing.tabs(staff, roll, today)} if keeps else {}
        counted = keeps or queries.counts_some(staff)
        lines.append(
            {
                "roll": roll,
                "unit": units.by_code(roll.unit).name,
                "count": counts.get(roll.code, 0) if counted else None,
                "asked": tabs.get("asked", 0),
                "again": tabs.get("again", 0),
                "keeps": keeps,
            }
        )
    context = {"section": "life", "lines": lines, "serves": len(visiting.visit_list(staff))}
    return render(request, "rolls/index.html", context)


@case_staff
@never_cache
@require_GET
def roll(request: StaffRequest, code: str) -> HttpResponse:
    """`view`: which entries; `q`: a whole name or telephone. Who does not keep the roll sees totals, or none."""
    found, staff, today = known_roll(code), request.staff, timezone.localdate()
    keeps = queries.keeps(staff, found)
    context: dict[str, Any] = {
        "section": "life",
        "roll": found,
        "unit": units.by_code(found.unit).name,
        "keeps": keeps,
        "totals": listing.totals(staff, found, today) if keeps or queries.counts_some(staff) else None,
    }
    if keeps:
        view = request.GET.get("view", "on")
        view = view if view in listing.VIEWS else "on"
        asked, page = request.GET.get("q", "").strip()[:_LONGEST_QUESTION], page_number(request)
        rows = listing.entries(staff, found, view, asked, today)
        shown = list(rows[(page - 1) * listing.AT_ONCE : page * listing.AT_ONCE + 1])
        context |= {
            "tabs": listing.tabs(staff, found, today),
            "view": view,
            "asked": asked,
            "lines": [listing.line(entry, today) for entry in shown[: listing.AT_ONCE]],
            "next": same_query(request, page=str(page + 1)) if len(shown) > listing.AT_ONCE else "",
        }
    return render(request, "rolls/roll.html", context)
