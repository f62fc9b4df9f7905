"""A due date says why it is what it is, in the reader's language."""

from datetime import datetime

import pytest
from django.utils import translation

from rixin.catalogue import explain
from rixin.catalogue.loader import catalogue_dir, load
from rixin.catalogue.schema import Term
from rixin.catalogue.worktime import LOCAL, WorkCalendar, due, due_or_provisional

CATALOGUE = load(catalogue_dir())
CALENDAR = WorkCalendar.from_definition(CATALOGUE.working_time)
RULES = CATALOGUE.resolved("exposed_rubbish")
FRIDAY_1650 = datetime(2022, 9, 30, 16, 50, tzinfo=LOCAL)


def stored(**given):
    ends = due(FRIDAY_1650, Term(amount=1, unit="working_days"), CALENDAR)
    return {
        "code": "handle",
        "term": {"amount": 1, "unit": "working_days"},
        "status": "running",
        "started_at": FRIDAY_1650.isoformat(),
        "due_at": ends.at.isoformat(),
        "nominal_at": ends.nominal.isoformat(),
        "steps": [step.as_data() for step in ends.steps],
        **given,
    }


def said(language: str = "en", **given) -> list[str]:
    with translation.override(language):
        return explain.sentences(stored(**given), RULES)


class TestATermAcrossTheNationalDay:
    def test_in_english(self):
        assert said() == [
            "Handling: 1 working day. "
            "Rule: From receipt; stops at the report of handling, goes on when verification fails.",
            "“Exposed rubbish” has a term of its own; usual is 5 working days.",
            "It started on Fri 30 Sep 2022, 16:50; that day is not counted (Civil Code, art. 201), "
            "working days are counted from Sat 1 Oct 2022 on.",
            "Not counted: Sat 1 Oct 2022 to Fri 7 Oct 2022 (National Day).",
            "Counted although a weekend, being worked to make up for a holiday: Sat 8 Oct 2022.",
            "So it is due by the end of Sat 8 Oct 2022.",
        ]

    def test_in_chinese(self):
        assert said("zh-hans") == [
            "办理时限：1个工作日。依据：自收到起计算；处置反馈时停止计时，核查不通过的继续计时。",
            "“暴露垃圾”另有规定时限，一般为5个工作日。",
            "2022年9月30日（周五）16:50起算；当日不计入（《民法典》第二百零一条），自2022年10月1日（周六）起按工作日计算。",
            "不计入：2022年10月1日（周六）至2022年10月7日（周五）（国庆节）。",
            "调休上班的周末，计入：2022年10月8日（周六）。",
            "应于2022年10月8日（周六）24:00前完成。",
        ]


class TestWhatHappenedToTheClock:
    def test_a_pause_says_from_when_to_when_why_and_what_follows(self):
        days = ["2022-10-08T09:00:00+08:00", "2022-10-11T10:00:00+08:00"]
        facts = {"due": "2022-10-11T23:59:59+08:00", "reason": "parts have to be bought"}

        assert (
            "Paused from Sat 8 Oct 2022, 09:00 to Tue 11 Oct 2022, 10:00; the date moved to the end of "
            "Tue 11 Oct 2022. Reason: parts have to be bought"
        ) in said(steps=[{"kind": "paused", "days": days, "facts": facts}])

    def test_an_extension_names_who_approved_it_and_why(self):
        facts = {
            "amount": 5,
            "unit": "working_days",
            "approver": "李主任",
            "reason": "需采购配件",
            "at": "2022-10-08T09:00:00+08:00",
            "due": "2022-10-14T23:59:59+08:00",
        }
        days = ["2022-10-08T23:59:59+08:00", "2022-10-14T23:59:59+08:00"]

        assert (
            "Extended by 5 working days, approved by 李主任 on Sat 8 Oct 2022, 09:00; the date moved from the end of "
            "Sat 8 Oct 2022 to the end of Fri 14 Oct 2022. Reason: 需采购配件"
        ) in said(steps=[{"kind": "extended", "days": days, "facts": facts}])

    def test_a_clock_on_pause_says_since_when(self):
        assert said(status="paused", paused_at="2022-10-08T09:00:00+08:00")[-1] == (
            "It has been paused since Sat 8 Oct 2022, 09:00; what was left then will count on. "
            "Until then the date is the end of Sat 8 Oct 2022."
        )

    @pytest.mark.parametrize(("stopped", "verdict"), [("2022-10-08", "in time"), ("2022-10-09", "too late")])
    def test_a_stopped_clock_says_whether_it_was_in_time(self, stopped, verdict):
        assert said(status="stopped", stopped_at=f"{stopped}T10:00:00+08:00")[-1].endswith(f", {verdict}.")

    def test_a_later_round_does_not_hide_the_earlier_miss(self):
        words = said(round=2, missed=True)

        assert "It was started anew 1 time, because the matter came back." in words
        assert "An earlier date was missed; that stays on record." in words

    def test_a_provisional_date_says_so(self):
        received = datetime(2026, 12, 31, 10, 0, tzinfo=LOCAL)
        ends = due_or_provisional(received, RULES.term_of("handle"), CALENDAR)

        with translation.override("en"):
            words = explain.of_term("handle", RULES, received, ends)

        assert (
            "The holidays of 2027 are not published yet; Saturdays and Sundays were taken as its only days off."
            in words
        )


class TestEveryClockOfEveryLifecycle:
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_each_can_be_explained(self, language):
        with translation.override(language):
            for code in CATALOGUE.types:
                rules = CATALOGUE.resolved(code)
                for clock in rules.lifecycle.clocks:
                    ends = due(FRIDAY_1650, rules.term_of(clock), CALENDAR)
                    words = explain.of_term(clock, rules, FRIDAY_1650, ends)
                    assert len(words) >= 3
                    assert not any("{" in sentence for sentence in words)
