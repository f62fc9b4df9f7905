"""The list of enterprises and fetching it as a table."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk import paging, tabs, wording
from rixin.desk.enterprise_pages import filters, rows
from rixin.desk.listing import PAGE_SIZE
from rixin.desk.paging import Cursor, Page, Sort
from rixin.desk.sheet_answers import MOST_XLSX, xlsx_answer
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.registers import queries, tables
from rixin.registers.finding import Wanted, found
from rixin.registers.models import Enterprise

COUNTED_TO = 1_000
"""Of a list that is narrowed: how many more there are helps nobody to read it."""
FOLDERS_COUNTED_TO = 9_999
"""Of each standing, from an index alone: so many enterprises has no sub-district of one standing, or hardly."""
SORTS = {
    "": (Sort("name", "plain_name"), str),
    "since": (Sort("since", "since", falling=True), date),
}
"""Code in the address -> the order, and what the edge of a page is there."""


@case_staff
@never_cache
@require_GET
def enterprises(request: StaffRequest) -> HttpResponse:
    staff, today = request.staff, timezone.localdate()
    parsed = filters.parse(request.GET)
    wanted, sort = parsed.wanted, sort_of(request.GET)
    page = page_of(staff, wanted, sort, request.GET.get("at", ""), today)
    offered = filters.options(staff)
    narrowed = set(filters.given(wanted)) - {"standing"}
    context = {
        "section": "economy",
        "wanted": wanted,
        "given": filters.given(wanted),
        "problems": parsed.problems,
        "options": offered,
        "chips": filters.chips(wanted, offered, sort),
        "folders": folders(staff, wanted, sort, counting=not narrowed - {"area"}),
        "count": counted(staff, wanted, today) if narrowed else "",
        "rows": rows.rows(page.rows, wanted, today),
        "sort": sort,
        "by_name": filters.query(wanted),
        "by_since": filters.query(wanted, sort="since"),
        "before": page.before and filters.query(wanted, sort=sort, at=str(page.before)),
        "after": page.after and filters.query(wanted, sort=sort, at=str(page.after)),
        "here": filters.query(wanted, sort=sort),
        "keeps": queries.keeps(staff),
    }
    return render(request, "enterprises/list.html", context)


def sort_of(data: Mapping[str, str]) -> str:
    return data.get("sort", "") if data.get("sort", "") in SORTS else ""


def page_of(staff: Staff, wanted: Wanted, sort: str, at: str, today: date) -> Page[Enterprise]:
    """One page in this order, from the edge that the address names."""
    order, kind = SORTS[sort]
    seen = rows.light(found(queries.visible_to(staff), wanted, today))
    return paging.page(seen, order, Cursor.read(at, kind), PAGE_SIZE)


def counted(staff: Staff, wanted: Wanted, today: date) -> str:
    # In the order of the names: the index that has what narrows, so that counting looks at no row.
    seen = found(queries.visible_to(staff), wanted, today).order_by("plain_name", "pk")
    return wording.counted(seen[: COUNTED_TO + 1].count(), COUNTED_TO)


def folders(staff: Staff, wanted: Wanted, sort: str, *, counting: bool) -> list[dict[str, Any]]:
    """The standings, each with the address that shows it. One statement, none without counting."""
    asked = {code: filters.replace(wanted, standing=code) for code in filters.STANDINGS}
    seen: dict[str, QuerySet[Enterprise]] = {}
    if counting:
        seen = {code: found(queries.visible_to(staff), one, timezone.localdate()) for code, one in asked.items()}
    counts = tabs.bounded(seen, FOLDERS_COUNTED_TO) if seen else {}
    return [
        {
            "name": name,
            "url": filters.query(asked[code], sort=sort),
            "current": code == wanted.standing,
            "count": wording.counted(counts[code], FOLDERS_COUNTED_TO) if code in counts else "",
        }
        for code, name in filters.STANDINGS.items()
    ]


@case_staff
@never_cache
@require_GET
def export(request: StaffRequest) -> HttpResponseBase:
    """The list as it is filtered, row after row into a file: memory does not grow with it."""
    staff, today = request.staff, timezone.localdate()
    seen = found(queries.visible_to(staff), filters.parse(request.GET).wanted, today)
    if seen[MOST_XLSX : MOST_XLSX + 1].exists():
        messages.error(request, _("More than %(most)d enterprises: narrow the list first.") % {"most": MOST_XLSX})
        return redirect(f"{reverse('desk:enterprises')}?{request.GET.urlencode()}")
    money = queries.sees_money(staff)
    table = chain([tables.headings(today, money=money)], tables.rows(seen, today=today, money=money))
    return xlsx_answer(table, f"enterprises-{today:%Y%m%d}")
