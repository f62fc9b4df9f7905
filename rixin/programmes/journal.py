"""How a change of a project is written: the row at the version that the person saw, and a line of history.

The same sending taken twice is taken once, so that a double click is harmless.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rixin.history import ChangedMeanwhile, Changes, change, difference, line
from rixin.people.actors import Actor
from rixin.programmes.drafts import ProjectRefused
from rixin.programmes.models import Payment, Project, ProjectEvent, Status, Step

_READ = frozenset({"kind", "level", "area_path", "place_code", "unit_id", "year"})
"""Columns that figures over steps and payments read of their project."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who acts, when, on what he or she saw. `seen`: the version of the project; `once`: names the sending."""

    by: Actor
    at: datetime
    seen: int
    once: str = ""


def taken_already(project: Project, act: Act) -> bool:
    """Whether this very sending was taken before. Raises ChangedMeanwhile where something else happened since."""
    if act.once and ProjectEvent.objects.filter(project=project, once=act.once).exists():
        project.refresh_from_db()
        return True
    if project.version != act.seen:
        raise ChangedMeanwhile
    return False


def still(project: Project, *allowed: Status) -> None:
    """Raises ProjectRefused where the project stands otherwise."""
    if project.status not in allowed:
        raise ProjectRefused({"": _("This project is “%(status)s”.") % {"status": project.get_status_display()}})


def write(
    project: Project,
    action: str,
    columns: Mapping[str, Any],
    act: Act,
    *,
    step: str = "",
    changes: Changes | None = None,
    reason: str = "",
) -> Project:
    """`changes`: what changed beside the project's own columns. Raises ChangedMeanwhile."""
    differs = difference(project, columns)
    change(project, act.seen, act.at, columns)
    if differs.keys() & _READ:
        Step.objects.filter(project=project).update(version=F("version") + 1)
        Payment.objects.filter(project=project).update(version=F("version") + 1)
    told: Changes = {**differs, **(changes or {})}
    line(
        ProjectEvent, action, act.by, act.at, changes=told, reason=reason, project=project, step=step, once=act.once
    ).save()
    return project
