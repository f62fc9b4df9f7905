"""Opening hours as people write them, and whether a place is open."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rixin.catalogue.worktime import LOCAL
from rixin.facilities import hours
from rixin.facilities.hours import HoursRefused, Now

MORNING, AFTERNOON = ["08:30", "11:30"], ["13:00", "17:00"]
WEEK = {**{str(day): [MORNING, AFTERNOON] for day in range(1, 6)}, "6": [["09:00", "12:00"]]}


def at(day: int, time: str) -> datetime:
    """December 2022: the 5th is a Monday."""
    return datetime(2022, 12, day, int(time[:2]), int(time[3:]), tzinfo=LOCAL)


@pytest.mark.parametrize(
    "written",
    [
        "周一至周五 8:30-11:30、13:00-17:00；周六 9:00-12:00",
        "工作日：08:30–11:30，13:00–17:00\n星期六 9:00至12:00\n周日休息",
        "Mon-Fri 08:30-11:30, 13:00-17:00; Saturday 9:00 to 12:00; Sun closed",
        "周一、二、三 8:30—11:30 13:00—17:00；周四到周五 13:00-17:00、8:30-11:30；六 9：00～12：00",
    ],
)
def test_the_same_hours_in_many_spellings(written):
    assert hours.read(written) == WEEK


def test_all_day_and_every_day():
    assert hours.read("每天 全天") == {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
    assert hours.read("") == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("周一 22:00-06:00", "runs over midnight"),
        ("周一 09:00-09:00", "runs over midnight or backwards"),
        ("周一 08:30-12:00、11:00-13:00", "08:30–12:00 and 11:00–13:00 on the same day overlap"),
        ("周一 08:30-12:00；周一至周五 10:00-11:00", "overlap"),
        ("8:30-17:00", "say on which days"),
        ("周一 25:00-26:00", "25:00"),
        ("周一 08:75-09:00", "08:75"),
        ("周五至周一 08:30-17:00", "begins on Monday"),
        ("早上到晚上", "could not be read"),
        ("周一 08:30-17:00 预约", "could not be read"),
        ("周一 天气好 08:30-17:00", "could not be read"),
    ],
)
def test_what_cannot_be_read_is_told(written, said):
    with translation.override("en"), pytest.raises(HoursRefused) as refused:
        hours.read(written)

    assert said in refused.value.message


def test_days_with_the_same_times_are_one_line():
    with translation.override("en"):
        assert hours.lines(WEEK) == [("Mon–Fri", "08:30–11:30, 13:00–17:00"), ("Sat", "09:00–12:00")]


times = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True).map(sorted)
weeks = st.dictionaries(st.integers(1, 7).map(str), times)


@given(week=weeks, language=st.sampled_from(["en", "zh-hans"]))
def test_what_is_written_is_read_again(week, language):
    said = {
        day: [
            [f"{a // 60:02d}:{a % 60:02d}", f"{b // 60:02d}:{b % 60:02d}"]
            for a, b in zip(m[::2], m[1::2], strict=False)
        ]
        for day, m in week.items()
    }

    with translation.override(language):
        assert hours.read(hours.in_words(said)) == said


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(5, "08:29"), Now(False, opens=at(5, "08:30"))),
        (at(5, "08:30"), Now(True, until=at(5, "11:30"))),
        (at(5, "11:30"), Now(False, opens=at(5, "13:00"))),
        (at(9, "17:00"), Now(False, opens=at(10, "09:00"))),
        (at(10, "12:00"), Now(False, opens=at(12, "08:30"))),
    ],
)
def test_whether_it_is_open_and_what_comes_next(moment, expected):
    assert hours.now(WEEK, moment) == expected
    assert hours.open_at(WEEK, moment) is expected.open


def test_of_unknown_hours_nothing_is_claimed():
    assert hours.now({}, at(5, "10:00")) == Now(None)
    assert hours.open_at({}, at(5, "10:00")) is None


def test_a_night_of_two_spans_is_one_opening():
    night = hours.read("周一 20:00-24:00；周二 00:00-06:00")

    assert hours.now(night, at(5, "23:00")) == Now(True, until=at(6, "06:00"))


def test_once_a_week_at_this_very_time_last_time():
    once = {"1": [["08:30", "09:00"]]}

    assert hours.now(once, at(5, "09:30")) == Now(False, opens=at(5, "08:30") + timedelta(days=7))
