"""Hazards and problems: found, graded, ordered with a date, put right, inspected again, struck off."""

from datetime import date

import pytest

from rixin.cases import queries
from rixin.cases.escalation import sweep
from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2022, 9, 28)
PHOTO = {"photos_after": ["0" * 64]}


@pytest.fixture
def safety(units):
    return a_player("gu.qiang", "顾强", "peace-office", Role.HANDLER)


@pytest.fixture
def hazard(safety):
    return received("inspection_hazard", AT, kind="electric", site="某商务楼地下一层")


def ordered(case, safety, handler, by_day="2022-10-12"):
    case = take(case, "grade", safety, AT, note="私拉电线")
    unit = next(iter(handler.scope.unit_ids))
    given = {"unit": unit, "liable": "某物业公司", "demand": "拆除并规范布线", "by_day": by_day}
    return take(case, "order", safety, AT, **given)


def rectified(case, handler, at=AT + DAY):
    return take(case, "rectify", handler, at, answer="已拆除并更换线路。", **PHOTO)


class TestAGeneralHazard:
    def test_it_is_graded_within_a_working_day(self, hazard):
        assert due(hazard, "grade") == date(2022, 9, 29)

    def test_the_order_sets_the_date_and_the_unit_named_sees_to_it(self, hazard, safety, handler):
        case = ordered(hazard, safety, handler)

        assert (due(case, "rectify"), case.unit_id) == (date(2022, 10, 12), next(iter(handler.scope.unit_ids)))

    def test_it_is_put_right_with_a_photo(self, hazard, safety, handler):
        case = ordered(hazard, safety, handler)

        assert "photos_after" in refused(case, "rectify", handler, AT + DAY, answer="已拆除").fields
        assert rectified(case, handler).state == "rectified"

    def test_it_is_struck_off_by_somebody_else_after_a_second_inspection(self, hazard, safety, handler, verifier):
        case = rectified(ordered(hazard, safety, handler), handler)
        # 1 to 7 October are off, 8 and 9 worked: 30 September, 8 and 9 October
        assert due(case, "reinspect") == date(2022, 10, 9)
        given = {"day": "2022-09-29", "note": "已整改到位"}

        case = take(case, "pass", verifier, AT + DAY, **given)

        assert (case.state, case.outcome, case.verified_at) == ("struck_off", "solved", AT + DAY)

    def test_whoever_put_it_right_does_not_strike_it_off(self, hazard, safety, handler):
        both = a_player("gu.too", "顾强", "city-management", Role.HANDLER)
        case = rectified(ordered(hazard, safety, handler), both)
        both_leader = a_player("gu.leads", "顾领导", "city-management", Role.LEADER)

        assert refused(case, "pass", both, AT + DAY, day="2022-09-29", note="好").code == "not_yours"
        assert take(case, "pass", both_leader, AT + DAY, day="2022-09-29", note="好")

    def test_what_is_not_right_yet_gets_a_new_date(self, hazard, safety, handler, verifier):
        case = rectified(ordered(hazard, safety, handler), handler)

        case = take(case, "fail", verifier, AT + 2 * DAY, note="仍有一处", by_day="2022-10-20")

        assert (case.state, case.handled_at, due(case, "rectify")) == ("ordered", None, date(2022, 10, 20))

    def test_a_later_date_is_asked_for_before_the_first_and_granted_by_a_leader(self, hazard, safety, handler, leader):
        case = ordered(hazard, safety, handler)
        asked = {"until": "2022-10-31", "explanation": "配件未到，已断电围挡"}
        assert refused(case, "ask_extension", handler, on(2022, 10, 13), **asked).code == "too_late"

        case = take(case, "ask_extension", handler, on(2022, 10, 9), **asked)
        case = take(case, "grant_extension", leader, on(2022, 10, 10), until="2022-10-25", note="同意")

        assert due(case, "rectify") == date(2022, 10, 25)

    def test_a_missed_date_is_told_and_stays(self, hazard, safety, handler, leader):
        case = ordered(hazard, safety, handler)

        sweep(on(2022, 10, 13, 10))

        assert Notice.objects.filter(account=leader.account, kind="breach").exists()
        late = rectified(Case.objects.get(pk=case.pk), handler, on(2022, 10, 14))
        assert late.clocks.get(code="rectify").missed

    def test_an_order_cannot_name_a_day_that_is_over(self, hazard, safety, handler):
        case = take(hazard, "grade", safety, AT, note="私拉电线")
        unit = next(iter(handler.scope.unit_ids))

        wrong = refused(case, "order", safety, AT, unit=unit, liable="某物业", demand="拆除", by_day="2022-09-27")

        assert "by_day" in wrong.fields


class TestAMajorHazard:
    @pytest.fixture
    def listed(self, hazard, safety):
        return take(hazard, "grade_major", safety, AT, grounds="重大事故隐患判定标准", danger="触电、火灾")

    def test_it_is_listed_supervised_and_reported_up_within_a_working_day(self, listed):
        assert (listed.state, listed.supervised_at) == ("listed", AT)
        assert due(listed, "report_up") == date(2022, 9, 29)

    def test_a_leader_is_named_before_it_goes_on(self, listed, leader, safety):
        given = {"reported_to": "区应急管理局", "reported_on": "2022-09-28", "measures": "停用、断电、专人值守"}
        assert "leader" in refused(listed, "take_in_hand", leader, AT + DAY, **given).fields
        named = {"id": leader.account.pk, "name": leader.account.name}

        case = take(listed, "take_in_hand", leader, AT + DAY, leader=named, **given)

        assert (case.state, case.leader_id) == ("graded", leader.account.pk)

    def test_a_report_before_it_was_found_is_refused(self, listed, leader):
        named = {"id": leader.account.pk, "name": leader.account.name}
        given = {"reported_to": "区应急管理局", "reported_on": "2022-09-01", "measures": "停用", "leader": named}

        assert "reported_on" in refused(listed, "take_in_hand", leader, AT + DAY, **given).fields


def test_findings_of_supervision_are_closed_off(handler, leader, units):
    office = a_player("xu.jian", "徐监", "supervision-office", Role.HANDLER)
    finding = received("supervision_finding", AT, field="funds", unit_found="某社区")

    assert [queries.visible_to(one).filter(pk=finding.pk).exists() for one in (office, leader, handler)] == [
        True,
        True,
        False,
    ]
