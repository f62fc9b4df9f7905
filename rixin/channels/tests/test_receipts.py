"""The holder of a tracking code follows the matter."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.cases import actions
from rixin.cases.models import Case, Receipt
from rixin.channels.tests.conftest import KEY, LAMP, a_photo, only_case
from rixin.people.units import by_code

pytestmark = pytest.mark.django_db
ANSWER = "您好，灯已换好。"


def take(action, by, **given):
    case = Case.objects.order_by("pk")[0]
    return actions.act(case, action, by=by, given=given, seen=case.version, at=timezone.now())


@pytest.fixture
def closed(phone, dispatcher, handler, verifier):
    """A lamp that was reported, mended, verified and closed: the receipt."""
    receipt = phone.reported(phone="13800001234")
    take("dispatch", dispatcher, unit=by_code("city-management").id)
    take("acknowledge", handler)
    take("handle", handler, answer=ANSWER, note="内部：找了老王")
    take("verify", verifier)
    take("close", dispatcher)
    return receipt


def look(phone, receipt):
    return phone.get(f"/t/{receipt.code}").content.decode()


class TestATrackingCode:
    def test_is_shown_in_two_halves_and_typed_in_any_way(self, phone):
        code = phone.reported().code

        assert f"{code[:4]}-{code[4:]}" in phone.get(f"/t/{code}?new=1").content.decode()
        assert phone.post("/t", {"code": f" {code[:4].lower()} - {code[4:].lower()} "})["Location"] == f"/t/{code}"

    def test_that_is_none_is_told_and_kept(self, phone):
        answer = phone.get("/t/22222222")

        assert answer.status_code == 404 and "22222222" in answer.content.decode()
        assert phone.post("/t", {"code": "short"}).status_code == 422

    def test_cannot_be_guessed_right_ones_are_refused_too_after_too_many(self, phone):
        receipt = phone.reported()
        for nth in range(20):
            phone.get(f"/t/2222222{nth % 8 + 2}")

        assert phone.get("/t/22222222").status_code == 429
        assert phone.get(f"/t/{receipt.code}").status_code == 429

    def test_costs_at_most_seven_statements(self, phone):
        receipt = phone.reported(photos=[a_photo()])
        look(phone, receipt)

        with CaptureQueriesContext(connection) as statements:
            look(phone, receipt)

        assert len(statements) <= 7


class TestTheSteps:
    def test_are_in_plain_words_with_the_answer_and_the_date_promised(self, phone, closed):
        page = look(phone, closed)

        assert "已收到，等待受理" in page and "正在办理" in page and ANSWER in page and LAMP in page

    def test_hold_nothing_that_is_internal(self, phone, closed):
        assert "老王" not in look(phone, closed) and "李工" not in look(phone, closed)

    def test_name_the_date_by_which_it_is_to_be_handled(self, phone):
        receipt = phone.reported()
        clock = only_case().clocks.get(code="handle")

        day = timezone.localdate(clock.due_at)
        assert f"{day.year}年{day.month}月{day.day}日" in look(phone, receipt)

    def test_show_own_photos_and_the_door_to_them_is_the_code(self, phone):
        receipt = phone.reported(photos=[a_photo()])
        other = phone.reported(once=f"{KEY}-other")
        digest = only_photo(receipt)

        assert phone.get(f"/p/{receipt.code}/{digest}")["Content-Type"] == "image/jpeg"
        assert phone.get(f"/p/{receipt.code}/{digest}/small").status_code == 200
        assert phone.get(f"/p/{other.code}/{digest}").status_code == 404


def only_photo(receipt):
    return receipt.case.photos.get().digest


class TestActing:
    def test_words_and_photos_are_added(self, phone):
        receipt = phone.reported()

        answer = phone.post(
            f"/t/{receipt.code}/do/add", {"message": "今天又有人摔了", "photos": [a_photo("blue")], "seen": 1}
        )

        assert answer.status_code == 302
        assert "今天又有人摔了" in look(phone, receipt) and receipt.case.photos.count() == 1

    def test_a_double_tap_adds_once(self, phone):
        receipt = phone.reported()

        for _nth in range(2):
            phone.post(f"/t/{receipt.code}/do/add", {"message": "补充", "seen": 1})

        assert receipt.case.events.count() == 2

    def test_a_question_is_answered_and_the_matter_goes_on(self, phone, dispatcher):
        receipt = phone.reported()
        take("ask_resident", dispatcher, message="请问是几楼？")
        page = look(phone, receipt)
        assert page.index('id="do-reply"') < page.index("请问是几楼？") < page.index('name="message"')

        phone.post(f"/t/{receipt.code}/do/reply", {"message": "三楼", "seen": 2})

        assert only_case().state == "reported"

    def test_what_is_not_possible_any_more_is_refused_and_the_words_are_kept(self, phone, closed):
        answer = phone.post(f"/t/{closed.code}/do/reply", {"message": "三楼", "seen": only_case().version})

        assert answer.status_code == 409 and "三楼" in answer.content.decode()

    def test_a_member_of_staffs_action_is_not_a_residents(self, phone):
        receipt = phone.reported()

        assert phone.post(f"/t/{receipt.code}/do/accept", {"seen": 1}).status_code == 409
        assert only_case().state == "reported"

    def test_it_is_opened_again_within_the_days_allowed(self, phone, closed):
        phone.post(f"/t/{closed.code}/do/reopen", {"message": "又坏了", "seen": only_case().version})

        assert only_case().phase == "open"

    def test_it_is_not_opened_again_after_them(self, phone, closed):
        long_ago = timezone.now() - timedelta(days=30)
        Case.objects.update(closed_at=long_ago)

        assert "do-reopen" not in look(phone, closed)


class TestRating:
    def test_satisfied_and_solved_stands_on_the_case(self, phone, closed):
        given = {"rating": "satisfied", "resolved": "yes", "rating_reason": "", "seen": only_case().version}
        phone.post(f"/t/{closed.code}/rate", given)

        case = only_case()
        assert (case.rating, case.state, case.resolved_at is not None) == ("satisfied", "rated", True)

    def test_not_satisfied_needs_a_reason_and_leads_to_a_second_look(self, phone, closed):
        given = {"rating": "not_satisfied", "resolved": "no", "seen": only_case().version}

        without = phone.post(f"/t/{closed.code}/rate", given)
        phone.post(f"/t/{closed.code}/rate", {**given, "rating_reason": "还是不亮"})

        assert without.status_code == 422
        assert (only_case().state, only_case().rating_reason) == ("second_look", "还是不亮")

    def test_without_a_choice_is_asked_for(self, phone, closed):
        assert phone.post(f"/t/{closed.code}/rate", {"resolved": "yes"}).status_code == 422

    def test_twice_is_harmless(self, phone, closed):
        given = {"rating": "satisfied", "resolved": "yes", "seen": only_case().version}

        answers = [phone.post(f"/t/{closed.code}/rate", given).status_code for _nth in range(2)]

        assert answers == [302, 302] and only_case().rating == "satisfied"


class TestAnotherPersonsReceipt:
    @pytest.fixture
    def joined(self, phone):
        phone.reported(phone="13800001234", photos=[a_photo()])
        phone.report(join=str(only_case().pk), once=f"{KEY}-joined", text="我家也是")
        return Receipt.objects.get(joined=True)

    def test_shows_own_words_and_the_steps_but_not_those_of_whoever_reported_first(self, phone, joined):
        page = look(phone, joined)

        assert "我家也是" in page and "老人上下楼" not in page and "1234" not in page
        assert phone.get(f"/p/{joined.code}/{joined.case.photos.get().digest}").status_code == 404

    def test_the_first_learns_that_a_neighbour_joined_but_not_the_words(self, phone, joined):
        first = Receipt.objects.get(joined=False)

        assert "我家也是" not in look(phone, first)

    def test_rates_on_its_own_and_once(self, phone, joined, dispatcher, handler, verifier):
        take("dispatch", dispatcher, unit=by_code("city-management").id)
        take("acknowledge", handler)
        take("handle", handler, answer=ANSWER)
        take("verify", verifier)
        take("close", dispatcher)

        first = phone.post(f"/t/{joined.code}/rate", {"rating": "fairly"})
        again = phone.post(f"/t/{joined.code}/rate", {"rating": "satisfied"})

        joined.refresh_from_db()
        assert (first.status_code, again.status_code, joined.rating) == (302, 409, "fairly")
        assert only_case().state == "closed"

    def test_may_add_words_that_only_it_reads_again(self, phone, joined):
        phone.post(f"/t/{joined.code}/do/add", {"message": "四楼也不亮", "seen": only_case().version})

        assert "四楼也不亮" in look(phone, joined)
        assert "四楼也不亮" not in look(phone, Receipt.objects.get(joined=False))

    def test_of_a_merged_report_goes_on_with_the_matter_it_went_into(self, phone, dispatcher):
        phone.reported(once=f"{KEY}-older")
        older = Case.objects.get()
        younger = phone.reported(once=f"{KEY}-younger", text="楼道灯一直不亮")
        actions.act(younger.case, "merge", by=dispatcher, given={"into": older.number}, seen=1, at=timezone.now())

        page = look(phone, younger)

        assert older.number in page and "楼道灯一直不亮" in page and "老人上下楼" not in page


class TestOwnData:
    def test_the_number_is_shown_masked(self, phone):
        page = look(phone, phone.reported(phone="13800001234"))

        assert "138****1234" in page and "13800001234" not in page

    def test_the_number_is_changed_and_deleted(self, phone):
        receipt = phone.reported(phone="13800001234")

        wrong = phone.post(f"/t/{receipt.code}/phone", {"phone": "123"})
        phone.post(f"/t/{receipt.code}/phone", {"phone": "13900005678"})
        changed = Receipt.objects.get().phone
        phone.post(f"/t/{receipt.code}/phone", {"phone": ""})

        assert wrong.status_code == 422 and changed == "13900005678"
        assert (Receipt.objects.get().phone, Receipt.objects.get().phone_mark) == (None, "")

    def test_everything_kept_can_be_taken_away(self, phone):
        receipt = phone.reported(phone="13800001234")

        kept = json.loads(phone.get(f"/t/{receipt.code}/data.json").content)

        assert (kept["text"], kept["phone"]) == (LAMP, "13800001234")
