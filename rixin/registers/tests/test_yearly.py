"""Returns year by year: what was paid, until when, and against the same months of the year before."""

from datetime import date

import pytest

from rixin.catalogue.periods import Period
from rixin.registers.models import Measured, Return
from rixin.registers.yearly import by_year


def returned(**amounts: int) -> list[Return]:
    """`_2022_Q1=5` is 2022-Q1."""
    periods = {name.strip("_").replace("_", "-"): amount for name, amount in amounts.items()}
    return [
        Return(measured=Measured.TAX, period=period, last_day=Period.read(period).last, amount=amount)
        for period, amount in periods.items()
    ]


@pytest.mark.parametrize(
    ("rows", "amount", "before", "until"),
    [
        (returned(_2021=10, _2022=12), 12, 10, date(2022, 12, 31)),
        (returned(_2021_Q1=3, _2021_Q2=9, _2022_Q1=4), 4, 3, date(2022, 3, 31)),
        (returned(_2021=10, _2022_Q1=1, _2022_Q2=2, _2022_Q3=3, _2022_Q4=4), 10, 10, date(2022, 12, 31)),
        (returned(_2021=10, _2022_Q1=1), 1, None, date(2022, 3, 31)),
        (returned(_2021_Q2=9, _2022_Q1=4), 4, None, date(2022, 3, 31)),
        (returned(_2022=12), 12, None, date(2022, 12, 31)),
    ],
)
def test_a_year_is_compared_only_with_the_same_periods(rows, amount, before, until):
    newest = by_year(rows)[0]

    assert (newest.year, newest.amount, newest.before, newest.last_day) == (2022, amount, before, until)


def test_what_was_paid_and_what_was_made_are_two_things():
    output = Return(measured=Measured.OUTPUT, period="2022", last_day=date(2022, 12, 31), amount=7)

    found = by_year([output, *returned(_2022=1, _2021=2)])

    assert [(one.measured, one.year, one.before) for one in found] == [
        (Measured.TAX, 2022, 2),
        (Measured.OUTPUT, 2022, None),
        (Measured.TAX, 2021, None),
    ]
