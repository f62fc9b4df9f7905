"""Livelihood projects on the resident's pages: raising, supporting, following, and rating what was built."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.choosing import judging, projects, rounds
from rixin.choosing.models import ProjectRating, Proposal
from rixin.choosing.tests.builders import (
    AFTER,
    AT,
    DEJIA,
    a_project,
    a_proposal,
    a_round,
    a_vote,
    counted,
    listed,
    published,
)
from rixin.choosing.tests.conftest import keeper, second_keeper
from rixin.people.actors import SYSTEM
from rixin.programmes.models import Status

__all__ = ["keeper", "second_keeper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
NOW = AT + timedelta(hours=3)
TYPED = {
    "title": "电动自行车充电棚",
    "area": DEJIA,
    "where": "德加西区3幢旁",
    "why": "雨天没有地方充电，楼道里拉线不安全。",
    "once": "a-key-of-one-filling-in",
}


@pytest.fixture(autouse=True)
def _the_call_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def browser() -> Client:
    browser = Client()
    browser.cookies["language"] = "en"
    return browser


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestRaising:
    def test_a_resident_raises_something_and_follows_it_by_a_code(self, browser):
        a_round()

        sent = browser.post("/proposals/new", {**TYPED, "name": "王秀兰", "phone": "13800001234"})

        one = Proposal.objects.get()
        assert sent.status_code == 302 and sent["Location"] == f"/proposals/code/{one.code}?new=1"
        assert (one.title, one.area_path, one.phone) == (TYPED["title"], DEJIA, "13800001234")
        own = page(browser, f"/proposals/code/{one.code}")
        assert "Waiting to be read" in own and f"{one.code[:4]}-{one.code[4:]}" in own

    def test_sent_twice_it_is_raised_once(self, browser):
        a_round()
        for _nth in range(2):
            browser.post("/proposals/new", TYPED)

        assert Proposal.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"title": ""}, "what should be built"),
            ({"area": "330106012/"}, "Select a valid choice"),
            ({"area": ""}, "choose where"),
            ({"why": ""}, "say why it is needed"),
            ({"phone": "12"}, "not a telephone number"),
            ({"title": "很" * 61}, "At most 60 signs"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(self, browser, wrong, said):
        a_round()

        answer = browser.post("/proposals/new", {**TYPED, **wrong})

        shown = answer.content.decode()
        assert answer.status_code == 422 and said in shown and not Proposal.objects.exists()
        assert TYPED["where"] in shown and TYPED["once"] in shown

    def test_outside_the_call_there_is_no_form(self, browser):
        a_round(call_until=date(2022, 11, 5))

        assert browser.get("/proposals/new").status_code == 302
        assert browser.post("/proposals/new", TYPED).status_code == 302
        assert not Proposal.objects.exists()
        assert "/proposals/new" not in page(browser, "/proposals")

    def test_too_many_from_one_address_wait_or_solve_a_sum(self, browser, settings):
        a_round()
        settings.REPORTS_PER_HOUR_ADDRESS = 1
        browser.post("/proposals/new", TYPED)

        answer = browser.post("/proposals/new", {**TYPED, "once": "another-key-of-a-filling-in"})

        shown = answer.content.decode()
        assert answer.status_code == 429 and "challenge" in shown and TYPED["why"] in shown
        assert Proposal.objects.count() == 1

    def test_the_code_can_be_typed_on_the_first_page(self, browser):
        one = a_proposal(a_round())

        answer = browser.post("/t", {"code": f"{one.code[:4]} {one.code[4:]}".lower()}, follow=True)

        assert answer.redirect_chain[-1][0] == f"/proposals/code/{one.code}"

    def test_wrong_codes_are_counted(self, browser):
        answers = [browser.get("/proposals/code/AAAAAAAA").status_code for _nth in range(22)]

        assert answers[0] == 404 and answers[-1] == 429

    def test_the_own_name_and_number_are_deleted_when_asked(self, browser):
        one = a_proposal(a_round(), name="王秀兰", phone="13800001234")

        browser.post(f"/proposals/code/{one.code}")

        one.refresh_from_db()
        assert one.name is None and one.phone is None
        assert "Delete them now" not in page(browser, f"/proposals/code/{one.code}")

    def test_the_first_page_leads_to_it_while_the_call_runs(self, browser, monkeypatch):
        a_round()
        assert "/proposals" in page(browser, "/")

        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=90))
        assert "/proposals" not in page(browser, "/")


class TestReading:
    def test_only_what_was_published_is_shown_and_only_in_its_published_words(self, browser):
        row = a_round()
        one, waiting = a_proposal(row, "王大爷门口的灯", phone="13800001234"), a_proposal(row, "还没看过的")
        judging.publish(one, "3幢门口的灯", "夜里看不清", by=SYSTEM, at=AT, seen=one.version)

        shown = page(browser, "/proposals") + page(browser, f"/proposals/{one.pk}")

        assert "3幢门口的灯" in shown and "王大爷" not in shown and "还没看过的" not in shown
        assert browser.get(f"/proposals/{waiting.pk}").status_code == 404

    def test_the_proposer_reads_why_it_is_not_published(self, browser):
        one = a_proposal(a_round())
        judging.hide(one, "unclear", "请写明是哪一幢", by=SYSTEM, at=AT, seen=one.version)

        own = page(browser, f"/proposals/code/{one.code}")

        assert "cannot be told what is meant" in own and "请写明是哪一幢" in own

    def test_everybody_reads_why_it_is_not_on_the_short_list(self, browser):
        one = published(a_round())
        judging.decline(one, "land", "此处为规划道路", by=SYSTEM, at=AT, seen=one.version)

        shown = page(browser, f"/proposals/{one.pk}")

        assert "no ground or room" in shown and "此处为规划道路" in shown

    def test_what_was_joined_leads_on(self, browser):
        row = a_round()
        one, into = published(row, "小公园"), published(row, "口袋公园")
        judging.merge(one, into, by=SYSTEM, at=AT, seen=one.version)

        own = page(browser, f"/proposals/code/{one.code}")

        assert "口袋公园" in own and f'href="/proposals/{into.pk}"' in own

    def test_asks_the_database_the_same_of_one_as_of_many(self, browser):
        row = a_round()
        published(row)
        page(browser, "/proposals")
        with CaptureQueriesContext(connection) as few:
            page(browser, "/proposals")
        for _nth in range(15):
            published(row)

        with CaptureQueriesContext(connection) as many:
            page(browser, "/proposals")

        assert len(many) == len(few)


class TestSupporting:
    def test_a_browser_counts_once_and_another_one_counts_too(self, browser):
        one = published(a_round())
        for client in (browser, browser, Client()):
            client.post(f"/proposals/{one.pk}/support")

        one.refresh_from_db()
        assert one.supporters == 2
        assert "You stand behind it" in page(browser, f"/proposals/{one.pk}")

    def test_whoever_merely_reads_keeps_nothing(self, browser):
        one = published(a_round())

        browser.get("/proposals"), browser.get(f"/proposals/{one.pk}")
        assert "voice" not in browser.cookies
        browser.post(f"/proposals/{one.pk}/support")
        assert browser.cookies["voice"]["httponly"]

    def test_a_made_up_word_is_no_browser_of_ours(self, browser):
        one = published(a_round())
        browser.cookies["voice"] = "made-up:signature"

        browser.post(f"/proposals/{one.pk}/support")

        assert Proposal.objects.get().supporters == 1 and browser.cookies["voice"].value != "made-up:signature"

    def test_many_browsers_from_one_address_are_held_up(self):
        one = published(a_round())

        answers = [Client().post(f"/proposals/{one.pk}/support").status_code for _nth in range(62)]

        assert answers[0] == 302 and answers[-1] == 429

    def test_after_the_call_it_is_refused(self, browser, monkeypatch):
        one = published(a_round())
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=90))

        assert browser.post(f"/proposals/{one.pk}/support").status_code == 409


class TestTheResult:
    def test_votes_are_read_once_they_are_announced(self, browser, keeper, second_keeper):
        row = a_round(places=1)
        one, other = listed(row, "口袋公园"), listed(row, "社区食堂")
        ballot = a_vote(row)
        for by in (keeper, second_keeper):
            counted(ballot, by, 40, {one: 31, other: 9})
        before = page(browser, "/proposals")
        assert "31 votes" not in before and "Chosen" not in before

        row.refresh_from_db()
        rounds.announce(row, by=SYSTEM, at=AFTER, seen=row.version)
        one = Proposal.objects.select_related("round").get(pk=one.pk)
        projects.open_for(one, a_project(), by=SYSTEM, at=AFTER, seen=one.version)

        after = page(browser, "/proposals")
        assert "31 votes" in after and "40 of 50 deputies voted" in after
        for address in (f"/proposals/{one.pk}", f"/proposals/code/{one.code}"):
            assert "口袋公园新建" in page(browser, address)


class TestProjects:
    def built(self) -> Any:
        return a_project(status=Status.DONE, done_on=date(2022, 11, 1), year=2022, budget=120_000_000)

    def test_show_how_far_they_are_and_what_they_cost(self, browser):
        built, other = self.built(), a_project(name="不公开的", kind="stairwell", year=2022)

        shown = page(browser, "/projects")
        one = page(browser, f"/projects/{built.pk}")

        assert "口袋公园新建" in shown and "120 ten thousand yuan" in shown and "不公开的" not in shown
        assert "Greening" in one and browser.get(f"/projects/{other.pk}").status_code == 404

    def test_a_browser_rates_once(self, browser):
        built = self.built()

        first = browser.post(f"/projects/{built.pk}/rate", {"rating": "fairly", "words": "长椅太少"})
        again = browser.post(f"/projects/{built.pk}/rate", {"rating": "satisfied"})

        assert first["Location"].endswith("done=rate") and again["Location"].endswith("done=again")
        assert ProjectRating.objects.get().rating == "fairly"
        assert 'name="rating"' not in page(browser, f"/projects/{built.pk}")

    def test_staff_who_are_signed_in_do_not_rate(self, handler):
        built = self.built()

        answer = handler.client.post(f"/projects/{built.pk}/rate", {"rating": "satisfied"})

        assert answer.status_code == 409 and not ProjectRating.objects.exists()
        assert 'name="rating"' not in page(handler.client, f"/projects/{built.pk}")

    def test_what_is_under_way_is_not_rated_and_nonsense_is_refused(self, browser):
        under_way, built = a_project(year=2022), self.built()

        assert browser.post(f"/projects/{under_way.pk}/rate", {"rating": "satisfied"}).status_code == 409
        assert browser.post(f"/projects/{built.pk}/rate", {"rating": "great"}).status_code == 422
        assert browser.post(f"/projects/{built.pk}/rate", {"rating": "fairly", "phone": "x"}).status_code == 422
        assert not ProjectRating.objects.exists()

    def test_few_answers_make_no_percentage(self, browser):
        built = self.built()
        for nth in range(29):
            Client().post(f"/projects/{built.pk}/rate", {"rating": "satisfied" if nth else "not_satisfied"})
        assert "29 answered: too few" in page(browser, f"/projects/{built.pk}")

        browser.post(f"/projects/{built.pk}/rate", {"rating": "satisfied"})
        assert re.search(r"Of 30 who answered, 97%", page(browser, f"/projects/{built.pk}"))

    def test_the_poster_is_for_staff_of_the_area(self, browser, handler, outsider):
        built = self.built()

        answer = handler.client.get(f"/projects/{built.pk}/poster")

        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        assert browser.get(f"/projects/{built.pk}/poster").status_code == 302
        assert outsider.client.get(f"/projects/{built.pk}/poster").status_code == 404

    def test_empty_pages_say_what_will_be_there(self, browser):
        assert "No project has been opened yet" in page(browser, "/projects")
        assert "Nothing is being called for yet" in page(browser, "/proposals")
