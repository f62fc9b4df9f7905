"""From a proposal to what is chosen, through the real actions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from rixin.choosing import judging, projects, queries, raising, rounds
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import ChoosingEvent, Proposal
from rixin.choosing.results import outcomes, result_of
from rixin.choosing.stages import Source, Stage, State
from rixin.choosing.tests.builders import (
    AFTER,
    AT,
    VOTE_DAY,
    a_project,
    a_proposal,
    a_round,
    a_vote,
    called,
    counted,
    judged,
    listed,
    published,
)
from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM
from rixin.privacy import retention
from rixin.programmes.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
HOW = {"by": SYSTEM, "at": AT}


class TestRaising:
    def test_what_is_sent_twice_is_raised_once(self):
        row = a_round()
        new = raising.NewProposal(key="one-filling-in", title="充电桩", why="雨天充电不安全", area_path=row.area_path)

        one, other = (raising.raise_one(row, new, **HOW) for _nth in range(2))

        assert one == other and Proposal.objects.count() == 1

    def test_residents_raise_until_the_last_day_of_the_call(self):
        row = a_round(call_until=date(2022, 11, 10))
        a_proposal(row)

        with pytest.raises(ChoosingRefused, match="is over"):
            a_proposal(row, at=AT + timedelta(days=1))
        a_proposal(row, at=AT + timedelta(days=1), source=Source.MEETING)

    def test_what_lies_elsewhere_is_not_of_this_round(self):
        with pytest.raises(ChoosingRefused, match="outside"):
            a_proposal(a_round(), area_path="330106012/")

    def test_it_is_found_by_its_code_however_that_is_typed(self):
        one = a_proposal(a_round())
        code = str(one.code)

        assert raising.of_code(f"{code[:4]}-{code[4:]}".lower()) == one
        assert raising.of_code("AAAA-AAAA") is None

    def test_the_proposer_stands_behind_the_own_proposal(self):
        one = a_proposal(a_round(), browser="the-phone")

        assert one.supporters == 1 and raising.supported_by("the-phone", one.round) == {one.pk}


class TestSupporting:
    def test_a_browser_counts_once(self):
        one = published(a_round())

        assert [raising.support(one, "a-phone", at=AT) for _nth in range(2)] == [True, False]
        assert raising.support(one, "another-phone", at=AT)
        assert Proposal.objects.get().supporters == 2

    def test_what_is_not_published_cannot_be_supported(self):
        row = a_round()

        with pytest.raises(ChoosingRefused):
            raising.support(a_proposal(row), "a-phone", at=AT)
        assert raising.support(published(row), "a-phone", at=AT)

    def test_judging_goes_on_while_people_press_the_button(self):
        one = published(a_round())
        seen = one.version

        raising.support(Proposal.objects.get(), "a-phone", at=AT)

        assert judging.judge(one, judging.Judged(payer="街道"), **HOW, seen=seen).payer == "街道"

    def test_of_two_that_are_joined_nobody_counts_twice(self):
        row = a_round()
        into, one = published(row), published(row)
        for proposal, phone in ((into, "a"), (into, "b"), (one, "b"), (one, "c")):
            raising.support(proposal, phone, at=AT)
        one.refresh_from_db()

        judging.merge(one, into, **HOW, seen=one.version)

        into.refresh_from_db()
        assert into.supporters == 3 and one.supporters == 2
        assert one.state == State.MERGED and one.merged_into == into

    def test_what_was_joined_before_follows_on(self):
        row = a_round()
        first, second, third = (published(row) for _nth in range(3))
        judging.merge(first, second, **HOW, seen=first.version)
        second.refresh_from_db()
        judging.merge(second, third, **HOW, seen=second.version)

        first.refresh_from_db()
        assert first.merged_into == third


class TestReading:
    def test_the_own_words_stay_beside_those_that_are_published(self):
        one = a_proposal(a_round(), "王大爷家门口的灯")

        judging.publish(one, "3幢门口的灯", "夜里看不清", **HOW, seen=one.version)

        assert (one.title, one.public_title) == ("王大爷家门口的灯", "3幢门口的灯")

    def test_what_is_not_published_has_a_reason(self):
        one = a_proposal(a_round())

        with pytest.raises(ChoosingRefused, match="say why"):
            judging.hide(one, "dislike", **HOW, seen=one.version)
        judging.hide(one, "unclear", "请再说明地点", **HOW, seen=one.version)

        assert one.state == State.HIDDEN and queries.public_of(one.round).count() == 0

    def test_of_two_who_decide_the_second_is_told(self):
        one = a_proposal(a_round())
        seen = one.version
        judging.publish(one, "甲", "乙", **HOW, seen=seen)

        with pytest.raises(ChangedMeanwhile):
            judging.hide(one, "unclear", **HOW, seen=seen)

    def test_names_and_numbers_never_reach_the_history(self):
        a_proposal(a_round(), name="王秀兰", phone="13800001234")

        assert "王秀兰" not in str(list(ChoosingEvent.objects.values()))


class TestTheShortList:
    def test_holds_only_what_can_be_done_at_a_known_cost_by_a_named_unit(self):
        one = published(a_round())

        for given in ({"feasible": "no"}, {"cost": None}, {"unit_id": None}):
            judged(one, **given)
            with pytest.raises(ChoosingRefused):
                judging.list_it(one, **HOW, seen=one.version)
        judged(one)
        judging.list_it(one, **HOW, seen=one.version)

        assert one.state == State.LISTED and one.listed_on == date(2022, 11, 10)

    def test_is_not_closed_while_something_waits(self):
        row = a_round()
        for _nth in range(3):
            listed(row)
        waiting = a_proposal(row)

        with pytest.raises(ChoosingRefused, match="1 proposal is still to be decided"):
            a_vote(row)
        judging.hide(waiting, "unclear", **HOW, seen=waiting.version)
        assert a_vote(row).candidates.count() == 3

    def test_needs_more_candidates_than_places(self):
        row = a_round(places=2)
        listed(row), listed(row)

        with pytest.raises(ChoosingRefused, match="more candidates"):
            a_vote(row)
        listed(row)
        assert a_vote(row)

    def test_is_not_voted_on_before_the_call_has_ended(self):
        row = a_round(places=1)
        listed(row), listed(row)

        with pytest.raises(ChoosingRefused, match="end of the call"):
            a_vote(row, date(2022, 12, 30))

    def test_stays_as_it_was_voted_on_once_votes_are_counted(self, keeper):
        row = a_round(places=1)
        one, other = listed(row), listed(row)
        ballot = a_vote(row)
        row.refresh_from_db()
        rounds.back_to_list(row, **HOW, seen=row.version)
        assert row.stage == Stage.RAISING and not row.ballots.exists()

        ballot = a_vote(row)
        counted(ballot, keeper, 40, {one: 30, other: 10})
        row.refresh_from_db()
        with pytest.raises(ChoosingRefused, match="have been counted"):
            rounds.back_to_list(row, **HOW, seen=row.version)
        with pytest.raises(ChoosingRefused, match="past this"):
            judging.decline(Proposal.objects.get(pk=one.pk), "few", **HOW, seen=one.version)


class TestCounting:
    def test_nothing_is_decided_before_two_people_say_the_same(self, keeper, second_keeper):
        row = a_round(places=1)
        one, other = listed(row), listed(row)
        ballot = a_vote(row)

        assert counted(ballot, keeper, 40, {one: 30, other: 10}).decided_at is None
        assert counted(ballot, keeper, 40, {one: 30, other: 10}).decided_at is None
        assert counted(ballot, second_keeper, 40, {one: 29, other: 10}).decided_at is None
        assert counted(ballot, second_keeper, 40, {one: 30, other: 10}).decided_at is not None

        states = dict(Proposal.objects.values_list("pk", "state"))
        assert states == {one.pk: State.CHOSEN, other.pk: State.PASSED}
        assert Proposal.objects.get(pk=one.pk).chosen_on == VOTE_DAY

    def test_a_third_person_is_one_too_many(self, keeper, second_keeper, leader):
        row = a_round(places=1)
        one, other = listed(row), listed(row)
        ballot = a_vote(row)
        counted(ballot, keeper, 40, {one: 30, other: 10})
        counted(ballot, second_keeper, 40, {one: 31, other: 9})

        with pytest.raises(ChoosingRefused, match="Two people"):
            counted(ballot, leader, 40, {one: 30, other: 10})

    @pytest.mark.parametrize(
        ("present", "votes"), [(40, (41, 0)), (40, (30, 11)), (51, (30, 10))], ids=["one", "sum", "present"]
    )
    def test_what_cannot_be_is_a_slip_of_the_pen(self, keeper, present, votes):
        row = a_round(places=1)
        one, other = listed(row), listed(row)

        with pytest.raises(ChoosingRefused):
            counted(a_vote(row), keeper, present, dict(zip((one, other), votes, strict=True)))

    def test_equal_votes_at_the_last_place_lead_to_a_further_ballot(self, keeper, second_keeper):
        row = a_round(places=2)
        first, second, third = (listed(row) for _nth in range(3))
        ballot = a_vote(row)
        for by in (keeper, second_keeper):
            ballot = counted(ballot, by, 40, {first: 40, second: 20, third: 20})
        row.refresh_from_db()
        assert row.stage == Stage.VOTING and result_of(ballot).tied == (second.pk, third.pk)
        with pytest.raises(ChoosingRefused, match="past this"):
            rounds.announce(row, **HOW, seen=row.version)

        again = rounds.vote_again(row, VOTE_DAY, by=SYSTEM, at=AFTER, seen=row.version)
        assert again.places == 1
        for by in (keeper, second_keeper):
            counted(again, by, 40, {second: 15, third: 25})

        row.refresh_from_db()
        assert row.stage == Stage.DECIDED
        assert set(row.proposals.filter(state=State.CHOSEN)) == {first, third}
        assert [one.result.chosen for one in outcomes(row)] == [(first.pk,), (third.pk,)]

    def test_without_a_quorum_all_of_them_stand_again(self, keeper, second_keeper):
        row = a_round(places=1, deputies=80)
        one, other = listed(row), listed(row)
        ballot = a_vote(row)
        for by in (keeper, second_keeper):
            ballot = counted(ballot, by, 40, {one: 30, other: 10})
        row.refresh_from_db()

        assert ballot.decided_at is not None and row.stage == Stage.VOTING
        assert not row.proposals.filter(state=State.CHOSEN).exists()
        again = rounds.vote_again(row, VOTE_DAY, by=SYSTEM, at=AFTER, seen=row.version)
        assert set(again.candidates.all()) == {one, other} and again.places == 1


class TestAfterTheVote:
    def a_chosen_one(self, *people):
        row = a_round(places=1)
        one, other = listed(row), listed(row)
        ballot = a_vote(row)
        for by in people:
            counted(ballot, by, 40, {one: 30, other: 10})
        row.refresh_from_db()
        one.refresh_from_db()
        return row, one

    def test_residents_read_the_result_when_it_is_announced_and_not_before(self, keeper, second_keeper):
        row, one = self.a_chosen_one(keeper, second_keeper)
        assert queries.state_told(one) == State.LISTED

        rounds.announce(row, by=SYSTEM, at=AFTER, seen=row.version)

        one = Proposal.objects.select_related("round").get(pk=one.pk)
        assert queries.state_told(one) == State.CHOSEN and row.announced_on == VOTE_DAY

    def test_a_chosen_one_becomes_a_livelihood_project_of_its_year(self, keeper, second_keeper):
        row, one = self.a_chosen_one(keeper, second_keeper)
        right, other_year, other_kind = a_project(), a_project(year=2022), a_project(kind="stairwell")
        how = {"by": SYSTEM, "at": AFTER, "seen": one.version}
        with pytest.raises(ChoosingRefused, match="announced"):
            projects.open_for(one, right, **how)
        rounds.announce(row, by=SYSTEM, at=AFTER, seen=row.version)
        one = Proposal.objects.select_related("round").get(pk=one.pk)

        for wrong in (other_year, other_kind):
            with pytest.raises(ChoosingRefused, match="round's year"):
                projects.open_for(one, wrong, **how)
        projects.open_for(one, right, **how)

        assert one.project == right and list(projects.offered_for(one)) == [right]

    def test_its_project_is_opened_from_it_with_every_step_planned(self, keeper, second_keeper):
        row, one = self.a_chosen_one(keeper, second_keeper)
        with pytest.raises(ChoosingRefused, match="announced"):
            projects.begin(one, by=SYSTEM, at=AFTER, seen=one.version)
        rounds.announce(row, by=SYSTEM, at=AFTER, seen=row.version)
        one = Proposal.objects.select_related("round").get(pk=one.pk)

        projects.begin(one, by=SYSTEM, at=AFTER, seen=one.version)

        made = one.project
        assert made is not None and (made.name, made.year, made.budget) == (one.public_title, 2023, one.cost)
        assert made.unit_id == one.unit_id and all(step.planned_on for step in made.steps.all())
        with pytest.raises(ChoosingRefused, match="already"):
            projects.begin(one, by=SYSTEM, at=AFTER, seen=one.version)
        assert Project.objects.count() == 1


class TestCalling:
    def test_there_is_one_round_of_a_year(self):
        a_round()

        with pytest.raises(ChoosingRefused, match="already"):
            a_round()
        a_round(year=2024)

    def test_a_call_that_ends_before_it_begins_is_none(self):
        with pytest.raises(ChoosingRefused, match="before it begins"):
            a_round(call_until=date(2022, 10, 31))

    def test_its_days_are_corrected_before_the_vote(self):
        row = a_round()

        rounds.correct(row, called(call_until=date(2023, 1, 5)), **HOW, seen=row.version)

        assert row.call_until == date(2023, 1, 5)


def test_who_raised_it_is_forgotten_after_a_year():
    one = a_proposal(a_round(), name="王秀兰", phone="13800001234")

    for months, kept in ((11, "13800001234"), (13, None)):
        list(retention.run(AT + timedelta(days=months * 31)))
        one.refresh_from_db()
        assert one.phone == kept


def test_who_raised_it_is_forgotten_when_asked():
    one = a_proposal(a_round(), phone="13800001234")

    raising.forget_proposer(one, by=SYSTEM, at=timezone.localtime(datetime(2022, 11, 12, tzinfo=UTC)))

    assert Proposal.objects.get().phone is None
