"""Labour complaints at one window, after the Regulations on Labour Security Supervision."""

from datetime import date

import pytest

from rixin.cases import queries
from rixin.cases.escalation import sweep
from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.actors import resident
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2022, 12, 5)
FORM = {
    "employer": "某餐饮店",
    "subject": "wages",
    "since": "2022-10-01",
    "amount": 12_800.5,
    "people": 3,
    "arrears": True,
}


@pytest.fixture
def window(units):
    return a_player("luo.min", "罗敏", "labour-desk", Role.HANDLER)


@pytest.fixture
def complaint(window):
    return received("labour_complaint", AT, **FORM)


@pytest.fixture
def filed(complaint, window):
    return take(complaint, "accept", window, AT)


class TestTheWindow:
    def test_it_is_decided_within_5_working_days_whether_to_accept(self, window):
        # 8 and 9 October are worked, 1 to 7 are off
        assert due(received("labour_complaint", on(2022, 9, 30, 16), **FORM), "accept") == date(2022, 10, 12)

    def test_it_is_settled_on_the_spot_and_that_is_the_first_handling(self, complaint, window):
        settled = take(complaint, "settle", window, AT, answer="双方同意本周五前付清。", paid=12800.5)

        assert (settled.state, settled.outcome, settled.handler_id) == ("settled", "solved", window.account.pk)
        assert settled.accepted_at == settled.handled_at == settled.closed_at == AT

    def test_amount_and_people_stand_on_the_matter_to_the_cent(self, complaint):
        assert (complaint.amount, complaint.people) == (1_280_050, 3)

    def test_what_happened_more_than_two_years_ago_is_declined_with_its_article(self, complaint, window):
        declined = take(complaint, "decline", window, AT, reason="two_years", answer="已超过两年，可申请仲裁。")

        assert (declined.state, declined.outcome) == ("declined", "declined")

    def test_an_amount_with_its_unit_in_it_is_refused(self, complaint, window):
        wrong = refused(complaint, "amount", window, AT, amount="1.28万元", people=3, note="工资表")

        assert "amount" in wrong.fields

    def test_other_units_see_nothing_of_it(self, complaint, window, handler):
        assert queries.visible_to(window).exists() and not queries.visible_to(handler).exists()


class TestTheInvestigation:
    def test_it_ends_within_60_working_days_of_filing(self, filed):
        assert due(filed, "investigate") == date(2023, 3, 3)

    def test_with_approval_30_working_days_are_added_once(self, filed, window, leader):
        case = take(filed, "ask_extension", window, AT + 20 * DAY, explanation="涉及多个工地")
        case = take(case, "grant_extension", leader, AT + 21 * DAY)

        assert due(case, "investigate") == date(2023, 4, 17)
        assert refused(case, "ask_extension", window, AT + 30 * DAY, explanation="再延").code == "granted_already"

    def test_nobody_approves_what_he_or_she_asked_for(self, filed, window):
        leading_too = a_player("luo.leads", "罗兼", "labour-desk", Role.LEADER)
        case = take(filed, "ask_extension", window, AT + 20 * DAY, explanation="涉及多个工地")

        assert refused(case, "grant_extension", window, AT + 21 * DAY).code == "not_yours"
        assert take(case, "grant_extension", leading_too, AT + 21 * DAY)

    def test_an_extension_is_not_asked_for_after_the_date(self, filed, window):
        assert refused(filed, "ask_extension", window, on(2023, 3, 4), explanation="x").code == "too_late"

    def test_an_order_sets_its_own_date_and_that_date_is_watched(self, filed, window, leader):
        case = take(filed, "order", window, AT + DAY, demand="支付工资", by_day="2022-12-20")
        assert due(case, "mend") == date(2022, 12, 20)

        sweep(on(2022, 12, 21, 10))

        assert Notice.objects.filter(account=leader.account, kind="breach").exists()
        assert take(Case.objects.get(pk=case.pk), "not_mended", window, on(2022, 12, 21, 11), next="申请处罚")

    def test_an_order_cannot_end_before_it_is_made(self, filed, window):
        assert "by_day" in refused(filed, "order", window, AT + DAY, demand="支付", by_day="2022-12-01").fields

    def test_not_ended_in_time_it_is_told_to_the_leader_and_stays_on_record(self, filed, window, leader):
        sweep(on(2023, 3, 6, 10))

        case = Case.objects.get(pk=filed.pk)
        assert Notice.objects.filter(account=leader.account, kind="breach").exists()
        done = take(case, "resolve", window, on(2023, 3, 6, 11), answer="已付清。")
        assert done.clocks.get(code="investigate").missed


class TestTheEnd:
    def test_a_dispute_is_led_on_to_arbitration_and_does_not_count_as_solved(self, filed, window):
        case = take(filed, "to_arbitration", window, AT + DAY, answer="请向仲裁委申请。")

        assert (case.phase, case.outcome) == ("closed", "declined")

    def test_whoever_handled_it_does_not_follow_it_up(self, complaint, window):
        settled = take(complaint, "settle", window, AT, answer="当场付清。")
        verifying_too = a_player("luo.min2", "罗敏", "labour-desk", Role.VERIFIER)

        assert refused(settled, "follow_up", window, AT + DAY, paid=True, note="已到账").code == "not_yours"
        assert take(settled, "follow_up", verifying_too, AT + DAY, paid=True, note="已到账").verified_at

    def test_what_was_promised_and_not_paid_is_opened_again(self, complaint, window):
        settled = take(complaint, "settle", window, AT, answer="本周五前付清。")

        again = take(settled, "reopen", resident(), AT + 10 * DAY, message="还没有付")

        assert (again.state, again.phase, again.closed_at) == ("registered", "open", None)
