"""Plans from templates, what may be done next, how far a project is and what is late."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from rixin.cases.tests.builders import bundled
from rixin.catalogue.worktime import WorkCalendar
from rixin.programmes import way
from rixin.programmes.way import Stand

CALENDAR = WorkCalendar.from_definition(bundled().working_time)
ELECTION = bundled().work.programmes["owners_election"]
LIVELIHOOD = bundled().work.programmes["livelihood"]
RENEWAL = bundled().work.programmes["renewal"]


def a_way(kind, *done: str, planned: date = date(2023, 5, 10)) -> list[Stand]:
    """One step is planned a day after the other; those named are done on their day."""
    days = [planned + timedelta(days=nth) for nth in range(len(kind.steps))]
    return [Stand(step, day, day if step.code in done else None) for step, day in zip(kind.steps, days, strict=True)]


class TestPlanning:
    def test_a_template_runs_over_working_days_and_holidays(self):
        days = way.planned_days(bundled().work.programmes["mural"], date(2023, 4, 20), CALENDAR)

        # 23 April and 6 May were worked for the holidays of 29 April to 3 May.
        assert days == [date(2023, 5, 6), date(2023, 5, 12), date(2023, 6, 2)]

    @given(opened=dates(date(2020, 1, 1), date(2030, 1, 1)))
    def test_steps_follow_each_other_and_what_is_shown_is_shown_long_enough(self, opened):
        days = way.planned_days(ELECTION, opened, CALENDAR)

        assert days == sorted(days) and days[0] > opened
        for step, day, following in zip(ELECTION.steps, days, days[1:], strict=False):
            assert (following - day).days >= step.notice_days


class TestWhatIsNext:
    def test_at_first_only_the_first_step(self):
        assert way.doable(a_way(RENEWAL)) == [0]

    def test_a_step_that_may_be_left_out_and_the_one_after_it(self):
        stands = a_way(LIVELIHOOD, "planned", "announced", "begun")

        assert [LIVELIHOOD.steps[nth].code for nth in way.doable(stands)] == ["half", "built"]

    def test_what_was_left_out_stays_left_out(self):
        stands = a_way(LIVELIHOOD, "planned", "announced", "begun", "built")

        assert [LIVELIHOOD.steps[nth].code for nth in way.doable(stands)] == ["accepted"]

    def test_it_is_done_with_the_step_that_ends_it_and_still_waits_for_the_guarantee(self):
        stands = a_way(RENEWAL, *[step.code for step in RENEWAL.steps if step.code != "guarantee"])

        assert way.is_done(RENEWAL, stands)
        assert way.waiting(stands) == len(RENEWAL.steps) - 1

    def test_what_is_shown_puts_off_the_next_step(self):
        stands = a_way(ELECTION, "preparing", "roll")

        assert way.earliest(stands, date(2023, 1, 1)) == date(2023, 5, 11) + timedelta(days=7)


class TestHowFar:
    def test_by_weight_and_without_what_may_be_left_out(self):
        stands = a_way(LIVELIHOOD, "planned", "announced")

        assert way.progress(stands) == Fraction(2, 10)  # weights 1 1 2 4 2; 3 of the check are not asked

    def test_what_may_be_left_out_counts_once_it_is_done(self):
        assert way.progress(a_way(LIVELIHOOD, "planned", "announced", "begun", "half")) == Fraction(7, 13)

    def test_expected_by_the_plan(self):
        assert way.expected(a_way(LIVELIHOOD), date(2023, 5, 12)) == Fraction(4, 10)
        assert way.expected(a_way(LIVELIHOOD), date(2024, 5, 12)) == 1


class TestWhatIsLate:
    @pytest.mark.parametrize(("day", "late"), [("2023-05-10", 0), ("2023-05-11", 1), ("2023-05-12", 2)])
    def test_from_the_day_after_its_planned_day(self, day, late):
        assert len(way.late_steps(a_way(RENEWAL), date.fromisoformat(day))) == late

    def test_what_is_done_or_may_be_left_out_is_never_late(self):
        stands = a_way(LIVELIHOOD, "planned", "announced", "begun")

        late = way.late_steps(stands, date(2023, 6, 1))

        assert [one.rules.code for one in late] == ["built", "accepted"]
        assert late[0].days == 18
