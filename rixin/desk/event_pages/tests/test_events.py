"""Events at the desk: the list, the month, one event, and what is done with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.activities import events
from rixin.activities.models import Event
from rixin.activities.tests.builders import NOW, TODAY, an_event, an_open_event, facts
from rixin.cases import photos
from rixin.channels.tests.conftest import a_photo
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import COMMUNITY, SUBDISTRICT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
OTHER = "330106013/002/"


def page(player, address: str) -> str:
    answer = player.client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestTheList:
    def test_staff_see_those_of_their_area_and_of_the_wider_one(self, community_officer, dispatcher):
        for title, area in (("社区剪纸", COMMUNITY), ("街道汇演", SUBDISTRICT), ("隔壁合唱", OTHER)):
            an_event(title=title, area_path=area)

        own, whole = page(community_officer, "/desk/events"), page(dispatcher, "/desk/events")

        assert "社区剪纸" in own and "街道汇演" in own and "隔壁合唱" not in own
        assert all(title in whole for title in ("社区剪纸", "街道汇演", "隔壁合唱"))

    def test_who_is_of_another_subdistrict_sees_none(self, outsider):
        event = an_event(title="社区剪纸")

        assert "社区剪纸" not in page(outsider, "/desk/events")
        assert outsider.client.get(event.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=job_fair", {"春风行动"}),
            ("kind=cultural_event&sort=craft", {"剪纸"}),
            ("state=cancelled", {"台风取消"}),
            ("period=2022-06", {"剪纸", "春风行动", "台风取消"}),
            ("period=2021", set()),
            ("q=春风", {"春风行动"}),
            ("kind=nothing&sort=x&state=x&period=x&area=%00&page=9999", {"剪纸", "春风行动", "台风取消"}),
        ],
    )
    def test_it_is_narrowed_and_nonsense_narrows_nothing(self, dispatcher, query, found):
        an_event(title="剪纸")
        an_event(kind="job_fair", sort="hall", title="春风行动")
        gone = an_event(title="台风取消", sort="show")
        events.cancel(gone, "台风", by=SYSTEM, at=NOW, seen=1)

        said = page(dispatcher, f"/desk/events?{query}")

        assert {title for title in ("剪纸", "春风行动", "台风取消") if title in said} == found

    def test_it_costs_as_many_statements_with_many_as_with_one(self, dispatcher):
        an_event()
        with CaptureQueriesContext(connection) as one:
            page(dispatcher, "/desk/events")
        for nth in range(30):
            an_event(title=f"第{nth}场")

        with CaptureQueriesContext(connection) as many:
            page(dispatcher, "/desk/events")

        assert len(many) == len(one) <= 8

    def test_the_month_shows_them_on_their_days(self, dispatcher):
        an_event(title="剪纸")

        assert "剪纸" in page(dispatcher, f"/desk/events/calendar?month={TODAY:%Y-%m}")
        assert "剪纸" not in page(dispatcher, "/desk/events/calendar?month=2020-02")
        assert page(dispatcher, "/desk/events/calendar?month=nonsense")


def filled(**said: Any) -> dict[str, Any]:
    known = {"title": "香囊制作", "sort": "craft", "day": "2022-07-01", "where-area": COMMUNITY, "once": "k" * 20}
    return {**known, **said}


class TestPlanning:
    ADDRESS = "/desk/events/new/cultural_event"

    def test_a_community_officer_plans_one_in_the_own_community(self, community_officer):
        answer = community_officer.client.post(self.ADDRESS, filled())

        event = Event.objects.get()
        assert answer.status_code == 302 and answer["Location"] == event.get_absolute_url()
        assert (event.title, event.area_path, event.unit.code) == ("香囊制作", COMMUNITY, "public-services")

    def test_and_not_elsewhere(self, community_officer):
        assert community_officer.client.post(self.ADDRESS, filled(**{"where-area": OTHER})).status_code == 422
        assert not Event.objects.exists()

    def test_sent_twice_it_is_one(self, community_officer):
        for _nth in range(2):
            community_officer.client.post(self.ADDRESS, filled())

        assert Event.objects.count() == 1

    @pytest.mark.parametrize("role", ["auditor", "grid_worker", "handler"])
    def test_who_does_not_keep_such_events_finds_no_such_page(self, role, request):
        player = request.getfixturevalue(role)

        assert player.client.post(self.ADDRESS, filled()).status_code == 404

    def test_what_was_typed_comes_back_with_what_is_wrong(self, community_officer):
        answer = community_officer.client.post(self.ADDRESS, filled(sort="", day="2022-13-40"))

        assert answer.status_code == 422 and "香囊制作" in answer.content.decode()

    def test_a_class_gets_its_sessions(self, dispatcher):
        said = filled(sort="", days="2022-07-01\n2022-07-04，2022-07-05")
        assert dispatcher.client.post("/desk/events/new/summer_class", said).status_code == 302

        assert Event.objects.get().sessions.count() == 3


class TestOneEvent:
    @pytest.fixture
    def event(self) -> Event:
        return an_event()

    def test_how_it_went_is_written_with_pictures(self, community_officer, event, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        said = {"people": "31", "words": "很热闹", "seen": "1", "photos": a_photo()}

        answer = community_officer.client.post(f"{event.get_absolute_url()}/held", said)

        event.refresh_from_db()
        assert answer.status_code == 302 and (event.state, event.attendance) == ("held", 31)
        picture = event.pictures.get()
        shown = community_officer.client.get(f"{event.get_absolute_url()}/pictures/{picture.digest}/small")
        assert shown.status_code == 200 and shown["Content-Type"] == "image/jpeg"

    def test_a_correction_without_a_reason_is_refused(self, community_officer, event):
        events.hold(event, 30, by=SYSTEM, at=timezone.now(), seen=1)
        address = f"{event.get_absolute_url()}/held"

        assert community_officer.client.post(address, {"people": "31", "seen": "2"}).status_code == 422
        said = {"people": "31", "seen": "2", "reason": "漏数"}
        assert community_officer.client.post(address, said).status_code == 302

    def test_who_saw_an_older_state_is_told(self, community_officer, event):
        events.correct(event, facts(title="团扇"), by=SYSTEM, at=NOW, seen=1)

        answer = community_officer.client.post(f"{event.get_absolute_url()}/held", {"people": "31", "seen": "1"})

        event.refresh_from_db()
        assert answer.status_code == 409 and event.state == "planned"

    def test_it_is_cancelled_with_a_reason(self, community_officer, event):
        address = f"{event.get_absolute_url()}/cancel"

        assert community_officer.client.post(address, {"seen": "1", "reason": ""}).status_code == 422
        assert community_officer.client.post(address, {"seen": "1", "reason": "台风"}).status_code == 302
        assert "台风" in page(community_officer, event.get_absolute_url())

    @pytest.mark.parametrize("act", ["held", "cancel", "correct", "roll", "sheet"])
    def test_who_only_reads_finds_no_such_page(self, auditor, event, act):
        assert auditor.client.get(event.get_absolute_url()).status_code == 200
        assert auditor.client.get(f"{event.get_absolute_url()}/{act}").status_code == 404

    def test_an_attendance_that_is_no_number_is_told(self, dispatcher):
        event = an_event(kind="summer_class", sort="", day=TODAY, days=[TODAY])
        address = f"{event.get_absolute_url()}/session/{event.sessions.get().pk}"

        assert dispatcher.client.post(address, {"people": "many", "seen": "1"}).status_code == 422
        assert dispatcher.client.post(address, {"people": "28", "seen": "1"}).status_code == 302
        event.refresh_from_db()
        assert event.attendance == 28


class TestAFair:
    @pytest.fixture
    def fair(self) -> Event:
        return an_event(kind="job_fair", sort="hall", title="春风行动", day=TODAY)

    def test_the_table_of_employers_adds_up(self, dispatcher, fair):
        address = f"{fair.get_absolute_url()}/employers"
        said = {"seen": "1", "name-new0": "甲公司", "posts-new0": "12", "agreements-new0": "3", "name-new1": "乙公司"}

        assert dispatcher.client.post(address, said).status_code == 302
        one = fair.employers.get(name="甲公司")
        two = fair.employers.get(name="乙公司")
        lines = {f"posts-{one.pk}": "12", f"agreements-{one.pk}": "4", f"posts-{two.pk}": "8"}
        assert dispatcher.client.post(address, {"seen": "2", **lines}).status_code == 302

        said_page = page(dispatcher, fair.get_absolute_url())
        assert ">20<" in said_page and ">4<" in said_page

    def test_what_is_no_number_is_told_and_what_was_typed_stays(self, dispatcher, fair):
        said = {"seen": "1", "name-new0": "甲公司", "posts-new0": "许多"}

        answer = dispatcher.client.post(f"{fair.get_absolute_url()}/employers", said)

        assert answer.status_code == 422 and "许多" in answer.content.decode() and not fair.employers.exists()

    def test_of_two_who_write_the_second_is_told(self, dispatcher, fair):
        address = f"{fair.get_absolute_url()}/employers"
        dispatcher.client.post(address, {"seen": "1", "name-new0": "甲公司", "posts-new0": "5"})

        answer = dispatcher.client.post(address, {"seen": "1", "name-new0": "乙公司", "posts-new0": "6"})

        assert answer.status_code == 409 and "乙公司" in answer.content.decode()
        assert fair.employers.count() == 1


def test_on_the_phone_what_waits_is_written_down(community_officer):
    event = an_event(day=timezone.localdate() - timedelta(days=1), at=timezone.now() - timedelta(days=3))
    assert event.title in page(community_officer, "/desk/field/events")

    answer = community_officer.client.post(f"/desk/field/events/{event.pk}", {"people": "18", "seen": "1"})

    assert answer.status_code == 302
    page(community_officer, "/desk/field/events")  # where it says once that it was written down
    assert event.title not in page(community_officer, "/desk/field/events")


def test_the_table_that_is_fetched_is_a_spreadsheet(dispatcher):
    an_open_event(at=timezone.now())

    answer = dispatcher.client.get("/desk/events/export.xlsx")

    assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"PK")


def test_pictures_stay_while_the_event_has_them_and_go_when_they_are_taken_out(
    community_officer, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    event, later = an_event(), timezone.now() + timedelta(days=400)
    community_officer.client.post(f"{event.get_absolute_url()}/held", {"people": "3", "seen": "1", "photos": a_photo()})
    picture = event.pictures.get()
    assert photos.sweep(later) == 0 and photos.path_of(picture.digest).exists()

    community_officer.client.post(f"{event.get_absolute_url()}/pictures/{picture.pk}/remove")

    assert photos.sweep(later) == 1 and not photos.path_of(picture.digest).exists()
