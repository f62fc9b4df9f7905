"""The steps of projects as `way` reads them."""

from collections.abc import Iterable

from rixin.catalogue.programme_schema import ProjectKind
from rixin.programmes.models import Project, Step
from rixin.programmes.way import Stand


def stands_of(project: Project) -> list[Stand]:
    """One statement, or none where the steps were fetched with the project."""
    return stands(project.rules, project.steps.all())


def stands(kind: ProjectKind, steps: Iterable[Step]) -> list[Stand]:
    """In their order."""
    return [Stand(step.rules(kind), step.planned_on, step.done_on) for step in sorted(steps, key=lambda one: one.nth)]
