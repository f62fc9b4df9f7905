"""The public questions about places, as JSON: no account, no database, bounded answers."""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s
from typing import Any, cast, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.places import gazetteer
from rixin.places.atlas import Atlas, PlaceMatch
from rixin.places.chain import KnownArea
from rixin.places.coordinates import ImpossiblePosition, Position, System, from_system
from rixin.places.headings import degrees_of
from rixin.places.models import LEVELS
from rixin.sheets import Unreadable

LONGEST_QUESTION = 200
MOST_SUGGESTIONS = 10
NEARBY_METRES = 150
MOST_NEARBY = 5
SHOWN_LEVELS = ("subdistrict", "community", "grid")
MAP_KINDS = {"road": "road", "river": "water", "park": "green", "square": "green"}


def problem(code: str, message: str, *fields: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "fields": list(fields)}, status=status)


@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """The outlines for a map; `levels=community,grid` chooses, `for=desk` adds the links of the staff page."""
    levels = tuple(request.GET["levels"].split(",")) if request.GET.get("levels") else SHOWN_LEVELS
    if unknown := set(levels) - set(LEVELS):
        return problem("unknown_level", _("There is no level %(level)s.") % {"level": min(unknown)[:40]}, "levels")
    for_desk = request.GET.get("for") == "desk"
    return _kept(request, *_areas_body(gazetteer.current(), get_language() or "", tuple(sorted(set(levels))), for_desk))


@require_GET
def landmarks(request: HttpRequest) -> HttpResponse:
    """What one finds one's way by on the map: roads, water, parks, buildings."""
    return _kept(request, *_landmarks_body(gazetteer.current(), get_language() or ""))


def _kept(request: HttpRequest, body: bytes, etag: str) -> HttpResponse:
    """Browsers keep it for five minutes and then ask whether it changed. In one language, so not for shared caches."""
    same = etag in (mark.strip().removeprefix("W/") for mark in request.headers.get("If-None-Match", "").split(","))
    response = HttpResponseNotModified() if same else HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=300"
    response["Vary"] = "Cookie"
    return response


def _collection(features: list[dict[str, Any]], **about: str) -> tuple[bytes, str]:
    collection = {"type": "FeatureCollection", **about, "features": features}
    body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{blake2s(body, digest_size=12).hexdigest()}"'


@lru_cache(maxsize=16)
def _areas_body(atlas: Atlas, language: str, levels: tuple[str, ...], for_desk: bool) -> tuple[bytes, str]:
    page = reverse("places:index")
    features = []
    for area, geometry in atlas.outlines(levels):
        properties: dict[str, Any] = {
            "code": area.code,
            "parent": area.parent or "",
            "path": area.path,
            "level": area.level,
            "name": area.name,
            "name_zh": area.name_zh,
            "name_en": area.name_en,
            "strong": area.level in ("subdistrict", "community"),
        }
        if for_desk:
            properties["href"] = f"{page}?area={area.code}"
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return _collection(features, source="; ".join(sources(atlas)))


def sources(atlas: Atlas) -> list[str]:
    """Where the boundaries come from, in the reader's language."""
    ours = {"drawn for this product, not surveyed": _("drawn for this product, not surveyed")}
    return sorted({ours.get(area.source, area.source) for area in atlas.areas.values() if area.source})


@lru_cache(maxsize=4)
def _landmarks_body(atlas: Atlas, language: str) -> tuple[bytes, str]:
    features = [
        {"type": "Feature", "properties": {"name": place.name, "kind": MAP_KINDS[place.kind]}, "geometry": geometry}
        for place, geometry in atlas.lines()
    ]
    for place in atlas.places.values():
        if place.position and not place.retired and not (place.kind == "building" and not place.parent):
            # A building is drawn with its number only: its quarter stands around it.
            name = place.house_number or place.name
            point = {"type": "Point", "coordinates": [place.position.lng, place.position.lat]}
            kind = MAP_KINDS.get(place.kind, "building")
            features.append({"type": "Feature", "properties": {"name": name, "kind": kind}, "geometry": point})
    return _collection(features)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Suggestions for a written address, best first; asked at each pause in typing."""
    asked = request.GET.get("q", "").strip()
    if len(asked) > LONGEST_QUESTION:
        message = _("Please write the address in at most %(most)d characters.") % {"most": LONGEST_QUESTION}
        return problem("too_long", message, "q")
    found = gazetteer.current().suggest(asked, MOST_SUGGESTIONS) if asked else []
    response = JsonResponse({"query": asked, "results": [_suggestion(match) for match in found]})
    response["Cache-Control"] = "private, max-age=60"
    response["Vary"] = "Cookie"
    return response


def _suggestion(match: PlaceMatch) -> dict[str, Any]:
    """Unit and room are left out: they are a person's home."""
    return {
        "name": match.name,
        "words": match.words,
        "precision": match.precision,
        "code": match.place.code if match.place else match.chain.code if match.chain else "",
        "path": match.chain.path if match.chain else None,
        "label": match.chain.label() if match.chain else "",
        "lat": match.position.lat if match.position else None,
        "lng": match.position.lng if match.position else None,
    }


@require_GET
def at(request: HttpRequest) -> HttpResponse:
    """The areas that hold a point, and what stands nearest. `crs` says in which system the point is given."""
    try:
        position = _position(request.GET)
        where = gazetteer.current().where(position)
    except (Unreadable, ImpossiblePosition) as fault:
        return problem("impossible_position", fault.message, "lat", "lng")
    near = gazetteer.current().nearby(position, NEARBY_METRES)[:MOST_NEARBY]
    chain = where.chain
    response = JsonResponse(
        {
            "inside": where.inside,
            "metres_outside": round(where.metres_outside),
            "label": chain.label() if chain else "",
            "code": chain.code if chain else "",
            "path": chain.path if chain else None,
            "areas": [_area(area) for area in chain.areas] if chain else [],
            "nearby": [
                {"code": place.code, "kind": place.kind, "name": place.name, "metres": round(metres)}
                for place, metres in near
            ],
        }
    )
    response["Cache-Control"] = "private, max-age=60"
    return response


def _area(area: KnownArea) -> dict[str, str]:
    return {"code": area.code, "level": area.level, "path": area.path, "name": area.name}


def _position(given: Mapping[str, str]) -> Position:
    system = given.get("crs", "wgs84").lower()
    if system not in get_args(System):
        known = ", ".join(get_args(System))
        raise Unreadable(_("The coordinate system is not known. Known are: %(known)s.") % {"known": known})
    return from_system(degrees_of(given.get("lat", "")), degrees_of(given.get("lng", "")), cast(System, system))
