"""Which messages cannot wait."""

import pytest

from rixin.triage.urgency import HARMLESS, URGENT, urgent_words


class TestDanger:
    @pytest.mark.parametrize(
        ("message", "words"),
        [
            ("楼道里煤气味很重", ("煤气味",)),
            ("灯杆漏电，小孩被电到了", ("漏电", "被电到")),
            ("路面塌陷", ("塌陷",)),
            ("有人 被 困 在 电 梯", ("被困",)),
            ("四楼着火，冒烟，着火！", ("着火", "冒烟")),
        ],
    )
    def test_is_named_once_in_the_order_of_the_text(self, message, words):
        assert urgent_words(message) == words

    @pytest.mark.parametrize(
        "message",
        ["", "路灯不亮", "楼道堆物有火灾隐患", "万一着火怎么办", "请装漏电保护器", "食堂什么时候开", "暑期防溺水宣传"],
    )
    def test_that_is_only_feared_or_named_is_none(self, message):
        assert urgent_words(message) == ()

    def test_beside_a_mere_fear_is_found(self):
        assert urgent_words("一直有火灾隐患，今天真的起火了") == ("起火",)

    def test_no_harmless_phrase_is_without_a_word_of_danger(self):
        pointless = [phrase for phrase in HARMLESS if not any(word in phrase for word in URGENT)]

        assert pointless == []
