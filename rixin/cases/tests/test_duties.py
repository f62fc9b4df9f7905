"""What the sub-district owes to deputies, reviewing authorities and courts."""

from datetime import date

import pytest

from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received, refused
from rixin.people.actors import resident
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
MOTION = {"number": "西湖区2022第12号", "body": "congress", "handed_over_on": "2022-07-04"}


@pytest.fixture
def office(units):
    return a_player("bao.yi", "鲍毅", "party-office", Role.HANDLER)


class TestMotions:
    @pytest.fixture
    def motion(self, office, handler):
        case = received("motion", on(2022, 7, 4), **MOTION)
        return take(case, "assign", office, on(2022, 7, 5), unit=next(iter(handler.scope.unit_ids)))

    def test_it_is_replied_to_within_3_months_and_not_on_a_holiday(self, motion):
        assert due(motion, "reply") == date(2022, 10, 8)

    def test_a_hard_one_within_6_with_approval(self, motion, handler, leader):
        case = take(motion, "ask_extension", handler, on(2022, 9, 1), explanation="涉及多个部门")
        case = take(case, "grant_extension", leader, on(2022, 9, 2), message="涉及规划调整")

        assert due(case, "reply") == date(2023, 1, 4)

    def test_the_office_that_took_it_in_keeps_a_hand_in_it(self, motion, office):
        given = {"day": "2022-07-06", "way": "visit", "note": "听取意见"}

        assert take(motion, "talk", office, on(2022, 7, 7), **given)

    def test_a_deputy_who_is_not_satisfied_gets_a_second_reply_within_2_months(self, motion, handler, leader):
        case = take(motion, "draft", handler, on(2022, 8, 1), result="b", text="列入明年计划")
        case = take(case, "sign", leader, on(2022, 8, 2))
        case = take(case, "reply", handler, on(2022, 8, 3), answer="列入计划", replied_on="2022-08-03", in_person=True)
        given = {"rating": "not_satisfied", "rating_reason": "没有时间表"}

        case = take(case, "rate_unsatisfied", resident(), on(2022, 8, 10), **given)

        assert (case.state, case.phase, due(case, "again")) == ("again", "open", date(2022, 10, 10))

    def test_what_is_not_ours_is_given_back_with_its_reason(self, office):
        case = received("motion", on(2022, 7, 4), **MOTION)

        given_back = take(case, "give_back", office, on(2022, 7, 5), answer="属区住建局职责")

        assert given_back.outcome == "declined"


class TestReviews:
    @pytest.fixture
    def review(self, office):
        return received("administrative_review", on(2022, 9, 26), decision="责令限期拆除决定")

    def test_terms_of_5_and_10_days_are_working_days_that_of_60_is_not(self, review, office):
        assert due(review, "accept") == date(2022, 10, 8)

        case = take(review, "accepted", office, on(2022, 9, 27), authority="西湖区人民政府", number="西政复〔2022〕9号")

        assert (due(case, "answer"), due(case, "decide")) == (date(2022, 10, 14), date(2022, 11, 28))

    def test_the_summary_procedure_ends_within_30_days(self, review, office):
        given = {"authority": "西湖区人民政府", "number": "西政复〔2022〕9号"}

        case = take(review, "accepted_summary", office, on(2022, 9, 27), **given)

        assert due(case, "summary") == date(2022, 10, 27)

    def test_a_decision_against_the_office_is_carried_out_by_the_date_that_it_sets(self, review, office):
        case = take(review, "accepted", office, on(2022, 9, 27), authority="区政府", number="9号")
        given = {"handed_in_on": "2022-10-11", "evidence": "勘验笔录", "lawyer": "程序合法"}
        case = take(case, "answer", office, on(2022, 10, 11), **given)
        given = {"result": "revoked", "answer": "撤销，重新作出", "by_day": "2022-12-30"}
        case = take(case, "decided", office, on(2022, 11, 20), **given)

        assert due(case, "execute") == date(2022, 12, 30)
        assert take(case, "executed", office, on(2022, 12, 1), note="已重新作出").phase == "closed"

    def test_it_is_hidden_from_units_that_have_no_part_in_it(self, review, handler, office):
        assert office.client.get(review.get_absolute_url()).status_code == 200
        assert handler.client.get(review.get_absolute_url()).status_code == 404


class TestLawsuits:
    @pytest.fixture
    def lawsuit(self, office):
        case = received("lawsuit", on(2022, 9, 20), decision="行政处罚决定")
        given = {
            "court": "西湖区法院（2022）行初1号",
            "handed_in_on": "2022-09-28",
            "evidence": "案卷",
            "lawyer": "应诉",
        }
        return take(case, "answer", office, on(2022, 9, 28), **given)

    def test_the_answer_is_handed_in_within_15_days(self, office):
        assert due(received("lawsuit", on(2022, 9, 20), decision="行政处罚决定"), "answer") == date(2022, 10, 8)

    def test_an_appeal_is_lodged_within_15_days_of_the_judgment(self, lawsuit, office):
        case = take(lawsuit, "judged", office, on(2022, 11, 15), result="lost", answer="撤销处罚决定")
        assert due(case, "appeal") == date(2022, 11, 30)

        late = on(2022, 12, 1)
        assert refused(case, "appealed", office, late, appellant="街道", note="上诉").code == "too_late"
        assert take(case, "appealed", office, late - DAY, appellant="街道", note="上诉").state == "pending"
