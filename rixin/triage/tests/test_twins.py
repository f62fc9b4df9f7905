"""How probable it is that two reports are of the same matter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.places.coordinates import Position
from rixin.triage.twins import Report, compare

NOON = datetime(2022, 3, 14, 12, tzinfo=UTC)
HERE = Position(30.2787, 120.0898)
NEAR, FAR = Position(30.2788, 120.0899), Position(30.2900, 120.0898)
SMOKE = Report("楼下烧烤店油烟熏得开不了窗", "cooking_smoke", NOON, HERE, "quarter-1")


def neighbour(**other: object) -> Report:
    said = Report("一楼烧烤店没装净化器，全是油烟", "cooking_smoke", NOON + timedelta(hours=3), NEAR, "quarter-1")
    return replace(said, **other)


def test_a_neighbour_who_reports_the_same_some_hours_later_very_probably_means_the_same() -> None:
    assert compare(SMOKE, neighbour()).is_probable


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "dogs"},
        {"position": FAR, "place": "quarter-2"},
        {"at": NOON + timedelta(days=60)},
        {"position": None, "place": ""},
    ],
    ids=lambda other: "、".join(other),
)
def test_it_is_less_probable_of_another_kind_from_far_away_much_later_or_from_nobody_knows_where(other: dict) -> None:
    assert compare(SMOKE, neighbour(**other)).chance < compare(SMOKE, neighbour()).chance


def test_another_matter_of_another_kind_is_not_shown() -> None:
    assert not compare(SMOKE, neighbour(text="有狗没有牵绳", kind="dogs", position=FAR, place="")).is_shown


def test_the_same_words_are_shown_wherever_they_come_from() -> None:
    copied = compare(SMOKE, replace(SMOKE, kind="dogs", position=FAR, place="", at=NOON + timedelta(days=90)))
    assert copied.is_shown and copied.is_probable and copied.wording == 1.0


def test_without_a_position_the_place_that_is_named_stands_in() -> None:
    named, unknown = neighbour(position=None), neighbour(position=None, place="")
    assert compare(SMOKE, named).metres is None
    assert compare(SMOKE, named).chance > compare(SMOKE, unknown).chance


reports = st.builds(
    Report,
    st.text(max_size=40),
    st.sampled_from(["cooking_smoke", "dogs"]),
    st.integers(0, 10_000).map(lambda hours: NOON + timedelta(hours=hours)),
    st.none() | st.builds(Position, st.floats(30.2, 30.4), st.floats(120.0, 120.2)),
    st.sampled_from(["", "quarter-1", "quarter-2"]),
)


@given(reports, reports)
def test_whichever_comes_first_the_answer_is_the_same_and_a_chance(one: Report, other: Report) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.chance == pytest.approx(back.chance)
    assert 0 <= there.chance <= 1
