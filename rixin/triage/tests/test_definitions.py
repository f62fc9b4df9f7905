"""What the bundled matter types promise, each of them: words to be found by, an answer, a way to the end."""

import string
from collections import Counter

from rixin.triage.rules import OTHER
from rixin.triage.wording import plain

FILLED_IN = {"title", "place", "unit", "date"}


class TestWords:
    def test_every_type_that_a_resident_may_choose_has_words_to_be_found_by(self, wenxin):
        offered = {code: matter for code, matter in wenxin.types.items() if matter.self_sent and code != OTHER}
        wordless = [code for code, matter in offered.items() if not matter.words.strong]

        assert wordless == []

    def test_a_strong_word_speaks_for_one_type_only(self, wenxin):
        spoken = Counter(plain(word) for matter in wenxin.types.values() for word in matter.words.strong)

        assert [word for word, times in spoken.items() if times > 1] == []

    def test_a_strong_word_is_no_single_character(self, wenxin):
        """One character is found in half of all messages."""
        assert [word for matter in wenxin.types.values() for word in matter.words.strong if len(word) < 2] == []

    def test_a_type_does_not_speak_for_and_against_itself(self, wenxin):
        torn = {
            code: both
            for code, matter in wenxin.types.items()
            if (both := {*matter.words.strong, *matter.words.weak} & set(matter.words.against))
        }

        assert torn == {}


class TestAnswers:
    def test_every_type_that_a_resident_may_choose_has_one_to_three(self, wenxin):
        offered = {code: matter for code, matter in wenxin.types.items() if matter.self_sent}
        assert [code for code, matter in offered.items() if not 1 <= len(matter.answers) <= 3] == []

    def test_only_what_can_be_filled_in_is_named(self, wenxin):
        texts = [(code, answer.text) for code, matter in wenxin.types.items() for answer in matter.answers]

        unknown = [
            (code, name)
            for code, text in texts
            for _before, name, _spec, _how in string.Formatter().parse(text)
            if name is not None and name not in FILLED_IN
        ]
        assert unknown == []

    def test_codes_differ_within_a_type(self, wenxin):
        assert [
            code
            for code, matter in wenxin.types.items()
            if len({answer.code for answer in matter.answers}) < len(matter.answers)
        ] == []


class TestTypes:
    def test_numbers_differ_and_belong_to_their_class(self, wenxin):
        numbers = Counter(matter.national for matter in wenxin.types.values())

        assert [number for number, times in numbers.items() if times > 1] == []
        assert [
            code
            for code, matter in wenxin.types.items()
            if not matter.national.startswith(wenxin.classes[wenxin.class_of[code]].national)
        ] == []

    def test_something_else_is_always_there(self, wenxin):
        assert OTHER in wenxin.types

    def test_what_is_urgent_is_accepted_within_hours_of_the_clock(self, wenxin):
        urgent = [matter for matter in wenxin.types.values() if matter.urgency == "urgent"]

        assert urgent
        assert [m.code for m in urgent if "accept" not in m.limits or m.limits["accept"].unit != "hours"] == []
