"""Subsidies, enterprises to be kept, aid to families, and decisions that are taken together."""

from datetime import date

import pytest

from rixin.cases import queries
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.actors import resident
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2022, 9, 26)


class TestSubsidies:
    @pytest.fixture
    def office(self, units):
        return a_player("jin.ying", "金英", "economy-office", Role.HANDLER)

    @pytest.fixture
    def announced(self, office, leader):
        case = received("subsidy_application", AT, enterprise="某软件公司", policy="第五条", amount=30_000)
        case = take(case, "check", office, AT, conditions="纳税、社保、租约均已核对", amount=28_000)
        return take(case, "approve", leader, AT + DAY, where="街道官网")

    def test_two_people_check_it(self, office):
        case = received("subsidy_application", AT, enterprise="某软件公司", policy="第五条", amount=30_000)
        case = take(case, "check", office, AT, conditions="已核对", amount=28_000)
        checker_leads = a_player("jin.leads", "金领导", "economy-office", Role.LEADER)

        assert refused(case, "approve", office, AT, where="官网").code == "not_yours"
        assert take(case, "approve", checker_leads, AT, where="官网")

    def test_it_is_announced_for_5_working_days_before_it_is_paid(self, announced, office):
        # 28 to 30 September, 8 and 9 October
        assert due(announced, "announce") == date(2022, 10, 9)
        assert refused(announced, "announced", office, on(2022, 10, 9, 17)).code == "too_soon"

        case = take(announced, "announced", office, on(2022, 10, 10))
        case = take(case, "pay", office, on(2022, 10, 11), paid_on="2022-10-11", amount=28_000, answer="已拨付。")

        assert (case.state, case.amount) == ("paid", 2_800_000)

    def test_an_objection_leads_back_to_the_check(self, announced, office):
        assert take(announced, "object", office, on(2022, 10, 8), note="经营地不在本街道").state == "applied"


class TestEnterprisesToBeKept:
    def test_that_it_left_is_no_success(self, units):
        office = a_player("jin.ying", "金英", "economy-office", Role.HANDLER)
        case = received("enterprise_retention", AT, enterprise="某科技公司")
        case = take(case, "contact", office, AT, day="2022-09-26", reason="rent", note="租约到期")

        case = take(case, "leave", office, AT + 20 * DAY, where="外区", note="租金差距大")

        assert (case.phase, case.outcome) == ("closed", "failed")


class TestAid:
    @pytest.fixture
    def family(self, units):
        return received("family_aid", AT, found_by="visit")

    def test_strictly_private_to_those_who_help(self, family, handler, community_officer, units):
        helper = a_player("he.xin", "何欣", "public-services", Role.HANDLER)

        seen = [queries.visible_to(one).exists() for one in (helper, community_officer, handler)]

        assert seen == [True, True, False]

    def test_somebody_comes_within_a_working_day_and_looks_again_afterwards(self, family, community_officer, units):
        helper = a_player("he.xin", "何欣", "public-services", Role.HANDLER)
        assert due(family, "contact") == date(2022, 9, 27)
        case = take(family, "assess", helper, AT + DAY, need="care", agreed=True, note="独居需助餐")
        case = take(case, "match", helper, AT + DAY, helper="社区食堂", what="每日送餐")
        case = take(case, "done", helper, AT + 3 * DAY, answer="已安排送餐。")

        case = take(case, "follow_up", community_officer, AT + 9 * DAY, enough=True, note="老人满意")

        assert case.resolved_at and case.verified_at


class TestDecisionsTakenTogether:
    @pytest.fixture
    def assessed(self, units):
        office = a_player("bao.yi", "鲍毅", "party-office", Role.HANDLER)
        case = received("major_decision", AT, kind="funds", amount=600_000)
        case = take(case, "examine", office, AT, adviser="法律顾问", opinion="权限程序合法")
        return take(case, "assess", office, AT + DAY, level="low", opinion="风险可控", consulted="三个社区，采纳两条")

    @pytest.fixture
    def vote(self, units):
        votes = {"entitled": 9, "present": 7, "in_favour": 6, "against": 1, "abstained": 0}
        unit = units["construction-office"].pk
        return {**votes, "day": "2022-09-28", "minutes": "逐人发表意见", "unit": unit, "by_day": "2022-12-31"}

    def test_more_than_half_of_all_entitled_have_to_be_in_favour(self, assessed, leader, vote):
        wrong = refused(assessed, "adopt", leader, AT + 2 * DAY, **{**vote, "in_favour": 4, "against": 3})
        assert "半数" in str(wrong.fields["in_favour"])

        assert take(assessed, "adopt", leader, AT + 2 * DAY, **{**vote, "in_favour": 5, "against": 2})

    def test_two_thirds_have_to_be_present(self, assessed, leader, vote):
        wrong = refused(assessed, "adopt", leader, AT + 2 * DAY, **{**vote, "present": 5, "in_favour": 5, "against": 0})
        assert "三分之二" in str(wrong.fields["present"])

        assert take(assessed, "adopt", leader, AT + 2 * DAY, **{**vote, "present": 6, "in_favour": 5})

    def test_what_was_carried_out_is_disclosed_within_20_working_days(self, assessed, leader, vote):
        case = take(assessed, "adopt", leader, AT + 2 * DAY, **vote)
        builder = a_player("ye.gong", "叶工", "construction-office", Role.HANDLER)
        case = take(case, "executed", builder, on(2022, 12, 5), note="按期完成，支出五十八万元")

        # 6 to 9, 12 to 16, 19 to 23, 26 to 30 December and 3 January: 31 December to 2 January are off
        assert due(case, "disclose") == date(2023, 1, 3)


class TestLegalQuestions:
    @pytest.fixture
    def office(self, units):
        return a_player("feng.lv", "冯律", "justice-office", Role.HANDLER)

    @pytest.fixture
    def question(self, office):
        return received("legal_question", AT, enterprise="某软件公司", field="contract")

    @pytest.fixture
    def answered(self, question, office):
        case = take(question, "name_lawyer", office, AT + DAY, lawyer="丁正", free=True)
        return take(case, "answer", office, AT + 2 * DAY, way="written", answer="可先发函催告，再申请支付令。")

    def test_private_to_the_justice_office_and_leaders(self, question, office, leader, dispatcher, handler):
        seen = [queries.visible_to(one).exists() for one in (office, leader, dispatcher, handler)]

        assert seen == [True, True, False, False]

    def test_a_lawyer_is_named_within_a_day_and_answers_within_five_working_days(self, question):
        # 27 to 30 September, then 8 October: the holidays do not count, that Saturday does
        assert due(question, "name") == date(2022, 9, 27)
        assert due(question, "answer") == date(2022, 10, 8)

    def test_a_lawyer_with_an_interest_of_his_own_is_not_named(self, question, office):
        wrong = refused(question, "name_lawyer", office, AT, lawyer="丁正", free=False)
        assert "第三十九条" in str(wrong.fields["free"])

        assert take(question, "name_lawyer", office, AT, lawyer="丁正", free=True).state == "advising"

    def test_nothing_is_answered_before_a_lawyer_is_named(self, question, office):
        assert refused(question, "answer", office, AT, way="phone", answer="见电话。").code == "not_now"

    def test_the_clock_waits_while_the_enterprise_looks_for_its_papers(self, question, office):
        case = take(question, "name_lawyer", office, AT, lawyer="丁正", free=True)
        case = take(case, "ask_more", office, AT, message="请提供合同。")
        case = take(case, "more", office, on(2022, 9, 28), message="已收到合同。")

        assert due(case, "answer") > date(2022, 10, 8)

    def test_the_enterprise_says_whether_that_helped(self, answered):
        assert (answered.phase, answered.outcome) == ("closed", "solved")

        case = take(answered, "rate", resident(), AT + 3 * DAY, rating="satisfied", resolved=True)

        assert case.rated_at and case.resolved_at

    def test_and_may_ask_on_within_thirty_days(self, answered):
        late = refused(answered, "ask_again", resident(), AT + 40 * DAY, message="时效怎么算？")
        assert late.code

        case = take(answered, "ask_again", resident(), AT + 20 * DAY, message="时效怎么算？")

        assert (case.state, case.closed_at) == ("advising", None)
