"""Forms at the desk: filled, every cell opened, handed in, confirmed, and compared with what was handed in before."""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from django.db import connection
from openpyxl import load_workbook

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, NOW, STREET, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions as record_actions
from rixin.reports.models import FormSubmission
from rixin.reports.tests.forming import a_form, hand_in, tiny_catalogue, tiny_street

__all__ = ["a_form", "tiny_catalogue", "tiny_street"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
PAGE = "/forms/of/small"
MARCH = {"period": "2022-03"}
ROWS = [
    ["{area}", "{posts}", "{revenue_total}"],
    ["{list fair: kind, posts}"],
    ["其他", "{ask? number: 其他}"],
    ["{for area}{area}", "{posts}"],
]


@pytest.fixture
def fairs(tiny_street):
    a_record("revenue", "2022-03-28", area=STREET, amount="100")
    return (
        a_record("fair", "2022-03-01", posts=80, kind="online", area=DEJIA),
        a_record("fair", "2022-03-20", posts=120, kind="hall", area=JINGZHOU),
    )


@pytest.fixture
def form(fairs, a_form):
    return a_form(ROWS, due={"amount": 10, "unit": "calendar_days"})


def shown(player, path=PAGE, **asked) -> str:
    answer = player.client.get(path, {**MARCH, **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def send(player, page: str = "", **given):
    """Hands in what the page shows, as its form would send it."""
    page = page or shown(player)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.partition('id="hand-in"')[2]))
    return player.client.post(f"{PAGE}/submit", {**hidden, **given})


def correct(record, posts: int) -> None:
    values = {**record.values, "posts": posts}
    record_actions.correct(record, by=SYSTEM, at=NOW, seen=record.version, reason="", values=values, day=record.day)


class TestTheList:
    def test_it_says_who_asks_for_each_what_is_due_and_what_was_last(self, form, dispatcher):
        hand_in(form, dispatcher)

        page = dispatcher.client.get("/forms/").content.decode()

        assert "小表" in page and "2022年4月" in page and "2022-05-10" in page
        assert FormSubmission.objects.get().get_absolute_url() in page

    def test_the_time_saved_stands_with_its_formula(self, form, dispatcher):
        hand_in(form, dispatcher, typed={"{ask? number: 其他}": 3})

        page = dispatcher.client.get("/forms/", {"year": "2022"}).content.decode()

        assert "（13 − 1）× 60 秒 =" in page and "12 分钟" in page

    def test_it_asks_the_database_as_often_for_many_submissions_as_for_one(
        self, form, dispatcher, django_assert_max_num_queries
    ):
        for _nth in range(5):
            hand_in(form, dispatcher)
        dispatcher.client.get("/forms/")

        with django_assert_max_num_queries(12):
            dispatcher.client.get("/forms/")


class TestFilling:
    def test_the_table_stands_on_the_page(self, form, dispatcher):
        page = shown(dispatcher)

        assert "文新街道" in page and ">200</a>" in page and ">100.00</a>" in page

    def test_who_serves_one_area_fills_it_for_that_area(self, form, community_officer):
        assert ">80</a>" in shown(community_officer)
        assert community_officer.client.get(PAGE, {**MARCH, "area": JINGZHOU}).status_code == 404

    def test_a_handler_fills_it_for_the_own_unit_only(self, form, handler):
        assert ">200</a>" not in shown(handler)
        assert handler.client.get(PAGE, {**MARCH, "unit": "public-services"}).status_code == 404

    def test_missing_returns_are_named(self, form, dispatcher):
        page = shown(dispatcher, period="2022-04")

        assert "收入: 2022年4月" in page and "缺报不等于零" in page

    def test_a_period_that_is_none_is_said(self, form, dispatcher):
        assert "去年" in shown(dispatcher, period="去年")

    def test_a_form_that_is_none_is_not_found(self, form, dispatcher):
        assert dispatcher.client.get("/forms/of/large").status_code == 404

    def test_without_a_period_the_one_that_is_due_is_shown(self, form, dispatcher):
        hand_in(form, dispatcher)

        assert 'value="2022-04"' in dispatcher.client.get(PAGE).content.decode()

    def test_the_spreadsheet_is_fetched_with_sources_or_without(self, form, dispatcher):
        books = [
            load_workbook(BytesIO(dispatcher.client.get(f"{PAGE}/table.xlsx", {**MARCH, "bare": bare}).content))
            for bare in ("", "1")
        ]

        assert [len(book.worksheets) for book in books] == [2, 1]
        assert books[1].worksheets[0]["B1"].value == 200


class TestOpeningACell:
    def opened(self, player, key: str, path: str = f"{PAGE}/cell", **headers: str) -> str:
        answer = player.client.get(path, {**MARCH, "key": key}, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_a_figure_opens_to_its_rows_and_to_who_entered_the_last_one(self, form, fairs, dispatcher):
        page = self.opened(dispatcher, "{posts}")

        assert f"/figures/posts?period=2022-03&amp;area={quote(STREET, safe='')}" in page
        assert fairs[1].get_absolute_url() in page and "系统" in page

    def test_in_a_row_of_one_area_to_those_of_that_area(self, form, fairs, dispatcher):
        page = self.opened(dispatcher, f"{{posts}}|{DEJIA}")

        assert "德加社区" in page and fairs[0].get_absolute_url() in page

    def test_a_record_opens_to_itself(self, form, fairs, dispatcher):
        page = self.opened(dispatcher, f"fair.posts|record {fairs[0].pk}")

        assert fairs[0].get_absolute_url() in page

    def test_it_comes_as_a_part_of_the_page_where_only_that_is_asked_for(self, form, dispatcher):
        assert self.opened(dispatcher, "{posts}", **{"HX-Request": "true"}).startswith('<section class="card source"')

    def test_who_may_not_see_the_last_row_is_not_told_of_it(self, form, fairs, community_officer):
        page = community_officer.client.get(f"{PAGE}/cell", {**MARCH, "key": "{posts}"}).content.decode()

        assert fairs[0].get_absolute_url() in page and fairs[1].get_absolute_url() not in page

    def test_a_cell_that_is_none_is_not_found(self, form, dispatcher):
        assert dispatcher.client.get(f"{PAGE}/cell", {**MARCH, "key": "{happiness}"}).status_code == 404


class TestHandingIn:
    def test_what_the_page_shows_is_kept(self, form, dispatcher):
        answer = send(dispatcher, note="按时", **{"typed:{ask? number: 其他}": "１２"})

        kept = FormSubmission.objects.get()
        page = dispatcher.client.get(answer["Location"]).content.decode()
        assert (answer.status_code, kept.by_name, kept.note, kept.typed) == (302, "陈敏", "按时", 1)
        assert ">200</a>" in page and ">12</a>" in page

    def test_a_double_click_makes_one(self, form, dispatcher):
        page = shown(dispatcher)

        assert [send(dispatcher, page).status_code for _click in "12"] == [302, 302]
        assert FormSubmission.objects.count() == 1

    def test_what_cannot_be_read_is_said_beside_its_cell_and_stays(self, form, dispatcher):
        answer = send(dispatcher, note="记得", **{"typed:{ask? number: 其他}": "许多"})

        page = answer.content.decode()
        assert answer.status_code == 422 and not FormSubmission.objects.exists()
        assert 'value="许多"' in page and "记得" in page and "“许多”" in page

    def test_what_changed_meanwhile_is_shown_before_it_is_handed_in(self, form, fairs, dispatcher):
        page = shown(dispatcher)
        correct(fairs[0], posts=99)

        answer = send(dispatcher, page, note="我的说明")

        assert answer.status_code == 409 and not FormSubmission.objects.exists()
        assert ">219</a>" in answer.content.decode() and "我的说明" in answer.content.decode()

    def test_who_may_not_is_not_offered_it(self, form, auditor, grid_worker):
        for player in (auditor, grid_worker):
            assert 'id="hand-in"' not in shown(player)
            assert player.client.post(f"{PAGE}/submit", MARCH).status_code == 404

    def test_what_was_typed_is_offered_again_for_the_same_period_only(self, form, dispatcher):
        hand_in(form, dispatcher, typed={"{ask? number: 其他}": 12})

        assert 'value="12"' in shown(dispatcher)
        assert 'value="12"' not in shown(dispatcher, period="2022-04")


class TestWhatWasHandedIn:
    def test_a_cell_that_differs_from_it_is_marked_with_what_it_said(self, form, fairs, dispatcher):
        hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        page = shown(dispatcher)

        assert page.count("revised") >= 3 and "上次 200" in page and "有 3 格不同" in page

    def test_its_own_page_says_what_would_be_other_today(self, form, fairs, dispatcher):
        submission = hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        page = dispatcher.client.get(submission.get_absolute_url()).content.decode()
        cell = dispatcher.client.get(f"{submission.get_absolute_url()}/cell", {"key": "{posts}"}).content.decode()

        assert ">200</a>" in page and "今天为 219" in page
        assert "更正 1 条" in cell and fairs[0].get_absolute_url() in cell

    def test_its_spreadsheet_stays_what_it_was(self, form, fairs, dispatcher):
        submission = hand_in(form, dispatcher)
        correct(fairs[0], posts=99)

        content = dispatcher.client.get(f"{submission.get_absolute_url()}/table.xlsx").content

        assert load_workbook(BytesIO(content)).worksheets[0]["B1"].value == 200

    def test_out_of_scope_it_is_not_found(self, form, dispatcher, community_officer, outsider):
        submission = hand_in(form, dispatcher)

        for player in (community_officer, outsider):
            for part in ("", "/cell?key=x", "/table.xlsx"):
                assert player.client.get(f"{submission.get_absolute_url()}{part}").status_code == 404

    def test_a_record_that_the_reader_may_not_see_is_left_out(self, form, fairs, dispatcher, leader):
        submission = hand_in(form, dispatcher)
        leader.posts[0].matters = ["nothing"]
        leader.posts[0].save()

        page = leader.client.get(submission.get_absolute_url()).content.decode()

        assert "清单中有 2 条台账不在您可见的范围内" in page and "线上" not in page

    def test_one_altered_behind_the_programs_back_is_told(self, form, dispatcher):
        submission = hand_in(form, dispatcher)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_formsubmission SET note = 'x'")

        assert "与校验码不符" in dispatcher.client.get(submission.get_absolute_url()).content.decode()


class TestConfirming:
    @pytest.fixture
    def submission(self, fairs, a_form, dispatcher):
        return hand_in(a_form([["{posts}"]], confirmed=True), dispatcher)

    def confirm(self, player, submission):
        return player.client.post(f"{submission.get_absolute_url()}/confirm")

    def test_a_second_person_confirms(self, submission, dispatcher, leader):
        assert "待确认" in shown(dispatcher)

        assert [self.confirm(player, submission).status_code for player in (dispatcher, leader)] == [409, 302]
        assert "待确认" not in shown(dispatcher)

    def test_who_may_not_finds_nothing_to_confirm(self, submission, handler, auditor):
        assert [self.confirm(player, submission).status_code for player in (handler, auditor)] == [404, 404]


def test_an_administrator_fills_no_forms(administrator):
    assert administrator.client.get("/forms/").status_code == 403
