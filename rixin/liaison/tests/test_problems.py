"""A problem of an enterprise is one matter, and the record of it follows: nobody writes the same down twice."""

from datetime import timedelta
from typing import Any

import pytest

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case, take
from rixin.people.actors import resident
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.records.models import Record, Status
from rixin.registers.tests.builders import an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
HOUR = timedelta(hours=1)


@pytest.fixture
def office(units: Any) -> Player:
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER)


@pytest.fixture
def case() -> Case:
    an_enterprise("杭州问题科技有限公司")
    form = {"enterprise": "杭州问题科技有限公司", "subject": "parking"}
    return a_case(type="enterprise_problem", text="员工停车位不够。", form=form)


def record() -> Record:
    return Record.objects.get(type="enterprise_problem")


def closed(case: Case, dispatcher: Player, office: Player, verifier: Player) -> Case:
    case = dispatched(case, dispatcher, office)
    case = take(case, "acknowledge", office, MONDAY_0930 + 2 * HOUR)
    case = take(case, "handle", office, MONDAY_0930 + 3 * HOUR, answer="已协调错时停车位二十个。")
    case = take(case, "verify", verifier, MONDAY_0930 + 4 * HOUR)
    return take(case, "close", dispatcher, MONDAY_0930 + 5 * HOUR)


def dispatched(case: Case, dispatcher: Player, office: Player) -> Case:
    return take(case, "dispatch", dispatcher, MONDAY_0930 + HOUR, unit=office.main_post.unit_id)


def test_it_is_open_once_it_was_taken_up_and_linked_to_the_enterprise(
    case: Case, dispatcher: Player, office: Player
) -> None:
    assert not Record.objects.exists()

    dispatched(case, dispatcher, office)

    one = record()
    assert (one.values["subject"], one.values["outcome"], one.follows) == ("parking", "open", case.pk)
    assert one.enterprise_id == case.enterprise_id is not None


def test_closed_and_confirmed_by_the_enterprise_it_is_solved(
    case: Case, dispatcher: Player, office: Player, verifier: Player
) -> None:
    case = closed(case, dispatcher, office, verifier)

    take(case, "rate", resident(), MONDAY_0930 + 6 * HOUR, rating="satisfied", resolved=True)

    assert (record().values["outcome"], record().values["closed_on"]) == ("solved", 20220314)


def test_opened_again_it_is_open_again(case: Case, dispatcher: Player, office: Player, verifier: Player) -> None:
    case = closed(case, dispatcher, office, verifier)

    take(case, "reopen", resident(), MONDAY_0930 + 6 * HOUR, message="车位又被收回了")

    assert record().values["outcome"] == "open" and "closed_on" not in record().values


def test_not_satisfied_and_upheld_it_was_only_explained(
    case: Case, dispatcher: Player, office: Player, verifier: Player
) -> None:
    case = closed(case, dispatcher, office, verifier)
    rated = {"rating": "not_satisfied", "resolved": False, "rating_reason": "还是不够"}
    case = take(case, "rate_unsatisfied", resident(), MONDAY_0930 + 6 * HOUR, **rated)

    take(case, "uphold", verifier, MONDAY_0930 + 7 * HOUR, answer="车位已按规定用足。")

    assert record().values["outcome"] == "explained"


def test_declined_it_was_explained(case: Case, dispatcher: Player) -> None:
    take(case, "decline", dispatcher, MONDAY_0930 + HOUR, reason="not_ours", answer="请向区住建局申请。")

    assert record().values["outcome"] == "explained"


def test_merged_into_another_it_counts_no_more(case: Case, dispatcher: Player, office: Player) -> None:
    first = a_case(key="key-2", type="enterprise_problem", form=case.form)
    case = dispatched(case, dispatcher, office)

    take(case, "merge", dispatcher, MONDAY_0930 + 2 * HOUR, into=first.number)

    assert record().status == Status.WITHDRAWN


def test_of_a_report_in_a_hurry_the_record_says_what_is_known(dispatcher: Player, office: Player) -> None:
    case = a_case(type="enterprise_problem", text="楼下企业反映停车难。", form={})

    dispatched(case, dispatcher, office)

    assert (record().values["enterprise"], record().values["subject"]) == ("未写明", "other")
