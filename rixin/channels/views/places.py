"""Where to report, chosen by hand: for those without a code, or with one that does not work any more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.channels.codes import all_of
from rixin.places import gazetteer
from rixin.places.atlas import Atlas, PlaceMatch
from rixin.places.coordinates import ImpossiblePosition, Position

MOST_FOUND = 12
_NEAREST_KINDS = ("quarter", "park", "market", "square", "school", "office_building")
_NEAR = 400.0
"""Metres."""


@require_GET
def choose_place(request: HttpRequest) -> HttpResponse:
    return place_page(request)


def place_page(request: HttpRequest, *, status: int = 200, **why: Any) -> HttpResponse:
    """`why`: `retired` (a code), `unknown_code` (a token) or `problem` (words), where somebody was sent here by one."""
    atlas = gazetteer.current()
    asked = request.GET.get("q", "").strip()[:100]
    around, problem = _phone(request)
    context = {
        "asked": asked,
        "found": _found(atlas, asked) if asked else [],
        "around": _around(atlas, around) if around else [],
        "located": around is not None,
        "communities": _communities(atlas),
        "problem": problem,
        **why,
    }
    return render(request, "channels/place.html", context, status=status)


def _phone(request: HttpRequest) -> tuple[Position | None, str]:
    """The phone's position, if it was given; else words on what is wrong with it."""
    lat, lng = request.GET.get("lat", ""), request.GET.get("lng", "")
    if not lat or not lng:
        return None, ""
    try:
        position = Position(float(lat), float(lng))
        gazetteer.current().where(position)
    except ImpossiblePosition as impossible:
        return None, impossible.message
    except ValueError:
        return None, _("The position is not a number. Please search for the place by its name.")
    return position, ""


def _around(atlas: Atlas, around: Position) -> list[dict[str, str]]:
    """What stands near, and the grid itself, which is always right."""
    near = [place for place, _metres in atlas.nearby(around, _NEAR) if place.kind in _NEAREST_KINDS]
    found = [_choice(atlas, place.code, place.name) for place in near[:MOST_FOUND] if atlas.chain_of_place(place)]
    if chain := atlas.chain_at(around):
        found.append(_choice(atlas, chain.code, chain.finest.name))
    return found


def _found(atlas: Atlas, words: str) -> list[dict[str, str]]:
    keys = dict.fromkeys(key for match in atlas.suggest(words, MOST_FOUND) if (key := _key(match)))
    names = {**atlas.areas, **atlas.places}
    return [_choice(atlas, key, names[key].name) for key in keys]


def _key(match: PlaceMatch) -> str:
    """The code of the place or area that a match leads to; "" for what a report cannot be made at."""
    if match.place:
        return match.place.code if match.chain else ""
    return match.chain.code if match.chain and match.chain.path else ""


def _choice(atlas: Atlas, key: str, name: str) -> dict[str, str]:
    chain = atlas.chain_of(key)
    return {"key": key, "name": name, "label": chain.label() if chain else ""}


def _communities(atlas: Atlas) -> list[dict[str, Any]]:
    """Each community with its quarters, so that a few taps lead there without typing."""
    quarters = all_of("quarter")
    names = {**atlas.areas, **atlas.places}
    return [
        {
            "key": area.code,
            "name": area.name,
            "quarters": [
                {"key": one.key, "name": names[one.key].name} for one in quarters if one.area_path.startswith(area.path)
            ],
        }
        for area in sorted(atlas.areas.values(), key=lambda area: area.path)
        if area.level == "community" and not area.retired
    ]
