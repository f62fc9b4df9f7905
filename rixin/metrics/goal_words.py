"""Goals, how far they have come and why that is green, yellow or red, in the reader's language."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue.dates import day_text
from rixin.catalogue.work_schema import Goal, GoalYear, Milestone
from rixin.goals.models import State as Named
from rixin.metrics import wording
from rixin.metrics.figures import rounded
from rixin.metrics.goals import Progress
from rixin.metrics.lights import State, has_course

NONE = wording.NONE


def state(code: State | str) -> str:
    return str(Named(code).label)


def target(goal: Goal) -> str:
    """What is wanted: “at most” before a limit, the number of steps for a goal by milestones."""
    if goal.metric is None or goal.target is None:
        return ngettext("{n} step", "{n} steps", len(goal.milestones)).format(n=len(goal.milestones))
    said = wording.amount(goal.target, goal.metric)
    return said if goal.least else f"≤ {said}"


def so_far(progress: Progress) -> str:
    return steps_done(progress) if progress.figure is None else wording.shown(progress.figure)


def steps_done(progress: Progress) -> str:
    done = sum(step.done is True for step in progress.steps)
    return _("{done} of {all}").format(done=done, all=len(progress.steps))


def share_to_go(progress: Progress) -> str:
    """The share of the target, where it is on its way; "" where nothing is told by it."""
    if not progress.goal.least or progress.state in ("reached", "not_known"):
        return ""
    return points(progress.judged.share)


def points(share: Fraction | None) -> str:
    """60%; a dash where it is not known. Above a hundred it is said as it is."""
    return NONE if share is None else f"{wording.plain(rounded(share, 0))}%"


def why(progress: Progress) -> str:
    """What the light follows from, with its numbers."""
    judged = progress.judged
    parts = [_first(progress)]
    if judged.late:
        names = _(", ").join(step.milestone.name.here() for step in judged.late)
        parts.append(_("The day of these steps has passed: {names}.").format(names=names))
    return ("" if wording.chinese() else " ").join(parts)


def _first(progress: Progress) -> str:
    judged, goal = progress.judged, progress.goal
    if judged.share is None:
        figure = progress.figure
        reason = wording.why(figure) if figure is not None and figure.why else ""
        if reason:
            return _("Not known yet: {reason}. This is held against nobody.").format(reason=reason)
        return _("Not known yet: nothing can be said of its steps. This is held against nobody.")
    if progress.state == "reached":
        return _("It is reached.") if goal.least else _("It is over, and the limit was kept.")
    if progress.state == "missed" and not goal.least:
        return _("The limit is passed: {used} of it.").format(used=points(judged.share))
    if not goal.least:
        return _limit(progress)
    if progress.state == "missed":
        return _("{share} reached; it was due on {day}.").format(share=points(judged.share), day=day_text(judged.due))
    return _reached(progress)


def _limit(progress: Progress) -> str:
    judged = progress.judged
    if judged.behind is None:
        return _("{used} of the limit used. Only the whole year is held to it.").format(used=points(judged.share))
    facts = {"used": points(judged.share), "gone": points(judged.gone), "n": points_of(abs(judged.behind))}
    if progress.goal.pace == "held":
        return _("It stands at {used} of the limit, which has to hold at any time.").format(**facts)
    if judged.behind > 0:
        return _("{used} of the limit used, {gone} of the time gone: {n} points too many.").format(**facts)
    return _("{used} of the limit used, {gone} of the time gone: {n} points to spare.").format(**facts)


def _reached(progress: Progress) -> str:
    judged, goal = progress.judged, progress.goal
    behind = judged.behind or Fraction()
    facts = {"share": points(judged.share), "n": points_of(abs(behind)), "expected": points(judged.expected)}
    if goal.pace == "held":
        if behind <= 0:
            return _("It holds today: {share} of what has to hold at any time.").format(**facts)
        return _("{share} of what has to hold at any time: {n} points behind.").format(**facts)
    by_time = goal.kind == "measured" and not has_course(goal)
    if by_time and behind > 0:
        return _("{share} reached, {expected} of the time gone: {n} points behind.").format(**facts)
    if by_time:
        return _("{share} reached, {expected} of the time gone: {n} points ahead.").format(**facts)
    if behind > 0:
        return _("{share} reached, {expected} by its steps by now: {n} points behind.").format(**facts)
    return _("{share} reached, {expected} by its steps by now: {n} points ahead.").format(**facts)


def points_of(number: Fraction) -> str:
    return wording.plain(rounded(number, 0))


def rule(year: GoalYear) -> Iterator[str]:
    """The rule of the lights, in sentences."""
    lights = year.lights
    yield _("Green: no more than {green} points behind what was expected by now.").format(green=lights.green)
    if lights.yellow > lights.green:
        yield _("Yellow: up to {yellow} points behind.").format(yellow=lights.yellow)
    yield _("Red: further behind, or not reached by its day.")
    if lights.step_missed == "yellow":
        yield _("While the day of a step has passed and the step is not done, it is yellow at best.")
    else:
        yield _("While the day of a step has passed and the step is not done, it is red.")
    yield _("What is expected follows from the steps of a goal; where it has none, from the share of its time gone.")
    yield _("What is not known is shown as such, and never as red.")


def known_by(step: Milestone, goal: Goal) -> str:
    """How one knows that a step is done."""
    code = step.metric or goal.metric
    if code is None or step.at_least is None:
        return _("said at a review, with evidence")
    return _("{metric}: at least {number}").format(
        metric=wording.name_of(code), number=wording.amount(step.at_least, code)
    )
