"""What a drafted answer may still lack. It is advice: nothing hangs on it but a line under the field."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rixin.triage.replies import advice, points

MESSAGE = "3幢2单元楼道灯坏了两个星期。什么时候能修好？物业收的公共照明费能不能公布一下？"
GOOD = (
    "您反映的3幢2单元楼道灯，街道和物业10月8日到场查看，是线路老化，已更换灯泡和线路，现已修好。"
    "公共照明费的收支，物业将于10月15日前在单元门口公布。如还有问题，请拨打社区电话88880000。"
)


def grounds(answer: str, message: str = MESSAGE) -> list[str]:
    return [one.ground for one in advice(message, answer)]


def test_an_answer_that_says_what_was_done_when_and_whom_to_ask_lacks_nothing() -> None:
    assert grounds(GOOD) == []


@pytest.mark.parametrize("answer", ["", "  \n"])
def test_before_anything_is_written_there_is_no_advice(answer: str) -> None:
    assert grounds(answer) == []


@pytest.mark.parametrize(
    ("answer", "ground"),
    [
        ("您的来信已收悉，已转交相关单位，请耐心等待。", "outcome"),
        (GOOD.replace("10月8日", "").replace("于10月15日前", ""), "date"),
        (GOOD.replace("请拨打社区电话88880000", "请联系社区"), "contact"),
        (GOOD + "该件予以办结。", "officialese"),
        (GOOD + "承办人：{姓名}。", "blank"),
        (GOOD + "联系人XX。", "blank"),
        (GOOD + "反映人电话13800138000。", "personal"),
        (GOOD + "经查" + "相关情况正在进一步了解之中，" * 8 + "。", "long"),
    ],
)
def test_each_thing_that_is_missing_is_named(answer: str, ground: str) -> None:
    assert ground in grounds(answer)


def test_a_point_that_is_not_taken_up_is_quoted() -> None:
    (missed,) = [
        one for one in advice(MESSAGE, GOOD.split("公共照明费")[0] + "社区电话88880000。") if one.ground == "points"
    ]
    assert "公共照明费" in missed.facts[0] and len(missed.facts) == 1


def test_a_number_of_a_person_is_shown_masked() -> None:
    (found,) = [one for one in advice(MESSAGE, GOOD + "电话13800138000。") if one.ground == "personal"]
    assert found.facts == ("138****8000",)


def test_thanks_and_asking_for_attention_are_no_points() -> None:
    assert points("您好！请领导重视。谢谢！") == []
    assert points(MESSAGE) == ["什么时候能修好", "物业收的公共照明费能不能公布一下"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_said_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        (said, *_more) = map(str, advice(MESSAGE, "已收悉，已转交。"))
    assert said.startswith("It says that" if language == "en" else "只写了")


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_written_it_is_read_without_an_error(message: str, answer: str) -> None:
    assert all(str(one) for one in advice(message, answer))


@pytest.mark.parametrize("text", ["。" * 100_000, "请" * 100_000, "{" * 100_000, "1" * 100_000, "\x00🏠" * 50_000])
def test_very_long_texts_are_read_to_a_limit(text: str) -> None:
    advice(text, text)
