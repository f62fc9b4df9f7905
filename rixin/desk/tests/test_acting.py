"""What staff do with one matter on its page."""

import pytest

from rixin.cases.models import Case
from rixin.cases.tests.builders import a_case
from rixin.desk.tests.conftest import in_english, press, shown, unit_of
from rixin.people.models import Notice

pytestmark = pytest.mark.django_db


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def sent(case, dispatcher, handler):
    press(dispatcher, case, "dispatch", unit=unit_of(handler))
    return case


@pytest.fixture
def at_work(sent, handler):
    press(handler, sent, "acknowledge")
    return sent


@pytest.fixture
def reported_done(at_work, handler):
    press(handler, at_work, "handle", answer="已清运完毕，并加密了巡查。")
    return at_work


class TestDispatching:
    def test_the_unit_named_gets_the_matter_and_is_told(self, case, dispatcher, handler):
        response = press(dispatcher, case, "dispatch", unit=unit_of(handler), note="请今日处理")

        assert response.status_code == 302
        assert (now(case).state, now(case).unit_id) == ("dispatched", unit_of(handler))
        assert Notice.objects.filter(account=handler.account).exists()

    def test_the_unit_that_the_kind_names_is_preselected_with_the_reason(self, case, dispatcher):
        page = shown(dispatcher, f"/desk/case/{case.number}/do/dispatch")

        assert f'<option value="{case.owner_unit_id}" selected' in page
        assert "Proposed because the kind" in page

    def test_a_reopened_matter_is_proposed_to_the_unit_that_answered_it(
        self, reported_done, dispatcher, verifier, handler
    ):
        press(verifier, reported_done, "verify", evidence="photos")
        press(verifier, reported_done, "close")
        press(dispatcher, reported_done, "reopen", message="又堆起来了")

        page = shown(dispatcher, f"/desk/case/{reported_done.number}/do/dispatch")

        assert f'<option value="{unit_of(handler)}" selected' in page
        assert "answered the matter before it came back" in page

    def test_without_a_unit_the_form_comes_back_with_what_was_typed(self, case, dispatcher):
        response = press(dispatcher, case, "dispatch", unit="", note="请今日处理")

        assert response.status_code == 422
        assert "请今日处理" in response.content.decode()
        assert now(case).state == "reported"

    def test_of_two_dispatchers_the_second_is_told_what_the_first_did(
        self, case, dispatcher, second_dispatcher, handler
    ):
        press(dispatcher, case, "dispatch", unit=unit_of(handler))

        response = press(second_dispatcher, case, "dispatch", seen=1, unit=unit_of(handler), note="我的意见")

        page = response.content.decode()
        assert response.status_code == 409
        assert "陈敏" in page
        assert "Dispatch" in page
        assert "To be acknowledged" in page
        assert "我的意见" in page
        assert now(case).version == 2

    def test_a_double_click_is_harmless(self, case, dispatcher, handler):
        first = press(dispatcher, case, "dispatch", seen=1, unit=unit_of(handler))
        second = press(dispatcher, case, "dispatch", seen=1, unit=unit_of(handler))

        assert first.status_code == second.status_code == 302
        assert now(case).version == 2

    def test_only_a_fragment_is_answered_where_only_that_is_asked_for(self, case, dispatcher):
        part = shown(dispatcher, f"/desk/case/{case.number}/do/dispatch", HTTP_HX_REQUEST="true")

        assert part.lstrip().startswith("<section")
        assert "<html" not in part


class TestHandling:
    def test_acknowledging_names_the_handler(self, sent, handler):
        press(handler, sent, "acknowledge")

        assert now(sent).handler_id == handler.account.pk

    def test_returning_twice_leads_to_arbitration_by_the_leader(self, sent, dispatcher, handler, leader):
        for _nth in range(2):
            press(handler, sent, "send_back", reason="not_our_duty", explanation="属绿化")
            press(dispatcher, sent, "dispatch", unit=unit_of(handler))

        assert now(sent).state == "returned"
        refused = press(dispatcher, sent, "dispatch", unit=unit_of(handler))
        asked = press(dispatcher, sent, "dispute", explanation="两次退回")
        decided = press(leader, sent, "arbitrate", unit=unit_of(handler), explanation="由城管办办理")
        again = press(handler, sent, "send_back", reason="not_our_duty", explanation="还是不办")

        assert (refused.status_code, asked.status_code, decided.status_code, again.status_code) == (409, 302, 302, 409)
        assert now(sent).state == "dispatched"

    def test_an_extension_is_asked_for_and_granted_by_somebody_else(self, at_work, handler, leader):
        due = at_work.clocks.get(code="handle").due_at

        press(handler, at_work, "ask_extension", reason="parts", explanation="配件明日到货")
        press(leader, at_work, "grant_extension")

        assert at_work.clocks.get(code="handle").due_at > due
        page = shown(leader, f"/desk/case/{at_work.number}/")
        assert "approved by 周明" in page

    def test_a_suspended_matter_has_no_running_date(self, at_work, dispatcher):
        press(dispatcher, at_work, "suspend", reason="project", explanation="列入明年计划", until="2030-01-31")

        assert now(at_work).phase == "suspended"
        assert now(at_work).due_at is None

    def test_supervision_is_shown_on_the_page(self, at_work, leader, handler):
        press(leader, at_work, "supervise", explanation="三日内办结")

        page = shown(handler, f"/desk/case/{at_work.number}/")
        assert "三日内办结" in page
        assert "Supervised" in page

    def test_an_answer_template_is_offered_with_its_blanks_filled(self, at_work, handler):
        page = shown(handler, f"/desk/case/{at_work.number}/do/handle")

        assert "data-insert" in page
        assert "{unit}" not in page


class TestMerging:
    def test_an_open_matter_in_the_same_words_is_proposed_and_merged_by_one_press(self, dispatcher):
        first = a_case(key="first")
        second = a_case(key="second")

        page = shown(dispatcher, f"/desk/case/{second.number}/")
        assert first.number in page
        assert "Merge into it" in page
        press(dispatcher, second, "merge", into=first.number)

        assert now(second).merged_into_id == first.pk
        assert second.number in shown(dispatcher, f"/desk/case/{first.number}/")

    def test_a_number_that_is_none_is_said_at_the_field(self, case, dispatcher):
        response = press(dispatcher, case, "merge", into="20990101-99999")

        assert response.status_code == 422
        assert "no matter of this number" in response.content.decode()


class TestVerifying:
    def test_the_handler_does_not_verify_the_own_work(self, reported_done, handler, verifier):
        own = press(handler, reported_done, "verify")
        others = press(verifier, reported_done, "verify")

        assert own.status_code == 409
        assert others.status_code == 302
        assert now(reported_done).state == "verified"

    def test_rework_goes_back_to_the_unit_with_the_reason(self, reported_done, verifier, handler):
        press(verifier, reported_done, "rework", reason="half_done", explanation="东侧还有一堆")

        assert now(reported_done).state == "handling"
        assert "东侧还有一堆" in shown(handler, f"/desk/case/{reported_done.number}/")

    def test_an_exclusion_needs_a_second_person(self, reported_done, verifier, dispatcher, leader):
        from rixin.cases import actions
        from rixin.people.actors import resident

        press(verifier, reported_done, "verify")
        press(dispatcher, reported_done, "close")
        given = {"rating": "not_satisfied", "resolved": False, "rating_reason": "要求赔偿十万"}
        closed = now(reported_done)
        actions.act(closed, "rate_unsatisfied", by=resident(), given=given, seen=closed.version, at=closed.changed_at)

        press(verifier, reported_done, "ask_exclusion", reason="unlawful", explanation="诉求无依据")
        own = press(verifier, reported_done, "grant_exclusion", note="同意")
        assert own.status_code == 409
        assert not now(reported_done).excluded

        press(leader, reported_done, "grant_exclusion", note="同意")
        assert now(reported_done).excluded


class TestSight:
    def test_what_is_out_of_scope_is_not_found(self, case, dispatcher, outsider):
        assert dispatcher.client.get(f"/desk/case/{case.number}/").status_code == 200
        assert outsider.client.get(f"/desk/case/{case.number}/").status_code == 404
        assert outsider.client.post(f"/desk/case/{case.number}/do/note", {"seen": 1}).status_code == 404

    def test_an_auditor_reads_and_does_nothing(self, case, auditor):
        page = shown(auditor, f"/desk/case/{case.number}/")

        assert "nothing for you to do" in page
        assert press(auditor, case, "note", note="x").status_code == 409

    def test_an_administrator_sees_no_matters(self, case, administrator):
        assert administrator.client.get("/desk/inbox").status_code == 403

    def test_a_telephone_number_is_masked_until_opened_for_a_purpose(self, dispatcher, auditor):
        case = a_case(key="phone", phone="13800001234", text="请打13900005678找我")
        receipt = case.receipts.all()[0]
        address = f"/desk/case/{case.number}/personal"

        page = shown(dispatcher, f"/desk/case/{case.number}/")
        assert "13800001234" not in page
        assert "13900005678" not in page
        asked = {"receipt": receipt.pk, "what": "contact"}
        assert dispatcher.client.post(address, asked).status_code == 422
        opened = dispatcher.client.post(address, {**asked, "purpose": "call_back"})
        assert "13800001234" in opened.content.decode()
        assert auditor.client.post(address, {**asked, "purpose": "call_back"}).status_code == 404

    def test_the_log_says_who_opened_what_for_what(self, dispatcher):
        from rixin.privacy.models import Opening

        case = a_case(key="phone", phone="13800001234")
        receipt = case.receipts.all()[0]
        data = {"receipt": receipt.pk, "what": "contact", "purpose": "call_back"}
        dispatcher.client.post(f"/desk/case/{case.number}/personal", data)

        logged = Opening.objects.get()
        assert (logged.name, logged.number, logged.purpose) == ("陈敏", case.number, "call_back")

    def test_script_in_the_report_stays_text(self, dispatcher):
        case = a_case(key="script", text="<script>alert(1)</script>", title="<b>x</b>")

        page = shown(dispatcher, f"/desk/case/{case.number}/")

        assert "<script>alert" not in page
        assert "<b>x</b>" not in page


class TestTimeline:
    def test_what_the_resident_reads_is_told_from_what_is_internal(self, reported_done, dispatcher):
        press(dispatcher, reported_done, "note", note="只供内部")

        page = shown(dispatcher, f"/desk/case/{reported_done.number}/")

        assert "internal" in page
        assert page.count("to-resident") >= 1

    def test_each_date_explains_itself(self, case, dispatcher):
        assert "Rule:" in shown(dispatcher, f"/desk/case/{case.number}/")

    def test_a_page_of_a_matter_asks_the_database_a_bounded_number_of_times(
        self, reported_done, dispatcher, django_assert_max_num_queries
    ):
        address = f"/desk/case/{reported_done.number}/"
        shown(dispatcher, address)

        with django_assert_max_num_queries(18):
            shown(dispatcher, address)


class TestAdviceOnAnAnswer:
    def test_it_stands_under_the_field_and_says_what_is_missing(self, dispatcher):
        case = a_case(title="楼道灯不亮", text="3幢2单元楼道灯不亮，什么时候能修好？")
        form = shown(dispatcher, f"/desk/case/{case.number}/do/decline")
        assert f"/desk/case/{case.number}/advice" in form

        said = in_english(dispatcher).post(f"/desk/case/{case.number}/advice", {"answer": "已收悉，已转交相关单位。"})

        assert said.status_code == 200
        assert "not what was done or found" in said.content.decode()

    def test_nobody_gets_advice_on_a_matter_that_he_or_she_may_not_see(self, outsider):
        case = a_case()
        assert in_english(outsider).post(f"/desk/case/{case.number}/advice", {"answer": "x"}).status_code == 404
