"""Penalty cases, after the Administrative Penalty Law."""

from datetime import date

import pytest

from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2022, 9, 27)
FILED = {"number": "文新综执立〔2022〕18号", "law": "《城市市容和环境卫生管理条例》", "officers": "两名，证号已核"}


@pytest.fixture
def team(units):
    return a_player("fan.jun", "范军", "enforcement-team", Role.HANDLER)


@pytest.fixture
def filed(team):
    return take(received("enforcement_case", AT, party="某餐饮店", field="appearance"), "file", team, AT, **FILED)


@pytest.fixture
def notified(filed, team):
    return take(filed, "notify", team, AT + DAY, facts="油污外溢", penalty="罚款五百元", amount=500)


def test_it_is_decided_within_90_days_of_filing(filed):
    # the 90th day, 26 December, is a Monday
    assert due(filed, "decide") == date(2022, 12, 26)


def test_the_party_has_5_working_days_to_ask_for_a_hearing_and_nothing_is_decided_before(notified, team, leader):
    # told on 28 September: 29, 30 September, 8, 9, 10 October
    assert due(notified, "hearing") == date(2022, 10, 10)
    assert refused(notified, "review", leader, on(2022, 10, 10, 18), opinion="可处罚").code == "too_soon"

    assert take(notified, "review", leader, on(2022, 10, 11), opinion="可处罚").state == "reviewed"


def test_whoever_proposed_the_penalty_neither_reviews_nor_decides_it(notified, team):
    at = on(2022, 10, 11)

    assert refused(notified, "review", team, at, opinion="可处罚").code == "same_person"


def test_the_decision_is_delivered_within_7_working_days_and_paid_within_15_days(notified, team, leader):
    case = take(notified, "review", leader, on(2022, 10, 11), opinion="可处罚")
    case = take(case, "decide", leader, on(2023, 1, 13), decision="罚款五百元", amount=500)
    # 16 to 20, 28 and 29 January
    assert due(case, "deliver") == date(2023, 1, 29)

    case = take(case, "deliver", team, on(2023, 1, 16), delivered_on="2023-01-16", way="直接送达")

    assert (due(case, "pay"), case.amount) == (date(2023, 1, 31), 50_000)


def test_the_court_is_asked_only_once_the_time_to_pay_is_over(notified, team, leader):
    case = take(notified, "review", leader, on(2022, 10, 11), opinion="可处罚")
    case = take(case, "decide", leader, on(2022, 10, 12), decision="罚款五百元")
    case = take(case, "deliver", team, on(2022, 10, 12), delivered_on="2022-10-12", way="直接送达")

    assert refused(case, "to_court", team, on(2022, 10, 20), note="催告").code == "too_soon"
    assert take(case, "to_court", team, on(2022, 10, 28), note="催告后申请")


def test_a_decision_too_late_stays_on_record(notified, team, leader):
    case = take(notified, "review", leader, on(2022, 10, 11), opinion="可处罚")

    case = take(case, "decide", leader, on(2022, 12, 27), decision="罚款五百元")

    assert case.clocks.get(code="decide").missed
