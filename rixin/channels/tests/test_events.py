"""A resident comes to an event, waits for a place, withdraws; and becomes a volunteer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.activities import events, volunteers
from rixin.activities.models import Event, SignUp, Volunteer
from rixin.activities.tests.builders import an_event, an_open_event
from rixin.activities.volunteers import NewHours
from rixin.people import units
from rixin.people.actors import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
KEY = "a-key-of-one-filling-in"
DEJIA, JINGZHOU, STREET = "330106013/001/", "330106013/002/", "330106013/"


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def event() -> Event:
    return an_open_event(at=timezone.now(), capacity=2)


def typed(**said: str) -> dict[str, str]:
    return {"name": "周小红", "phone": "13800001234", "people": "1", "age_band": "18+", "once": KEY, **said}


def signs_up(browser: Client, event: Event, **said: str):
    return browser.post(f"/events/{event.pk}", typed(**said))


def code_page(answer) -> str:
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"].partition("?")[0]


class TestWhatIsComing:
    def test_a_community_shows_its_own_and_what_is_held_for_all(self, browser):
        for title, area in (("剪纸", DEJIA), ("合唱", JINGZHOU), ("汇演", STREET)):
            an_open_event(at=timezone.now(), title=title, area_path=area)

        page = browser.get("/events?area=330106013001").content.decode()

        assert "剪纸" in page and "汇演" in page and "合唱" not in page

    def test_what_is_over_or_cancelled_is_not_announced(self, browser):
        an_event(title="去年的", at=timezone.now() - timedelta(days=20), day=timezone.localdate() - timedelta(days=1))
        gone = an_open_event(at=timezone.now(), title="取消的")
        events.cancel(gone, "台风", by=SYSTEM, at=timezone.now(), seen=1)

        page = browser.get("/events").content.decode()

        assert "去年的" not in page and "取消的" not in page
        assert "台风" in browser.get(f"/events/{gone.pk}").content.decode()

    def test_it_costs_few_statements_however_many_there_are(self, browser):
        an_open_event(at=timezone.now())
        with CaptureQueriesContext(connection) as one:
            browser.get("/events")
        for nth in range(10):
            signs_up(browser, an_open_event(at=timezone.now(), title=f"第{nth}场"), once=f"{KEY}{nth}")

        with CaptureQueriesContext(connection) as many:
            browser.get("/events")

        assert len(many) == len(one) <= 4

    @pytest.mark.parametrize("address", ["/events/0", "/events/99999999999999", "/events?area=%00"])
    def test_nonsense_falls_over_nothing(self, browser, address):
        assert browser.get(address).status_code in (200, 404)


class TestSigningUp:
    def test_without_an_account_it_gives_a_code(self, browser, event):
        page = browser.get(code_page(signs_up(browser, event))).content.decode()

        row = SignUp.objects.get()
        assert (row.name, row.people, row.state) == ("周小红", 1, "in")
        assert row.code[:4] in page and "周**" in page and "13800001234" not in page
        assert "sessionid" not in browser.cookies

    def test_sent_twice_it_is_one(self, browser, event):
        assert code_page(signs_up(browser, event)) == code_page(signs_up(browser, event))
        assert SignUp.objects.count() == 1

    @pytest.mark.parametrize(
        "said", [{"name": ""}, {"phone": "12"}, {"people": "0"}, {"people": "x"}, {"age_band": "200"}, {"people": "3"}]
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(self, browser, event, said):
        answer = signs_up(browser, event, **said)

        assert answer.status_code == 422 and KEY in answer.content.decode()
        assert not SignUp.objects.exists()

    def test_when_it_is_full_one_waits_and_moves_up_when_somebody_withdraws(self, browser, event):
        first = code_page(signs_up(browser, event, people="2"))
        assert "badge warn" in browser.get(f"/events/{event.pk}").content.decode()
        second = code_page(signs_up(browser, event, phone="13800005678", once=f"{KEY}2"))
        assert SignUp.objects.order_by("-pk")[0].state == "waiting"

        answer = browser.post(f"{first}/withdraw")

        assert answer.status_code == 302
        assert [row.state for row in SignUp.objects.order_by("pk")] == ["withdrawn", "in"]
        assert browser.get(second).status_code == 200

    def test_of_what_is_cancelled_the_page_of_the_code_says_why(self, browser, event):
        mine = code_page(signs_up(browser, event))
        event.refresh_from_db()
        events.cancel(event, "台风来了", by=SYSTEM, at=timezone.now(), seen=event.version)

        assert "台风来了" in browser.get(mine).content.decode()
        assert signs_up(browser, event, once=f"{KEY}2", phone="13800005678").status_code in (404, 409)

    def test_before_it_opens_nobody_signs_up(self, browser):
        later = timezone.now() + timedelta(days=2)
        event = an_event(
            at=timezone.now(), day=timezone.localdate() + timedelta(days=9), sign_up_from=later,
            sign_up_until=later + timedelta(days=3),
        )  # fmt: skip

        assert signs_up(browser, event).status_code == 409
        assert 'name="phone"' not in browser.get(f"/events/{event.pk}").content.decode()

    def test_too_many_from_one_address_are_asked_to_wait_and_lose_nothing(self, browser, event, settings):
        settings.REPORTS_PER_HOUR_ADDRESS = 1
        signs_up(browser, event)

        answer = signs_up(browser, event, once=f"{KEY}2", phone="13800005678", name="王建明")

        assert answer.status_code == 429 and "王建明" in answer.content.decode()
        assert int(answer["Retry-After"]) > 0 and SignUp.objects.count() == 1

    def test_wrong_codes_are_counted(self, browser):
        answers = [browser.get(f"/e/ZZZZ{nth:04d}").status_code for nth in range(25)]

        assert answers[0] == 404 and answers[-1] == 429


class TestVolunteering:
    def joins(self, browser: Client, **said: str):
        known = {"name": "周小红", "phone": "13800001234", "community": DEJIA, "agreed": "on", "once": KEY}
        return browser.post("/volunteer", {**known, **said})

    def test_who_joins_gets_a_code_and_asks_to_be_one(self, browser):
        page = browser.get(code_page(self.joins(browser))).content.decode()

        one = Volunteer.objects.get()
        assert (one.state, one.area_path) == ("asked", DEJIA) and "周**" in page

    @pytest.mark.parametrize("said", [{"agreed": ""}, {"phone": "x"}, {"community": "elsewhere/"}, {"name": " "}])
    def test_without_agreeing_or_with_nonsense_nobody_is_written_down(self, browser, said):
        assert self.joins(browser, **said).status_code == 422
        assert not Volunteer.objects.exists()

    def test_the_own_hours_and_the_thanks_are_behind_the_code(self, browser):
        mine = code_page(self.joins(browser))
        day = timezone.localdate() - timedelta(days=1)
        unit = units.by_code("public-services").id
        new = NewHours(day=day, hours=250, area_path=DEJIA, unit_id=unit, volunteer_id=Volunteer.objects.get().pk)
        volunteers.write(new, by=SYSTEM, at=timezone.now())

        assert "2.5" in browser.get(mine).content.decode()
        thanks = browser.get(f"{mine}/thanks").content.decode()
        assert "周小红" in thanks and "2.5" in thanks

    def test_who_leaves_is_no_volunteer_any_more(self, browser):
        mine = code_page(self.joins(browser))

        assert browser.post(f"{mine}/leave").status_code == 302
        assert Volunteer.objects.get().state == "left"
        assert browser.get(f"{mine}/leave").status_code == 405
