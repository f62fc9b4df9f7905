"""Who signed up: masked, opened for a purpose, marked on the day, written down at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rixin.activities.models import Event, SignUp
from rixin.activities.tests.builders import an_event, an_open_event, signed_up
from rixin.privacy.models import Opening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


@pytest.fixture
def event() -> Event:
    return an_open_event(at=timezone.now(), capacity=2)


@pytest.fixture
def guest(event) -> SignUp:
    return signed_up(event, at=timezone.now(), name="周小红", phone="13800001234")


def address(event: Event, *more: object) -> str:
    return "/".join([event.get_absolute_url(), "roll", *map(str, more)])


def test_names_and_telephones_are_masked(community_officer, event, guest):
    page = community_officer.client.get(address(event)).content.decode()

    assert "周**" in page and "138****1234" in page
    assert "周小红" not in page and "13800001234" not in page and guest.code not in page


def test_they_are_opened_for_a_purpose_and_that_is_logged(community_officer, event, guest):
    opening = address(event, guest.pk, "open")

    refused = community_officer.client.post(opening, {"purpose": ""})
    assert refused.status_code == 422 and "13800001234" not in refused.content.decode()
    assert not Opening.objects.exists()

    opened = community_officer.client.post(opening, {"purpose": "call_back"}).content.decode()
    assert "周小红" in opened and "13800001234" in opened
    assert Opening.objects.get().number == f"HD{event.pk}-{guest.pk}"


def test_who_does_not_keep_the_event_sees_nobody(auditor, handler, event, guest):
    for player in (auditor, handler):
        assert player.client.get(address(event)).status_code == 404
        assert player.client.post(address(event, guest.pk, "open"), {"purpose": "call_back"}).status_code == 404
    assert not Opening.objects.exists()


def test_the_desk_writes_somebody_down_once(community_officer, event):
    said = {"name": "王建明", "phone": "13800005678", "people": "1", "age_band": "18+", "once": "a" * 20}

    for _nth in range(2):
        assert community_officer.client.post(address(event, "add"), said).status_code == 302

    assert SignUp.objects.get().name == "王建明"


def test_the_desk_is_told_what_is_missing(community_officer, event):
    answer = community_officer.client.post(address(event, "add"), {"name": "王建明", "age_band": "18+"})

    assert answer.status_code == 422 and "王建明" in answer.content.decode()


def test_signing_somebody_off_gives_the_place_to_who_waits(community_officer, event, guest):
    waiting = signed_up(event, at=timezone.now(), people=2)
    assert waiting.state == "waiting"

    community_officer.client.post(address(event, guest.pk, "off"))

    waiting.refresh_from_db()
    assert waiting.state == "in"


def test_who_came_is_marked_on_the_day(community_officer):
    at = timezone.now() - timedelta(days=8)
    event = an_open_event(at=at)
    one, other = signed_up(event, at=at), signed_up(event, at=at)

    answer = community_officer.client.post(address(event, "came"), {"shown": [one.pk, other.pk], "came": [one.pk]})

    assert answer.status_code == 302
    assert list(event.sign_ups.order_by("pk").values_list("came", flat=True)) == [True, False]


def test_before_its_day_nobody_is_marked(community_officer, event, guest):
    assert community_officer.client.post(address(event, "came"), {"shown": [guest.pk, "x"]}).status_code == 409


def test_of_a_kind_that_nobody_signs_up_for_there_is_no_roll(dispatcher):
    fair = an_event(kind="job_fair", sort="hall")

    assert dispatcher.client.get(address(fair)).status_code == 404


def test_the_sheet_leads_to_the_residents_page(community_officer, event):
    page = community_officer.client.get(f"{event.get_absolute_url()}/sheet").content.decode()

    assert "data:image/svg" in page and event.title in page
