"""Rooms on the pages of the desk."""

import pytest
from django.utils import timezone

from rixin.bookings import booking
from rixin.bookings.models import Booking
from rixin.bookings.tests.court import AT, a_room, mediated, moment, wanted
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]


@pytest.fixture
def centre(units):
    return a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)


@pytest.fixture
def dispute(centre):
    return mediated(centre)


@pytest.fixture
def room(dispute):
    return a_room()


@pytest.fixture
def _december(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


def address(case) -> str:
    return f"/desk/case/{case.number}/rooms"


def filled(room, **other) -> dict[str, object]:
    said: dict[str, object] = {"room": room.pk, "day": "2022-12-08", "starts": "09:00", "ends": "10:30", "people": 14}
    return {**said, "book": "1", "once": "k", **other}


@pytest.mark.usefixtures("_december")
class TestBooking:
    def test_from_the_matters_page_to_a_room_that_stands_there_with_its_time(self, dispute, room, centre):
        assert address(dispute) in shown(centre, dispute.get_absolute_url())
        assert in_english(centre).post(address(dispute), filled(room)).status_code == 302

        page = shown(centre, dispute.get_absolute_url())
        assert "2022-12-08 09:00–10:30" in page and "Room booked" in page
        assert f"/rooms/{Booking.objects.get().pk}/free" in page

    def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(self, dispute, room, centre):
        answer = in_english(centre).post(address(dispute), filled(room, people=40))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The room has 20 seats." in page and 'value="40"' in page

    @pytest.mark.parametrize("wrong", [{"day": "2022-13-40"}, {"starts": "x"}, {"room": "0"}, {"people": "-1"}])
    def test_what_cannot_be_read_is_no_error_of_the_server(self, dispute, room, centre, wrong):
        assert in_english(centre).post(address(dispute), {**filled(room), **wrong}).status_code == 422

    def test_the_day_is_shown_beside_the_form(self, dispute, room, centre):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        answer = in_english(centre).post(address(dispute), filled(room) | {"book": ""}, headers={"HX-Request": "true"})
        looked = {name: value for name, value in filled(room).items() if name != "book"}
        part = in_english(centre).post(address(dispute), looked, headers={"HX-Request": "true"}).content.decode()

        assert answer.status_code in (200, 422)
        assert "09:00–10:00" in part and "<html" not in part

    def test_a_booking_is_taken_back_with_its_reason(self, dispute, room, centre):
        made = booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)
        free = f"{address(dispute)}/{made.pk}/free"
        assert in_english(centre).post(free, {"why": ""}).status_code == 422
        assert in_english(centre).post(free, {"why": "对方改期"}).status_code == 302

        assert "对方改期" in shown(centre, dispute.get_absolute_url())

    def test_the_session_form_knows_the_room_its_day_and_the_people(self, dispute, room, centre):
        Booking.objects.create(
            case=dispute, room=room, starts_at=moment(8, 40, 2), ends_at=moment(9, 40, 2), people=9,
            booked_by=centre.account, booked_at=AT, sending="z",
        )  # fmt: skip

        form = shown(centre, f"/desk/case/{dispute.number}/do/court_session")

        assert all(said in form for said in ('value="共享法庭一室"', 'value="2022-12-02"', 'value="9"'))


@pytest.mark.usefixtures("_december")
class TestTheWeek:
    def test_every_room_with_what_is_taken_and_the_number_only_for_who_sees_the_matter(
        self, dispute, room, centre, handler
    ):
        booking.book(dispute, wanted(room), by=centre, sending="a", at=AT)

        mine = shown(centre, "/desk/rooms?day=2022-12-08")
        theirs = shown(handler, "/desk/rooms?day=2022-12-08")

        assert dispute.number in mine
        assert dispute.number not in theirs
        assert "09:00–10:00" in theirs and "taken" in theirs

    def test_a_day_that_is_none_shows_this_week(self, room, centre):
        assert "共享法庭一室" in shown(centre, "/desk/rooms?day=yesterday")

    def test_without_rooms_it_says_where_they_are_entered(self, centre):
        assert "/records/of/court_room" in shown(centre, "/desk/rooms")
