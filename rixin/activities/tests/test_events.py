"""Planning, correcting, cancelling and holding events."""

from datetime import date, time, timedelta

import pytest

from rixin.activities import events, fairs
from rixin.activities.facts import ActivityRefused
from rixin.activities.fairs import Offer
from rixin.activities.models import ActivityEvent, Event
from rixin.activities.tests.builders import NOW, TODAY, an_event, facts
from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AFTER = NOW + timedelta(days=8)


def actions(event: Event) -> list[str]:
    return list(event.events.values_list("action", flat=True))


class TestPlanning:
    def test_the_same_origin_is_entered_once(self):
        first, second = (events.plan(facts(), by=SYSTEM, at=NOW, origin="row 7") for _nth in range(2))

        assert first == second and Event.objects.count() == 1

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"kind": "nothing"}, "kind"),
            ({"sort": "opera"}, "sort"),
            ({"title": "  "}, "title"),
            ({"starts": time(10, 0), "ends": time(9, 0)}, "ends"),
            ({"capacity": 0}, "capacity"),
            ({"sign_up_from": NOW}, "sign_up_until"),
            ({"sign_up_from": NOW, "sign_up_until": NOW}, "sign_up_until"),
            ({"sign_up_from": NOW, "sign_up_until": NOW + timedelta(days=9)}, "sign_up_until"),
            ({"kind": "job_fair", "sort": "hall", "sign_up_from": NOW, "sign_up_until": AFTER}, "sign_up_from"),
        ],
    )
    def test_what_cannot_be_is_told_field_by_field(self, said, field):
        with pytest.raises(ActivityRefused) as refused:
            an_event(**said)

        assert set(refused.value.fields) == {field}
        assert not Event.objects.exists()

    def test_of_two_who_correct_it_the_second_is_told(self):
        event = an_event()
        events.correct(event, facts(title="香囊与团扇"), by=SYSTEM, at=NOW, seen=1)

        with pytest.raises(ChangedMeanwhile):
            events.correct(event, facts(title="团扇"), by=SYSTEM, at=NOW, seen=1)

        assert event.events.last().changes == {"title": ["香囊制作", "香囊与团扇"]}

    def test_what_is_not_changed_leaves_no_line(self):
        event = an_event()

        events.correct(event, facts(), by=SYSTEM, at=NOW, seen=event.version)

        assert actions(event) == ["plan"] and event.version == 1


class TestHolding:
    def test_how_many_came_is_written_once_and_corrected_with_a_reason(self):
        event = an_event()
        events.hold(event, 30, by=SYSTEM, at=AFTER, seen=event.version)

        with pytest.raises(ActivityRefused) as refused:
            events.hold(event, 33, by=SYSTEM, at=AFTER, seen=event.version)
        events.hold(event, 33, by=SYSTEM, at=AFTER, seen=event.version, reason="签到表漏数")

        assert set(refused.value.fields) == {"reason"}
        assert (event.state, event.attendance) == ("held", 33)
        assert actions(event) == ["plan", "hold", "correct_held"]
        assert event.events.last().changes == {"attendance": [30, 33]}

    def test_it_is_not_held_before_its_day(self):
        event = an_event(day=TODAY + timedelta(days=1))

        with pytest.raises(ActivityRefused):
            events.hold(event, 30, by=SYSTEM, at=NOW, seen=event.version)
        assert events.hold(event, 30, by=SYSTEM, at=NOW + timedelta(days=1), seen=1).state == "held"

    def test_a_held_one_is_not_moved_ahead(self):
        event = an_event()
        events.hold(event, 30, by=SYSTEM, at=AFTER, seen=event.version)

        with pytest.raises(ActivityRefused):
            events.correct(event, facts(day=AFTER.date() + timedelta(days=1)), by=SYSTEM, at=AFTER, seen=2)

    def test_nobody_came_is_a_number_and_no_number_is_not(self):
        event = an_event()

        with pytest.raises(ActivityRefused):
            events.hold(event, None, by=SYSTEM, at=AFTER, seen=event.version)
        assert events.hold(event, 0, by=SYSTEM, at=AFTER, seen=event.version).attendance == 0


class TestCancelling:
    def test_it_needs_a_reason_and_is_the_end(self):
        event = an_event()

        with pytest.raises(ActivityRefused):
            events.cancel(event, " ", by=SYSTEM, at=NOW, seen=event.version)
        events.cancel(event, "台风", by=SYSTEM, at=NOW, seen=event.version)

        for act in (
            lambda: events.hold(event, 3, by=SYSTEM, at=AFTER, seen=event.version),
            lambda: events.correct(event, facts(), by=SYSTEM, at=NOW, seen=event.version),
            lambda: events.cancel(event, "又一次", by=SYSTEM, at=NOW, seen=event.version),
        ):
            with pytest.raises(ActivityRefused):
                act()

    def test_what_was_held_is_not_cancelled(self):
        event = an_event()
        events.hold(event, 3, by=SYSTEM, at=AFTER, seen=event.version)

        with pytest.raises(ActivityRefused):
            events.cancel(event, "台风", by=SYSTEM, at=AFTER, seen=event.version)


class TestClasses:
    def test_the_attendance_of_a_class_is_that_of_its_sessions(self):
        days = [date(2022, 7, 4), date(2022, 7, 5)]
        event = an_event(kind="summer_class", sort="", day=days[0], days=days)
        at = NOW + timedelta(days=40)

        for session, people in zip(event.sessions.all(), (31, 28), strict=True):
            event.refresh_from_db()
            events.attend(session, people, by=SYSTEM, at=at, seen=event.version)

        event.refresh_from_db()
        assert (event.state, event.attendance) == ("held", 59)

    def test_a_session_is_not_attended_before_its_day(self):
        event = an_event(kind="summer_class", sort="", day=date(2022, 7, 4), days=[date(2022, 7, 4)])

        with pytest.raises(ActivityRefused):
            events.attend(event.sessions.get(), 3, by=SYSTEM, at=NOW, seen=event.version)

    def test_what_is_no_class_has_no_sessions(self):
        assert not an_event(days=[TODAY, TODAY + timedelta(days=1)]).sessions.exists()


class TestFairs:
    def fair(self) -> Event:
        return an_event(kind="job_fair", sort="hall", title="春风行动", day=TODAY)

    def test_posts_and_agreements_add_up(self):
        event = self.fair()
        offers = [Offer(name="甲公司", posts=12, agreements=3), Offer(name="乙公司", posts=5)]

        fairs.put(event, offers, by=SYSTEM, at=NOW, seen=event.version)
        fairs.put(event, [Offer(name="乙公司", posts=6, agreements=2)], by=SYSTEM, at=NOW, seen=event.version)

        assert fairs.totals(event) == fairs.Totals(2, 18, 5)
        assert event.events.last().changes == {"乙公司": [[5, 0], [6, 2]]}

    def test_one_that_was_written_down_by_mistake_goes(self):
        event = self.fair()
        fairs.put(event, [Offer(name="甲公司", posts=12)], by=SYSTEM, at=NOW, seen=event.version)

        fairs.remove(event.employers.get(), by=SYSTEM, at=NOW, seen=event.version)

        assert fairs.totals(event) == fairs.Totals(0, 0, 0)
        assert ActivityEvent.objects.last().changes == {"甲公司": [[12, 0], ""]}

    def test_of_two_who_write_the_second_is_told(self):
        event = self.fair()
        fairs.put(event, [Offer(name="甲公司", posts=12)], by=SYSTEM, at=NOW, seen=1)

        with pytest.raises(ChangedMeanwhile):
            fairs.put(event, [Offer(name="乙公司", posts=5)], by=SYSTEM, at=NOW, seen=1)
        assert event.employers.count() == 1

    def test_agreements_are_not_signed_before_the_fair(self):
        event = an_event(kind="job_fair", sort="hall")

        with pytest.raises(ActivityRefused):
            fairs.put(event, [Offer(name="甲公司", posts=12, agreements=1)], by=SYSTEM, at=NOW, seen=1)
        fairs.put(event, [Offer(name="甲公司", posts=12)], by=SYSTEM, at=NOW, seen=1)

    def test_no_employers_come_to_another_kind(self):
        event = an_event()

        with pytest.raises(ActivityRefused):
            fairs.put(event, [Offer(name="甲公司", posts=12)], by=SYSTEM, at=NOW, seen=1)
