"""Documents on the pages of the desk, and on the page of whoever raised the matter."""

import pytest

from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import MONDAY_0930, a_case, take
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.documents.models import Document
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.privacy.models import Opening

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
ACCEPTED = {"day": "2022-03-14", "to": "", "issue": "1", "once": "k"}


@pytest.fixture
def office(units):
    return a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)


@pytest.fixture
def accepted(office) -> Case:
    case = a_case(type="petition", at=MONDAY_0930, channel="desk", title="安置补偿不到位", form={"way": "visit"})
    Receipt.objects.filter(case=case).update(name="张建国")
    return take(case, "accept", office, MONDAY_0930)


def drafting(case: Case) -> str:
    return f"/desk/case/{case.number}/documents/new/petition_accepted"


@pytest.fixture
def document(accepted, office) -> Document:
    assert in_english(office).post(drafting(accepted), ACCEPTED).status_code == 302
    return Document.objects.get()


def page_of(document: Document) -> str:
    return f"/desk/case/{document.case.number}/documents/{document.pk}/"


class TestIssuing:
    def test_the_matters_page_offers_what_can_be_issued_now(self, accepted, office, leader):
        page = shown(office, accepted.get_absolute_url())

        assert drafting(accepted) in page
        assert "new/petition_reply" not in page
        assert drafting(accepted) not in shown(leader, accepted.get_absolute_url())

    def test_the_preview_says_what_it_will_say_with_the_name_masked(self, accepted, office):
        page = shown(office, drafting(accepted))

        assert "您于2022年3月14日提出的" in page
        assert "〔签发时编号〕" in page
        assert "张建国" not in page

    def test_typing_renews_the_preview_and_issues_nothing(self, accepted, office):
        typed = {"day": "2022-03-14", "to": "李某", "once": "k"}
        answer = in_english(office).post(drafting(accepted), typed, headers={"HX-Request": "true"})

        assert answer.status_code == 200
        assert "李某：" in answer.content.decode()
        assert not Document.objects.exists()

    def test_it_is_on_the_matters_page_afterwards_and_in_its_timeline(self, document, office):
        page = shown(office, document.case.get_absolute_url())

        assert "文街信受〔2022〕1号" in page
        assert "Issued: 信访事项受理告知书" in page

    def test_what_is_refused_keeps_what_was_typed(self, accepted, office):
        answer = in_english(office).post(drafting(accepted), {**ACCEPTED, "to": "李某", "day": "2022-03-13"})

        assert answer.status_code == 422
        page = answer.content.decode()
        assert "A document is not dated before the matter came in." in page
        assert 'value="李某"' in page


class TestReading:
    def test_its_page_masks_names_and_its_file_bears_them_on_record(self, document, office):
        page = shown(office, page_of(document))
        openings = Opening.objects.count()
        file = in_english(office).get(f"{page_of(document)}file.pdf")

        assert "张建国" not in page
        assert file.content.startswith(b"%PDF")
        assert Opening.objects.count() == openings + 1
        assert Opening.objects.order_by("-pk")[0].words == "信访事项受理告知书 文街信受〔2022〕1号"

    def test_who_may_not_open_personal_data_gets_no_file(self, document, auditor):
        assert auditor.client.get(f"{page_of(document)}file.pdf").status_code == 404

    def test_of_a_matter_out_of_sight_there_is_nothing(self, document, outsider):
        assert outsider.client.get(page_of(document)).status_code == 404

    def test_words_that_were_altered_in_the_database_are_told(self, document, office):
        warning = "The words were altered after it was issued"
        assert warning not in shown(office, page_of(document))

        Document.objects.filter(pk=document.pk).update(text="另一段话")

        assert warning in shown(office, page_of(document))

    def test_a_document_of_another_matter_is_not_found(self, document, office):
        other = a_case(type="petition", key="other", at=MONDAY_0930, channel="desk", form={"way": "visit"})

        assert office.client.get(f"/desk/case/{other.number}/documents/{document.pk}/").status_code == 404

    def test_whoever_raised_the_matter_reads_it_with_the_code(self, document, client):
        code = Receipt.objects.get(case=document.case).code
        page = client.get(f"/t/{code}").content.decode()

        assert f"/t/{code}/documents/{document.pk}.pdf" in page
        assert client.get(f"/t/{code}/documents/{document.pk}.pdf").content.startswith(b"%PDF")
        assert client.get(f"/t/{code}/data.json").json()["documents"][0]["number"] == document.number

    def test_with_another_code_it_is_not_found(self, document, client):
        other = Receipt.objects.get(case=a_case(key="other"))

        assert client.get(f"/t/{other.code}/documents/{document.pk}.pdf").status_code == 404


class TestServingAndVoiding:
    def test_service_is_written_down(self, document, office):
        in_english(office).post(f"{page_of(document)}serve", {"on": "2022-03-14", "how": "in_person"})

        page = shown(office, page_of(document))
        assert "Handed over" in page
        assert "Write down that it was served" not in page

    def test_a_day_ahead_is_refused_in_place(self, document, office):
        answer = in_english(office).post(f"{page_of(document)}serve", {"on": "2022-03-15", "how": "in_person"})

        assert answer.status_code == 422
        assert "It is served on the day of the document or later" in answer.content.decode()

    def test_voiding_asks_why(self, document, office):
        assert in_english(office).post(f"{page_of(document)}void", {"reason": ""}).status_code == 422
        in_english(office).post(f"{page_of(document)}void", {"reason": "日期写错"})

        assert "日期写错" in shown(office, page_of(document))

    def test_who_only_looks_changes_nothing(self, document, leader):
        assert leader.client.post(f"{page_of(document)}void", {"reason": "x"}).status_code == 404
