"""The inbox: folders, filters in the address bar, saved filters, keyset pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.cases import queries
from rixin.desk import choices, filters, listing, paging, tabs, wording
from rixin.desk.filters import Filter
from rixin.desk.models import SavedFilter
from rixin.desk.tabs import Tab
from rixin.desk.views.common import case_staff
from rixin.people.access import staff_required
from rixin.people.notices import unread_count
from rixin.people.roles import CASE_ROLES, Role
from rixin.people.staff import Staff, StaffRequest

MOST_SAVED = 30
_MOST_NEWS = 99
_PHONE = ("Mobile", "Android", "iPhone")


@dataclass(frozen=True)
class TabLink:
    code: str
    name: str
    url: str
    count: str
    current: bool
    pressing: bool


@staff_required()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Where the person's work is: the grid worker's pages, the inbox, or the accounts for who keeps the system."""
    on_phone = any(mark in request.headers.get("User-Agent", "") for mark in _PHONE)
    in_the_field = request.staff.may(Role.GRID_WORKER)
    if in_the_field and (on_phone or not request.staff.may(*CASE_ROLES - {Role.GRID_WORKER})):
        return redirect("desk:field_home")
    if not request.staff.may(*CASE_ROLES):
        return redirect("people:accounts" if request.staff.may(Role.ADMINISTRATOR) else "people:me")
    return redirect("desk:inbox")


@case_staff
@require_GET
def inbox(request: StaffRequest) -> HttpResponseBase:
    staff, at = request.staff, timezone.now()
    offered = tabs.of(staff)
    tab = chosen_tab(offered, staff, request.GET.get("tab", ""))
    parsed = filters.parse(request.GET)
    asked = parsed.filter
    seen, still_open = (asked.apply(some, at) for some in (tabs.seen_in(tab, staff), queries.open_to(staff)))
    sort = paging.SORTS[_sort_of(tab, request.GET.get("sort", ""))]
    found = paging.page(
        listing.light(seen.filter(tab.where(staff, at))),
        sort,
        paging.Cursor.read(request.GET.get("at", "")),
        listing.PAGE_SIZE,
    )
    rows = listing.rows(found.rows, staff, at)
    chosen_sort = sort.code if sort.code != tab.sorts[0] else ""
    context: dict[str, Any] = {
        "section": "inbox",
        "tab": tab,
        "tabs": _tab_links(offered, tab, asked, tabs.counts(offered, still_open, staff, at)),
        "rows": rows,
        "bulk": listing.bulk_names(found.rows, rows),
        "sorts": [_sort_link(tab, code, sort.code, asked) for code in tab.sorts],
        "before": found.before and asked.to_query(tab=tab.code, sort=chosen_sort, at=str(found.before)),
        "after": found.after and asked.to_query(tab=tab.code, sort=chosen_sort, at=str(found.after)),
        "here": asked.to_query(tab=tab.code, sort=chosen_sort),
        "saved": list(SavedFilter.objects.filter(account_id=staff.account.pk)[:MOST_SAVED]),
        **filter_context(asked, parsed.problems, staff, tab=tab.code),
        "sort": chosen_sort,
        "as_of": at.isoformat(),
    }
    return render(request, "desk/inbox.html", context)


@case_staff
@never_cache
@require_GET
def news(request: StaffRequest) -> JsonResponse:
    """How many matters of an open folder came in or changed since its page was made, and how many notices are unread.

    Asked each minute by the page itself: two statements, and no sign that somebody is still there.
    """
    staff, at = request.staff, timezone.now()
    tab = chosen_tab(tabs.of(staff), staff, request.GET.get("tab", ""))
    since = _moment(request.GET.get("since", ""))
    changed = 0
    if since is not None and tab.is_open:
        open_here = filters.parse(request.GET).filter.apply(queries.open_to(staff), at)
        found = open_here.filter(tab.where(staff, at), changed_at__gt=since).order_by()
        changed = len(found.values_list("pk")[:_MOST_NEWS])
    return JsonResponse({"changed": changed, "unread": unread_count(staff.account.pk)})


def _moment(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def chosen_tab(offered: list[Tab], staff: Staff, code: str) -> Tab:
    return next((tab for tab in offered if tab.code == code), tabs.first_of(staff))


def filter_context(asked: Filter, problems: tuple[str, ...], staff: Staff, *, tab: str = "") -> dict[str, Any]:
    """What the filter form and the chips of what narrows need, on whichever page they stand."""
    return {
        "filter": asked,
        "problems": problems,
        "chips": [
            {
                "name": _field_name(name),
                "value": _in_words(name, value),
                "without": asked.without(name).to_query(tab=tab),
            }
            for name, value in asked.given().items()
        ],
        "narrowed": bool(asked.given()),
        "options": {
            "state": choices.states(),
            "group": choices.groups(),
            "types": choices.types(),
            "unit": choices.open_units(),
            "area": choices.areas(staff),
            "channel": choices.channels(),
            "rating": choices.ratings(),
            "due": choices.DUE,
        },
    }


def _tab_links(offered: list[Tab], current: Tab, asked: Filter, counts: dict[str, int]) -> list[TabLink]:
    return [
        TabLink(
            code=tab.code,
            name=str(tab.name),
            url=f"?{asked.to_query(tab=tab.code)}",
            count=wording.counted(counts[tab.code], tabs.COUNTED_TO) if tab.code in counts else "",
            current=tab is current,
            pressing=tab.pressing and counts.get(tab.code, 0) > 0,
        )
        for tab in offered
    ]


def _sort_of(tab: Tab, asked: str) -> str:
    return asked if asked in tab.sorts else tab.sorts[0]


def _sort_link(tab: Tab, code: str, current: str, asked: Filter) -> dict[str, Any]:
    sort = code if code != tab.sorts[0] else ""
    return {"name": _sort_name(code), "url": f"?{asked.to_query(tab=tab.code, sort=sort)}", "current": code == current}


def _sort_name(code: str) -> str:
    names = {
        "due": _("Due first"),
        "oldest": _("Oldest first"),
        "newest": _("Newest first"),
        "closed": _("Closed last"),
    }
    return names[code]


def _field_name(name: str) -> str:
    return {
        "q": _("Words"),
        "state": _("State"),
        "group": _("Class"),
        "type": _("Kind of matter"),
        "unit": _("Unit"),
        "area": _("Area"),
        "channel": _("Channel"),
        "rating": _("Rating"),
        "due": _("Due"),
        "late": _("Overdue"),
        "urgent": _("Urgent"),
        "opened_from": _("Reported from"),
        "opened_to": _("Reported until"),
    }[name]


def _in_words(name: str, value: str) -> str:
    named = {
        "state": choices.states,
        "group": choices.groups,
        "channel": choices.channels,
        "rating": choices.ratings,
    }
    if name in named:
        return named[name]().get(value, value)
    if name in ("late", "urgent"):
        return ""
    if name == "due":
        return str(choices.DUE[value])
    listed = {
        "type": lambda: [choice for group in choices.types() for choice in group.choices],
        "unit": choices.open_units,
    }
    if name in listed:
        return next((choice.name for choice in listed[name]() if choice.code == value), value)
    return listing.place_label(value) if name == "area" else value


@case_staff
@require_POST
def save_filter(request: StaffRequest) -> HttpResponse:
    """Keeps the present filter under a name; the same name again replaces it."""
    name = request.POST.get("name", "").strip()[:40]
    tab = request.POST.get("tab", "")
    query = filters.parse(_query_of(request)).filter.to_query(tab=tab)
    mine = SavedFilter.objects.filter(account_id=request.staff.account.pk)
    if not name:
        messages.error(request, _("Please give the filter a name."))
    elif mine.exclude(name=name).count() >= MOST_SAVED:
        messages.error(request, _("You have %(most)s saved filters. Remove one first.") % {"most": MOST_SAVED})
    else:
        SavedFilter.objects.update_or_create(
            account_id=request.staff.account.pk, name=name, defaults={"query": query, "saved_at": timezone.now()}
        )
        messages.success(request, _("Saved: “%(name)s”.") % {"name": name})
    return redirect(f"{reverse('desk:inbox')}?{query}")


def _query_of(request: StaffRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name not in ("name", "tab")}


@case_staff
@require_POST
def forget_filter(request: StaffRequest, pk: int) -> HttpResponse:
    SavedFilter.objects.filter(account_id=request.staff.account.pk, pk=pk).delete()
    messages.success(request, _("The saved filter was removed."))
    return redirect("desk:inbox")
