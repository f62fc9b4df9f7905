"""How terms are counted: working time with China's holidays and make-up days, and the Civil Code's day counting."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.catalogue.schema import SpecialDay, Term, Text, WorkingHours, WorkingTime
from rixin.catalogue.worktime import (
    LOCAL,
    CalendarEnds,
    WorkCalendar,
    after_working_time,
    due,
    due_or_provisional,
    last_day_of_term,
    same_day_months_later,
)

HOURS = [WorkingHours(start="08:30", end="12:00"), WorkingHours(start="13:30", end="17:30")]
CALENDAR = WorkCalendar.from_definition(WorkingTime(hours=HOURS))
DAYS = st.dates(date(2021, 1, 1), date(2023, 6, 30))
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2023, 6, 30), timezones=st.just(LOCAL))  # noqa: DTZ001
LAST_YEAR = 2026


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def ends(received: str, amount: int, unit: str) -> str:
    return due(at(received), Term(amount=amount, unit=unit), CALENDAR).at.strftime("%Y-%m-%d %H:%M")


class TestTheYear2022:
    @pytest.mark.parametrize("day", range(1, 8))
    def test_the_national_day_holiday_is_off(self, day):
        assert not CALENDAR.is_working(date(2022, 10, day))

    @pytest.mark.parametrize("day", [8, 9])
    def test_the_weekend_after_it_is_worked_to_make_up(self, day):
        assert CALENDAR.is_working(date(2022, 10, day))
        assert CALENDAR.is_make_up(date(2022, 10, day))

    @pytest.mark.parametrize("day", ["2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07"])
    def test_the_other_make_up_days_of_the_notice_are_worked(self, day):
        assert CALENDAR.is_make_up(date.fromisoformat(day))

    def test_a_plain_weekend_is_off_and_no_holiday(self):
        assert not CALENDAR.is_working(date(2022, 6, 18))
        assert not CALENDAR.is_holiday(date(2022, 6, 18))


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("received", "days", "end"),
        [
            ("2022-06-13 09:00", 5, "2022-06-20 23:59"),  # Monday to Monday
            ("2022-06-17 16:50", 1, "2022-06-20 23:59"),  # a Friday's next working day is Monday
            ("2022-06-18 10:00", 1, "2022-06-20 23:59"),  # received on a Saturday
            ("2022-09-30 16:50", 1, "2022-10-08 23:59"),  # the make-up Saturday counts
            ("2022-09-30 16:50", 3, "2022-10-10 23:59"),
            ("2022-09-30 23:50", 0, "2022-09-30 23:59"),
        ],
    )
    def test_the_first_day_is_not_counted_and_make_up_days_are(self, received, days, end):
        assert ends(received, days, "working_days") == end

    @given(received=DAYS, term=st.integers(0, 90))
    def test_a_term_holds_exactly_its_working_days(self, received, term):
        end = last_day_of_term(received, term, CALENDAR)

        after = (received + timedelta(days=nth) for nth in range(1, (end - received).days + 1))
        assert sum(map(CALENDAR.is_working, after)) == term
        assert term == 0 or CALENDAR.is_working(end)

    @given(received=DAYS, later=st.integers(0, 30), term=st.integers(0, 60))
    def test_what_came_later_is_never_due_earlier(self, received, later, term):
        first = last_day_of_term(received, term, CALENDAR)

        assert last_day_of_term(received + timedelta(days=later), term, CALENDAR) >= first

    @given(received=MOMENTS, term=st.integers(0, 60))
    def test_a_longer_term_never_ends_earlier(self, received, term):
        shorter, longer = (due(received, Term(amount=n, unit="working_days"), CALENDAR) for n in (term, term + 1))

        assert longer.at > shorter.at

    @given(received=MOMENTS, term=st.integers(0, 40))
    def test_every_day_passed_over_is_explained_and_no_other(self, received, term):
        ends = due(received, Term(amount=term, unit="working_days"), CALENDAR)
        told_off = {day for step in ends.steps if step.kind in ("holiday", "weekend") for day in step.days}
        span = (ends.at.date() - received.date()).days

        days = [received.date() + timedelta(days=nth) for nth in range(1, span + 1)]
        assert told_off == {day.isoformat() for day in days if not CALENDAR.is_working(day)}


class TestWorkingHours:
    @pytest.mark.parametrize(
        ("received", "hours", "end"),
        [
            ("2022-06-13 09:00", 2, "2022-06-13 11:00"),
            ("2022-06-13 11:00", 2, "2022-06-13 14:30"),  # across lunch
            ("2022-06-13 16:30", 2, "2022-06-14 09:30"),  # across the night
            ("2022-06-17 16:30", 2, "2022-06-20 09:30"),  # across the weekend
            ("2022-06-18 20:00", 2, "2022-06-20 10:30"),  # received on a Saturday evening
            ("2022-09-30 16:50", 2, "2022-10-08 09:50"),  # across a week of holidays into a make-up Saturday
            ("2022-06-13 08:30", 7, "2022-06-13 17:00"),
        ],
    )
    def test_only_office_hours_count(self, received, hours, end):
        assert ends(received, hours, "working_hours") == end

    @given(received=MOMENTS, minutes=st.integers(1, 6000))
    def test_exactly_the_asked_office_time_lies_between(self, received, minutes):
        length = timedelta(minutes=minutes)

        end = after_working_time(received, length, CALENDAR)

        assert CALENDAR.working_time_between(received, end) == length

    @given(moment=MOMENTS)
    def test_messages_wait_for_the_office_to_open(self, moment):
        opening = CALENDAR.next_working_moment(moment)

        assert opening >= moment
        assert CALENDAR.is_working(opening.date())
        assert any(start <= opening < end for start, end in CALENDAR.working_spans(opening.date()))

    def test_urgent_hours_run_day_and_night(self):
        assert ends("2022-09-30 23:00", 4, "hours") == "2022-10-01 03:00"


class TestCalendarDaysAndMonths:
    """Civil Code of the PRC, art. 201 to 203."""

    def test_the_first_day_is_not_counted(self):
        assert ends("2022-06-13 23:50", 15, "calendar_days") == "2022-06-28 23:59"

    def test_a_last_day_on_a_holiday_moves_to_the_next_working_day_and_says_so(self):
        ends = due(at("2022-09-20 10:00"), Term(amount=15, unit="calendar_days"), CALENDAR)

        assert ends.at.date() == date(2022, 10, 8)
        assert ends.nominal.date() == date(2022, 10, 5)
        moved = next(step for step in ends.steps if step.kind == "moved")
        assert (moved.days, moved.facts["to"], moved.facts["name"]["zh"]) == (("2022-10-05",), "2022-10-08", "国庆节")

    def test_a_last_day_on_a_make_up_sunday_stays(self):
        assert ends("2022-09-24 10:00", 15, "calendar_days") == "2022-10-09 23:59"

    @given(received=MOMENTS, term=st.integers(0, 90), unit=st.sampled_from(["calendar_days", "months"]))
    def test_a_term_never_ends_on_a_day_off(self, received, term, unit):
        ends = due(received, Term(amount=term % 12 if unit == "months" else term, unit=unit), CALENDAR)

        assert CALENDAR.is_working(ends.at.date())
        assert ends.at >= ends.nominal

    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            ("2022-01-31", 1, "2022-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2022-10-15", 3, "2023-01-15"),
            ("2022-12-31", 2, "2023-02-28"),
        ],
    )
    def test_months_end_on_the_same_day_or_the_last_of_the_month(self, start, months, end):
        assert same_day_months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


class TestYearsNotPublished:
    def test_no_holidays_are_guessed(self):
        with pytest.raises(CalendarEnds) as refused:
            due(at("2026-12-30 10:00"), Term(amount=5, unit="working_days"), CALENDAR)

        assert refused.value.year == LAST_YEAR + 1
        assert "Add the State Council's notice for 2027" in str(refused.value)

    def test_a_provisional_date_says_that_it_is_one(self):
        ends = due_or_provisional(at("2026-12-30 10:00"), Term(amount=5, unit="working_days"), CALENDAR)

        assert ends.at.date() == date(2027, 1, 6)
        assert ends.steps[-1].kind == "provisional"
        assert ends.steps[-1].facts == {"year": 2027}

    def test_a_year_that_the_catalogue_adds_is_as_good_as_a_built_in_one(self):
        holiday = SpecialDay(day="2027-01-01", works=False, name=Text(zh="元旦", en="New Year's Day"))
        made_up = SpecialDay(day="2027-01-03", works=True, name=Text(zh="元旦", en="New Year's Day"))
        known = WorkCalendar.from_definition(WorkingTime(hours=HOURS, years_added=[2027], days=[holiday, made_up]))

        ends = due(at("2026-12-31 10:00"), Term(amount=2, unit="working_days"), known)

        assert ends.at.date() == date(2027, 1, 4)
        assert [step.kind for step in ends.steps] == ["term", "holiday", "make_up", "weekend"]

    def test_a_day_in_the_catalogue_overrides_the_built_in_calendar(self):
        shut = SpecialDay(day="2022-06-14", works=False, name=Text(zh="亚运会", en="Games"))
        calendar = WorkCalendar.from_definition(WorkingTime(hours=HOURS, days=[shut]))

        assert not calendar.is_working(date(2022, 6, 14))
        assert calendar.day_name(date(2022, 6, 14)) == {"zh": "亚运会", "en": "Games"}
