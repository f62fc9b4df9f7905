"""A report is submitted, sent back or sealed; what is sealed stays and tells what changed since."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db.models import QuerySet

from rixin.desk.report_pages.tests.conftest import begin, shown, step, write
from rixin.metrics.tests.ground import DEJIA, NOW, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions as record_actions
from rixin.records.models import Record
from rixin.reports.models import Edition, Report, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fairs")]


def file_of(player, report, form: str) -> bytes:
    answer = player.client.get(f"/reports/{report.pk}/file.{form}")
    assert answer.status_code == 200
    return answer.content


class TestReviewing:
    def test_what_is_still_proposed_by_rules_is_not_submitted(self, draft, dispatcher):
        answer = step(dispatcher, draft, "submit")

        draft.refresh_from_db()
        assert answer.status_code == 409 and draft.state == State.DRAFT

    def test_the_leaders_are_told_and_find_the_way(self, in_review, leader):
        assert f'href="{in_review.get_absolute_url()}"' in shown(leader, "/desk/notices")

    def test_sent_back_with_a_reason_which_the_writer_hears(self, in_review, leader, dispatcher):
        assert step(leader, in_review, "send-back").status_code == 422

        step(leader, in_review, "send-back", note="补充线上情况")

        in_review.refresh_from_db()
        assert in_review.state == State.DRAFT
        assert "补充线上情况" in shown(dispatcher, "/desk/notices")

    def test_a_leader_seals_what_another_one_wrote(self, in_review, leader):
        step(leader, in_review, "seal")

        in_review.refresh_from_db()
        assert in_review.state == State.SEALED

    def test_a_leader_does_not_seal_the_own_words(self, draft, leader):
        write(leader, draft)
        step(leader, draft, "submit")

        answer = step(leader, draft, "seal")

        assert answer.status_code == 409 and not Edition.objects.exists()

    def test_what_was_not_read_is_not_sealed(self, in_review, leader, dispatcher):
        write(dispatcher, in_review, "## 一\n\n后来写的{fairs}")
        step(dispatcher, in_review, "submit")

        answer = step(leader, in_review, "seal", seen=3)

        assert answer.status_code == 409 and "后来写的" in answer.content.decode()
        assert not Edition.objects.exists()

    @pytest.mark.parametrize("role", ["dispatcher", "verifier", "auditor", "community_officer", "outsider"])
    def test_nobody_else_seals_or_sends_back(self, role, in_review, request):
        player = request.getfixturevalue(role)
        assert {step(player, in_review, name, note="x").status_code for name in ("seal", "send-back")} == {404}


class TestReading:
    def test_every_figure_of_a_draft_opens_to_its_rows(self, draft, dispatcher):
        page = shown(dispatcher, draft.get_absolute_url())

        assert 'href="/figures/fairs?period=2022' in page and ">2场</a>" in page

    def test_a_draft_has_its_figures_as_they_are_now(self, draft, dispatcher):
        shown(dispatcher, draft.get_absolute_url())
        a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        assert ">3场</a>" in shown(dispatcher, draft.get_absolute_url())

    def test_a_draft_is_read_again_without_asking_for_its_figures(
        self, draft, dispatcher, django_assert_max_num_queries
    ):
        shown(dispatcher, draft.get_absolute_url())

        with django_assert_max_num_queries(11):
            shown(dispatcher, draft.get_absolute_url())

    def test_who_serves_another_place_does_not_find_it(self, draft, community_officer, handler, outsider):
        for player in (community_officer, handler, outsider):
            assert player.client.get(draft.get_absolute_url()).status_code == 404

    def test_found_by_state_kind_period_and_words(self, draft, dispatcher):
        title = "文新街道2022年工作总结"
        found = {"state": "draft", "template": "small-report", "period": "2022", "q": "工作 总结"}
        missed = {"state": "sealed", "period": "2021", "q": "计划"}

        assert all(title in shown(dispatcher, "/reports/", **{name: value}) for name, value in found.items())
        assert not any(title in shown(dispatcher, "/reports/", **{name: value}) for name, value in missed.items())

    def test_the_list_asks_the_database_as_often_for_twenty_as_for_one(
        self, draft, dispatcher, django_assert_max_num_queries
    ):
        for _nth in range(19):
            begin(dispatcher, another="1")

        with django_assert_max_num_queries(6):
            assert shown(dispatcher, "/reports/").count("工作总结</a>") == 20


class TestVersions:
    def test_two_are_compared_sign_by_sign(self, draft, dispatcher):
        write(dispatcher, draft, "## 一\n\n举办招聘会{fairs}，很好。")
        write(dispatcher, draft, "## 一\n\n举办招聘会{fairs}，不够。")

        page = shown(dispatcher, f"/reports/{draft.pk}/compare")

        assert "<del>很好</del><ins>不够</ins>" in page and "举办招聘会{fairs}，<del>" in page

    def test_an_earlier_one_is_read_and_brought_back(self, draft, dispatcher):
        write(dispatcher, draft, "## 一\n\n新的")
        assert "走访企业{firms_visited}" in shown(dispatcher, f"/reports/{draft.pk}/versions/1")

        dispatcher.client.post(f"/reports/{draft.pk}/versions/1/restore", {"seen": 2})

        assert "走访企业{firms_visited}" in draft.newest.body and draft.newest.number == 3
        assert "恢复" in shown(dispatcher, f"/reports/{draft.pk}/versions")

    def test_nothing_is_brought_back_over_what_was_not_seen(self, draft, dispatcher):
        write(dispatcher, draft, "## 一\n\n新的")

        assert dispatcher.client.post(f"/reports/{draft.pk}/versions/1/restore", {"seen": 1}).status_code == 409


class TestASealedReport:
    def test_its_page_says_that_it_is_as_it_was_sealed(self, sealed, auditor):
        assert "与定稿时一致" in shown(auditor, sealed.get_absolute_url())

    def test_its_page_says_when_it_was_altered(self, sealed, auditor):
        QuerySet(Edition).filter(report=sealed).update(body="另一个文本")

        assert "校验码不符" in shown(auditor, sealed.get_absolute_url())

    @pytest.mark.parametrize("form", ["html", "docx", "json"])
    def test_its_files_have_the_sealed_figures_whatever_comes_in_later(self, form, sealed, leader):
        a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        made = file_of(leader, sealed, form)

        text = ZipFile(BytesIO(made)).read("word/document.xml").decode() if form == "docx" else made.decode()
        assert "100个" in text and "107" not in text

    def test_it_is_a_pdf_too(self, sealed, leader):
        assert file_of(leader, sealed, "pdf").startswith(b"%PDF")

    def test_a_draft_s_files_have_the_figures_of_now(self, draft, dispatcher):
        a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        said = json.loads(file_of(dispatcher, draft, "json"))
        assert {one["id"]: one["value"] for one in said["figures"]}["posts"] == 107

    def test_a_figure_opens_as_it_was_sealed_with_its_rows_in_sight(self, sealed, leader):
        a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)

        page = shown(leader, f"/reports/{sealed.pk}/sealed/1")

        assert "岗位: 100个" in page and "提供的岗位" in page and "定稿时的明细2条" in page
        assert len(re.findall(r'<a href="/records/\d+', page)) == 2 and 'href="/figures/posts?' in page


class TestWhatChangedSince:
    def test_nothing_changed_is_said(self, sealed, leader):
        assert "没有变化" in shown(leader, f"/reports/{sealed.pk}/changes")

    def test_each_figure_that_would_differ_is_named_with_the_rows_that_did_it(self, sealed, leader):
        new = a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)
        gone = Record.objects.filter(type="fair").order_by("pk")[0]
        record_actions.withdraw(gone, by=SYSTEM, at=NOW, seen=gone.version, reason="重复")

        page = shown(leader, f"/reports/{sealed.pk}/changes")

        assert "100个" in page and "27个" in page
        assert f'href="{new.get_absolute_url()}"' in page and f'href="{gone.get_absolute_url()}"' in page

    def test_rows_out_of_sight_are_counted_and_not_named(self, fairs, community_officer, leader):
        begin(community_officer, place=DEJIA)
        report = Report.objects.get()
        write(community_officer, report)
        step(community_officer, report, "submit")
        step(leader, report, "seal")
        hidden = a_record("fair", "2022-07-01", posts=7, kind="hall", area=DEJIA)
        Record.objects.filter(pk=hidden.pk).update(confidential=True)

        page = shown(community_officer, f"/reports/{report.pk}/changes")

        assert "87个" in page and hidden.get_absolute_url() not in page

    def test_a_draft_has_none(self, draft, dispatcher):
        assert dispatcher.client.get(f"/reports/{draft.pk}/changes").status_code == 404
