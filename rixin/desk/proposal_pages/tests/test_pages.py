"""Proposals, rounds, votes and ratings on the pages of the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.cases.tests.builders import a_case
from rixin.choosing import rating
from rixin.choosing.models import Proposal, Round
from rixin.choosing.rating import Rated
from rixin.choosing.stages import Stage, State
from rixin.choosing.tests.builders import AT, JINGZHOU, a_project, a_proposal, a_round, a_vote, listed, published
from rixin.desk.tests.conftest import in_english, shown
from rixin.people.actors import resident
from rixin.privacy.models import Opening
from rixin.programmes.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NOW = AT + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _the_call_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def press(player: Any, row: Proposal | Round, action: str, **typed: Any) -> Any:
    now = type(row).objects.get(pk=row.pk)
    return in_english(player).post(f"{row.get_absolute_url()}/do/{action}", {"seen": now.version, **typed})


class TestCalling:
    TYPED = {
        "year": "2023",
        "call_from": "2022-11-01",
        "call_until": "2022-12-31",
        "places": "5",
        "deputies": "83",
        "call": "请提民生实事建议",
    }

    @pytest.mark.parametrize("role", ["keeper", "leader"])
    def test_the_office_and_leaders_call_a_round(self, role, request):
        answer = in_english(request.getfixturevalue(role)).post("/desk/choices/new", self.TYPED)

        assert answer.status_code == 302 and Round.objects.get().area_path == "330106013/"

    @pytest.mark.parametrize("role", ["handler", "dispatcher", "community_officer", "auditor"])
    def test_others_do_not(self, role, request):
        answer = in_english(request.getfixturevalue(role)).post("/desk/choices/new", self.TYPED)

        assert answer.status_code == 404 and not Round.objects.exists()

    def test_what_is_wrong_stands_at_its_field(self, keeper):
        answer = in_english(keeper).post("/desk/choices/new", {**self.TYPED, "call_until": "2022-10-01"})

        page = answer.content.decode()
        assert answer.status_code == 422 and "ends before it begins" in page and "请提民生实事建议" in page


class TestWritingDown:
    TYPED = {
        "title": "骑行停车棚",
        "why": "居民议事会上提出",
        "source": "meeting",
        "origin": "德加社区议事会",
        "place-area": "330106013/001/",
        "once": "a-key",
    }

    def test_a_community_officer_writes_down_what_a_meeting_wanted(self, community_officer):
        row = a_round()

        answer = in_english(community_officer).post(f"/desk/choices/{row.pk}/raise", self.TYPED)

        one = Proposal.objects.get()
        assert answer.status_code == 302 and answer["Location"] == one.get_absolute_url()
        assert (one.source, one.origin, one.state) == ("meeting", "德加社区议事会", State.RAISED)

    def test_not_for_another_community(self, community_officer):
        row = a_round()

        answer = in_english(community_officer).post(
            f"/desk/choices/{row.pk}/raise", {**self.TYPED, "place-area": JINGZHOU}
        )

        assert answer.status_code == 422 and not Proposal.objects.exists()

    def test_a_matter_is_named_by_its_number_and_only_one_that_the_person_sees(self, keeper, dispatcher):
        row, case = a_round(), a_case()
        typed = {**self.TYPED, "source": "matter", "matter": case.number}

        unseen = in_english(keeper).post(f"/desk/choices/{row.pk}/raise", typed)
        assert unseen.status_code == 422 and not Proposal.objects.exists()
        in_english(dispatcher).post(f"/desk/choices/{row.pk}/raise", typed)

        assert Proposal.objects.get().case == case

    def test_an_auditor_writes_nothing_down(self, auditor):
        row = a_round()

        assert in_english(auditor).get(f"/desk/choices/{row.pk}/raise").status_code == 404


class TestDeciding:
    def test_a_proposal_goes_from_the_own_words_onto_the_short_list(self, keeper):
        one = a_proposal(a_round(), "王大爷门口的灯")

        press(keeper, one, "publish", title="3幢门口的灯", why="夜里看不清")
        refused = press(keeper, one, "list")
        unit = keeper.main_post.unit_id
        press(keeper, one, "judge", feasible="yes", cost="52,000.50", unit_id=unit, payer="街道", group="照明")
        press(keeper, one, "list")

        one.refresh_from_db()
        assert refused.status_code == 409 and "what it would cost" in refused.content.decode()
        assert (one.state, one.cost, one.public_title) == (State.LISTED, 5_200_050, "3幢门口的灯")

    def test_whoever_is_late_is_told_and_keeps_what_was_typed(self, keeper):
        one = a_proposal(a_round())

        answer = in_english(keeper).post(
            f"{one.get_absolute_url()}/do/hide", {"seen": one.version + 1, "reason": "unclear", "said": "哪一幢？"}
        )

        page = answer.content.decode()
        assert answer.status_code == 409 and "Somebody changed this" in page and "哪一幢？" in page

    def test_one_joins_another_and_both_pages_say_so(self, keeper):
        row = a_round()
        into, one = published(row, "口袋公园"), published(row, "小公园")

        press(keeper, one, "merge", into=into.pk)

        assert "口袋公园" in shown(keeper, one.get_absolute_url())
        assert "小公园" in shown(keeper, into.get_absolute_url())

    @pytest.mark.parametrize(("role", "status"), [("dispatcher", 200), ("auditor", 200), ("community_officer", 200)])
    def test_others_of_the_area_read_and_do_not_decide(self, role, status, request):
        player, one = request.getfixturevalue(role), a_proposal(a_round())

        assert in_english(player).get(one.get_absolute_url()).status_code == status
        assert press(player, one, "publish", title="x", why="y").status_code == 404

    def test_what_lies_elsewhere_is_not_found(self, community_officer, outsider):
        row = a_round()
        one = a_proposal(row, area_path=JINGZHOU)

        assert in_english(community_officer).get(one.get_absolute_url()).status_code == 404
        assert in_english(outsider).get(one.get_absolute_url()).status_code == 404
        assert in_english(outsider).get(row.get_absolute_url()).status_code == 404

    def test_who_raised_it_is_masked_and_opened_for_a_purpose_on_record(self, keeper, auditor):
        one = a_proposal(a_round(), name="王秀兰", phone="13800001234")
        address = f"{one.get_absolute_url()}/contact"
        assert "13800001234" not in shown(keeper, one.get_absolute_url())

        refused = in_english(keeper).post(address, {"purpose": ""})
        opened = in_english(keeper).post(address, {"purpose": "call_back"})

        assert refused.status_code == 422 and "13800001234" not in refused.content.decode()
        assert "13800001234" in opened.content.decode()
        assert Opening.objects.get().number == one.number
        assert in_english(auditor).post(address, {"purpose": "call_back"}).status_code == 404

    @pytest.mark.parametrize("action", ["merge", "judge", "project", "nothing"])
    def test_bad_input_is_refused(self, keeper, action):
        one = published(a_round())

        answer = press(keeper, one, action, into="x", cost="viel", feasible="maybe", unit_id="-1", project="0")

        assert answer.status_code in (404, 422)


class TestTheVote:
    def vote(self, player, row, numbers, present=40):
        typed = {f"votes_{one.pk}": n for one, n in numbers.items()}
        return in_english(player).post(f"/desk/choices/{row.pk}/count", {"present": present, **typed})

    def test_two_people_count_and_the_result_is_announced(self, keeper, second_keeper):
        row = a_round(places=1)
        one, other = listed(row, "口袋公园"), listed(row, "社区食堂")
        press(keeper, row, "to_vote", held_on="2023-01-12")

        self.vote(keeper, row, {one: 30, other: 10})
        unseen = shown(second_keeper, f"/desk/choices/{row.pk}/count")
        assert "Another person has counted" in unseen and 'value="30"' not in unseen

        self.vote(second_keeper, row, {one: 29, other: 10})
        differs = shown(second_keeper, f"/desk/choices/{row.pk}/count")
        assert "The two counts differ" in differs and "口袋公园" in differs
        row.refresh_from_db()
        assert row.stage == Stage.VOTING

        self.vote(second_keeper, row, {one: 30, other: 10})
        press(keeper, row, "announce")
        row.refresh_from_db()
        assert row.stage == Stage.ANNOUNCED
        assert "Chosen" in shown(keeper, row.get_absolute_url())

    def test_more_votes_than_deputies_could_give_are_refused(self, keeper):
        row = a_round(places=1)
        one, other = listed(row), listed(row)
        a_vote(row)

        answer = self.vote(keeper, row, {one: 30, other: 30})

        assert answer.status_code == 409 and "those present could give" in answer.content.decode()
        assert 'value="30"' in answer.content.decode()

    def test_a_number_is_needed_for_every_candidate(self, keeper):
        row = a_round(places=1)
        one, _other = listed(row), listed(row)
        a_vote(row)

        assert self.vote(keeper, row, {one: 30}).status_code == 422

    def test_a_round_without_a_ballot_has_no_counting(self, keeper, dispatcher):
        row = a_round(places=1)
        assert in_english(keeper).get(f"/desk/choices/{row.pk}/count").status_code == 404

        listed(row), listed(row)
        a_vote(row)
        assert in_english(keeper).get(f"/desk/choices/{row.pk}/count").status_code == 200
        assert in_english(dispatcher).get(f"/desk/choices/{row.pk}/count").status_code == 404

    def test_the_list_is_not_closed_while_something_waits(self, keeper):
        row = a_round(places=1)
        listed(row), listed(row), a_proposal(row)

        answer = press(keeper, row, "to_vote", held_on="2023-01-12")

        assert answer.status_code == 409 and "still to be decided" in answer.content.decode()


class TestLists:
    def test_are_narrowed_by_state_source_and_words(self, keeper):
        row = a_round()
        published(row, "口袋公园"), a_proposal(row, "充电桩", source="meeting")

        assert "充电桩" not in shown(keeper, "/desk/proposals?state=published")
        assert "口袋公园" not in shown(keeper, "/desk/proposals?source=meeting")
        found = shown(keeper, "/desk/proposals?q=充电")
        assert "充电桩" in found and "口袋公园" not in found

    def test_empty_ones_say_what_to_do(self, keeper):
        assert "Call a round" in shown(keeper, "/desk/proposals")
        row = a_round()
        assert "Nothing has been raised yet" in shown(keeper, "/desk/proposals")
        assert "Nothing is on the short list yet" in shown(keeper, f"/desk/choices/{row.pk}/compare")
        assert "no livelihood project yet" in shown(keeper, "/desk/proposals/ratings")

    def test_the_short_list_is_compared(self, keeper):
        row = a_round()
        listed(row, "口袋公园"), published(row, "充电桩")

        page = shown(keeper, f"/desk/choices/{row.pk}/compare")

        assert "口袋公园" in page and "充电桩" not in page and "30 ten thousand yuan" in page

    @pytest.mark.parametrize("address", ["/desk/proposals", "/desk/choices/{round}/compare", "/desk/proposals/ratings"])
    def test_a_page_asks_the_same_of_one_row_as_of_many(self, keeper, address):
        row = a_round()
        address = address.format(round=row.pk)

        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                shown(keeper, address)
            return len(queries)

        listed(row), a_project()
        shown(keeper, address)
        few = asked()
        for _nth in range(12):
            listed(row), a_project()

        assert asked() == few


class TestRatings:
    def test_few_answers_have_no_percentage_and_the_telephone_is_masked(self, keeper, dispatcher):
        built = a_project(status=Status.DONE, done_on=date(2022, 11, 1))
        said = Rated(rating="fairly", words="长椅太少", phone="13800001234", browser="a")
        rating.rate(built, said, by=resident(), at=NOW)
        address = f"/desk/proposals/ratings/{built.pk}"

        page = shown(keeper, address)
        assert "长椅太少" in page and "too few to compare" in page and "138****1234" in page
        assert "13800001234" not in page and "138****1234" not in shown(dispatcher, address)

        answer = built.ratings.get()
        contact = f"/desk/proposals/ratings/answers/{answer.pk}/contact"
        assert in_english(keeper).post(contact, {}).status_code == 422
        assert "13800001234" in in_english(keeper).post(contact, {"purpose": "call_back"}).content.decode()
        assert in_english(dispatcher).post(contact, {"purpose": "call_back"}).status_code == 404

    def test_how_many_were_asked_is_said_by_those_who_keep_it(self, keeper, dispatcher):
        built = a_project(status=Status.DONE, done_on=date(2022, 11, 1))
        address = f"/desk/proposals/ratings/{built.pk}"

        assert in_english(dispatcher).post(address, {"people": "50"}).status_code == 404
        in_english(keeper).post(address, {"people": "50", "seen": "0"})

        assert "50 were asked, 50 did not answer" in shown(keeper, address)
        assert in_english(keeper).post(address, {"people": "some"}).status_code == 422
        assert in_english(keeper).post(address, {"people": "60", "seen": "9"}).status_code == 409
