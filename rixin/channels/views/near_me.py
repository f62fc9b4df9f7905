"""Facilities for residents: what is near, and one of them. No account, and nothing is kept of where somebody stands."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.catalogue.worktime import LOCAL
from rixin.channels import near_me
from rixin.channels.codes import all_of
from rixin.channels.standing import Start, start_of
from rixin.facilities import hours, picturing, queries
from rixin.facilities.models import Facility
from rixin.facilities.wording import community
from rixin.places import gazetteer

MOST_LISTED = 30
MOST_PINS = 1_000


@require_GET
def facilities(request: HttpRequest) -> HttpResponse:
    moment, start = timezone.now().astimezone(LOCAL), start_of(request.GET)
    group, kind = _asked(request)
    only_open = bool(request.GET.get("open"))
    found = near_me.nearest(list(near_me.chosen(group, kind)), start.position, moment) if group or start.known else []
    shown = [near for near in found if near.opening.open] if only_open else found
    context = {
        "start": start,
        "quarters": _quarters(),
        "groups": [{"code": code, "group": one, "url": _query(start, group=code)} for code, one in _offered()],
        "group": queries.groups().get(group),
        "group_code": group,
        "kinds": _kinds(start, group, kind, only_open),
        "kind": kind,
        "only_open": only_open,
        "open_url": _query(start, group=group, kind=kind, open="" if only_open else "1"),
        "rows": shown[:MOST_LISTED],
        "more": len(shown) - MOST_LISTED,
        "same": start.query,
        "pins": f"{reverse('channels:facility_pins')}?{urlencode({'group': group, 'kind': kind})}",
        "holiday": near_me.is_holiday(moment),
    }
    return render(request, "channels/near_me.html", context)


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Group and kind, "" for what is none or not public."""
    group = request.GET.get("group", "")
    group = group if group in dict(_offered()) else ""
    kind = request.GET.get("kind", "")
    return group, kind if kind in {one.code for one in near_me.kinds_of(group)} else ""


def _offered() -> list[tuple[str, Any]]:
    """Groups of which anything is public."""
    return [(code, group) for code, group in queries.groups().items() if near_me.kinds_of(code)]


def _kinds(start: Start, group: str, kind: str, only_open: bool) -> list[dict[str, Any]]:
    """The kinds of the chosen group to narrow it to; none where there is no choice."""
    known = near_me.kinds_of(group) if group else []
    asked = {"group": group, "open": "1" if only_open else ""}
    every = {"name": _("All"), "url": _query(start, **asked), "current": not kind}
    each = [
        {"name": one.name.here(), "url": _query(start, **asked, kind=one.code), "current": kind == one.code}
        for one in known
    ]
    return [every, *each] if len(known) > 1 else []


def _query(start: Start, **asked: str) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return "&".join(filter(None, [said, start.query]))


def _quarters() -> list[tuple[str, list[tuple[str, str]]]]:
    """Quarters by community."""
    atlas = gazetteer.current()
    communities = [area for area in atlas.areas.values() if area.level == "community" and not area.retired]
    quarters = all_of("quarter")
    return [
        (area.name, [(one.key, atlas.places[one.key].name) for one in quarters if one.area_path.startswith(area.path)])
        for area in sorted(communities, key=lambda area: area.path)
    ]


@require_GET
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    found, moment, start = _public(pk), timezone.now().astimezone(LOCAL), start_of(request.GET)
    group = queries.kinds()[found.kind].group
    context = {
        "near": near_me.nearest([found], start.position, moment)[0],
        "facility": found,
        "hours": hours.lines(found.hours),
        "stars": "★" * (found.stars or 0),
        "pictures": list(found.pictures.all()),
        "place": community(found.area_path),
        "back": _query(start, group=group),
        "holiday": near_me.is_holiday(moment),
        "pins": f"{reverse('channels:facility_pins')}?{urlencode({'only': found.pk})}",
    }
    return render(request, "channels/facility.html", context)


@require_GET
def pins(request: HttpRequest) -> JsonResponse:
    """Public facilities as GeoJSON: open data for every map. `group`, `kind` and `only` (a number) narrow it."""
    group, kind = _asked(request)
    rows = near_me.chosen(group, kind).exclude(lat=None)
    only = request.GET.get("only", "")
    if only.isascii() and only.isdigit() and len(only) < 10:
        rows = rows.filter(pk=int(only))
    moment = timezone.now().astimezone(LOCAL)
    features = [_pin(near) for near in near_me.nearest(list(rows[:MOST_PINS]), None, moment)]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer["Cache-Control"] = "private, max-age=60"
    answer["Vary"] = "Cookie"
    return answer


def _pin(near: near_me.Near) -> dict[str, Any]:
    one = near.facility
    properties = {
        "id": one.pk,
        "title": one.name,
        "kind": one.kind,
        "note": _("{kind} · {opening}").format(kind=near.kind, opening=near.opening.says),
        "address": one.address,
        "phone": one.phone,
        "hours": hours.in_words(one.hours),
        "href": reverse("channels:facility", args=[one.pk]),
        "tone": near.opening.tone,
    }
    point = {"type": "Point", "coordinates": [one.lng, one.lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}


@require_GET
def picture(request: HttpRequest, pk: int, digest: str, thumb: bool = False) -> HttpResponseBase:
    found = _public(pk)
    path = picturing.FILES.path_of(digest, thumb=thumb)
    if not found.pictures.filter(digest=digest).exists() or not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _public(pk: int) -> Facility:
    found = queries.public().filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such facility, or it is not open to the public any more."))
    return found
