"""Dates: when a clock ends, what a pause and an extension do to it, and when it warns."""

from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from rixin.cases import clocks
from rixin.cases.clocks import ClockState
from rixin.cases.tests.builders import FRIDAY_1650, LOCAL, bundled
from rixin.catalogue.schema import Term
from rixin.catalogue.worktime import WorkCalendar

CALENDAR = WorkCalendar.from_definition(bundled().working_time)
RULES = bundled().resolved("exposed_rubbish")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def under(term: Term, code: str = "handle"):
    """The rules with this term for the clock."""
    kind = RULES.type.model_copy(update={"limits": {code: term}})
    return RULES.model_copy(update={"type": kind})


def days(amount: int) -> Term:
    return Term(amount=amount, unit="working_days")


def started(term: Term, moment: datetime) -> ClockState:
    return clocks.start("handle", under(term), moment, CALENDAR)


class TestStarting:
    def test_five_working_days_cross_the_national_holiday_of_2022(self):
        # 30 September; 1 to 7 October are off, Saturday 8 and Sunday 9 are made up for.
        clock = started(days(5), at("2022-09-30 16:00"))

        assert clock.due_at.astimezone(LOCAL).date().isoformat() == "2022-10-12"

    def test_four_working_hours_of_a_friday_evening_end_on_monday(self):
        clock = clocks.start("acknowledge", RULES, FRIDAY_1650, CALENDAR)

        assert clock.due_at.astimezone(LOCAL).date().isoformat() == "2022-03-21"

    def test_hours_of_an_urgent_matter_run_through_the_night(self):
        clock = started(Term(amount=2, unit="hours"), at("2022-03-18 23:00"))

        assert clock.due_at == at("2022-03-19 01:00")


class TestPausing:
    def test_what_was_left_is_left_after_the_pause(self):
        clock = started(days(5), at("2022-03-14 09:00"))  # a Monday; due on Monday the 21st

        paused = clocks.pause(clock, at("2022-03-16 10:00"))
        again = clocks.resume(paused, under(days(5)), at("2022-04-11 10:00"), CALENDAR)

        # Three working days were left after the 16th: the 17th, 18th and 21st.
        assert again.due_at.astimezone(LOCAL).date().isoformat() == "2022-04-14"

    def test_a_date_missed_before_the_pause_stays_missed(self):
        clock = started(days(1), at("2022-03-14 09:00"))

        paused = clocks.pause(clock, at("2022-03-18 09:00"))
        again = clocks.resume(paused, under(days(1)), at("2022-04-11 10:00"), CALENDAR)

        assert again.due_at == clock.due_at
        assert clocks.stop(again, at("2022-04-11 11:00")).missed

    def test_a_pause_explains_itself(self):
        clock = clocks.pause(started(days(5), at("2022-03-14 09:00")), at("2022-03-16 10:00"))

        again = clocks.resume(clock, under(days(5)), at("2022-04-11 10:00"), CALENDAR, "列入改造计划")

        assert again.steps[-1]["kind"] == "paused"
        assert again.steps[-1]["facts"]["reason"] == "列入改造计划"

    @given(
        term=st.integers(1, 30),
        start=st.integers(0, 200),
        before=st.integers(0, 20),
        away=st.integers(0, 60),
        unit=st.sampled_from(["working_days", "working_hours", "hours", "calendar_days"]),
    )
    @example(term=1, start=20, before=2, away=7, unit="calendar_days").via("a pause in the Spring Festival's rest days")
    def test_a_pause_never_brings_a_date_forward_nor_makes_one_late(self, term, start, before, away, unit):
        rules = under(Term(amount=term, unit=unit))
        began = at("2022-01-10 10:00") + timedelta(days=start)
        clock = clocks.start("handle", rules, began, CALENDAR)
        stopped = began + timedelta(days=before)
        resumed = stopped + timedelta(days=away)

        again = clocks.resume(clocks.pause(clock, stopped), rules, resumed, CALENDAR)

        assert again.due_at >= clock.due_at
        assert again.late_at(resumed) == clock.late_at(stopped)


class TestExtending:
    def test_the_extension_counts_from_the_end_of_the_term(self):
        clock = started(days(5), at("2022-03-14 09:00"))

        longer = clocks.extend(clock, days(5), under(days(5)), at("2022-03-18 09:00"), CALENDAR, "周明", "需采购配件")

        assert longer.due_at.astimezone(LOCAL).date().isoformat() == "2022-03-28"
        [step] = [step for step in longer.steps if step["kind"] == "extended"]
        assert (step["facts"]["approver"], step["facts"]["reason"]) == ("周明", "需采购配件")


class TestCountingAnew:
    @given(term=st.integers(1, 20), before=st.integers(0, 10), away=st.integers(0, 30), longer=st.integers(0, 10))
    def test_without_a_change_of_rules_the_date_stays(self, term, before, away, longer):
        rules = under(days(term))
        began = at("2022-03-14 09:00")
        clock = clocks.start("handle", rules, began, CALENDAR)
        moment = began + timedelta(days=before)
        if longer:
            clock = clocks.extend(clock, days(longer), rules, moment, CALENDAR, "周明", "材料")
        clock = clocks.resume(clocks.pause(clock, moment), rules, moment + timedelta(days=away), CALENDAR, "等待")

        again = clocks.recounted(clock, rules, moment + timedelta(days=away), CALENDAR)

        assert again.due_at == clock.due_at
        assert again.steps == clock.steps


class TestWarning:
    @given(minutes=st.integers(0, 500_000), term=st.integers(1, 40))
    def test_no_alarm_is_set_for_a_night_or_a_day_off(self, minutes, term):
        rules = under(days(term))
        clock = clocks.start("handle", rules, at("2022-01-04 08:00") + timedelta(minutes=minutes), CALENDAR)

        while clock.alarm_at is not None:
            assert CALENDAR.next_working_moment(clock.alarm_at) == clock.alarm_at
            clock = clocks.after_alarm(clock, rules, CALENDAR)

    def test_what_is_stored_comes_back_as_it_was(self):
        clock = clocks.pause(started(days(5), at("2022-09-30 16:00")), at("2022-10-08 09:00"))

        assert ClockState.from_data(clock.as_data()) == clock
