"""The ways in which steps of projects behind a figure can change: one is reached, elsewhere or not, or taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from rixin.catalogue.periods import Period
from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.catalogue.versions import programmes
from rixin.catalogue.work import Work
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way
from rixin.people.actors import SYSTEM
from rixin.programmes import actions, stepping
from rixin.programmes.drafts import NewEvidence, NewProject, Said
from rixin.programmes.journal import Act
from rixin.programmes.models import Project, Step
from rixin.programmes.stepping import Done
from rixin.records.entry import read

_A_DAY = timedelta(days=1)
_MANY = {"owners": 900, "floor_area": 900, "voted": 800, "voted_area": 800, "agreed": 700, "agreed_area": 700}
"""What owners of a whole quarter say in a vote."""


def _edges(period: Period) -> Iterator[tuple[str, date, int]]:
    yield "on the first day", period.first, 1
    yield "on the last day", period.last, 1
    yield "the day before the first", period.first - _A_DAY, 0
    yield "the day after the last", period.last + _A_DAY, 0


def project_ways(leaf: Leaf, work: Work) -> Iterator[Way]:
    where, last = leaf.metric.where, leaf.period.last
    kind, milestone, level = (str(where.get(name, "")) for name in ("kind", "milestone", "level"))
    for name, day, rows in _edges(leaf.period):
        yield Way(name, leaf, rows, rows, act=partial(_reach, kind, milestone, level, day))
    kinds = work.programmes
    other = next(code for code, one in kinds.items() if code != kind and _milestone(one, milestone))
    yield Way("of another kind", leaf, 0, act=partial(_reach, other, milestone, "", last))
    for one in kinds[kind].levels:
        if level and one.code != level:
            yield Way(f"of level {one.code}", leaf, 0, act=partial(_reach, kind, milestone, one.code, last))
    yield Way("one is taken back", leaf, -1, -1, act=partial(_take_back, leaf))


def _milestone(kind: ProjectKind, milestone: str) -> bool:
    return any(step.counts_as == milestone for step in kind.steps)


def _reach(kind: str, milestone: str, level: str, day: date) -> None:
    """A project comes to its milestone on the day, and to the steps before it in the year before."""
    rules = programmes()[kind].kind
    project = _opened(rules, level, day - timedelta(days=400))
    until = next(nth for nth, step in enumerate(rules.steps) if step.counts_as == milestone)
    for nth, step in enumerate(rules.steps[: until + 1]):
        if not step.optional:
            _do(project, step, day if nth == until else day - timedelta(days=399 - 20 * nth))


def _opened(rules: ProjectKind, level: str, day: date) -> Project:
    level = level or (rules.levels[0].code if rules.levels else "")
    said = Said(name="试验项目", area_path="330106013/001/", year=2022, level=level, address="科技新村")
    return actions.open_project(rules.code, NewProject(said=said, opened_on=day), by=SYSTEM, at=LATER)


def _do(project: Project, step: ProjectStep, day: date) -> None:
    project.refresh_from_db()
    photos = [NewEvidence(digest=f"{nth}" * 64, size=9) for nth in range(step.photos)]
    done = Done(code=step.code, day=day, values=_values(step), evidence=photos)
    stepping.do_step(project, done, _act(project))


def _values(step: ProjectStep) -> dict[str, Any]:
    """Something that fits each field."""
    said: dict[str, Any] = {}
    for field in step.fields:
        if field.kind in ("text", "long_text"):
            said[field.name] = "试验"
        elif field.name in _MANY and step.vote:
            said[field.name] = _MANY[field.name]
        else:
            said[field.name] = read(field, field.most or max(field.least or 1, 1))
    return said


def _act(project: Project) -> Act:
    return Act(by=SYSTEM, at=LATER, seen=project.version)


def _take_back(leaf: Leaf) -> None:
    """One behind the figure, with the steps that came after it."""
    where, period = leaf.metric.where, leaf.period
    found = Step.objects.filter(
        project__kind=where["kind"], milestone=where["milestone"], done_on__range=(period.first, period.last)
    )
    if level := where.get("level"):
        found = found.filter(project__level=level)
    step = found.order_by("pk")[0]
    for later in Step.objects.filter(project=step.project, nth__gte=step.nth, done_on__isnull=False).order_by("-nth"):
        project = Project.objects.get(pk=step.project_id)
        stepping.take_back(project, later.code, "误登", _act(project))
