"""A template fitted to a place that has not all of it: what has nothing behind it goes, and nothing else."""

import pytest
from hypothesis import given
from hypothesis.strategies import composite, frozensets, lists, sampled_from

from rixin.catalogue.report_text import Heading, Paragraph, Reference, parse
from rixin.reports.fitting import Nothing, fitted

CODES = ["visits", "fairs", "posts", "rate", "lamps"]


def fit(text: str, *silent: str, blank: tuple[str, ...] = (), goals: bool = False) -> str:
    return fitted(text, Nothing(frozenset(silent), frozenset(blank), goals)).strip()


class TestSentences:
    def test_what_stands_between_semicolons_goes_alone(self):
        text = "走访企业{visits}；举办招聘会{fairs}，提供岗位{posts}；路灯{lamps}。"
        assert fit(text, "fairs", "posts") == "走访企业{visits}；路灯{lamps}。"
        assert fit(text, "lamps") == "走访企业{visits}；举办招聘会{fairs}，提供岗位{posts}。"

    def test_a_zero_beside_a_number_stays(self):
        assert fit("走访企业{visits}，招聘会{fairs}。", "fairs") == "走访企业{visits}，招聘会{fairs}。"

    def test_what_has_no_number_at_all_goes_from_between_commas(self):
        assert fit("招聘会{fairs}，线上占{rate}。", blank=("rate",)) == "招聘会{fairs}。"
        assert fit("线上占{rate}，招聘会{fairs}。", blank=("rate",)) == "招聘会{fairs}。"

    def test_a_sentence_of_which_nothing_stays_goes_with_its_introduction(self):
        assert fit("全年，招聘会{fairs}。走访{visits}。", "fairs") == "走访{visits}。"

    def test_an_english_sentence_begins_with_a_capital_again(self):
        assert fit("Lamps: {lamps}; fairs: {fairs}.", "lamps") == "Fairs: {fairs}."

    def test_what_names_no_figure_stays(self):
        assert fit("{year}年的工作如下。", "fairs") == "{year}年的工作如下。"


class TestBlocks:
    def test_a_chart_goes_and_a_table_loses_its_lines(self):
        text = "[chart: fairs by month]\n\n[table: fairs, visits]\n\n[table: fairs, posts]"
        assert fit(text, "fairs", "posts") == "[table: visits]"

    def test_headings_with_nothing_under_them_go_and_the_others_are_numbered_anew(self):
        blocks = ["## 一、甲", "### （一）子", "{fairs}。", "## 二、乙", "### （一）丑", "{lamps}。", "### （二）寅"]
        text = "\n\n".join([*blocks, "{visits}。", "## 三、丙", "[problems: 8]"])
        assert fit(text, "fairs", "lamps") == "## 一、乙\n\n### （一）寅\n\n{visits}。\n\n## 二、丙\n\n[problems: 8]"

    def test_a_sentence_that_only_leads_to_the_goals_goes_with_them(self):
        text = "## 一、甲\n\n{visits}。\n\n## 二、明年\n\n目标如下。\n\n[goals: next_year]"
        assert fit(text, goals=True) == "## 一、甲\n\n{visits}。"
        assert fit(text) == text

    def test_the_items_of_a_list_stay_together(self):
        assert fit("- {fairs}\n- {visits}\n- {posts}", "visits") == "- {fairs}\n- {posts}"

    @pytest.mark.parametrize("number", [1, 9, 10, 11, 20, 21, 99])
    def test_chinese_numbers_of_headings(self, number):
        expected = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九"}[number]
        text = "\n\n".join(f"## 一、节\n\n{{visits}}第{nth}。" for nth in range(number))
        assert fit(text).rpartition("## ")[2].startswith(f"{expected}、")


@composite
def texts(draw) -> str:
    parts = lists(sampled_from([f"{code}项{{{code}}}" for code in CODES] + ["另有说明"]), min_size=1, max_size=4)
    clauses = lists(parts.map("，".join), min_size=1, max_size=3).map("；".join)
    sentences = lists(clauses, min_size=1, max_size=3).map(lambda said: "。".join(said) + "。")
    block = sentences | sampled_from(["## 一、节", "### （一）目", *(f"[chart: {code} by month]" for code in CODES)])
    return "\n\n".join(draw(lists(block, min_size=1, max_size=8)))


def named(text: str) -> set[str]:
    return {code for code in parse(text).metrics() if code in CODES}


@given(text=texts(), silent=frozensets(sampled_from(CODES)))
def test_whatever_goes_no_figure_with_rows_is_lost_and_the_text_can_be_read(text, silent):
    once = fitted(text, Nothing(silent))

    parsed = parse(once)
    assert not parsed.slips
    assert named(text) - silent <= named(once) <= named(text)
    assert fitted(once, Nothing(silent)) == once
    assert not parsed.pieces or not isinstance(parsed.pieces[-1], Heading)
    for piece in parsed.pieces:
        if isinstance(piece, Paragraph):
            said = "".join(run.text for run in piece.runs if not isinstance(run, Reference))
            assert said.endswith("。") and "，。" not in said and "；。" not in said
