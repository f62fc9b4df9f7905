"""Sorting of messages by the words of the catalogue."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.catalogue.schema import MatterType, Text, Words
from rixin.triage.learned import bundled
from rixin.triage.rules import OTHER, Index, classify

SAMPLES = {"sample": bundled.FILE, "held_out": Path(__file__).with_name("held_out.csv")}


def read(name: str) -> list[tuple[str, str]]:
    """(expected code, message) of a sample: invented messages in residents' words."""
    with SAMPLES[name].open(encoding="utf-8", newline="") as file:
        return [(row["expected"], row["message"]) for row in csv.DictReader(file)]


def a_type(code: str, strong: str = "", weak: str = "", against: str = "", **more: object) -> MatterType:
    words = Words(strong=strong.split(), weak=weak.split(), against=against.split())
    name = Text(zh=code, en=code)
    return MatterType.model_validate(
        {"code": code, "national": "Z", "name": name, "plain": name, "unit": "greening", "words": words, **more}
    )


LIFT = a_type("lift", strong="电梯", weak="爬楼", against="电梯广告")
TRAPPED = a_type("trapped", strong="电梯困人", urgency="urgent")
LAMP = a_type("lamp", strong="路灯", weak="不亮")
DOG = a_type("dog", strong="狗叫 遛狗")
SMALL = Index([LIFT, TRAPPED, LAMP, DOG])


class TestDeciding:
    def test_the_words_found_are_named(self):
        found = classify("门口路灯不亮", SMALL)

        assert (found.best, found.decided_by) == ("lamp", ("路灯", "不亮"))

    def test_a_longer_word_hides_the_shorter_one_within_it(self):
        found = classify("电梯困人了", SMALL)

        assert found.best == "trapped"
        assert [one.code for one in found.ranked] == ["trapped"]

    def test_words_that_overlap_both_count(self):
        both = Index([a_type("one", strong="小区停车"), a_type("two", strong="停车位不足")])

        assert {one.code for one in classify("小区停车位不足", both).ranked} == {"one", "two"}

    def test_a_word_against_a_type_takes_its_points_away(self):
        assert classify("电梯 坏了", SMALL).best == "lift"
        assert classify("电梯广告 太多", SMALL).best is None

    def test_the_title_outweighs_the_text(self):
        assert classify("遛狗的时候看到的", SMALL, title="路灯").best == "lamp"

    def test_weak_words_alone_decide_nothing(self):
        assert classify("不亮", SMALL).best is None

    def test_two_types_that_speak_as_loudly_are_left_to_a_person(self):
        found = classify("路灯下有人遛狗", SMALL)

        assert found.best is None
        assert {one.code for one in found.ranked} == {"lamp", "dog"}

    def test_of_two_that_speak_as_loudly_danger_comes_first(self):
        danger = Index([DOG, a_type("leak", strong="漏电", urgency="urgent")])

        assert classify("遛狗时发现漏电", danger).best == "leak"

    def test_a_word_said_ten_times_counts_once(self):
        once, often = classify("路灯", SMALL), classify("路灯,路灯,路灯", SMALL)

        assert once.ranked == often.ranked

    @pytest.mark.parametrize("beside", ["路灯旁有人遛狗", "路灯对面有人遛狗", "路灯的旁边有人遛狗", "路灯口有人遛狗"])
    def test_what_something_stands_beside_is_not_what_it_is_about(self, beside):
        assert classify("路灯下有人遛狗", SMALL).best is None
        assert classify(beside, SMALL).best == "dog"
        assert classify("遛狗太多", SMALL, title=beside.partition("有人")[0]).best == "dog"

    def test_thanks_at_the_end_are_courtesy_and_thanks_to_somebody_a_subject(self, index):
        assert classify("辛苦了，有人遛金毛不牵绳，劝一劝，谢谢你们的付出", index).best == "dogs"
        assert classify("表扬德加社区的网格员，拾金不昧", index).best == "thanks"

    def test_what_a_question_is_about_comes_before_its_being_a_question(self, index):
        assert classify("请问老年食堂在哪里", index).best == "elder_canteen"
        assert classify("请问你们周六上班吗", index).best == "consultation"

    def test_a_retired_type_gets_nothing(self):
        assert classify("路灯", Index([LAMP.model_copy(update={"retired": True})])).best is None

    @pytest.mark.parametrize("nothing", ["", "  ", "???", "你好", "哈哈哈", "12345", "😀"])
    def test_a_message_without_a_subject_is_left_to_a_person(self, index, nothing):
        found = classify(nothing, index)

        assert (found.best, found.proposed) == (None, OTHER)


class TestWhatMakesNoDifference:
    @given(blanks=st.lists(st.sampled_from(["", " ", "\u3000", "\n", "\t", "\u200b"]), min_size=12, max_size=12))
    def test_blanks(self, index, blanks):
        message = "楼道灯坏了老人摔跤怎么办"
        spaced = "".join(sign + blank for sign, blank in zip(message, blanks, strict=True))

        assert classify(spaced, index) == classify(message, index)

    def test_full_width_letters(self, index):
        assert classify("楼下ＫＴＶ太吵", index) == classify("楼下ktv太吵", index)
        assert classify("楼下KTV太吵", index).best == "trading_noise"

    @given(message=st.text(max_size=200))
    def test_any_text_is_sorted_the_same_way_twice(self, index, message):
        assert classify(message, index) == classify(message, index)

    def test_the_order_of_the_types(self, wenxin, index):
        backwards = Index(reversed(wenxin.types.values()))

        for _expected, message in read("sample"):
            assert classify(message, backwards) == classify(message, index)


class TestResidentsOwnWords:
    """What was measured, as a floor: see docs/developers/triage.md. `held_out` was written after the words."""

    @pytest.mark.parametrize(("name", "right", "wrong"), [("sample", 0.97, 0.02), ("held_out", 0.85, 0.06)])
    def test_most_are_right_and_few_are_wrong(self, index, name, right, wrong):
        rows = read(name)
        sorted_ = [(expected, classify(message, index)) for expected, message in rows]

        hits = sum(expected == found.proposed for expected, found in sorted_)
        mistakes = sum(found.best not in (None, expected) for expected, found in sorted_)
        assert hits / len(rows) >= right
        assert mistakes / len(rows) <= wrong

    @pytest.mark.parametrize("name", SAMPLES)
    def test_the_right_type_is_nearly_always_among_the_first_three(self, index, name):
        rows = [(expected, message) for expected, message in read(name) if expected != OTHER]
        found = [(expected, classify(message, index).ranked[:3]) for expected, message in rows]

        offered = sum(expected in {one.code for one in ranked} for expected, ranked in found)
        assert offered / len(rows) >= 0.95
