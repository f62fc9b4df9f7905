"""One figure set against the same of another period."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rixin.catalogue.periods import Period
from rixin.metrics.comparing import change
from rixin.metrics.figures import Figure

numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=100)


def figure(exact: Fraction | int | None) -> Figure:
    known = Figure("x", Period.read("2022"), "", "", None, None, 1, "", datetime(2023, 1, 1, tzinfo=UTC))
    return replace(known, exact=None if exact is None else Fraction(exact))


def test_what_grew_from_80_to_100_grew_by_a_quarter():
    assert str(change(figure(100), figure(80), share=False).value) == "25.0"


def test_a_share_that_went_from_80_to_100_per_cent_grew_by_20_points():
    found = change(figure(100), figure(80), share=True)

    assert (str(found.value), found.kind) == ("20.0", "points")


@pytest.mark.parametrize(("now", "before"), [(5, None), (None, 5), (5, 0)])
def test_without_a_base_nothing_is_said(now, before):
    assert change(figure(now), figure(before), share=False).value is None


def test_a_share_may_begin_at_nothing():
    assert change(figure(5), figure(0), share=True).value == 5


@given(numbers, numbers)
def test_more_is_above_nought_and_less_below(now, before):
    assume(before)
    value = change(figure(now), figure(before), share=False).value

    assert value is not None
    assert (now > before) or value <= 0
    assert (now < before) or value >= 0
