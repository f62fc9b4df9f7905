"""The edge of a page in an address: read back as it was written, and nothing that is none."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.desk.paging import Cursor

MOMENTS = some.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001
WORDS = some.text(some.characters(codec="utf-8", exclude_characters="\0"), max_size=120)
IDS = some.integers(0, 10**17)


@given(value=some.none() | MOMENTS, id=IDS, back=some.booleans())
def test_a_moment_or_none_is_read_back(value, id, back):
    assert Cursor.read(str(Cursor(value, id, back))) == Cursor(value, id, back)


@given(value=WORDS, id=IDS)
def test_words_are_read_back(value, id):
    assert Cursor.read(str(Cursor(value, id)), str) == Cursor(value, id)


@given(value=some.dates(), id=IDS)
def test_a_day_is_read_back(value, id):
    assert Cursor.read(str(Cursor(value, id)), date) == Cursor(value, id)


@given(written=some.text())
def test_whatever_stands_there_falls_over_nothing(written):
    assert Cursor.read(written) is None or str(Cursor.read(written))


@pytest.mark.parametrize(
    ("written", "kind"), [("a~甲.3", date), ("a2022-01-01.3", str), ("a2022-01-01.3", datetime), ("a~甲.x", str)]
)
def test_an_edge_of_another_order_is_none(written, kind):
    assert Cursor.read(written, kind) is None
