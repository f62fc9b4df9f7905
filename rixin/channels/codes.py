"""Making and retiring printed codes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import segno
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rixin.channels.models import Code
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.chain import KnownArea, KnownPlace

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 7
"""31^7, some 27 thousand million: tokens are no secret, but nobody should hit the neighbour's by a typing mistake."""
ROLES = ("dispatcher", "community_officer", "leader", "administrator")
SORTS = ("quarter", "grid")


class UnknownPlace(LookupError):
    """Nothing has this code, it is retired, or it lies outside our areas; `message` in the reader's language."""

    def __init__(self, asked: str) -> None:
        self.message = _("“%(asked)s” is no place or area that a code can stand for.") % {"asked": asked}
        super().__init__(self.message)


@dataclass(frozen=True)
class Standing:
    """What a code can stand for: one place or one area. `key` is its code in the gazetteer."""

    key: str
    name_zh: str
    name_en: str
    area_path: str
    place_code: str
    lat: float | None
    lng: float | None

    @property
    def label(self) -> str:
        return gazetteer.current().label(self.area_path)


def standing_for(key: str) -> Standing:
    """The place or area with this code, in use and within our areas. Raises UnknownPlace. No query."""
    atlas = gazetteer.current()
    if (place := atlas.places.get(key)) and not place.retired and (chain := atlas.chain_of_place(place)):
        return _of_place(place, chain.path)
    if (area := atlas.areas.get(key)) and not area.retired and area.path:
        return _of_area(area)
    raise UnknownPlace(key)


def all_of(sort: str, within: str = "") -> list[Standing]:
    """Every quarter or every grid under an area path, by name of the code."""
    atlas = gazetteer.current()
    if sort == "grid":
        found = [_of_area(area) for area in atlas.areas.values() if area.level == "grid" and not area.retired]
    else:
        placed = [(place, atlas.chain_of_place(place)) for place in atlas.places.values() if place.kind == sort]
        found = [_of_place(place, chain.path) for place, chain in placed if chain and not place.retired]
    return sorted((one for one in found if one.area_path.startswith(within)), key=lambda one: (one.area_path, one.key))


def make(standings: Iterable[Standing], *, by: Account | None, at: datetime, spot: str = "") -> list[Code]:
    """A new code for each. Codes that the same places already have stay valid: a place may have several posters."""
    return Code.objects.bulk_create(
        Code(
            token=_token(),
            name_zh=one.name_zh,
            name_en=one.name_en,
            spot=spot,
            area_path=one.area_path,
            place_code=one.place_code,
            lat=one.lat,
            lng=one.lng,
            made_at=at,
            made_by=by,
        )
        for one in standings
    )


def make_missing(standings: Iterable[Standing], *, by: Account | None, at: datetime) -> list[Code]:
    """A code for each place that has none in use: doing it twice makes nothing."""
    have = set(Code.objects.filter(retired_at=None).values_list("place_code", "area_path"))
    return make([one for one in standings if (one.place_code, one.area_path) not in have], by=by, at=at)


def retire(code: Code, *, by: Account, at: datetime) -> bool:
    """Whoever scans it from now on is told and chooses the place by hand. False if it was retired already."""
    return bool(Code.objects.filter(pk=code.pk, retired_at=None).update(retired_at=at, retired_by=by))


def note_printed(codes: QuerySet[Code], *, by: Account | None, at: datetime) -> None:
    codes.update(printed_at=at, printed_by=by)


def cared_for_by(staff: Staff) -> QuerySet[Code]:
    """The codes under the areas of the person's posts that deal with codes."""
    areas = [post.area_path for post in staff.posts if post.role in ROLES]
    if not areas:
        return Code.objects.none()
    within = Q()
    for area in areas:
        if not area:
            return Code.objects.all()
        within |= Q(area_path__within=area)
    return Code.objects.filter(within)


def may_make(staff: Staff, standing: Standing) -> bool:
    return any(post.role in ROLES and standing.area_path.startswith(post.area_path) for post in staff.posts)


def data_uri(code: Code) -> str:
    """The QR code for an <img>."""
    return str(segno.make(code.url, error="m", micro=False).svg_data_uri(border=2, light="#fff", scale=4))


def _token() -> str:
    return "".join(secrets.choice(_SIGNS) for _nth in range(_LENGTH))


def _of_place(place: KnownPlace, area_path: str) -> Standing:
    lat, lng = (place.position.lat, place.position.lng) if place.position else (None, None)
    return Standing(place.code, place.name_zh, place.name_en, area_path, place.code, lat, lng)


def _of_area(area: KnownArea) -> Standing:
    lat, lng = (area.position.lat, area.position.lng) if area.position else (None, None)
    return Standing(area.code, area.name_zh, area.name_en, area.path, "", lat, lng)
