"""A report is begun from its template and written with figures in it; nothing that was typed is lost."""

import pytest

from rixin.desk.report_pages.tests.conftest import WRITTEN, begin, shown, write
from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET, a_record
from rixin.reports import recent
from rixin.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fairs")]


class TestBeginning:
    def test_the_text_comes_from_the_template_and_the_editor_opens(self, dispatcher):
        answer = begin(dispatcher)

        report = Report.objects.get()
        assert answer["Location"] == f"/reports/{report.pk}/edit"
        assert report.name == "文新街道2022年工作总结"
        assert "举办招聘会{fairs}" in shown(dispatcher, answer["Location"])

    def test_a_report_that_is_there_is_shown_before_another_one_is_begun(self, dispatcher, leader):
        begin(dispatcher)
        first = Report.objects.get()

        again = begin(leader)

        assert again.status_code == 409 and first.get_absolute_url() in again.content.decode()
        assert Report.objects.count() == 1
        assert begin(leader, another="1").status_code == 302
        assert Report.objects.count() == 2

    @pytest.mark.parametrize("period", ["2022-03", "去年", "", "2090"])
    def test_a_period_that_cannot_be_is_said_and_what_was_typed_stays(self, period, dispatcher):
        answer = begin(dispatcher, period=period)

        assert answer.status_code == 422 and f'value="{period}"' in answer.content.decode()
        assert not Report.objects.exists()

    def test_a_community_officer_begins_for_the_own_community_only(self, community_officer):
        assert begin(community_officer, place=STREET).status_code == 422
        assert begin(community_officer, place=JINGZHOU).status_code == 422
        assert begin(community_officer, place=DEJIA).status_code == 302

    def test_a_handler_begins_for_the_own_unit_only(self, handler):
        assert begin(handler, place=f"{STREET} public-services").status_code == 422
        assert begin(handler, place=f"{STREET} city-management").status_code == 302

    def test_for_a_part_what_it_has_nothing_of_is_left_out_unless_all_is_wanted(self, community_officer):
        begin(community_officer, place=DEJIA)
        begin(community_officer, place=DEJIA, fit="", another="1")

        whole, fitted = (report.newest.body for report in Report.objects.order_by("-pk"))
        assert "走访企业" in whole and "走访企业" not in fitted
        assert "招聘会{fairs}" in fitted

    def test_an_auditor_begins_none(self, auditor):
        assert begin(auditor).status_code == 404


class TestSaving:
    def test_each_saving_is_a_version_with_its_note(self, draft, dispatcher):
        write(dispatcher, draft, note="改写问题")

        newest = draft.newest
        assert (newest.number, newest.title, newest.note, newest.body) == (2, "招聘工作总结", "改写问题", WRITTEN)

    def test_the_same_text_again_is_no_version(self, draft, dispatcher):
        write(dispatcher, draft)
        write(dispatcher, draft)

        assert draft.newest.number == 2

    def test_a_figure_that_is_none_is_told_with_its_line_and_the_text_stays(self, draft, dispatcher):
        answer = write(dispatcher, draft, "## 一\n\n共{happiness}，真好")

        page = answer.content.decode()
        assert answer.status_code == 422 and draft.newest.number == 1
        assert "第3行" in page and "共{happiness}，真好" in page

    def test_both_texts_are_shown_to_whoever_saves_second_and_saving_again_is_known(self, draft, dispatcher, leader):
        write(leader, draft, "## 一\n\n领导写的{fairs}")

        refused = write(dispatcher, draft, "## 一\n\n我写的{fairs}", seen=1)

        page = refused.content.decode()
        assert refused.status_code == 409
        assert "领导写的" in page and "我写的{fairs}" in page and 'name="seen" value="2"' in page
        assert write(dispatcher, draft, "## 一\n\n我们写的{fairs}", seen=2).status_code == 302

    def test_a_text_sent_after_the_sealing_is_shown_and_not_lost(self, sealed, dispatcher):
        answer = write(dispatcher, sealed, "## 一\n\n迟到的话")

        assert answer.status_code == 409 and "迟到的话" in answer.content.decode()
        assert dispatcher.client.get(f"/reports/{sealed.pk}/edit")["Location"] == sealed.get_absolute_url()

    @pytest.mark.parametrize("role", ["auditor", "community_officer", "handler", "outsider"])
    def test_others_do_not_write_it(self, role, draft, request):
        assert write(request.getfixturevalue(role), draft).status_code == 404


def preview(player, report, body):
    answer = player.client.post(f"/reports/{report.pk}/edit/preview", {"title": "试", "body": body})
    assert answer.status_code == 200
    return answer.content.decode()


class TestThePreview:
    def test_figures_stand_in_the_text_and_open_to_their_rows(self, draft, dispatcher):
        page = preview(dispatcher, draft, "共{posts}，去年{posts@last}")

        assert f'href="/figures/posts?period=2022&amp;area={STREET.replace("/", "%2F")}"' in page
        assert ">100个</a>" in page and "period=2021" in page

    def test_a_slip_is_shown_with_its_line_and_what_may_have_been_meant(self, draft, dispatcher):
        page = preview(dispatcher, draft, "好\n\n共{postz}和{招聘}，{fairs}")

        assert "第3行" in page and 'data-with="posts"' in page and 'data-with="fairs"' in page
        assert '<mark class="slip">{postz}</mark>' in page and ">2场</a>" in page

    def test_that_the_problems_are_only_proposed_is_said(self, draft, dispatcher):
        assert "由规则自动列出" in preview(dispatcher, draft, "[problems: 3]")
        assert "由规则自动列出" not in preview(dispatcher, draft, "都好")

    @pytest.mark.parametrize("text", ["{", "[", "#", "}{", "[chart: ]", "{posts|x}", "[goals: 1]", "- ", "\x00"])
    def test_whatever_is_typed_it_answers(self, text, draft, dispatcher):
        preview(dispatcher, draft, f"好{text}\n\n{text}")

    def test_while_one_writes_no_figure_is_asked_for_twice(self, draft, dispatcher, django_assert_max_num_queries):
        preview(dispatcher, draft, "共{posts}")

        with django_assert_max_num_queries(5):
            preview(
                dispatcher, draft, "共{posts}，{fairs@last}，{online_rate}，{firms_visited}\n\n[table: fairs, posts]"
            )


class TestWhatCanBePutIn:
    def test_every_figure_with_its_present_value_and_its_words_in_both_languages(self, draft, dispatcher):
        page = shown(dispatcher, f"/reports/{draft.pk}/edit/figures")

        assert 'data-insert-text="{posts}"' in page and ">100个</strong>" in page
        assert "岗位 posts 提供的岗位 posts offered" in page
        assert "[chart: posts by month]" in page and "[chart: posts by type]" not in page

    def test_problems_are_proposed_with_figures_that_open_and_a_text_to_take_over(self, draft, dispatcher):
        nothing = shown(dispatcher, f"/reports/{draft.pk}/edit/problems")
        a_record("fair", "2021-03-01", posts=900, kind="hall", area=DEJIA)
        recent.forget()

        page = shown(dispatcher, f"/reports/{draft.pk}/edit/problems")

        assert "data-insert-line" not in nothing
        assert 'data-insert-line="- 岗位{posts}，上年同期为{posts@last}。"' in page
        assert ">100个</a>" in page and ">900个</a>" in page

    def test_the_editor_itself_asks_for_no_figure(self, draft, dispatcher, django_assert_max_num_queries):
        address = f"/reports/{draft.pk}/edit"
        shown(dispatcher, address)

        with django_assert_max_num_queries(7):
            shown(dispatcher, address)
