"""Events: the list, the month, the table that is fetched, and one event."""

from calendar import Calendar
from collections import defaultdict
from datetime import date
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.activities import fairs, queries, queue, signing, tables
from rixin.activities.models import Event, Picture
from rixin.cases import photos
from rixin.catalogue import versions
from rixin.desk import choices
from rixin.desk.clock_pages import month
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.filters import Asked
from rixin.desk.event_pages.finding import seen_event
from rixin.desk.sheet_answers import MOST_XLSX, xlsx_answer
from rixin.desk.views.common import case_staff, same_query
from rixin.people.staff import StaffRequest

ON_A_PAGE = 50
MOST_IN_A_CELL = 4


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    asked = Asked.read(request.GET)
    page = Paginator(asked.apply(queries.visible_to(request.staff)), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {**_head(request, asked), "page": page, "rows": wording.rows(page.object_list)}
    return render(request, "events/index.html", context)


@case_staff
@never_cache
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    asked, today = Asked.read(request.GET), timezone.localdate()
    first = month.first_of(request.GET.get("month", ""), today)
    since, until = month.bounds(first)
    found: dict[date, list[Event]] = defaultdict(list)
    rows = asked.apply(queries.visible_to(request.staff)).filter(day__range=(since, until))
    for event in rows.order_by("starts", "pk"):
        found[event.day].append(event)
    weeks = [
        [
            {
                "day": day,
                "inside": day.month == first.month,
                "today": day == today,
                "rows": wording.rows(found[day][:MOST_IN_A_CELL]),
                "more": max(len(found[day]) - MOST_IN_A_CELL, 0),
            }
            for day in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        **_head(request, asked),
        "weeks": weeks,
        "first": first,
        "before": same_query(request, month=f"{month.before(first):%Y-%m}"),
        "after": same_query(request, month=f"{month.after(first):%Y-%m}"),
    }
    return render(request, "events/calendar.html", context)


def _head(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    kinds = queries.kinds()
    kind = versions.work().activities.get(asked.kind)
    today = timezone.localdate()
    return {
        "section": "life",
        "tab": "events",
        "asked": asked,
        "narrowed": same_query(request),
        "kinds": kinds,
        "sorts": kind.options if kind else [],
        "states": Event.State.choices,
        "areas": choices.areas(request.staff),
        "periods": [str(year) for year in range(today.year, today.year - 5, -1)],
        "kept": queries.kinds_kept_by(request.staff),
    }


@case_staff
@never_cache
@require_GET
def export(request: StaffRequest) -> HttpResponseBase:
    rows = Asked.read(request.GET).apply(queries.visible_to(request.staff))[:MOST_XLSX]
    heads = [str(heading) for heading in tables.HEADINGS.values()]
    return xlsx_answer(chain([list(heads)], tables.rows(rows)), f"events-{timezone.localdate():%Y%m%d}")


@case_staff
@never_cache
@require_GET
def event(request: StaffRequest, pk: int) -> HttpResponse:
    return event_page(request, seen_event(request.staff, pk))


def event_page(request: StaffRequest, found: Event, *, status: int = 200, **more: Any) -> HttpResponse:
    kind, today = versions.work().activities.get(found.kind), timezone.localdate()
    parties = signing.parties(found) if kind and kind.sign_up else []
    context = {
        "section": "life",
        "tab": "events",
        "event": found,
        "row": wording.row(found),
        "kind": kind,
        "keeps": queries.may_keep_event(request.staff, found),
        "due": found.day <= today,
        "sessions": list(found.sessions.all()) if kind and kind.sessions else [],
        "employers": list(found.employers.select_related("enterprise")) if kind and kind.employers else [],
        "totals": fairs.totals(found) if kind and kind.employers else None,
        "pictures": list(found.pictures.all()),
        "seated": queue.taken(parties),
        "waiting": sum(party.people for party in parties if not party.seated),
        "hours": found.hours_of_volunteers.filter(taken_back=False).select_related("volunteer")
        if kind and kind.hours
        else [],
        "keeps_volunteers": queries.may_keep_volunteers(request.staff, found.area_path),
        "history": wording.entries(found.events.order_by("-pk")),
        **more,
    }
    return render(request, "events/event.html", context, status=status)


@case_staff
@require_GET
def picture(request: StaffRequest, pk: int, digest: str, thumb: bool = False) -> HttpResponseBase:
    found = get_object_or_404(Picture, event=seen_event(request.staff, pk), digest=digest)
    path = photos.path_of(found.digest, thumb=thumb)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
