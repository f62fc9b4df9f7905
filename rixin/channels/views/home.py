"""The first page, the open matters that everybody may see, and what is kept about whom."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.cases.models import OPEN, Case
from rixin.channels import codes, nearby
from rixin.channels.forms import CodeForm
from rixin.channels.models import Code
from rixin.choosing import projects, queries
from rixin.places import gazetteer
from rixin.privacy import retention

MOST_LISTED = 50
MOST_PINS = 500
_SAMPLES = 3


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "form": CodeForm(),
        "samples": _samples(),
        "round": queries.called_on(timezone.localdate()),
        "projects": projects.public().exists(),
    }
    return render(request, "channels/home.html", context)


def _samples() -> list[dict[str, Any]]:
    """Codes to scan off the screen, in the demonstration only."""
    if not settings.DEMO:
        return []
    found = Code.objects.filter(retired_at=None).exclude(place_code="").order_by("pk")[:_SAMPLES]
    return [{"code": code, "picture": codes.data_uri(code), "path": f"/c/{code.token}"} for code in found]


@require_GET
def near(request: HttpRequest) -> HttpResponse:
    """Newest first; `area` narrows it to a community."""
    atlas = gazetteer.current()
    communities = [area for area in atlas.areas.values() if area.level == "community" and not area.retired]
    chosen = next((area for area in communities if area.code == request.GET.get("area")), None)
    rows = _public_open(chosen.path if chosen else "")[: MOST_LISTED + 1]
    matters = [
        {
            "kind": nearby.public_kind(case),
            "place": nearby.public_place(case),
            "state": nearby.public_state(case),
            "opened_at": case.opened_at,
        }
        for case in rows
    ]
    context = {
        "matters": matters[:MOST_LISTED],
        "more": len(matters) > MOST_LISTED,
        "most": MOST_LISTED,
        "communities": sorted(communities, key=lambda area: area.path),
        "chosen": chosen,
    }
    return render(request, "channels/near.html", context)


@require_GET
def near_pins(request: HttpRequest) -> JsonResponse:
    """The same matters as points. The position is rounded to some ten metres: the map names no door."""
    atlas = gazetteer.current()
    area = atlas.areas.get(request.GET.get("area", ""))
    rows = _public_open(area.path if area else "").exclude(lat=None)[:MOST_PINS]
    answer = JsonResponse({"type": "FeatureCollection", "features": [_pin(case) for case in rows]})
    answer["Cache-Control"] = "private, max-age=60"
    answer["Vary"] = "Cookie"
    return answer


def _public_open(area_path: str) -> Any:
    rows = Case.objects.filter(OPEN, public=True).order_by("-opened_at", "-id")
    rows = rows.only("id", "definition_id", "lat", "lng", "area_path", "place_code", "state", "phase", "opened_at")
    return rows.filter(area_path__within=area_path) if area_path else rows


def _pin(case: Case) -> dict[str, Any]:
    day = timezone.localdate(case.opened_at)
    note = _("%(place)s, reported %(month)d-%(day)02d: %(state)s") % {
        "place": nearby.public_place(case),
        "month": day.month,
        "day": day.day,
        "state": nearby.public_state(case),
    }
    point = {"type": "Point", "coordinates": [round(case.lng or 0.0, 4), round(case.lat or 0.0, 4)]}
    properties = {
        "title": nearby.public_kind(case),
        "note": note,
        "tone": "warn" if case.phase == "suspended" else "open",
    }
    return {"type": "Feature", "geometry": point, "properties": properties}


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, for how long, and what a resident may ask for."""
    kept = [{"what": rule.says(), "months": rule.months} for rule in retention.rules()]
    return render(request, "channels/privacy.html", {"kept": kept})
