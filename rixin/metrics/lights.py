"""Whether a goal has come far enough by a day: how far, how far it was to come, and the light that follows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from rixin.catalogue.work_schema import Goal, Lights, Milestone

State = Literal["reached", "green", "yellow", "red", "missed", "not_known"]
Light = Literal["green", "yellow", "red", "none"]
LIGHTS: dict[State, Light] = {
    "reached": "green",
    "green": "green",
    "yellow": "yellow",
    "red": "red",
    "missed": "red",
    "not_known": "none",
}
_WHOLE = Fraction(100)


@dataclass(frozen=True)
class Step:
    """A milestone on a day. `done` None: its figure is not known. `said_on`: the day on which a person says it was."""

    milestone: Milestone
    done: bool | None
    said_on: date | None = None

    def late(self, today: date) -> bool:
        return self.done is False and today > date.fromisoformat(self.milestone.due)


@dataclass(frozen=True)
class Judged:
    """`share` of the target, or of the steps, in per cent, above 100 where it is passed; of a target that is the most
    what of it is used up. `expected`: the share by now; None where nothing is said to be expected before the end.
    `gone`: of its time, in per cent. `late`: the steps whose day has passed.
    """

    due: date
    value: Fraction | None
    share: Fraction | None
    expected: Fraction | None
    gone: Fraction
    state: State
    behind: Fraction | None = None
    """Points that it lies behind; below 0 where it is ahead."""
    late: tuple[Step, ...] = ()

    @property
    def light(self) -> Light:
        return LIGHTS[self.state]


def judge(
    goal: Goal, lights: Lights, year: int, today: date, value: Fraction | None = None, steps: Sequence[Step] = ()
) -> Judged:
    """`value`: of the goal's metric so far, None where it is not known, which is never held against a goal."""
    due = date.fromisoformat(goal.due) if goal.due else date(year, 12, 31)
    gone = time_gone(date(year, 1, 1), due, today)
    late = tuple(step for step in steps if step.late(today))
    if goal.kind == "milestones":
        share, expected = _of_steps(steps, today)
    elif value is None or goal.target is None:
        share, expected = None, None
    else:
        share = max(Fraction(), value / Fraction(goal.target) * 100)
        expected = _expected(goal, due, today, gone)
    if share is None:
        return Judged(due, value, None, None, gone, "not_known", late=late)
    behind = None if expected is None else expected - share if goal.least else share - expected
    state = _state(goal, share, behind, over=today > due, lights=lights)
    if state == "missed" and _may_be_done(goal, steps):
        state = "not_known"
    if late and state in ("green", "yellow"):
        state = "red" if lights.step_missed == "red" else "yellow"
    return Judged(due, value, share, expected, gone, state, behind, late)


def time_gone(first: date, due: date, today: date) -> Fraction:
    """In per cent, of the days from the first to the day on which it is due."""
    if today >= due:
        return _WHOLE
    return Fraction(max((today - first).days, 0), max((due - first).days, 1)) * 100


def light(behind: Fraction, lights: Lights) -> State:
    if behind <= lights.green:
        return "green"
    return "yellow" if behind <= lights.yellow else "red"


def _state(goal: Goal, share: Fraction, behind: Fraction | None, *, over: bool, lights: Lights) -> State:
    # What only grows stays reached, or broken; what holds today can be otherwise tomorrow.
    final = over or goal.pace != "held"
    kept = share >= _WHOLE if goal.least else share <= _WHOLE
    if goal.least and kept:
        return "reached" if final else "green"
    if not goal.least and kept and over:
        return "reached"
    if over or (not goal.least and not kept and final):
        return "missed"
    return "green" if behind is None else light(behind, lights)


def _expected(goal: Goal, due: date, today: date, gone: Fraction) -> Fraction | None:
    if goal.pace == "held" or today > due:
        return _WHOLE
    if has_course(goal) and goal.least:
        passed = [step.at_least for step in _its_own(goal) if step.at_least and date.fromisoformat(step.due) < today]
        return max((Fraction(number) / Fraction(goal.target or 1) * 100 for number in passed), default=Fraction())
    return gone if goal.least or goal.pace == "even" else None


def has_course(goal: Goal) -> bool:
    """Whether steps of its own figure say how it is to grow."""
    return bool(_its_own(goal))


def _its_own(goal: Goal) -> list[Milestone]:
    return [
        step
        for step in goal.milestones
        if goal.metric and step.at_least is not None and step.metric in (None, goal.metric)
    ]


def _of_steps(steps: Sequence[Step], today: date) -> tuple[Fraction | None, Fraction | None]:
    """What is done, and what was to be done by now, of all steps; those of which nothing is known are not expected."""
    if not steps or all(step.done is None for step in steps):
        return None, None
    passed = [step for step in steps if step.done is not None and today > date.fromisoformat(step.milestone.due)]
    done = sum(step.done is True for step in steps)
    return Fraction(done * 100, len(steps)), Fraction(len(passed) * 100, len(steps))


def _may_be_done(goal: Goal, steps: Sequence[Step]) -> bool:
    """Of a goal by milestones: nothing is missing but what is not known."""
    return goal.kind == "milestones" and all(step.done is not False for step in steps)


def together(judged: Iterable[tuple[Judged, int]]) -> Fraction | None:
    """The shares, none above 100, weighed: how far several goals have come. Limits are left out, which are no way."""
    known = [(min(one.share, _WHOLE), weight) for one, weight in judged if one.share is not None]
    weights = sum(weight for _share, weight in known)
    return sum((share * weight for share, weight in known), Fraction()) / weights if weights else None
