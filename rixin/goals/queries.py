"""Who sees which goal and review, and who writes. The only door from a person to rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from rixin.catalogue import versions
from rixin.catalogue.work import GoalInYear
from rixin.catalogue.work_schema import Goal
from rixin.goals.models import GoalReview, SaidMilestone
from rixin.people import units
from rixin.people.roles import OVERSEERS, Role
from rixin.people.staff import Staff

READERS = frozenset({*OVERSEERS, Role.AUDITOR})
"""See the goals of all units of their area."""
WRITERS = (Role.HANDLER, Role.COMMUNITY_OFFICER)


@dataclass(frozen=True)
class Said:
    """That a step is done: since when, by what one can see it, and who says so."""

    done_on: date
    evidence: str
    by: str


def years() -> list[int]:
    """That there are goals of, newest first."""
    return sorted({kept.year.year for kept in versions.work().goals.values()}, reverse=True)


def visible_to(staff: Staff, year: int) -> list[GoalInYear]:
    """The goals of a year that the person may see, in the order of their file."""
    return [kept for kept in versions.work().goals.values() if kept.year.year == year and sees(staff, kept.goal)]


def sees(staff: Staff, goal: Goal) -> bool:
    """Whoever oversees or audits the area of the unit; and the people of the units that work on it."""
    owner = units.by_code(goal.unit)
    if any(staff.scope.covers_area(owner.area_path, role) for role in READERS & staff.roles):
        return True
    concerned = {owner.id, *(units.by_code(code).id for code in goal.helpers)}
    return any(clause.unit_id in concerned for clause in staff.scope.clauses if clause.role in WRITERS)


def may_write(staff: Staff, goal: Goal) -> bool:
    """The people of the unit that answers for it."""
    owner = units.by_code(goal.unit).id
    return any(clause.unit_id == owner for clause in staff.scope.clauses if clause.role in WRITERS)


def may_remark(staff: Staff, goal: Goal) -> bool:
    return Role.LEADER in staff.roles and staff.scope.covers_area(units.by_code(goal.unit).area_path, Role.LEADER)


def reviews_visible_to(staff: Staff, year: int) -> QuerySet[GoalReview]:
    """Reviews are seen with their goals."""
    codes = [kept.goal.code for kept in visible_to(staff, year)]
    return GoalReview.objects.filter(Q(goal__in=codes), year=year)


def said_of(year: int) -> dict[tuple[str, str], Said]:
    """By goal and milestone. Not scoped: how far a goal has come is reckoned for the program itself."""
    rows: Iterable[SaidMilestone] = SaidMilestone.objects.filter(year=year)
    return {(row.goal, row.milestone): Said(row.done_on, row.evidence, row.by_name) for row in rows}
