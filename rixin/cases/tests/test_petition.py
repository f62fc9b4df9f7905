"""Petitions, after the Regulations on Petition Work of 2022 and the street's “2211”.

Dates are worked out by hand: Spring Festival 2023 is 21 to 27 January, with 28 and 29 January worked; National Day
2022 is 1 to 7 October, with 8 and 9 October worked.
"""

from datetime import date, datetime

import pytest

from rixin.cases import queries
from rixin.cases.actions import act
from rixin.cases.escalation import sweep
from rixin.cases.tests.builders import LOCAL, take
from rixin.cases.tests.statutes import DAY, due, received, refused
from rixin.people.actors import resident
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
RECEIVED = datetime(2023, 1, 12, 10, 0, tzinfo=LOCAL)


@pytest.fixture
def office(units):
    return a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)


@pytest.fixture
def investigator(units):
    return a_player("qian.wei", "钱伟", "property-office", Role.HANDLER)


@pytest.fixture
def complained_of(units):
    return a_player("he.ping", "何平", "city-management", Role.HANDLER)


def a_petition(at=RECEIVED, **form):
    return received("petition", at, way="visit", **form)


def accepted(office, at=RECEIVED + DAY):
    return take(a_petition(), "accept", office, at)


def decided(case, office, investigator, leader, at):
    unit = next(iter(investigator.scope.unit_ids))
    case = take(case, "assign", office, at, unit=unit, note="请查明权属并提出意见")
    case = take(case, "propose", investigator, at + DAY, facts="产权登记在案", opinion="按政策补偿")
    return take(case, "approve", leader, at + 2 * DAY)


def replied(case, office, investigator, leader, at):
    case = decided(case, office, investigator, leader, at)
    given = {"answer": "经查，补偿方案如下。", "delivered_on": str((at + 3 * DAY).date()), "way": "in_person"}
    return take(case, "reply", office, at + 3 * DAY, **given)


class TestAcceptance:
    def test_it_is_held_by_the_petition_office_from_the_start(self, office):
        case = a_petition()

        assert queries.visible_to(office).get() == case

    def test_it_is_decided_within_15_days_and_a_last_day_on_spring_festival_moves_to_the_next_worked_day(self):
        assert due(a_petition(), "accept") == date(2023, 1, 28)

    def test_who_declines_names_the_ground_and_tells_where_to_turn(self, office):
        case = a_petition()

        assert "answer" in refused(case, "decline", office, RECEIVED + DAY, reason="court").fields
        declined = take(case, "decline", office, RECEIVED + DAY, reason="court", answer="请向法院起诉。")
        assert (declined.state, declined.outcome) == ("declined", "declined")

    def test_what_another_authority_decides_is_forwarded_with_notice(self, office):
        case = take(a_petition(), "forward", office, RECEIVED + DAY, authority="区住建局", answer="已转送。")

        assert (case.state, case.answer) == ("forwarded", "已转送。")

    def test_not_decided_in_time_it_is_told_to_the_leader(self, office, leader):
        case = a_petition()

        sweep(datetime(2023, 1, 29, 9, 0, tzinfo=LOCAL))

        assert case.events.filter(action="alarm").exists()
        assert Notice.objects.filter(account=leader.account, kind="breach").exists()


class TestHandling:
    def test_it_is_replied_within_60_days_of_acceptance(self, office):
        assert due(accepted(office, datetime(2022, 8, 3, 9, 0, tzinfo=LOCAL) + DAY * 170), "handle") == date(
            2023, 3, 21
        )

    def test_a_term_that_ends_on_national_day_ends_on_the_first_worked_day_after_it(self, office):
        at = datetime(2022, 8, 3, 9, 0, tzinfo=LOCAL)
        case = take(a_petition(at), "accept", office, at)

        assert due(case, "handle") == date(2022, 10, 8)

    def test_it_is_extended_once_by_30_days_with_approval_and_the_petitioner_hears_why(self, office, leader):
        case = accepted(office)
        assert due(case, "handle") == date(2023, 3, 14)

        case = take(case, "ask_extension", office, RECEIVED + 30 * DAY, explanation="需测绘")
        case = take(case, "grant_extension", leader, RECEIVED + 31 * DAY, message="需委托测绘，延长三十日")

        assert due(case, "handle") == date(2023, 4, 13)
        assert refused(case, "ask_extension", office, RECEIVED + 40 * DAY, explanation="再延").code == "granted_already"

    def test_an_extension_is_not_asked_for_after_the_date(self, office):
        case = accepted(office)

        assert refused(
            case, "ask_extension", office, datetime(2023, 3, 15, 9, 0, tzinfo=LOCAL), explanation="x"
        ).code == ("too_late")

    def test_the_leader_has_the_final_say_and_the_office_replies(self, office, investigator, leader):
        case = replied(accepted(office), office, investigator, leader, RECEIVED + 5 * DAY)

        assert (case.state, case.outcome, case.answer) == ("replied", "solved", "经查，补偿方案如下。")
        assert case.clocks.get(code="handle").status == "stopped"

    def test_a_reply_is_not_delivered_before_the_petition_came_in(self, office, investigator, leader):
        case = decided(accepted(office), office, investigator, leader, RECEIVED + 5 * DAY)
        given = {"answer": "已查。", "delivered_on": "2023-01-11", "way": "post"}

        assert "delivered_on" in refused(case, "reply", office, RECEIVED + 9 * DAY, **given).fields

    def test_a_leader_named_for_it_hears_of_all_that_happens(self, office, leader):
        case = accepted(office)
        named = {"id": leader.account.pk, "name": leader.account.name}

        case = take(case, "name_leader", office, RECEIVED + 2 * DAY, leader=named, backlog=True)
        take(case, "progress", office, RECEIVED + 3 * DAY, message="正在测绘")

        assert case.leader_id == leader.account.pk
        assert Notice.objects.filter(account=leader.account, kind="progress").count() == 1

    def test_nobody_else_is_named_than_a_leader_of_the_place(self, office, investigator):
        other = {"id": investigator.account.pk, "name": investigator.account.name}

        assert (
            "leader"
            in refused(accepted(office), "name_leader", office, RECEIVED + 2 * DAY, leader=other, backlog=False).fields
        )


class TestTheUnitComplainedOf:
    @pytest.fixture
    def case(self, complained_of):
        return a_petition(complained_of=next(iter(complained_of.scope.unit_ids)))

    def test_sees_nothing_of_it(self, case, office, complained_of):
        assert queries.visible_to(office).exists()
        assert not queries.visible_to(complained_of).exists()
        assert complained_of.client.get(case.get_absolute_url()).status_code == 404

    def test_is_not_given_it_to_handle_nor_to_help(self, case, office, complained_of, investigator):
        case = take(case, "accept", office, RECEIVED + DAY)
        theirs, other = next(iter(complained_of.scope.unit_ids)), next(iter(investigator.scope.unit_ids))

        assert "unit" in refused(case, "assign", office, RECEIVED + DAY, unit=theirs, note="请查").fields
        assert (
            "helpers"
            in refused(case, "assign", office, RECEIVED + DAY, unit=other, helpers=[theirs], note="请查").fields
        )
        assert take(case, "assign", office, RECEIVED + DAY, unit=other, note="请查").unit_id == other

    def test_sees_it_no_more_once_it_turns_out_to_be_the_one(self, office, complained_of):
        case = a_petition()
        theirs = next(iter(complained_of.scope.unit_ids))
        case = take(case, "accept", office, RECEIVED + DAY)
        case = take(case, "assign", office, RECEIVED + DAY, unit=theirs, note="请查")
        assert queries.visible_to(complained_of).exists()

        take(case, "complain_of", office, RECEIVED + 2 * DAY, complained_of=theirs, note="反映的就是该单位")

        assert not queries.visible_to(complained_of).exists()


class TestReview:
    @pytest.fixture
    def case(self, office, investigator, leader):
        return replied(accepted(office), office, investigator, leader, RECEIVED + 5 * DAY)

    def test_it_is_asked_for_within_30_days_of_the_reply(self, case):
        assert case.closed_at == RECEIVED + 8 * DAY  # 20 January: the 30th day is Sunday 19 February, so Monday counts
        last, after = datetime(2023, 2, 20, 23, 0, tzinfo=LOCAL), datetime(2023, 2, 21, 0, 30, tzinfo=LOCAL)

        assert refused(case, "ask_review", resident(), after, message="不服").code == "closed_long_ago"
        assert take(case, "ask_review", resident(), last, message="不服").state == "under_review"

    def test_review_and_recheck_take_30_days_each_and_then_it_ends(self, case, office):
        at = datetime(2023, 2, 10, 9, 0, tzinfo=LOCAL)
        case = take(case, "ask_review", resident(), at, message="不服")
        assert due(case, "review") == date(2023, 3, 13)  # the 30th day, 12 March, is a Sunday
        case = take(case, "review", office, at + 20 * DAY, authority="区政府", upheld=True, answer="维持。")
        case = take(case, "ask_recheck", resident(), at + 25 * DAY, message="仍不服")
        assert due(case, "recheck") == date(2023, 4, 6)
        case = take(case, "recheck", office, at + 40 * DAY, authority="市政府", upheld=True, answer="维持。")

        assert (case.state, case.phase) == ("ended", "closed")
        assert queries.actions_for(case, resident(), at + 41 * DAY) == ["rate"]

    def test_the_effect_is_looked_at_by_somebody_who_did_not_propose_the_decision(self, case, verifier):
        given = {"day": str((RECEIVED + 10 * DAY).date()), "kept": True, "note": "已兑现"}

        assert take(case, "follow_up", verifier, RECEIVED + 10 * DAY, **given).verified_at

    def test_a_double_click_on_the_reply_is_harmless(self, case, office):
        given = {"answer": "经查，补偿方案如下。", "delivered_on": str((RECEIVED + 8 * DAY).date()), "way": "in_person"}

        assert act(case, "reply", by=office, given=given, seen=case.version - 1, at=RECEIVED + 8 * DAY).pk == case.pk


def test_the_same_petition_is_merged_into_the_one_that_is_open(office):
    first, second = a_petition(), a_petition(RECEIVED + DAY)

    merged = take(second, "merge", office, RECEIVED + 2 * DAY, into=first.number)

    assert (merged.outcome, merged.merged_into_id) == ("merged", first.pk)
