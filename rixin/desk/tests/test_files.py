"""Files that staff lay with a matter for each other: kept apart from answer and note, never shown to residents."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rixin.cases.models import Case, CaseFile, Receipt
from rixin.cases.tests.builders import a_case
from rixin.cases.verification import verify
from rixin.desk.tests.conftest import in_english, press, shown, unit_of

pytestmark = pytest.mark.django_db
LETTER = b"%PDF-1.7\n1 0 obj"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def a_file(name: str, content: bytes = LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_workbook() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.fixture
def noted(case, dispatcher):
    press(dispatcher, case, "note", note="见附件", files=[a_file("物业回函.pdf"), a_file("费用.xlsx", a_workbook())])
    return case


@pytest.fixture
def second_case():
    return a_case(key="key-2")


def address(case: Case, name: str) -> str:
    return f"/desk/case/{case.number}/file/{CaseFile.objects.get(name=name).digest}"


class TestAdding:
    def test_files_stand_on_the_page_by_name_beside_the_note_and_their_digests_in_the_timeline(self, noted, dispatcher):
        page = shown(dispatcher, noted.get_absolute_url())

        assert "物业回函.pdf" in page and "费用.xlsx" in page
        event = noted.events.get(action="note")
        assert set(event.given["files"]) == set(noted.files.values_list("digest", flat=True))
        assert [found for _case, found in verify(Case.objects.all())] == [[]]

    def test_a_file_is_saved_under_its_name_and_never_shown_in_a_page(self, noted, dispatcher):
        answer: Any = in_english(dispatcher).get(address(noted, "物业回函.pdf"))

        assert b"".join(answer.streaming_content) == LETTER
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("letter.pdf", b"<script>alert(1)</script>", "“letter.pdf” is not what its name says"),
            ("page.html", b"<html></html>", "“page.html”: files of this kind are not taken"),
            ("macro.docm", a_workbook(), "“macro.docm”: files of this kind are not taken"),
            ("list.csv", b"a,b\0\0", "“list.csv” is not what its name says"),
            ("empty.pdf", b"", "empty"),
            ("plan.pdf", LETTER + b"0" * 20 * 1024 * 1024, "“plan.pdf” is larger than 20 MB"),
        ],
    )
    def test_what_is_not_what_it_says_is_refused_and_what_was_typed_stays(self, case, dispatcher, name, content, said):
        answer = press(dispatcher, case, "note", note="请看附件里的说明", files=[a_file(name, content)])

        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert "请看附件里的说明" in page
        assert not CaseFile.objects.exists()

    def test_a_file_sent_with_a_form_that_was_refused_need_not_be_chosen_again(self, case, dispatcher):
        refused = press(dispatcher, case, "note", note="", files=[a_file("回函.pdf")])
        page = refused.content.decode()
        assert refused.status_code == 422 and "Of your first try is kept:" in page and "回函.pdf" in page
        kept = page.partition('name="files-kept" value="')[2].partition('"')[0]

        press(dispatcher, case, "note", note="见附件", **{"files-kept": kept})

        assert CaseFile.objects.get().name == "回函.pdf"

    def test_a_name_loses_what_leads_elsewhere_or_turns_the_reading(self, case, dispatcher):
        press(dispatcher, case, "note", note="x", files=[a_file("..\\..\\etc\\pa\u202esswd.pdf")])

        assert CaseFile.objects.get().name == "passwd.pdf"


class TestWhoSees:
    def test_the_resident_reads_the_answer_and_no_file(self, case, dispatcher, handler):
        press(dispatcher, case, "dispatch", unit=unit_of(handler))
        press(handler, case, "acknowledge")
        press(handler, case, "handle", answer="已清运完毕。", files=[a_file("派工单.pdf")])
        code = Receipt.objects.get().code

        page = Client().get(f"/t/{code}").content.decode()

        assert "已清运完毕" in page
        assert "派工单" not in page

    def test_who_does_not_see_the_matter_does_not_get_its_files(self, noted, dispatcher, outsider, other_handler):
        where = address(noted, "物业回函.pdf")

        assert dispatcher.client.get(where).status_code == 200
        assert outsider.client.get(where).status_code == 404
        assert other_handler.client.get(where).status_code == 404

    def test_a_file_of_another_matter_is_not_found_through_one_that_is_seen(self, noted, dispatcher, second_case):
        digest = CaseFile.objects.get(name="费用.xlsx").digest

        assert dispatcher.client.get(f"/desk/case/{second_case.number}/file/{digest}").status_code == 404
