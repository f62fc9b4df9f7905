"""The person's own door: all that is held, who opened it; correcting, staying, leaving, asking to join."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rixin.channels import throttle
from rixin.rolls import actions, opening, queries
from rixin.rolls.models import Consent, Entry, RollEvent, Status
from rixin.rolls.tests.builders import AT, CARE, MEALS, a_call, joined, roll
from rixin.rolls.tests.conftest import keeper

__all__ = ["keeper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]
NAME = "王秀兰"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(days=3))


@pytest.fixture
def person() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def typed(**other: Any) -> dict[str, Any]:
    known = {"name": NAME, "phone": "13800001234", "address": "德加东区1幢1单元101室", "area": ""}
    return {**known, "value-service": "call", **other}


class TestSeeing:
    def test_all_that_is_held_unmasked_and_who_opened_it(self, person, keeper, grid_worker):
        made = joined(keeper, name=NAME, server=grid_worker)
        a_call(made.entry, grid_worker, words="想换上午来")
        opening.open_for_visit(made.entry, grid_worker, AT)

        page = person.get(f"/my-service/{made.code}").content.decode()

        for told in (
            NAME,
            "13800001234",
            "101室",
            "Regular calls",
            "吴芳",
            "Grid worker",
            "Meet the person",
            "想换上午来",
        ):
            assert told in page

    def test_the_code_is_typed_as_people_type(self, person, keeper):
        made = joined(keeper)

        answer = person.post("/my-service", {"code": f"{made.code[:4].lower()} - {made.code[4:].lower()}"})

        assert answer.status_code == 302 and answer["Location"] == f"/my-service/{made.code}"

    def test_can_be_taken_away(self, person, keeper):
        made = joined(keeper, name=NAME)

        data = person.get(f"/my-service/{made.code}/data.json").json()

        assert (data["name"], data["delete_on"], data["answers"]["When to call"]) == (NAME, "2022-09-07", "上午")

    @pytest.mark.parametrize("code", ["AAAAAAAA", "short", "x" * 300])
    def test_a_wrong_code_shows_nothing(self, person, code):
        assert person.get(f"/my-service/{code}").status_code == 404

    def test_too_many_wrong_codes_shut_the_door_for_right_ones_too(self, person, keeper):
        made = joined(keeper)
        for nth in range(throttle.GUESSES.count):
            person.get(f"/my-service/AAAAAA{nth:02d}")

        assert person.get(f"/my-service/{made.code}").status_code == 429

    def test_the_code_of_a_slip_that_was_replaced_opens_nothing(self, person, keeper):
        made = joined(keeper)
        actions.new_slip(made.entry, by=keeper.actor, at=AT)

        assert person.get(f"/my-service/{made.code}").status_code == 404

    def test_is_not_kept_by_browsers(self, person, keeper):
        made = joined(keeper)

        assert "no-store" in person.get(f"/my-service/{made.code}")["Cache-Control"]


class TestCorrecting:
    def test_by_the_person_is_written_down_as_such(self, person, keeper):
        made = joined(keeper, name=NAME)

        answer = person.post(f"/my-service/{made.code}/correct", typed(phone="13900005678", seen="1"))

        entry = Entry.objects.get()
        assert answer.status_code == 302 and entry.phone == "13900005678" and entry.address == "德加东区1幢1单元101室"
        assert RollEvent.objects.get(action="correct").by_person
        page = person.get(answer["Location"]).content.decode()
        assert "What is held was corrected" in page and "you</p>" in page

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"phone": "1"}, {"value-service": ""}, {"value-when": "信教"}])
    def test_what_is_wrong_keeps_what_was_typed(self, person, keeper, wrong):
        made = joined(keeper, name=NAME)

        answer = person.post(f"/my-service/{made.code}/correct", typed(**wrong, seen="1"))

        assert answer.status_code == 422 and Entry.objects.get().version == 1

    def test_of_two_changes_the_second_is_told(self, person, keeper):
        made = joined(keeper, name=NAME)
        answers = [
            person.post(f"/my-service/{made.code}/correct", typed(phone=phone, seen="1"))
            for phone in ("13900005678", "13900005679")
        ]

        assert [answer.status_code for answer in answers] == [302, 409]


class TestLeaving:
    def test_holds_at_once_and_tells_the_day_of_deletion(self, person, keeper, grid_worker):
        made = joined(keeper, server=grid_worker)

        answer = person.post(f"/my-service/{made.code}/leave")

        entry = Entry.objects.get()
        assert (entry.status, entry.left_on) == (Status.LEFT, (AT + timedelta(days=3)).date())
        assert not queries.served_by(grid_worker).exists()
        page = person.get(answer["Location"]).content.decode()
        assert "You have left" in page and "correct" not in re.findall(r'id="(\w+)"', page)

    def test_again_changes_nothing(self, person, keeper):
        made = joined(keeper)
        answers = [person.post(f"/my-service/{made.code}/leave").status_code for _nth in range(2)]

        assert answers == [302, 302] and RollEvent.objects.filter(action="leave").count() == 1

    def test_is_not_done_by_a_look(self, person, keeper):
        made = joined(keeper)

        assert person.get(f"/my-service/{made.code}/leave").status_code == 405

    def test_staying_moves_the_deletion_on(self, person, keeper):
        made = joined(keeper)

        person.post(f"/my-service/{made.code}/stay")

        assert Entry.objects.get().delete_on.isoformat() == "2022-09-10"

    def test_who_left_cannot_stay(self, person, keeper):
        made = joined(keeper)
        person.post(f"/my-service/{made.code}/leave")

        assert person.post(f"/my-service/{made.code}/stay").status_code == 409


class TestAsking:
    def asked(self, person: Client, **other: Any) -> Any:
        given = {"consent": "on", "once": "a-key-of-one-filling-in", **other}
        return person.post(f"/my-service/join/{CARE}", typed(**given))

    def test_waits_for_the_keeper_and_tells_a_code(self, person):
        page = self.asked(person).content.decode()

        code = re.search(r'tracking-code">([0-9A-Z-]{9})<', page)
        entry = Entry.objects.get()
        assert (entry.status, entry.consent_how, entry.consent_by) == (Status.ASKED, Consent.OWN_PHONE, None)
        assert code and queries.by_code(code[1]) == entry

    def test_without_consent_nothing_is_written_down(self, person):
        answer = self.asked(person, consent="")

        assert answer.status_code == 422 and not Entry.objects.exists()
        assert "Without your consent" in answer.content.decode()

    def test_sent_twice_it_is_one_request(self, person):
        for _nth in range(2):
            assert self.asked(person).status_code == 200

        assert Entry.objects.count() == 1

    def test_the_page_says_what_for_and_until_when(self, person):
        page = person.get(f"/my-service/join/{MEALS}").content.decode()

        assert roll(MEALS).purpose.en in page and roll(MEALS).consent.en in page and "3 months after you leave" in page

    def test_too_many_from_one_address_wait_and_lose_nothing(self, person):
        for nth in range(throttle.JOININGS.count):
            assert self.asked(person, once=f"once-{nth}").status_code == 200

        answer = self.asked(person, once="once-more")

        page = answer.content.decode()
        assert answer.status_code == 429 and NAME in page and 'id="challenge"' in page

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"address": "月亮背面"}, {"value-service": "x"}])
    def test_what_is_wrong_is_told(self, person, wrong):
        assert self.asked(person, **wrong).status_code == 422 and not Entry.objects.exists()

    def test_a_request_is_taken_back(self, person):
        code = re.search(r'tracking-code">([0-9A-Z-]{9})<', self.asked(person).content.decode())
        assert code

        person.post(f"/my-service/{code[1].replace('-', '')}/leave")

        assert Entry.objects.get().status == Status.DECLINED

    def test_a_service_that_is_not_there_is_not_found(self, person):
        assert person.get("/my-service/join/nothing").status_code == 404


def test_the_pages_lead_there(person):
    for page in ("/", "/your-data"):
        assert 'href="/my-service"' in person.get(page).content.decode()
