"""Late steps rise by themselves: first to who is in charge, then to the unit, then to the leaders, each once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rixin.catalogue.programme_schema import LateTold
from rixin.people import notices, staffing
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.programmes import queries, way
from rixin.programmes.models import Project, ToldLate
from rixin.programmes.stands import stands_of
from rixin.programmes.way import Late

KIND = "project_late"


def tell_late(at: datetime) -> int:
    """Tells whoever has to know of the steps that projects wait for; how many notices went out. Safe to repeat."""
    today = timezone.localdate(at)
    ids = queries.waiting_since(today).order_by().values("project").distinct()
    projects = Project.objects.filter(pk__in=ids).select_related("owner").prefetch_related("steps").order_by("pk")
    return sum(_tell(project, late, today, at) for project in projects if (late := waited_for(project, today)))


def waited_for(project: Project, today: date) -> Late | None:
    """The late step that the project waits for; those after it are late only because of it."""
    return next(iter(way.late_steps(stands_of(project), today)), None)


def risen_to(rules: LateTold, days: int) -> list[str]:
    """Whom a step that is so many days late has reached."""
    return [name for name in type(rules).model_fields if days >= getattr(rules, name)]


@transaction.atomic
def _tell(project: Project, late: Late, today: date, at: datetime) -> int:
    step = project.steps.all()[late.nth]
    told = set(ToldLate.objects.filter(step=step, planned_on=late.planned_on).values_list("whom", flat=True))
    count = 0
    for whom in risen_to(project.rules.late, late.days):
        if whom in told:
            continue
        ToldLate.objects.create(step=step, planned_on=late.planned_on, whom=whom, at=at)
        said = [_in(language, project, late) for language in ("zh-hans", "en")]
        people = _people(project, whom, today)
        count += notices.notify(people, kind=KIND, zh=said[0], en=said[1], url=project.get_absolute_url(), at=at)
    return count


def _people(project: Project, whom: str, today: date) -> Iterable[Account]:
    if whom == "leader":
        return staffing.accounts_in(project.area_path, Role.LEADER, today)
    if whom == "owner" and project.owner is not None:
        return [project.owner]
    of_unit = staffing.accounts_of(project.unit_id, None, today)
    if whom == "owner":
        return of_unit
    return [*of_unit, *staffing.accounts_in(project.area_path, Role.DISPATCHER, today)]


def _in(language: str, project: Project, late: Late) -> str:
    with translation.override(language):
        return _("{project}: “{step}” was planned for {day} and is {days} days late.").format(
            project=project.name, step=late.rules.name.here(), day=late.planned_on.isoformat(), days=late.days
        )
