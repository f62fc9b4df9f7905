"""Finding messages that say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.triage.duplicates import NEARLY, Seen, about_the_same, bands, digest, same_content

WORDING = st.text(st.characters(categories=["Lo", "Ll", "Nd"]), min_size=1, max_size=120)
LONG = (
    "我是三幢的居民，楼下垃圾房正对着我家窗户，每天凌晨四点清运车就来，声音很大，夏天味道也重，"
    "向物业反映过多次都没有改善，希望街道能来现场看一看，把垃圾房移到东门空地上去。"
)


class TestSameWording:
    def test_has_the_same_digest_however_it_is_typed(self):
        assert digest("楼道灯坏了，ABC 123！") == digest("楼道灯 坏了 ａｂｃ１２３")

    def test_differs_by_one_character(self):
        assert digest("三幢楼道灯坏了") != digest("四幢楼道灯坏了")

    @pytest.mark.parametrize("nothing", ["", "  ", "……！！"])
    def test_is_not_claimed_of_messages_without_words(self, nothing):
        assert digest(nothing) == ""
        assert bands(nothing) == ()
        assert same_content(nothing, nothing) == 0.0
        assert Seen[int]().add(1, nothing) == []

    def test_is_stable_for_good(self):
        """Both are stored with cases: a change would make every stored one worthless."""
        assert digest("楼道灯坏了") == "ea14bf8e4f4b0e2b9917aa0985691a73"
        assert bands("楼道灯坏了三天没人修")[0] == -7353162898432524418


class TestLikeness:
    @given(one=WORDING, other=WORDING)
    def test_is_the_same_both_ways_and_lies_between_none_and_all(self, one, other):
        assert same_content(one, other) == same_content(other, one)
        assert 0.0 <= same_content(one, other) <= 1.0

    @given(text=WORDING)
    def test_with_itself_is_whole(self, text):
        assert same_content(text, text) in (0.0, 1.0)  # 0 where nothing but signs is left
        assert digest(text) == "" or same_content(text, text) == 1.0

    def test_of_one_message_with_another_ending_is_high(self):
        assert same_content(LONG, LONG + "谢谢领导！") > 0.9

    def test_of_two_matters_in_one_place_is_low(self):
        assert same_content("三幢楼道灯坏了，麻烦修一下", "三幢门口垃圾没清，麻烦来一下") < 0.3

    def test_of_neighbours_words_ranks_the_same_trouble_first(self):
        mine = "三幢东边的路灯不亮"
        ranked = sorted(["小区停车位不够", "路灯又不亮了，三幢这边"], key=lambda theirs: -about_the_same(mine, theirs))

        assert ranked[0].startswith("路灯")


class TestSeen:
    def test_the_same_again_is_found_as_whole(self):
        seen = Seen[int]()
        seen.add(1, LONG)

        assert [(twin.key, twin.likeness) for twin in seen.add(2, LONG.replace("，", ", "))] == [(1, 1.0)]

    def test_nearly_the_same_is_found_and_another_matter_is_not(self):
        seen = Seen[str]()
        seen.add("垃圾房", LONG)
        seen.add("路灯", "三幢门口的路灯已经一个星期没有亮了，老人晚上出门很不方便")

        found = seen.add("again", LONG.replace("三幢", "五幢").replace("四点", "五点"))

        assert [twin.key for twin in found] == ["垃圾房"]
        assert NEARLY <= found[0].likeness < 1.0

    def test_the_most_alike_comes_first(self):
        seen = Seen[str]()
        seen.add("shorter", LONG[: len(LONG) * 3 // 4])
        seen.add("same", LONG)

        assert [twin.key for twin in seen.twins(LONG)] == ["same", "shorter"]

    @given(
        text=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=60, max_size=150),
        at=st.integers(0, 59),
    )
    def test_one_character_changed_never_hides_a_long_message(self, text, at):
        seen = Seen[int]()
        seen.add(1, text)

        changed = text[:at] + "龘" + text[at + 1 :]
        if same_content(text, changed) >= 0.85:
            assert [twin.key for twin in seen.twins(changed)] == [1]
