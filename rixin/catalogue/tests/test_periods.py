"""Periods of the calendar: every day lies in exactly one of each length."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.periods import NoPeriod, Period, day_number, day_of

STEPS = some.sampled_from(["day", "month", "quarter", "year"])
DAYS = some.dates(date(2001, 1, 1), date(2099, 12, 30))


@given(step=STEPS, day=DAYS)
def test_a_period_holds_its_day_and_is_read_as_it_is_written(step, day):
    period = Period.of(step, day)

    assert day in period
    assert Period.read(str(period)) == period


@given(step=STEPS, day=DAYS)
def test_periods_follow_on_each_other_without_gap(step, day):
    period = Period.of(step, day)

    assert (period.after().first - period.last).days == 1
    assert period.after().before() == period


@given(step=some.sampled_from(["month", "quarter"]), day=DAYS)
def test_what_a_year_has_had_so_far_is_a_period_too(step, day):
    period = Period.of(step, day).so_far()

    assert (period.first, period.last) == (date(day.year, 1, 1), Period.of(step, day).last)
    assert Period.read(str(period)) == period
    assert period.after().before() == period
    assert period.year_before() == Period.of(step, period.last).year_before().so_far()


@given(day=DAYS)
def test_days_are_numbers_and_back(day):
    assert day_of(day_number(day)) == day


def test_a_year_has_its_months_and_quarters():
    year = Period.read("2022")

    assert [str(part) for part in year.parts("quarter")] == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]
    assert [str(part) for part in year.parts("month")][::11] == ["2022-01", "2022-12"]


def test_29_february_has_the_28th_of_the_year_before():
    assert str(Period.read("2024-02-29").year_before()) == "2023-02-28"


def test_several_in_a_row_are_written_from_the_first_to_the_last():
    row = Period.read("2022-01..2022-11")

    assert (str(row), str(row.year_before())) == ("2022-01..2022-11", "2021-01..2021-11")
    assert [str(Period.read(said).so_far()) for said in ("2022-01", "2022-Q2", "2022-12")] == [
        "2022-01", "2022-Q1..2022-Q2", "2022"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["", "22", "2022-13", "2022-Q5", "2022-02-30", "今年", "2022-03..2022-01", "2022-01..2022", "..", "2022.."],
)
def test_what_is_no_period_is_refused(written):
    with pytest.raises(NoPeriod):
        Period.read(written)


def test_where_one_period_is_asked_for_several_are_none():
    with pytest.raises(NoPeriod):
        Period.reading("2022-01..2022-11", "month")
