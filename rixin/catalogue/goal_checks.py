"""What must hold of the goals of a year beyond their shape: (place in the file, reason) for each fault."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.faults import Loc
from rixin.catalogue.report_checks import no_metric
from rixin.catalogue.work_checks import Known, is_day
from rixin.catalogue.work_schema import Goal, GoalYear, Metric, Milestone

ADDING = ("count", "sum", "distinct")
"""Measures that grow in the course of a year. All others say how things stand."""


def goal_faults(goal: Goal, year: GoalYear, known: Known) -> Found:
    yield from _measured(goal, known) if goal.kind == "measured" else _by_steps(goal)
    yield from _day(goal.due, year, ("due",))
    if goal.unit in goal.helpers:
        yield ("helpers",), _("“{unit}” answers for the goal: it does not help with it").format(unit=goal.unit)
    codes = [step.code for step in goal.milestones]
    for nth, step in enumerate(goal.milestones):
        if step.code in codes[:nth]:
            yield ("milestones", nth, "code"), _("the milestone “{code}” is there twice").format(code=step.code)
        for loc, reason in _step(step, goal, year, known):
            yield ("milestones", nth, *loc), reason
    yield from _order(goal)


def _measured(goal: Goal, known: Known) -> Found:
    for key in ("metric", "target"):
        if getattr(goal, key) is None:
            yield ("kind",), _("a measured goal needs “{key}”").format(key=key)
    if goal.metric is None:
        return
    metric = known.metrics.get(goal.metric)
    if metric is None:
        yield ("metric",), no_metric(goal.metric)
    elif goal.pace != "held" and goal.least and not _adds_up(metric) and not _has_course(goal):
        yield (
            ("metric",),
            _("“{code}” does not add up in the course of the year: say “pace: held”, or give milestones").format(
                code=metric.code
            ),
        )
    elif goal.pace == "even" and not _adds_up(metric):
        yield ("pace",), _("“{code}” does not add up in the course of the year").format(code=metric.code)
    if goal.pace is not None and _has_course(goal):
        yield ("pace",), _("its milestones say how it is to grow: leave “pace” away")


def _adds_up(metric: Metric) -> bool:
    return metric.measure in ADDING


def _has_course(goal: Goal) -> bool:
    """Whether milestones of its own figure say how it is to grow."""
    return any(step.at_least is not None and step.metric in (None, goal.metric) for step in goal.milestones)


def _by_steps(goal: Goal) -> Found:
    for key in ("metric", "target", "pace"):
        if getattr(goal, key) is not None:
            yield (key,), _("a goal by milestones has no use for “{key}”").format(key=key)
    if not goal.least:
        yield ("least",), _("a goal by milestones has no use for “{key}”").format(key="least")
    if not goal.milestones:
        yield ("kind",), _("a goal by milestones needs “{key}”").format(key="milestones")


def _step(step: Milestone, goal: Goal, year: GoalYear, known: Known) -> Iterator[tuple[Loc, str]]:
    yield from _day(step.due, year, ("due",))
    if step.metric is not None and step.metric not in known.metrics:
        yield ("metric",), no_metric(step.metric)
    if step.metric is not None and step.at_least is None:
        yield ("metric",), _("say in “at_least” how much of the figure makes the step done")
    if step.at_least is not None and step.metric is None and goal.metric is None:
        yield ("at_least",), _("say in “metric” which figure this is")
    if goal.due and is_day(goal.due) and is_day(step.due) and step.due > goal.due:
        yield ("due",), _("the step is due after the goal")
    its_own = step.at_least is not None and step.metric in (None, goal.metric)
    if its_own and goal.target is not None and step.at_least is not None and step.at_least > goal.target:
        yield ("at_least",), _("the step asks for more than the goal")


def _order(goal: Goal) -> Found:
    """Steps stand in the order of their days, so that a reader and the progress go through them alike."""
    days = [step.due for step in goal.milestones]
    for nth in range(1, len(days)):
        if days[nth] < days[nth - 1]:
            yield ("milestones", nth, "due"), _("the steps stand in the order of their days")


def _day(written: str | None, year: GoalYear, here: Loc) -> Iterator[tuple[Loc, str]]:
    if written is None:
        return
    if not is_day(written):
        yield here, _("“{day}” is no day of the calendar").format(day=written)
    elif date.fromisoformat(written).year != year.year:
        yield here, _("“{day}” does not lie in {year}").format(day=written, year=year.year)
