"""Requests for information, after the Regulations on Open Government Information."""

from datetime import date

import pytest

from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.actors import resident
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2023, 1, 10)


@pytest.fixture
def office(units):
    return a_player("bao.yi", "鲍毅", "party-office", Role.HANDLER)


@pytest.fixture
def asked(office):
    return take(received("information_disclosure", AT), "begin", office, AT)


def test_it_is_replied_to_within_20_working_days_of_receipt(asked):
    assert due(asked, "reply") == date(2023, 2, 10)


def test_with_approval_at_most_20_working_days_are_added_and_the_applicant_is_told(asked, office, leader):
    case = take(asked, "ask_extension", office, AT + 10 * DAY, explanation="档案需调取")

    case = take(case, "grant_extension", leader, AT + 10 * DAY, message="需调取旧档案")

    assert due(case, "reply") == date(2023, 3, 10)


def test_the_time_in_which_a_third_party_is_asked_does_not_count(asked, office):
    # 16 working days are left on 16 January; counted from 30 January they end on 21 February
    case = take(asked, "ask_third_party", office, on(2023, 1, 16), note="涉及某公司商业秘密")
    assert case.due_at is None

    case = take(case, "third_party_answered", office, on(2023, 1, 30), agreed=False, note="不同意")

    assert due(case, "reply") == date(2023, 2, 21)


def test_what_has_to_be_amended_is_counted_anew_from_the_day_on_which_it_was(asked, office):
    case = take(asked, "ask_amendment", office, on(2023, 1, 12), message="请写明年份")
    assert (case.phase, case.due_at) == ("suspended", None)

    case = take(case, "amend", resident(), on(2023, 2, 1), message="2021年")

    # 20 working days from 1 February: 2, 3, 6 to 10, 13 to 17, 20 to 24, 27 and 28 February, 1 March
    assert due(case, "reply") == date(2023, 3, 1)


def test_amendment_is_asked_for_once(asked, office):
    case = take(asked, "ask_amendment", office, on(2023, 1, 12), message="请写明年份")
    case = take(case, "amend", resident(), on(2023, 1, 13), message="2021年")

    assert refused(case, "ask_amendment", office, on(2023, 1, 16), message="再写明").code == "often_enough"


def test_a_leader_who_did_not_draft_it_approves_the_reply(asked, office, leader):
    case = take(asked, "draft", office, AT + DAY, result="partly", grounds="第三十七条")
    assert refused(case, "approve", office, AT + DAY).code == "not_yours"

    case = take(case, "approve", leader, AT + DAY)
    case = take(case, "deliver", office, AT + 2 * DAY, answer="部分公开，见附件。", delivered_on="2023-01-12")

    assert (case.state, case.outcome, case.answered_at) == ("replied", "solved", AT + 2 * DAY)


def test_a_delivery_before_the_request_is_refused(asked, office, leader):
    case = take(asked, "draft", office, AT + DAY, result="disclosed", grounds="第三十六条")
    case = take(case, "approve", leader, AT + DAY)

    assert (
        "delivered_on"
        in refused(case, "deliver", office, AT + 2 * DAY, answer="公开。", delivered_on="2023-01-09").fields
    )
