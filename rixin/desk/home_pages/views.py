"""Homes by community, quarter and building; one building floor by floor, with what its returns say."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.cases import queries as cases
from rixin.desk.home_pages import history, listing, plan
from rixin.desk.views.common import case_staff
from rixin.homes import queries
from rixin.homes.layout import floor_of, read_room
from rixin.homes.models import HomeEvent
from rixin.homes.queries import Building
from rixin.homes.terms import Term
from rixin.people.staff import Staff, StaffRequest
from rixin.places import gazetteer
from rixin.privacy.masking import masked

MOST_MATTERS, MOST_LINES, _LONGEST_QUESTION = 8, 20, 100


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """`area`: code of a community; `q`: an address. One building that is meant is shown at once."""
    today, kept = timezone.localdate(), queries.definition()
    asked = request.GET.get("q", "").strip()[:_LONGEST_QUESTION]
    found = listing.found_by(request.staff, asked)
    if len(found) == 1:
        return redirect("desk:home", found[0].code)
    area = gazetteer.current().area(code) if (code := request.GET.get("area", "")) else None
    if code and (area is None or area.level != "community"):
        raise Http404(_("There is no such community."))
    context: dict[str, Any] = {
        "section": "life",
        "asked": asked,
        "found": found,
        "area": area,
        "leading": [name for _code, name in listing.leading(kept)],
        "due": Term.last_over(kept.months, today) if kept else None,
        "keeps": queries.keeps_some(request.staff),
    }
    if area is None:
        context["communities"] = listing.communities(request.staff, today)
    else:
        context["quarters"] = listing.quarters(request.staff, area.path, today)
    return render(request, "homes/index.html", context)


def seen(staff: Staff, code: str) -> Building:
    found = queries.seen_building(staff, code)
    if found is None:
        raise Http404(_("There is no such building among those that you may see."))
    return found


@case_staff
@never_cache
@require_GET
def building(request: StaffRequest, code: str) -> HttpResponse:
    found, today, kept = seen(request.staff, code), timezone.localdate(), queries.definition()
    returns = list(queries.returns_visible_to(request.staff).filter(building=code).prefetch_related("counts"))
    holding = [one for one in returns if one.until_day is None or one.until_day > today]
    matters = cases.open_to(request.staff).filter(place_code=code).order_by("-opened_at", "-pk")[: MOST_MATTERS + 1]
    events = HomeEvent.objects.filter(building=code).select_related("dwelling", "ret").order_by("-pk")[:MOST_LINES]
    dwellings = queries.dwellings_of(code, today)
    due = Term.last_over(kept.months, today) if kept else None
    latest = plan.latest(kept, holding) if kept else None
    context = {
        "section": "life",
        "building": found,
        "label": gazetteer.current().label(found.area_path),
        "stairwells": plan.stairwells(dwellings),
        "count": len(dwellings),
        "latest": latest,
        "fields": [field.name.here() for field in kept.fields] if kept else [],
        "past": plan.past(kept, returns) if kept else [],
        "missing": due if due and dwellings and (latest is None or latest.oldest < due.last) else None,
        "matters": [(case, masked(case.title)) for case in matters[:MOST_MATTERS]],
        "more_matters": len(matters) > MOST_MATTERS,
        "history": [history.entry(event) for event in events],
        "keeps": queries.keeps(request.staff, found.area_path),
        "meant": _meant(request.GET.get("q", "")),
    }
    return render(request, "homes/building.html", context)


def _meant(text: str) -> str:
    room = read_room(text)
    return room.number if room and floor_of(room.number) is not None else ""
