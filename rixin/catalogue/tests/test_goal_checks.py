"""What a goal of the year may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files
from rixin.catalogue.tests.test_work_checks import COUNT, RATE, figures

__all__ = ["files"]

HEAD = "goals: {year: 2023, name: {zh: 目标, en: Goals}}\nitems:\n"
WORDS = "name: {zh: 多办, en: More}, chapter: {zh: 民生, en: Life}, unit: a"
MEASURED = f"{{code: g, {WORDS}, metric: one, target: 3}}"
STEP = "{code: s, name: {zh: 步, en: Step}, due: 2023-06-30}"
COURSE = f"target: 90, milestones: [{STEP.replace('06-30', '06-30, at_least: 9')}]"
BY_STEPS = f"{{code: g, {WORDS}, kind: milestones, milestones: [{STEP}]}}"


def faults(files: Files, goal: str, metric: str = COUNT) -> list[str]:
    """Of one goal, which stands on line 3, and one figure."""
    figures(files, metric).write("goals.yaml", f"{HEAD}  - {goal}\n")
    return [fault.removeprefix("goals.yaml:3: ") for fault in files.faults()]


@pytest.mark.parametrize(
    ("goal", "metric"),
    [
        (MEASURED, COUNT),
        (MEASURED.replace("target: 3", "target: 90, pace: held"), RATE),
        (
            MEASURED.replace("target: 3", f"target: 90, milestones: [{STEP.replace('06-30', '06-30, at_least: 9')}]"),
            RATE,
        ),
        (MEASURED.replace("target: 3", "target: 3, least: false, pace: even"), COUNT),
        (BY_STEPS, COUNT),
        (BY_STEPS.replace("2023-06-30", "2023-06-30, metric: one, at_least: 2"), COUNT),
    ],
)
def test_each_kind_of_goal_itself_is_fine(files, goal, metric):
    assert faults(files, goal, metric) == []


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        (MEASURED.replace("metric: one, ", ""), "a measured goal needs “metric”"),
        (MEASURED.replace(", target: 3", ""), "a measured goal needs “target”"),
        (MEASURED.replace("one", "won"), "there is no metric “won”"),
        (MEASURED.replace("unit: a", "unit: a, helpers: [a]"), "“a” answers for the goal: it does not help with it"),
        (MEASURED.replace("target: 3", "target: 3, due: 2024-03-01"), "“2024-03-01” does not lie in 2023"),
        (MEASURED.replace("target: 3", "target: 3, due: 2023-02-30"), "“2023-02-30” is no day of the calendar"),
        (BY_STEPS.replace(f"milestones: [{STEP}]", "milestones: []"), "a goal by milestones needs “milestones”"),
        (
            BY_STEPS.replace("kind: milestones", "kind: milestones, target: 3"),
            "a goal by milestones has no use for “target”",
        ),
        (
            BY_STEPS.replace("kind: milestones", "kind: milestones, least: false"),
            "a goal by milestones has no use for “least”",
        ),
        (BY_STEPS.replace(STEP, f"{STEP}, {STEP}"), "the milestone “s” is there twice"),
        (
            BY_STEPS.replace(STEP, f"{STEP}, {STEP.replace('code: s', 'code: t').replace('06', '05')}"),
            "the steps stand in the order of their days",
        ),
        (BY_STEPS.replace("06-30", "06-30, metric: won, at_least: 2"), "there is no metric “won”"),
        (
            BY_STEPS.replace("06-30", "06-30, metric: one"),
            "say in “at_least” how much of the figure makes the step done",
        ),
        (BY_STEPS.replace("06-30", "06-30, at_least: 1"), "say in “metric” which figure this is"),
        (BY_STEPS.replace("kind: milestones", "kind: milestones, due: 2023-05-01"), "the step is due after the goal"),
        (
            MEASURED.replace("target: 3", f"target: 3, milestones: [{STEP.replace('06-30', '06-30, at_least: 4')}]"),
            "the step asks for more than the goal",
        ),
        (
            MEASURED.replace("target: 3", f"pace: even, {COURSE}"),
            "its milestones say how it is to grow: leave “pace” away",
        ),
    ],
)
def test_what_a_goal_may_not_say(files, goal, reason):
    assert faults(files, goal) == [reason]


def test_a_rate_does_not_grow_by_the_month(files):
    said = "“one” does not add up in the course of the year"

    assert faults(files, MEASURED, RATE) == [f"{said}: say “pace: held”, or give milestones"]
    assert faults(files, MEASURED.replace("target: 3", "target: 3, least: false, pace: even"), RATE) == [said]
