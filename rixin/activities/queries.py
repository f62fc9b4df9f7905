"""Who sees and keeps which events, teams and volunteers: the only door from a person to rows.

Events and teams are open to all staff of their area; what is held for the whole sub-district is seen in each of its
parts too. Who signed up, and who is a volunteer, is for those who keep such events there.
"""

from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from rixin.activities.models import Event, Hours, SignUp, Team, Volunteer
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.holding import holding
from rixin.people import units
from rixin.people.roles import Role
from rixin.people.scope import NOTHING, Clause
from rixin.people.staff import Staff
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import written_code


def kinds() -> list[EventKind]:
    return list(versions.work().activities.values())


def visible_to(staff: Staff) -> QuerySet[Event]:
    return Event.objects.filter(_open_in_area(staff))


def teams_visible_to(staff: Staff) -> QuerySet[Team]:
    return Team.objects.filter(_open_in_area(staff))


def teams_of_layout(staff: Staff, day: date) -> QuerySet[Team]:
    """All of the person's sub-districts, to be counted against what is wanted there: the layout is not of one part."""
    roots = {f"{area.partition('/')[0]}/" if area else "" for area in staff.scope.areas()}
    within = [Q(area_path__within=root) if root else Q() for root in sorted(roots)]
    return Team.objects.filter(holding(day), reduce(or_, within, NOTHING) if "" not in roots else Q())


def _open_in_area(staff: Staff) -> Q:
    """What lies in the person's areas, or is held for an area that these are part of."""
    areas = [clause.area for clause in staff.scope.clauses if clause.role != Role.ADMINISTRATOR]
    wider = {area[: end + 1] for area in areas for end, sign in enumerate(area) if sign == "/"}
    return staff.scope.in_areas("area_path") | Q(area_path__in=wider)


def may_keep(staff: Staff, kind: EventKind, area_path: str, unit: int | None = None) -> bool:
    """Whether the person plans such events there and writes down how they went. `unit`: that holds the event."""
    return any(area_path.startswith(clause.area) for clause in _keeping(staff, kind, unit))


def may_keep_event(staff: Staff, event: Event) -> bool:
    kind = versions.work().activities.get(event.kind)
    return kind is not None and may_keep(staff, kind, event.area_path, event.unit_id)


def kinds_kept_by(staff: Staff) -> list[EventKind]:
    """Those of which the person may plan events, in the order of their files."""
    return [kind for kind in kinds() if _keeping(staff, kind)]


def _keeping(staff: Staff, kind: EventKind, unit: int | None = None) -> list[Clause]:
    """Posts that count for the kind: a handler's only in the unit that holds it."""
    own = units.by_id(unit).code if unit is not None else kind.unit
    return [
        clause
        for clause in staff.scope.clauses
        if clause.role in kind.roles and (clause.role != Role.HANDLER or clause.unit_code in (own, kind.unit))
    ]


def kept_areas(staff: Staff, kinds: list[EventKind]) -> set[str]:
    return {clause.area for kind in kinds for clause in _keeping(staff, kind)}


def may_keep_team(staff: Staff, team: Team) -> bool:
    kind = versions.work().activities.get(team.kind)
    return kind is not None and may_keep(staff, kind, team.area_path)


# ---- volunteers


def kinds_with_hours() -> list[EventKind]:
    return [kind for kind in kinds() if kind.hours]


def keeps_volunteers(staff: Staff) -> bool:
    return bool(kept_areas(staff, kinds_with_hours()))


def may_keep_volunteers(staff: Staff, area_path: str) -> bool:
    return any(area_path.startswith(area) for area in kept_areas(staff, kinds_with_hours()))


def volunteers_visible_to(staff: Staff) -> QuerySet[Volunteer]:
    return Volunteer.objects.filter(_in_kept_areas(staff))


def hours_visible_to(staff: Staff) -> QuerySet[Hours]:
    """Hours without names are open to all staff of the area; whose they are is another question."""
    return Hours.objects.filter(staff.scope.in_areas("area_path"), taken_back=False)


def _in_kept_areas(staff: Staff) -> Q:
    areas = kept_areas(staff, kinds_with_hours())
    return reduce(or_, (Q(area_path__within=area) if area else Q() for area in sorted(areas)), NOTHING)


# ---- for residents


def coming(today: date, area_path: str = "") -> QuerySet[Event]:
    """What is planned from today on, the next first; in an area also what is held for a wider one."""
    rows = Event.objects.filter(state=Event.State.PLANNED, day__gte=today).order_by("day", "starts", "pk")
    if not area_path:
        return rows
    wider = [area_path[: end + 1] for end, sign in enumerate(area_path) if sign == "/"]
    return rows.filter(Q(area_path__within=area_path) | Q(area_path__in=wider))


def public_event(pk: int, at: datetime) -> Event | None:
    """One that residents may look at: coming ones, and those of today that were cancelled or held."""
    return Event.objects.filter(pk=pk, day__gte=timezone.localdate(at)).select_related("facility").first()


def sign_up_of_code(code: str) -> SignUp | None:
    found = SignUp.objects.filter(code_mark=fingerprint(written_code(code)))
    return found.select_related("event__facility").first()


def volunteer_of_code(code: str) -> Volunteer | None:
    return Volunteer.objects.filter(code_mark=fingerprint(written_code(code))).first()
