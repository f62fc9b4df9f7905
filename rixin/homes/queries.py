"""The only door from a person to dwellings and head counts: open to the staff of their area, kept by few."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from rixin.catalogue import versions
from rixin.catalogue.head_count_schema import HeadCounts
from rixin.homes.models import Dwelling, HeadReturn
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.chain import KnownPlace

BUILDING, QUARTER = "building", "quarter"
"""Kinds of place. People live in the buildings of quarters; doors of streets and office buildings are others."""


def definition() -> HeadCounts | None:
    return next(iter(versions.work().head_counts.values()), None)


def visible_to(staff: Staff) -> QuerySet[Dwelling]:
    return Dwelling.objects.filter(staff.scope.in_areas("area_path"))


def returns_visible_to(staff: Staff) -> QuerySet[HeadReturn]:
    return HeadReturn.objects.filter(staff.scope.in_areas("area_path"))


def keeps(staff: Staff, area_path: str) -> bool:
    """Whether the person enters dwellings and counts there."""
    known = definition()
    if known is None:
        return False
    of_unit = any(
        clause.role == Role.HANDLER and clause.unit_code == known.unit and area_path.startswith(clause.area)
        for clause in staff.scope.clauses
    )
    return of_unit or (bool(known.roles) and staff.scope.covers_area(area_path, *known.roles))


def keeps_some(staff: Staff) -> bool:
    known = definition()
    roles = {Role.HANDLER, *(known.roles if known else [])}
    return any(keeps(staff, clause.area) for clause in staff.scope.clauses if clause.role in roles)


def there(day: date) -> Q:
    return Q(from_day__lte=day) & (Q(until_day=None) | Q(until_day__gt=day))


@dataclass(frozen=True)
class Building:
    """A place in which people live, or could."""

    place: KnownPlace
    area_path: str

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def name(self) -> str:
        return self.place.name


def building(code: str) -> Building | None:
    atlas = gazetteer.current()
    place = atlas.places.get(code)
    chain = atlas.chain_of_place(place) if place else None
    if place is None or chain is None or not _residential(place):
        return None
    return Building(place, chain.path)


def _residential(place: KnownPlace) -> bool:
    quarter = gazetteer.current().places.get(place.parent or "")
    return place.kind == BUILDING and not place.retired and quarter is not None and quarter.kind == QUARTER


def seen_building(staff: Staff, code: str) -> Building | None:
    """None for what lies out of the person's scope too."""
    found = building(code)
    seen = [clause for clause in staff.scope.clauses if clause.role != Role.ADMINISTRATOR] if found else []
    return found if found and any(found.area_path.startswith(clause.area) for clause in seen) else None


def buildings_in(path: str) -> list[Building]:
    """All of an area, by quarter and number."""
    atlas = gazetteer.current()
    placed = ((place, atlas.chain_of_place(place)) for place in atlas.places.values() if _residential(place))
    found = [
        Building(place, chain.path) for place, chain in placed if chain is not None and chain.path.startswith(path)
    ]
    return sorted(found, key=lambda one: (one.place.parent or "", len(one.place.house_number), one.place.house_number))


def dwellings_of(code: str, day: date) -> list[Dwelling]:
    """Those that are there on the day, by unit, floor and number."""
    rows = Dwelling.objects.filter(there(day), building=code)
    return sorted(rows, key=lambda one: (len(one.unit), one.unit, one.floor or 0, len(one.number), one.number))


def per_building(codes: Iterable[str], day: date) -> dict[str, int]:
    """How many dwellings each has on the day. One statement."""
    rows = Dwelling.objects.filter(there(day), building__in=list(codes)).order_by()
    return dict(rows.values_list("building").annotate(n=Count("pk")))


def per_unit(code: str, day: date) -> dict[str, int]:
    rows = Dwelling.objects.filter(there(day), building=code).order_by()
    found = dict(rows.values_list("unit").annotate(n=Count("pk")))
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))


def latest_returns(codes: Iterable[str], day: date) -> dict[str, list[HeadReturn]]:
    """The returns that hold on the day, by building, with their counts. Two statements."""
    found: dict[str, list[HeadReturn]] = {}
    rows = HeadReturn.objects.filter(there(day), building__in=list(codes)).prefetch_related("counts")
    for row in rows:
        found.setdefault(row.building, []).append(row)
    return found
