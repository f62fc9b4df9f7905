"""Who sees and keeps which facilities: the only door from a person to rows.

Facilities are open to all staff of their area. A kind is kept by its unit, and by the roles that its definition names.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from rixin.catalogue import versions
from rixin.catalogue.facility_schema import FacilityGroup, FacilityKind
from rixin.facilities.models import AreaSpan, Facility, StarSpan, State, StateSpan
from rixin.holding import holding
from rixin.people.roles import Role
from rixin.people.staff import Staff

SHOWN = (State.OPEN, State.PAUSED)
"""States of which residents are told."""


def kinds() -> Mapping[str, FacilityKind]:
    """As published, in the order of the definitions."""
    return versions.work().facilities


def groups() -> Mapping[str, FacilityGroup]:
    return versions.work().facility_groups


def visible_to(staff: Staff) -> QuerySet[Facility]:
    return Facility.objects.filter(staff.scope.in_areas("area_path"))


def public() -> QuerySet[Facility]:
    """What residents find: of public kinds, open or closed for a time."""
    codes = [code for code, kind in kinds().items() if kind.public]
    return Facility.objects.filter(kind__in=codes, state__in=SHOWN)


def as_of(rows: QuerySet[Facility], day: date) -> QuerySet[Facility]:
    """Those that were there on the day, with `state_then`, `stars_then` and `area_then`."""
    found = rows.annotate(
        state_then=Subquery(StateSpan.objects.filter(holding(day), facility=OuterRef("pk")).values("state")[:1]),
        stars_then=Subquery(StarSpan.objects.filter(holding(day), facility=OuterRef("pk")).values("stars")[:1]),
        area_then=Subquery(AreaSpan.objects.filter(holding(day), facility=OuterRef("pk")).values("area")[:1]),
    )
    return found.exclude(state_then=None)


def kept_kinds(staff: Staff) -> list[FacilityKind]:
    """Those that the person may enter somewhere; where, `may_keep` says."""
    return [kind for kind in kinds().values() if _areas(staff, kind)]


def may_keep(staff: Staff, kind: str, area_path: str) -> bool:
    """Whether the person may enter and correct such a facility in the area."""
    known = kinds().get(kind)
    return known is not None and any(area_path.startswith(area) for area in _areas(staff, known))


def _areas(staff: Staff, kind: FacilityKind) -> list[str]:
    """Of the posts by which the person keeps facilities of the kind."""
    return [
        clause.area
        for clause in staff.scope.clauses
        if (clause.unit_code == kind.unit if clause.role == Role.HANDLER else clause.role in kind.roles)
    ]
