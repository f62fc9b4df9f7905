"""Rooms of the shared court: booked for a matter, never twice at one time, taken back with a reason."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rixin.bookings import booking
from rixin.bookings.booking import BookingRefused, Wanted, may_free
from rixin.bookings.models import Booking
from rixin.bookings.rooms import may_book
from rixin.bookings.tests.court import AT, a_room, mediated, moment, wanted
from rixin.cases import queries
from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, received
from rixin.cases.tests.test_two_at_once import at_once
from rixin.cases.verification import verify
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

database = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


@pytest.fixture
def centre(units):
    return a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)


@pytest.fixture
def dispute(centre) -> Case:
    return mediated(centre)


@pytest.fixture
def room(dispute):
    return a_room()


def refused(case: Case, asked: Wanted, by, at: datetime = AT) -> dict[str, str]:
    with pytest.raises(BookingRefused) as wrong:
        booking.book(case, asked, by=by, sending=f"{asked}", at=at)
    assert not Booking.objects.filter(sending=f"{asked}").exists()
    return {name: str(reason) for name, reason in wrong.value.fields.items()}


class TestBooking:
    pytestmark = database

    def test_it_is_kept_with_the_matter_and_stands_in_its_timeline(self, dispute, room, centre):
        made = booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        assert (made.case_id, made.room_id, made.people) == (dispute.pk, room.pk, 14)
        last = dispute.events.last()
        assert (last.action, last.given["room"], last.given["when"]) == (
            "room_booked",
            "共享法庭一室",
            "2022-12-08 09:00–10:00",
        )
        assert all(not faults for _case, faults in verify(Case.objects.all()))

    def test_the_same_sent_twice_is_one_booking(self, dispute, room, centre):
        first = booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        assert booking.book(dispute, wanted(room), by=centre, sending="a", at=AT) == first
        assert Booking.objects.count() == 1

    def test_what_follows_on_is_no_overlap(self, dispute, room, centre):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        assert booking.book(dispute, wanted(room, moment(10), moment(11)), by=centre, sending="b", at=AT)

    def test_a_taken_room_says_from_when_until_when(self, dispute, room, centre):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)
        other = mediated(centre, AT + DAY)

        wrong = refused(other, wanted(room, moment(9, 30), moment(11)), centre)

        assert "09:00" in wrong["starts"] and "10:00" in wrong["starts"]

    def test_one_matter_is_not_in_two_rooms_at_once(self, dispute, room, centre):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        assert "starts" in refused(dispute, wanted(a_room("二室"), moment(9, 30), moment(11)), centre)

    @pytest.mark.parametrize(
        ("starts", "ends", "people", "field"),
        [
            (moment(9, day=4), moment(10, day=4), 14, "starts"),
            (moment(8), moment(9), 14, "starts"),
            (moment(20), moment(21), 14, "starts"),
            (moment(9), moment(9, 10), 14, "ends"),
            (moment(10), moment(9), 14, "ends"),
            (moment(9), moment(12, 1), 14, "ends"),
            (moment(9), moment(10), 21, "people"),
            (moment(9) + 200 * DAY, moment(10) + 200 * DAY, 14, "day"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_rule(self, dispute, room, centre, starts, ends, people, field):
        assert list(refused(dispute, wanted(room, starts, ends, people), centre)) == [field]

    def test_a_room_that_is_broken_or_given_up_or_none_is_refused(self, dispute, centre):
        for bad in (a_room("坏", works=0), a_room("停用", until=20221201)):
            assert list(refused(dispute, wanted(bad), centre)) == ["room"]
        assert list(refused(dispute, Wanted(10**6, moment(9), moment(10), 2), centre)) == ["room"]

    def test_only_who_may_hold_the_session_books_and_only_while_it_can_be_held(self, dispute, room, centre, dispatcher):
        assert may_book(dispute, queries.actor_on(centre, dispute))
        assert "" in refused(dispute, wanted(room), dispatcher)
        fresh = received("mediation", AT + DAY, origin="self", dispute="loan", other_side="某人", people=2)
        assert "" in refused(fresh, wanted(room), centre)


class TestTakingBack:
    pytestmark = database

    @pytest.fixture
    def booked(self, dispute, room, centre):
        return booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

    def test_the_room_is_free_again_and_the_reason_stands_in_the_timeline(self, dispute, booked, room, centre):
        booking.free(booked, why="对方改期", by=centre, at=AT + DAY)

        assert dispute.events.last().given["reason"] == "对方改期"
        assert booking.book(mediated(centre, AT + DAY), wanted(room), by=centre, sending="b", at=AT + DAY)

    def test_not_without_a_reason_and_not_once_it_began(self, booked, centre):
        with pytest.raises(BookingRefused):
            booking.free(booked, why=" ", by=centre, at=AT)
        with pytest.raises(BookingRefused):
            booking.free(booked, why="晚了", by=centre, at=moment(9))
        assert not may_free(booked, centre, moment(9))

    def test_colleagues_of_the_unit_may_and_others_may_not(self, booked, handler):
        colleague = a_player("zhao.na", "赵娜", "mediation-centre", Role.HANDLER)

        assert may_free(booked, colleague, AT)
        assert not may_free(booked, handler, AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("definitions", "wenxin_places")
def test_of_four_who_book_one_room_at_the_same_moment_one_gets_it(centre):
    disputes = [mediated(centre, AT + nth * DAY) for nth in range(4)]
    room = a_room()

    results = at_once(
        *(
            lambda nth=nth, case=case: booking.book(
                case, wanted(room), by=centre, sending=str(nth), at=AT + timedelta(hours=nth)
            )
            for nth, case in enumerate(disputes)
        )
    )

    assert sorted(type(result).__name__ for result in results) == ["Booking"] + ["BookingRefused"] * 3
    assert Booking.objects.count() == 1


slots = st.lists(st.tuples(st.integers(0, 44), st.integers(1, 12)), min_size=1, max_size=12)


@pytest.mark.usefixtures("definitions", "wenxin_places", "units")
class TestAnyBookings(TestCase):
    """Whoever asks for whatever time in whatever order."""

    @settings(max_examples=12, deadline=None)
    @given(slots)
    def test_no_two_overlap_and_none_is_refused_that_would_fit(self, asked):
        centre = a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)
        room, kept = a_room(), []
        for nth, (quarter, length) in enumerate(asked):
            starts = moment(8, 30) + timedelta(minutes=15 * quarter)
            ends = starts + timedelta(minutes=15 * length)
            fits = ends <= moment(20, 30) and all(ends <= one or two <= starts for one, two in kept)
            case = mediated(centre, AT + timedelta(minutes=nth))
            try:
                booking.book(case, wanted(room, starts, ends), by=centre, sending=str(nth), at=AT + DAY)
            except BookingRefused:
                assert not fits
            else:
                assert fits
                kept.append((starts, ends))


class TestTheSession:
    pytestmark = database

    def test_what_was_booked_is_held_and_written_down_once(self, dispute, room, centre):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)
        later = Case.objects.get(pk=dispute.pk)
        held = {"room": "共享法庭一室", "equipment": True, "people": 14, "task": "guide", "record": "法官释明"}

        after = take(later, "court_session", centre, moment(11), day="2022-12-08", **held)

        assert [event.action for event in after.events.order_by("seq")][-2:] == ["room_booked", "court_session"]
