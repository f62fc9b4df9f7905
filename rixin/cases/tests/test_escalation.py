"""Clocks warn before their date and rise when it is missed."""

from datetime import datetime, timedelta

import pytest

from rixin.cases import escalation, queries
from rixin.cases.tests.builders import FRIDAY_1650, LOCAL, MONDAY_0930, a_case, bundled, take
from rixin.catalogue.schema import SpecialDay, Text
from rixin.catalogue.worktime import WorkCalendar
from rixin.people.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
HOUR = timedelta(hours=1)


def alarms(case):
    return [(event.given["clock"], event.given["alarm"]) for event in case.events.filter(action="alarm")]


class TestSweeping:
    def test_nothing_is_told_before_its_moment(self):
        case = a_case()

        assert escalation.sweep(MONDAY_0930 + timedelta(minutes=30)) == 0
        assert alarms(case) == []

    def test_the_dispatcher_is_warned_and_the_leader_hears_of_the_breach(self, dispatcher, leader):
        case = a_case()

        escalation.sweep(MONDAY_0930 + timedelta(minutes=100))
        assert alarms(case) == [("accept", "warning")]
        assert Notice.objects.filter(account=dispatcher.account, kind="warning").count() == 1
        assert not Notice.objects.filter(account=leader.account).exists()

        escalation.sweep(MONDAY_0930 + 5 * HOUR)
        assert alarms(case) == [("accept", "warning"), ("accept", "breach")]
        assert Notice.objects.filter(account=leader.account, kind="breach").count() == 1

    def test_a_second_sweep_tells_nothing_twice(self, dispatcher):
        a_case()
        assert escalation.sweep(MONDAY_0930 + 100 * HOUR) > 0

        first = Notice.objects.count()
        while escalation.sweep(MONDAY_0930 + 100 * HOUR):
            pass
        again = Notice.objects.count()

        assert escalation.sweep(MONDAY_0930 + 100 * HOUR) == 0
        assert Notice.objects.count() == again >= first

    def test_a_date_missed_on_friday_evening_is_told_on_monday_morning(self):
        a_case(at=FRIDAY_1650)

        assert escalation.sweep(datetime(2022, 3, 20, 23, 59, tzinfo=LOCAL)) == 0
        assert escalation.sweep(datetime(2022, 3, 21, 12, 0, tzinfo=LOCAL)) > 0

    def test_a_suspended_case_raises_no_alarm(self, dispatcher):
        case = take(a_case(), "accept", dispatcher, MONDAY_0930 + HOUR)
        take(
            case,
            "suspend",
            dispatcher,
            MONDAY_0930 + 2 * HOUR,
            reason="project",
            explanation="列入今年改造计划",
            until="2022-09-30",
        )

        assert escalation.sweep(MONDAY_0930 + timedelta(days=60)) == 0


class TestUnknownHolidays:
    def test_a_date_in_a_year_without_published_holidays_is_provisional_and_says_so(self):
        case = a_case(at=datetime(2026, 12, 30, 10, 0, tzinfo=LOCAL), type="illegal_building")

        handle = next(clock for clock in queries.clocks(case) if clock.code == "handle")

        assert handle.provisional_year == 2027
        assert handle.steps[-1] == {"kind": "provisional", "days": [], "facts": {"year": 2027}}

    def test_once_they_are_published_the_date_is_counted_anew(self, monkeypatch):
        case = a_case(at=datetime(2026, 12, 30, 10, 0, tzinfo=LOCAL), type="illegal_building")
        assert escalation.recount(datetime(2026, 12, 31, 9, 0, tzinfo=LOCAL)) == 0
        before = next(clock for clock in queries.clocks(case) if clock.code == "handle").due_at

        monkeypatch.setattr("rixin.catalogue.versions.work_calendar", published_calendar)
        assert escalation.recount(datetime(2026, 12, 31, 9, 0, tzinfo=LOCAL)) == 1

        case.refresh_from_db()
        after = next(clock for clock in queries.clocks(case) if clock.code == "handle")
        assert after.provisional_year is None
        assert after.due_at == before + timedelta(days=1)
        assert case.events.filter(action="recount").count() == 1


def published_calendar():
    """The bundled calendar with 2027 published: 4 January is off, a holiday beyond New Year's Day."""
    holiday = SpecialDay(day="2027-01-04", works=False, name=Text(zh="元旦", en="New Year"))
    known = bundled().working_time
    return WorkCalendar.from_definition(
        known.model_copy(update={"years_added": [2027], "days": [*known.days, holiday]})
    )
