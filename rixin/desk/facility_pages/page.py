"""One facility: its facts, what is dated of it, pictures, history, and what the person may do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue.worktime import LOCAL
from rixin.desk.facility_pages import history, wording
from rixin.desk.facility_pages.finding import seen_facility
from rixin.desk.record_pages.use import facility_use
from rixin.desk.views.common import case_staff, page_number, same_query
from rixin.facilities import hours, queries
from rixin.facilities.models import Facility
from rixin.facilities.tables import AREAS, STARS, STATES, Table
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.registers.amounts import square_metres


@dataclass(frozen=True)
class Dated:
    """One span in words. `tone`: of a state."""

    key: int
    table: str
    value: str
    first: date
    until: date | None
    note: str
    tone: str
    now: bool
    to_come: bool


@case_staff
@never_cache
@require_GET
def facility(request: StaffRequest, pk: int) -> HttpResponse:
    return facility_page(request, seen_facility(request.staff, pk))


def facility_page(request: StaffRequest, found: Facility, *, status: int = 200, **more: Any) -> HttpResponse:
    kind, page, moment = queries.kinds().get(found.kind), page_number(request), timezone.now().astimezone(LOCAL)
    events, earlier = history.events(found, page)
    today = moment.date()
    context = {
        "section": "life",
        "facility": found,
        "kind": wording.kind(found.kind),
        "level": wording.level(found.kind, found.level) if found.level else "",
        "unit_keeps": kind,
        "state": wording.state(found.state),
        "tone": wording.TONES[found.state],
        "stars": wording.stars(found.stars),
        "place": gazetteer.current().label(found.area_path),
        "centre": "" if found.lat is None else f"{found.lat:.5f},{found.lng:.5f}",
        "hours": hours.lines(found.hours),
        "open_now": hours.now(found.hours, moment).open if found.state == "open" else None,
        "states": _dated(found, STATES, today),
        "star_spans": _dated(found, STARS, today) if kind and kind.stars else [],
        "area_spans": _dated(found, AREAS, today) if kind and kind.floor_area else [],
        "rated": bool(kind and kind.stars),
        "measured": bool(kind and kind.floor_area),
        "public": bool(kind and kind.public),
        "pictures": list(found.pictures.all()),
        "use": facility_use(found, request.staff)["use"],
        "may_keep": queries.may_keep(request.staff, found.kind, found.area_path),
        "events": events,
        "earlier": same_query(request, page=str(page + 1)) if earlier else "",
        **more,
    }
    return render(request, "facilities/facility.html", context, status=status)


def _dated(found: Facility, table: Table, today: date) -> list[Dated]:
    """The newest first."""
    return [
        Dated(
            key=span.key or 0,
            table=table.name,
            value=_in_words(table, span.what[0]),
            first=span.first,
            until=span.until,
            note=span.what[1],
            tone=wording.TONES[span.what[0]] if table is STATES else "",
            now=span.holds(today),
            to_come=span.first > today,
        )
        for span in reversed(table.spans_of(found))
    ]


def _in_words(table: Table, value: Any) -> str:
    if table is STATES:
        return wording.state(value)
    return wording.stars(value) if table is STARS else square_metres(value)


@case_staff
@require_GET
def place_of(request: StaffRequest, pk: int) -> JsonResponse:
    """The facility alone, for the small map."""
    found = seen_facility(request.staff, pk)
    pins = [wording.pin(found, found.state, found.get_absolute_url())] if found.lat is not None else []
    answer = JsonResponse({"type": "FeatureCollection", "features": pins})
    answer["Cache-Control"] = "private, no-store"
    return answer
