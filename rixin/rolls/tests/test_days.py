"""When a call is due and when what is held is deleted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers

from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.schema import Option, Text
from rixin.rolls import days

_DAYS = dates(date(2020, 1, 1), date(2035, 1, 1))
_NAME = Text(zh="名", en="Name")


def a_roll(every: int | None = 14, kept: int = 6, unused: int = 6) -> Roll:
    visits = {"every_days": every, "outcomes": [Option(code="met", name=_NAME)]}
    return Roll.model_validate(
        {"code": "care", "name": _NAME, "unit": "x", "visits": visits, "kept_months": kept, "unused_months": unused}
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 3, 7), 12, date(2023, 3, 7)),
        (date(2022, 3, 7), 0, date(2022, 3, 7)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert days.months_later(day, months) == later


@given(used=_DAYS, again=_DAYS, unused=integers(1, 60))
def test_using_the_service_again_never_brings_the_deletion_nearer(used, again, unused):
    roll = a_roll(unused=unused)

    assert days.deleted_on(roll, max(used, again)) >= days.deleted_on(roll, used) > used


@given(used=_DAYS, later=integers(0, 400), kept=integers(0, 36), unused=integers(1, 60))
def test_leaving_never_puts_the_deletion_off(used, later, kept, unused):
    roll, left = a_roll(kept=kept, unused=unused), used + timedelta(days=later)
    told = days.deleted_on(roll, used)

    found = days.deleted_after_leaving(roll, told, left)

    assert found <= told and found <= days.months_later(left, kept)
    assert found in (told, days.months_later(left, kept))


@given(last=_DAYS, every=integers(1, 365))
def test_the_next_call_is_due_so_many_days_after_the_last(last, every):
    assert (days.next_visit(a_roll(every=every), last) - last).days == every


def test_without_a_rhythm_none_is_due():
    assert days.next_visit(a_roll(every=None), date(2022, 3, 7)) is None
