"""What a year comes to if it goes on as last year did, and how far off that was a year ago. Amounts in any unit."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from rixin.metrics.forecast import YEAR, Months, back_test, forecast

AMOUNTS = some.fractions(min_value=0, max_value=10**6, max_denominator=100)
YEARS = some.fixed_dictionaries(dict.fromkeys(range(1, 13), AMOUNTS))
PARTS = some.sets(some.integers(1, 12), min_size=2, max_size=11)


def year(*amounts: int | str, first: int = 1) -> Months:
    return {month: Fraction(amount) for month, amount in enumerate(amounts, first)}


LAST_YEAR = year(5, 5, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11)  # 120, and 21 up to March


class TestByTheCourseOfLastYear:
    def test_three_months_stand_for_as_much_as_they_did_last_year(self):
        told = forecast(year(6, 6, "13.2"), LAST_YEAR)

        assert told is not None
        assert (told.amount, told.basis, told.months) == (144, "last_year", 3)  # 25.2 × 120 ÷ 21
        assert (told.so_far, told.same, told.whole) == (Fraction("25.2"), 21, 120)

    def test_a_month_that_is_missing_is_missing_of_last_year_too(self):
        told = forecast({1: Fraction(6), 3: Fraction(10)}, LAST_YEAR)

        assert told is not None
        assert (told.amount, told.same) == (120, 16)  # 16 × 120 ÷ 16

    def test_nothing_is_rounded(self):
        told = forecast(year(1, 1), year(3, 3, *[1] * 10))

        assert told is not None
        assert told.amount == Fraction(16, 3)  # 2 × 16 ÷ 6

    @given(last_year=YEARS, months=PARTS, k=some.fractions(min_value=0, max_value=100, max_denominator=100))
    def test_a_year_that_repeats_last_year_k_fold_is_told_exactly(self, last_year, months, k):
        assume(sum(last_year[month] for month in months))

        told = forecast({month: last_year[month] * k for month in months}, last_year)

        assert told is not None and told.amount == sum(last_year.values()) * k


class TestByTheMean:
    def test_where_a_month_of_last_year_is_not_known(self):
        told = forecast(year(6, 10), {month: amount for month, amount in LAST_YEAR.items() if month != 12})

        assert told is not None
        assert (told.amount, told.basis, told.whole) == (96, "mean_for_gaps", None)  # 16 ÷ 2 × 12

    def test_where_the_same_months_of_last_year_came_to_nothing(self):
        told = forecast(year(6, 10), year(0, 0, *[11] * 10))

        assert told is not None and (told.amount, told.basis) == (96, "mean_for_nothing")

    def test_where_money_that_was_paid_back_would_turn_it_around(self):
        told = forecast(year(6, 10), year(1, 1, *[-3] * 10))

        assert told is not None and (told.amount, told.basis) == (96, "mean_for_nothing")


class TestEdges:
    @pytest.mark.parametrize("now", [{}, year(6), year(6, first=5)])
    def test_of_fewer_than_two_months_nothing_is_told(self, now):
        assert forecast(now, LAST_YEAR) is None

    def test_of_two_it_is(self):
        assert forecast(year(6, 6), LAST_YEAR) is not None

    @pytest.mark.parametrize("last_year", [LAST_YEAR, {}])
    def test_a_whole_year_is_what_it_is(self, last_year):
        told = forecast(year(*[7] * 12), last_year)

        assert told is not None and (told.amount, told.basis) == (84, "complete")

    @given(now=YEARS, months=PARTS, last_year=YEARS, gap=some.sampled_from([0, *YEAR]), data=some.data())
    def test_more_money_never_lowers_it(self, now, months, last_year, gap, data):
        known = {month: amount for month, amount in last_year.items() if month != gap}
        less = {month: now[month] for month in months}
        more = {**less, data.draw(some.sampled_from(sorted(months))): data.draw(AMOUNTS) + max(less.values())}

        first, second = forecast(less, known), forecast(more, known)

        assert first is not None and second is not None and first.amount <= second.amount


class TestHowFarOffItWas:
    BEFORE = year(*[10] * 12)

    def test_the_same_months_of_last_year_are_taken_for_all_that_was_known(self):
        tested = back_test([1, 2, 3], LAST_YEAR, self.BEFORE)

        assert tested is not None
        assert (tested.said, tested.came, tested.wrong) == (84, 120, -30)  # 21 × 120 ÷ 30; 36 too little of 120

    def test_too_much_is_above_nought(self):
        tested = back_test([11, 12], LAST_YEAR, self.BEFORE)

        assert tested is not None and (tested.said, tested.wrong) == (132, 10)  # 22 × 120 ÷ 20; 12 of 120

    @pytest.mark.parametrize(
        ("last_year", "before"),
        [
            (LAST_YEAR, {}),
            (LAST_YEAR, year(*[10] * 11)),
            (year(*[10] * 11), BEFORE),
            (LAST_YEAR, year(0, 0, 0, *[10] * 9)),
        ],
        ids=["nothing of the year before", "a month short", "last year is not whole", "nothing to divide by"],
    )
    def test_without_two_whole_years_another_method_would_be_tested(self, last_year, before):
        assert back_test([1, 2, 3], last_year, before) is None

    def test_of_one_month_nothing_would_have_been_told(self):
        assert back_test([1], LAST_YEAR, self.BEFORE) is None

    @given(last_year=YEARS, months=PARTS)
    def test_a_year_that_was_like_the_one_before_was_told_right(self, last_year, months):
        assume(sum(last_year[month] for month in months))

        tested = back_test(months, last_year, last_year)

        assert tested is not None and tested.wrong == 0
