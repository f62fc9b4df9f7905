"""Whether a goal is green, yellow or red on a day, and by what it is held."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import Goal, Lights, Milestone
from rixin.metrics.lights import LIGHTS, Judged, Step, judge, together

WORD = Text(zh="目标", en="Goal")
RULE = Lights(green=5, yellow=20)
DAYS = some.dates(date(2022, 6, 1), date(2024, 6, 1))
VALUES = some.fractions(min_value=0, max_value=1000, max_denominator=20)
FIRST_OF_JULY = date(2023, 7, 1)  # 181 of 364 days: 49.7 % of the year


def measured(target: str = "100", **more: Any) -> Goal:
    return Goal(code="g", name=WORD, chapter=WORD, unit="office", metric="it", target=Decimal(target), **more)


def milestone(code: str, due: str, **more: Any) -> Milestone:
    return Milestone(code=code, name=WORD, due=due, **more)


def by_steps(*days: str, **more: Any) -> Goal:
    steps = [milestone(f"s{nth}", day) for nth, day in enumerate(days)]
    return Goal(code="g", name=WORD, chapter=WORD, unit="office", kind="milestones", milestones=steps, **more)


def on(goal: Goal, today: date, value: int | Fraction | None = None, *, lights: Lights = RULE) -> Judged:
    return judge(goal, lights, 2023, today, None if value is None else Fraction(value))


def stepped(goal: Goal, today: date, *done: bool | None, lights: Lights = RULE) -> Judged:
    steps = [Step(one, said) for one, said in zip(goal.milestones, done, strict=True)]
    return judge(goal, lights, 2023, today, None, steps)


class TestAnEvenGoal:
    @pytest.mark.parametrize(
        ("value", "state"),
        [(45, "green"), (44, "yellow"), (30, "yellow"), (29, "red"), (0, "red"), (100, "reached"), (130, "reached")],
    )
    def test_is_held_to_the_share_of_its_time_gone(self, value, state):
        assert on(measured(), FIRST_OF_JULY, value).state == state

    def test_is_missed_once_its_day_has_passed_and_not_on_it(self):
        goal = measured(due="2023-06-30")

        states = [on(goal, date(2023, 6, 30) + timedelta(days=nth), 97).state for nth in (0, 1)]

        assert states == ["green", "missed"]

    def test_of_which_nothing_is_known_is_never_red(self):
        assert [on(measured(), day).state for day in (FIRST_OF_JULY, date(2024, 3, 1))] == ["not_known", "not_known"]
        assert on(measured(), FIRST_OF_JULY).light == "none"

    def test_that_knows_of_nothing_done_is_not_the_same_as_not_known(self):
        assert on(measured(), FIRST_OF_JULY, 0).light == "red"


class TestAGoalWithACourse:
    COURSE = measured(
        "5", milestones=[milestone("a", "2023-06-30", at_least=1), milestone("b", "2023-11-30", at_least=5)]
    )

    def test_owes_nothing_before_its_first_step_is_due(self):
        assert on(self.COURSE, date(2023, 6, 30), 0).state == "green"

    def test_owes_the_step_from_the_next_day_on(self):
        assert on(self.COURSE, date(2023, 7, 1), 0).expected == 20
        assert on(self.COURSE, date(2023, 7, 1), 1).state == "green"

    def test_owes_all_of_it_after_the_last(self):
        assert on(self.COURSE, date(2023, 12, 1), 4).behind == 20


class TestWhatHasToHoldAtAnyTime:
    def test_is_held_to_all_of_it_at_once(self):
        rate = measured("95", pace="held")

        assert [on(rate, date(2023, 2, 1), value).state for value in (96, 91, 80, 60)] == [
            "green", "green", "yellow", "red",
        ]  # fmt: skip

    def test_can_be_lost_again_and_is_reached_only_when_it_is_over(self):
        rate = measured("95", pace="held")

        assert [on(rate, day, 96).state for day in (date(2023, 12, 31), date(2024, 1, 1))] == ["green", "reached"]

    def test_a_limit_may_be_passed_for_a_time(self):
        limit = measured("20", least=False, pace="held")

        assert [on(limit, FIRST_OF_JULY, value).state for value in (20, 22, 30)] == ["green", "yellow", "red"]


class TestALimit:
    def test_is_not_compared_with_the_time_unless_it_says_so(self):
        limit = measured(least=False)

        assert on(limit, FIRST_OF_JULY, 90).behind is None
        assert [on(limit, FIRST_OF_JULY, value).state for value in (90, 100, 101)] == ["green", "green", "missed"]

    def test_that_says_so_is_used_up_evenly(self):
        limit = measured(least=False, pace="even")

        assert [on(limit, FIRST_OF_JULY, value).state for value in (50, 60, 90, 101)] == [
            "green", "yellow", "red", "missed",
        ]  # fmt: skip

    def test_is_kept_only_when_it_is_over(self):
        assert on(measured(least=False), date(2024, 1, 1), 100).state == "reached"


class TestAGoalBySteps:
    GOAL = by_steps("2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31")

    def test_is_green_while_each_step_is_done_by_its_day(self):
        judged = stepped(self.GOAL, FIRST_OF_JULY, True, True, False, False)

        assert (judged.share, judged.expected, judged.state) == (50, 50, "green")

    def test_a_step_whose_day_has_passed_keeps_it_from_green_however_far_it_is(self):
        judged = stepped(self.GOAL, FIRST_OF_JULY, True, False, True, False)

        assert (judged.behind, judged.state, len(judged.late)) == (0, "yellow", 1)

    def test_and_makes_it_red_where_the_rule_says_so(self):
        strict = Lights(step_missed="red")

        assert stepped(self.GOAL, FIRST_OF_JULY, True, False, True, False, lights=strict).state == "red"

    def test_far_behind_is_red(self):
        assert stepped(self.GOAL, date(2023, 10, 1), True, False, False, False).state == "red"

    def test_is_reached_with_its_last_step_and_missed_without_it(self):
        after = date(2024, 1, 1)

        assert stepped(self.GOAL, after, True, True, True, True).state == "reached"
        assert stepped(self.GOAL, after, True, True, True, False).state == "missed"

    def test_a_step_of_which_nothing_is_known_is_held_against_nobody(self):
        after = date(2024, 1, 1)

        assert stepped(self.GOAL, after, True, True, True, None).state == "not_known"
        assert stepped(self.GOAL, after, None, None, None, None).state == "not_known"


@given(today=DAYS, value=VALUES, target=some.integers(1, 500))
def test_more_is_never_worse(today, value, target):
    order = ["missed", "red", "yellow", "green", "reached"]
    goal = measured(str(target))

    less, more = (order.index(on(goal, today, one).state) for one in (value, value + 1))

    assert less <= more


@given(today=some.dates(date(2023, 1, 1), date(2023, 12, 30)), value=VALUES)
def test_waiting_without_doing_anything_never_makes_it_greener(today, value):
    order = ["red", "yellow", "green", "reached"]

    now, then = (order.index(on(measured(), day, value).state) for day in (today, today + timedelta(days=1)))

    assert then <= now


@given(today=DAYS, done=some.lists(some.sampled_from([True, False, None]), min_size=3, max_size=3))
def test_a_goal_that_lies_behind_nothing_and_missed_no_step_is_never_red(today, done):
    judged = stepped(by_steps("2023-02-28", "2023-07-31", "2023-12-31"), today, *done)

    if not judged.late:
        assert LIGHTS[judged.state] != "red"


def test_goals_together_are_weighed_and_none_makes_up_for_another():
    far, near = on(measured(), FIRST_OF_JULY, 300), on(measured(), FIRST_OF_JULY, 20)

    assert together([(far, 1), (near, 3)]) == 40
    assert together([(on(measured(), FIRST_OF_JULY), 1)]) is None
