"""Names that are written by ear or with a slip are still understood, and ordinary words are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.places.misspelt import Meant, Misspelt

NAMES = ("德加公寓", "紫荆花园", "康乐新村", "古墩路", "星洲幼儿园", "丹桂花园", "生命教育体验馆")


def meant(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [one.name for one in Misspelt(names).find(text)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("得加公寓3幢漏水", "德加公寓"),
        ("子京花园门口", "紫荆花园"),
        ("住在康乐新春", "康乐新村"),
        ("鼓墩路上有坑", "古墩路"),
        ("康乐村新后门", "康乐新村"),
        ("生命教育体现馆旁", "生命教育体验馆"),
    ],
)
def test_a_slip_that_sounds_like_a_name_or_exchanges_two_signs_is_that_name(written: str, name: str) -> None:
    assert meant(written) == [name]


@pytest.mark.parametrize(
    "written",
    ["和洲幼儿园", "月桂花园", "康居新村", "故等路", "我得家里公寓", "", "a", "3幢", "😀😀😀😀", "Kangle Village"],
)
def test_another_name_or_ordinary_words_are_left_alone(written: str) -> None:
    assert meant(written) == []


def test_what_is_right_is_no_slip_even_beside_one() -> None:
    assert Misspelt(NAMES).find("德加公寓和得加公寓") == [Meant(5, 9, "德加公寓")]


def test_what_may_be_two_names_is_neither() -> None:
    assert meant("清雅花园", ("沁雅花园", "青雅花园")) == []


@given(st.text(max_size=60))
def test_whatever_is_written_slips_lie_in_order_inside_the_text_and_are_as_long_as_what_is_meant(text: str) -> None:
    found = Misspelt(NAMES).find(text)
    assert all(one.end - one.start == len(one.name) and text[one.start : one.end] != one.name for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


class TestInTheAtlas:
    def test_the_building_of_a_misspelt_quarter_is_found_and_the_words_are_those_written(self, wenxin_places):
        (found, *_others) = wenxin_places.find_in_text("得加东区3幢2单元楼道灯坏了")
        assert (found.place.code, found.unit) == ("building-dejia-east-3", "2")
        assert found.words.startswith("得加东区3幢") and found.meant

    def test_a_name_that_is_right_is_never_passed_over_for_one_that_may_be_meant(self, wenxin_places):
        found = wenxin_places.find_in_text("德加东区和得加西区")
        assert [match.meant for match in found] == [""]

    @pytest.mark.parametrize("text", ["", "得", "得加东区" * 5_000, "\x00\n", "🏠" * 1000])
    def test_any_text_is_read_without_an_error(self, wenxin_places, text):
        wenxin_places.find_in_text(text)
