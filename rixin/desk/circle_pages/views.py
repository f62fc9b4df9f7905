"""The pages of circles: what they cover, the buildings behind each number, and what one more facility would change."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.desk import choices
from rixin.desk.circle_pages import asking, maps, showing
from rixin.desk.circle_pages.asking import Asked
from rixin.desk.circle_pages.trying import Bench, QuarterForm, SpotForm, refused
from rixin.desk.views.common import case_staff, page_number, page_or_part, same_query
from rixin.people.staff import StaffRequest
from rixin.walking import circles, current, queries, settling
from rixin.walking.models import Reach, Ring

MOST_UNCOVERED = 12
PAGE_SIZE = 100
FORMS = ("try-point", "try-quarter")
"""Ids of the forms with which a spot is tried: what is compared already goes with either."""
PAGE, PART = "circle/index.html", "circle/what_if.html"


@case_staff
@never_cache
@require_GET
def circle(request: StaffRequest) -> HttpResponse:
    asked = asking.read(request.GET, timezone.localdate())
    if asked is None:
        return render(request, "circle/none.html", _common())
    spot_form = SpotForm(request.GET if _tries(request, "lat", "lng") else None)
    quarter_form = QuarterForm(request.GET if _tries(request, "quarter") else None)
    asked, problem = _with_typed(asked, spot_form, quarter_form)
    rows = list(_rows(request, asked).select_related("facility"))
    bench = Bench(asked, rows)
    context = {
        **_common(),
        "asked": asked,
        "forms": FORMS,
        "tried": bench.tried(),
        "offered": bench.offered(),
        "share": bench.share,
        "problem": problem,
        "spot_form": spot_form,
        "quarter_form": quarter_form,
    }
    if "HX-Request" not in request.headers:
        context |= _numbers(request, asked, rows)
    return page_or_part(request, PAGE, PART, context, status=422 if problem else 200)


def _common() -> dict[str, Any]:
    return {"section": "life", "tab": "circle"}


def _tries(request: StaffRequest, *names: str) -> bool:
    return any(name in request.GET for name in names)


def _with_typed(asked: Asked, *forms: SpotForm | QuarterForm) -> tuple[Asked, str]:
    """With the spot that was typed, clicked or chosen; or why it cannot be tried."""
    for form in forms:
        if form.is_bound and not form.is_valid():
            return asked, refused(form)
        if form.is_bound:
            asked = asked.with_spot(form.cleaned_data["spot"])
    return asked, ""


def _rows(request: StaffRequest, asked: Asked) -> Any:
    return queries.on(request.staff, asked.circle.code, asked.day)


def _numbers(request: StaffRequest, asked: Asked, rows: list[Reach]) -> dict[str, Any]:
    settled = Ring.objects.filter(circle=asked.circle.code).values_list("settled_at", flat=True).first()
    return {
        "circles": circles.known().values(),
        "today": timezone.localdate(),
        "total": showing.total(asked, rows),
        "communities": showing.communities(asked, rows),
        "uncovered": showing.uncovered(rows, MOST_UNCOVERED),
        "facilities": queries.open_on(asked.circle, asked.day),
        "network": current.source_on(asked.day),
        "settled_at": settled,
        "stale": settling.is_stale(asked.circle),
        "may_settle": queries.may_settle(request.staff),
        "within": choices.own_areas(request.staff),
    }


@case_staff
@never_cache
@require_GET
def buildings(request: StaffRequest) -> HttpResponse:
    """The buildings behind a number: those of a community, within or beyond."""
    asked = asking.read(request.GET, timezone.localdate())
    if asked is None:
        raise Http404
    area, state, building = (request.GET.get(name, "") for name in ("area", "is", "building"))
    rows = showing.in_state(_rows(request, asked), state)
    if area:
        rows = rows.filter(area_path__within=area)
    if building:
        rows = rows.filter(building=building)
    rows = rows.select_related("facility").order_by("-metres", "building")
    page = Paginator(rows, PAGE_SIZE).get_page(page_number(request))
    context = {
        **_common(),
        "asked": asked,
        "circles": circles.known().values(),
        "page": page,
        "rows": showing.rows_of(page),
        "total": showing.total(asked, rows),
        "areas": choices.areas(request.staff),
        "area": area,
        "state": state,
        "states": showing.STATES.items(),
        "today": timezone.localdate(),
        "same": same_query(request),
    }
    return render(request, "circle/buildings.html", context)


@case_staff
@never_cache
@require_GET
def dots(request: StaffRequest) -> JsonResponse:
    asked = asking.read(request.GET, timezone.localdate())
    if asked is None:
        raise Http404
    rows = list(_rows(request, asked))
    won = {one.building for tried in Bench(asked, rows).tried() for one in tried.trial.won}
    return JsonResponse(maps.buildings(rows, asked.circle, won))


@case_staff
@never_cache
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    asked = asking.read(request.GET, timezone.localdate())
    if asked is None:
        raise Http404
    found = (row for row in queries.open_on(asked.circle, asked.day) if row.lat is not None)
    return JsonResponse(maps.facilities(found))


@case_staff
@require_POST
def settle(request: StaffRequest) -> HttpResponse:
    """Computes all circles anew now, instead of within minutes."""
    if not queries.may_settle(request.staff):
        raise PermissionDenied
    asked = asking.read(request.POST, timezone.localdate())
    done = settling.settle(timezone.now(), request.staff.actor)
    changed = sum(one.changed for one in done)
    messages.success(request, _("Computed anew: %(changed)d spans changed.") % {"changed": changed})
    return redirect(f"{reverse('desk:circle')}?{asked.base}" if asked else reverse("desk:circle"))
