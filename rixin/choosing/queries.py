"""Who sees and keeps what of livelihood projects: the only door from a person to rows.

A round is seen by all staff of its area or a part of it, a proposal by those of its own area. The unit that keeps the
work, and leaders, call rounds and decide. What residents see follows from the state alone.
"""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from rixin.choosing.models import Proposal, Round
from rixin.choosing.projects import rated
from rixin.choosing.stages import SHOWN, Stage, State
from rixin.people import units
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.programmes.models import Project

KEEPER = "public-services"
"""Code of the unit that calls rounds and draws up short lists."""
_ENTERING = frozenset({Role.COMMUNITY_OFFICER, Role.DISPATCHER, Role.GRID_WORKER})


def may_keep(staff: Staff, area_path: str) -> bool:
    """Whether the person calls rounds of the area, decides on proposals, and counts votes."""
    return any(
        area_path.startswith(clause.area)
        for clause in staff.scope.clauses
        if clause.role == Role.LEADER or (clause.role == Role.HANDLER and clause.unit_code == KEEPER)
    )


def keeps_where(staff: Staff) -> str | None:
    """The widest area for which the person calls rounds; None where there is none."""
    areas = {area for area in staff.scope.areas() if may_keep(staff, area)}
    return min(areas, key=len, default=None)


def may_enter(staff: Staff, row: Round) -> bool:
    """Whether the person writes down what was raised at a meeting and the like."""
    if may_keep(staff, row.area_path):
        return True
    return any(clause.role in _ENTERING and _meet(clause.area, row.area_path) for clause in staff.scope.clauses)


def may_enter_at(staff: Staff, row: Round, area_path: str) -> bool:
    return may_enter(staff, row) and staff.scope.covers_area(area_path)


def rounds_visible_to(staff: Staff) -> QuerySet[Round]:
    """Those of the person's area, around it or within it."""
    areas = {clause.area for clause in staff.scope.clauses if clause.role != Role.ADMINISTRATOR}
    if not areas:
        return Round.objects.none()
    if "" in areas:
        return Round.objects.all()
    around = Q(area_path__in={path for area in areas for path in units.prefixes(area)})
    return Round.objects.filter(reduce(or_, (Q(area_path__within=area) for area in sorted(areas)), around))


def open_for_entry(staff: Staff) -> Round | None:
    """The round for which the person may write down proposals now, the newest where there are several."""
    rows = rounds_visible_to(staff).filter(stage=Stage.RAISING)
    return next((row for row in rows if may_enter(staff, row)), None)


def visible_to(staff: Staff) -> QuerySet[Proposal]:
    return Proposal.objects.filter(staff.scope.in_areas("area_path")).select_related("round", "unit")


def projects_visible_to(staff: Staff) -> QuerySet[Project]:
    """Those that residents rate, as far as they lie in the person's area."""
    return rated().filter(staff.scope.in_areas("area_path"))


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


# ---- what everybody sees


def public_rounds() -> QuerySet[Round]:
    return Round.objects.all()


def called_on(day: date) -> Round | None:
    """The round for which residents can raise something on the day."""
    return next((one for one in public_rounds() if one.called_on(day)), None)


def public_of(row: Round) -> QuerySet[Proposal]:
    """What was published of a round, most supported first."""
    return row.proposals.filter(state__in=SHOWN).order_by("-supporters", "pk")


def public_proposals() -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(state__in=SHOWN)
    return rows.select_related("round", "unit", "project")


def state_told(proposal: Proposal) -> State:
    """Until the result is announced, what was voted on stands on the short list for everybody."""
    state = State(proposal.state)
    if state in (State.CHOSEN, State.PASSED) and proposal.round.stage != Stage.ANNOUNCED:
        return State.LISTED
    return state
