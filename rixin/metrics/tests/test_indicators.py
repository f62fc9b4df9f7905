"""An indicator's year held to the goals of that year."""

from fractions import Fraction

import pytest

from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import Goal, Metric, Shown
from rixin.metrics.indicators import Course
from rixin.metrics.scope import Place

WORD = Text(zh="收入", en="Revenue")
METRIC = Metric(code="it", name=WORD, meaning=WORD, measure="sum", show=Shown(unit="wan_yuan"), indicator=True)
LAST_YEAR = {month: Fraction(10) for month in range(1, 13)}


def course(*amounts: int, gap: int = 0, last_year: dict[int, Fraction] | None = None) -> Course:
    now = {month: Fraction(amount) for month, amount in enumerate(amounts, 1) if month != gap}
    return Course(METRIC, 2022, Place("330106013/"), now, LAST_YEAR if last_year is None else last_year, {})


def goal(target: str, **more: object) -> Goal:
    return Goal(code="g", name=WORD, chapter=WORD, unit="office", metric="it", target=target, **more)


class TestAgainstLastYear:
    def test_the_same_months_are_compared(self):
        assert str(course(12, 12).change.value) == "20.0"

    def test_a_gap_is_a_gap_in_both_years(self):
        known = course(12, 99, 12, gap=2)

        assert (known.so_far, known.same, known.gaps, known.until) == (24, 20, [2], 3)

    def test_a_month_that_is_not_known_of_last_year_leaves_nothing_to_compare(self):
        known = course(12, 12, last_year={1: Fraction(10)})

        assert (known.same, known.change.value) == (None, None)

    def test_a_year_without_a_month_has_no_sum_which_is_not_nought(self):
        assert course().so_far is None
        assert course(0).so_far == 0


class TestTargets:
    def test_what_is_reached_stands_beside_what_is_gone_of_the_year(self):
        known = course(12, 12, 12)  # 36 of 100; the forecast is 36 × 120 ÷ 30 = 144

        (target,) = known.targets([goal("100")])

        assert (target.share, known.gone, target.ahead, target.meets) == (36, 25, 44, True)

    def test_a_gap_is_behind_and_not_early(self):
        assert course(12, 99, 12, gap=2).gone == 25

    @pytest.mark.parametrize(("aim", "least", "meets"), [("144", True, True), ("145", True, False),
                                                         ("144", False, True), ("143", False, False)])  # fmt: skip
    def test_the_least_is_reached_from_below_and_the_most_is_kept(self, aim, least, meets):
        (target,) = course(12, 12, 12).targets([goal(aim, least=least)])

        assert target.meets is meets

    @pytest.mark.parametrize(("due", "told"), [("2022-12-31", True), ("2022-09-30", False)])
    def test_a_forecast_of_the_year_says_nothing_of_a_day_within_it(self, due, told):
        (target,) = course(12, 12, 12).targets([goal("100", due=due)])

        assert (target.meets is not None) is told

    def test_without_a_forecast_nothing_is_said(self):
        (target,) = course(12).targets([goal("100")])

        assert (target.share, target.meets) == (12, None)

    def test_a_goal_of_another_figure_is_none_of_its_own(self):
        other = goal("100").model_copy(update={"metric": "other"})

        assert course(12).targets([other]) == []
