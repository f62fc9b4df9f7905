"""Who sees and keeps which projects: the only door from a person to rows.

A project is no secret: all staff of its area see it. Who opens projects and writes down steps, their kind says; a
handler only for the unit that answers for the project, or that does the step.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.people import units
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.programmes.models import Evidence, Project, Status, Step


def visible_to(staff: Staff) -> QuerySet[Project]:
    return Project.objects.filter(staff.scope.in_areas("area_path"))


def kinds_to_open(staff: Staff) -> list[ProjectKind]:
    """In the order of their files."""
    return [one.kind for one in versions.programmes().values() if may_open(staff, one.kind)]


def may_open(staff: Staff, kind: ProjectKind, area_path: str | None = None) -> bool:
    """Whether the person may open projects of the kind at all, or in this area."""
    return _may(staff, kind.roles, {kind.unit}, area_path)


def may_work(staff: Staff, project: Project) -> bool:
    """Whether the person keeps the project: its plan, money and risks."""
    return _may(staff, project.rules.roles, {units.by_id(project.unit_id).code}, project.area_path)


def may_do(staff: Staff, project: Project, step: ProjectStep) -> bool:
    """Whether the person writes down this step."""
    does = {units.by_id(project.unit_id).code, step.unit or ""}
    return _may(staff, step.roles or project.rules.roles, does, project.area_path)


def _may(staff: Staff, roles: Collection[str], of_units: set[str], area_path: str | None) -> bool:
    return any(
        clause.role in roles
        and (clause.role != Role.HANDLER or clause.unit_code in of_units)
        and (area_path is None or area_path.startswith(clause.area))
        for clause in staff.scope.clauses
    )


def waiting_since(day: date) -> QuerySet[Step]:
    """Late steps: waited for and planned before this day, of projects that were not stopped."""
    late = Step.objects.filter(done_on=None, optional=False, planned_on__lt=day)
    return late.exclude(project__status=Status.STOPPED)


def evidence_among(digests: set[str]) -> set[str]:
    """Those of them that show a step of some project."""
    return set(Evidence.objects.filter(digest__in=digests).values_list("digest", flat=True))
