"""People's mediation, after the Law on People's Mediation and the Civil Procedure Law.

Dates are worked out by hand: Spring Festival 2023 is 21 to 27 January, with 28 and 29 January worked.
"""

from datetime import date, datetime
from typing import Any

import pytest

from rixin.cases.actions import act
from rixin.cases.escalation import sweep
from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import LOCAL, take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
RECEIVED = datetime(2022, 12, 20, 10, 0, tzinfo=LOCAL)
FORM = {"origin": "police", "dispute": "neighbours", "other_side": "楼上住户", "people": 2}
SESSION = {"where": "社区调解室", "present": "双方当事人", "note": "双方各自陈述"}
FREE = {"kind": "committee", "free": True}
SIGNED = {"signed_one": True, "signed_other": True, "signed_mediator": True}


@pytest.fixture
def centre(units):
    return a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)


def a_dispute(at: datetime = RECEIVED) -> Case:
    return received("mediation", at, **FORM)


def accepted(centre: Any, at: datetime = RECEIVED) -> Case:
    return take(a_dispute(at), "accept", centre, at, willing=True)


def mediated(centre: Any, at: datetime = RECEIVED) -> Case:
    case = take(accepted(centre, at), "appoint", centre, at, mediator="周大姐", **FREE)
    return take(case, "session", centre, at + DAY, day=str((at + DAY).date()), **SESSION)


def agreement(at: datetime, **given: Any) -> dict[str, Any]:
    return {"form": "written", "terms": "修复渗漏并补偿二千元", "by_day": str(at.date() + 20 * DAY), **SIGNED, **given}


def agreed(centre: Any, at: datetime = RECEIVED + 5 * DAY) -> Case:
    return take(mediated(centre), "agree", centre, at, **agreement(at))


class TestItIsVoluntary:
    def test_both_sides_have_to_want_it(self, centre):
        refusal = refused(a_dispute(), "accept", centre, RECEIVED, willing=False)

        assert "自愿" in str(refusal.fields["willing"])

    def test_one_side_ends_it_at_any_time_and_is_told_where_to_turn(self, centre):
        case = take(mediated(centre), "refuse", centre, RECEIVED + 2 * DAY, answer="可向法院起诉")

        assert (case.state, case.outcome) == ("refused", "declined")


class TestTheMediator:
    def test_a_party_is_not_the_mediator(self, centre):
        case = accepted(centre)
        Receipt.objects.filter(case=case).update(name="张 建国")

        refusal = refused(case, "appoint", centre, RECEIVED, mediator="张建国", **FREE)

        assert "当事人" in str(refusal.fields["mediator"])

    def test_whoever_has_an_interest_gives_way(self, centre):
        given = {**FREE, "free": False}
        refusal = refused(accepted(centre), "appoint", centre, RECEIVED, mediator="周大姐", **given)

        assert "另行指定" in str(refusal.fields["free"])


class TestTheTerm:
    def test_it_ends_within_a_month_and_a_last_day_on_spring_festival_moves_to_the_next_worked_day(self, centre):
        # A month from 22 December ends on Sunday 22 January, within the holiday: Saturday 28 January is worked.
        assert due(accepted(centre, on(2022, 12, 22)), "mediate") == date(2023, 1, 28)

    def test_with_the_consent_of_both_it_goes_on_once_for_a_month(self, centre):
        case = mediated(centre, on(2022, 12, 1))
        case = take(case, "ask_extension", centre, on(2022, 12, 28), consent=True)

        # A month from 1 December is Sunday 1 January 2023, a holiday until 2 January; one more month.
        assert due(case, "mediate") == date(2023, 2, 1)
        assert refused(case, "ask_extension", centre, on(2022, 12, 29), consent=True).code == "often_enough"

    def test_not_after_its_date(self, centre):
        case = mediated(centre, on(2022, 11, 1))

        assert refused(case, "ask_extension", centre, on(2022, 12, 20), consent=True).code == "too_late"

    def test_a_breach_is_told(self, centre, leader):
        mediated(centre, on(2022, 11, 1))
        sweep(on(2022, 12, 20))

        assert Notice.objects.filter(account=leader.account, kind="breach").exists()


class TestTheAgreement:
    def test_it_is_performed_by_its_date_and_ends_the_dispute(self, centre):
        case = agreed(centre)

        assert due(case, "perform") == date(2023, 1, 14)
        case = take(case, "perform", centre, on(2023, 1, 10), answer="已修复并支付")
        assert (case.state, case.outcome) == ("performed", "solved")

    @pytest.mark.parametrize("missing", SIGNED)
    def test_a_missing_signature_is_refused_with_the_rule(self, centre, missing):
        at = RECEIVED + 5 * DAY
        refusal = refused(mediated(centre), "agree", centre, at, **agreement(at, **{missing: False}))

        assert "第二十九条" in str(refusal.fields[missing])

    def test_there_is_none_before_a_session(self, centre):
        case = take(accepted(centre), "appoint", centre, RECEIVED, mediator="周大姐", **FREE)
        at = RECEIVED + DAY

        assert refused(case, "agree", centre, at, **agreement(at)).code == "not_yet"

    def test_it_is_not_performed_before_today(self, centre):
        at = RECEIVED + 5 * DAY
        given = agreement(at, by_day="2022-12-01")

        assert set(refused(mediated(centre), "agree", centre, at, **given).fields) == {"by_day"}

    def test_where_none_is_reached_the_parties_are_led_on(self, centre):
        case = take(mediated(centre), "fail", centre, RECEIVED + 9 * DAY, way="court", answer="可向法院起诉")

        assert (case.state, case.outcome) == ("failed", "failed")


class TestConfirmation:
    def test_it_is_asked_jointly_within_30_days(self, centre):
        case = agreed(centre, on(2022, 12, 25))

        # Thirty days from 25 December end on 24 January, within Spring Festival: Saturday 28 January is worked.
        assert due(case, "confirm") == date(2023, 1, 28)
        day = {"day": "2023-01-05", "court": "西湖区人民法院"}
        assert "共同申请" in str(
            refused(case, "ask_confirmation", centre, on(2023, 1, 5), jointly=False, **day).fields["jointly"]
        )
        case = take(case, "ask_confirmation", centre, on(2023, 1, 5), jointly=True, **day)
        case = take(case, "confirmed", centre, on(2023, 1, 12), valid=True, number="（2023）浙0106民特3号")
        assert case.state == "agreed"

    def test_afterwards_it_is_too_late(self, centre):
        case = agreed(centre, on(2022, 12, 25))
        given = {"day": "2023-02-01", "court": "西湖区人民法院", "jointly": True}

        assert refused(case, "ask_confirmation", centre, on(2023, 2, 1), **given).code == "too_late"


def test_who_is_not_concerned_sees_nothing_of_it(centre, handler, leader):
    from rixin.cases import queries

    case = a_dispute()

    assert not queries.visible_to(handler).filter(pk=case.pk).exists()
    assert queries.visible_to(leader).filter(pk=case.pk).exists()
    assert act(case, "accept", by=centre, given={"willing": True}, seen=case.version, at=RECEIVED).state == "accepted"
