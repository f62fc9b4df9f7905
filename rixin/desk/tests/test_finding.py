"""Search, map, notices, new reports and exports."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image

from rixin.cases.history import Reporter
from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case
from rixin.desk import exports, tasks
from rixin.desk.models import Export
from rixin.desk.tests.conftest import in_english, shown
from rixin.people.notices import notify

pytestmark = pytest.mark.django_db


def a_photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


class TestSearch:
    def test_words_are_found_and_marked(self, dispatcher):
        case = a_case(key="a", text="小区门口路灯不亮")

        page = shown(dispatcher, "/desk/search?q=路灯")

        assert case.number in page
        assert "<mark>路灯</mark>" in page

    def test_a_number_leads_straight_to_its_matter(self, dispatcher, case):
        assert dispatcher.client.get(f"/desk/search?q={case.number}").url == case.get_absolute_url()

    def test_a_tracking_code_leads_to_its_matter_for_those_who_may_see_it(self, dispatcher, outsider):
        case = a_case(reporter=Reporter(submission_key="k", code="K7PM3WQA"))

        assert dispatcher.client.get("/desk/search?q=k7pm-3wqa").url == case.get_absolute_url()
        assert outsider.client.get("/desk/search?q=k7pm-3wqa").status_code == 200

    def test_out_of_scope_is_not_found(self, outsider, case):
        assert case.number not in shown(outsider, "/desk/search?q=垃圾")


class TestMap:
    def test_pins_follow_the_filter_and_the_scope(self, dispatcher, outsider):
        a_case(key="a", lat=30.28, lng=120.1)
        a_case(key="b", lat=30.29, lng=120.1, type="bulky_waste")

        both = dispatcher.client.get("/desk/map/pins.geojson").json()
        one = dispatcher.client.get("/desk/map/pins.geojson?type=bulky_waste").json()
        none = outsider.client.get("/desk/map/pins.geojson").json()

        assert [len(found["features"]) for found in (both, one, none)] == [2, 1, 0]
        assert one["features"][0]["geometry"]["coordinates"] == [120.1, 30.29]

    def test_the_page_loads(self, dispatcher, case):
        assert "pins.geojson?tab=open" in shown(dispatcher, "/desk/map")


class TestNotices:
    def test_the_bell_counts_what_is_unread_until_it_is_marked(self, dispatcher, case):
        notify([dispatcher.account], kind="x", zh="有新件", en="A new matter", url="/", at=MONDAY_0930)

        page = shown(dispatcher, "/desk/notices")
        assert "A new matter" in page
        assert '<span class="count late" data-unread>1</span>' in page
        dispatcher.client.post("/desk/notices/read", {"up_to": MONDAY_0930.isoformat()})

        assert '<span class="count late" data-unread hidden>' in shown(dispatcher, "/desk/notices")


class TestNewReports:
    def filled(self, **more):
        typed = {
            "channel": "hotline",
            "text": "楼下垃圾堆了三天没人清理，味道很大。",
            "type": "exposed_rubbish",
            "place-area": "330106013/001/",
            "place-address": "",
            "place-lat": "",
            "place-lng": "",
            "once": "key-1",
        }
        return {**typed, **more}

    @pytest.fixture(autouse=True)
    def _places(self, wenxin_places):
        """A report needs a place."""

    def test_a_call_becomes_a_matter_with_a_code_to_tell_the_caller(self, dispatcher, second_dispatcher):
        response = dispatcher.client.post("/desk/new", self.filled(phone="13800001234", name="张三"))

        case = Case.objects.get()
        assert case.channel == "hotline"
        assert case.title == "楼下垃圾堆了三天没人清理，味道很大"
        code = str(case.receipts.all()[0].code)
        assert f"{code[:4]}-{code[4:]}" in shown(dispatcher, response.url)
        assert second_dispatcher.client.get(response.url).status_code == 404

    def test_sent_twice_it_is_one_matter(self, dispatcher):
        dispatcher.client.post("/desk/new", self.filled())
        dispatcher.client.post("/desk/new", self.filled())

        assert Case.objects.count() == 1

    def test_a_number_that_is_none_keeps_what_was_typed_and_the_photos(self, dispatcher):
        response = in_english(dispatcher).post("/desk/new", self.filled(phone="12", photos=a_photo()))

        page = response.content.decode()
        assert response.status_code == 422
        assert "not a telephone number" in page
        assert "楼下垃圾堆了三天" in page
        assert 'name="photos-kept"' in page

    def test_a_file_that_is_no_photo_is_refused_in_words(self, dispatcher):
        fake = SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg")

        response = in_english(dispatcher).post("/desk/new", self.filled(photos=fake))

        assert response.status_code == 422
        assert "not a photo" in response.content.decode()

    def test_kind_and_similar_matters_are_proposed_while_typing(self, dispatcher):
        response = in_english(dispatcher).post("/desk/new/proposed", {"text": "垃圾堆了三天没人清理"})

        assert "Exposed rubbish" in response.content.decode()

    def test_an_auditor_takes_no_reports(self, auditor):
        assert auditor.client.get("/desk/new").status_code == 403

    def test_photos_are_served_to_those_who_see_the_matter(self, dispatcher, outsider):
        dispatcher.client.post("/desk/new", self.filled(photos=a_photo()))
        case = Case.objects.get()
        address = f"/desk/case/{case.number}/photo/{case.photos.get().digest}"

        assert dispatcher.client.get(address).status_code == 200
        assert outsider.client.get(address).status_code == 404


class TestExports:
    @pytest.fixture(autouse=True)
    def _own_folder(self, settings, tmp_path):
        settings.DATA_DIR = tmp_path

    def exported(self, player, django_capture, **asked):
        data = {"tab": "open", "format": "csv", "column": ["number", "title", "text"], **asked}
        with django_capture(execute=False):
            response = player.client.post("/desk/export", data)
        assert response.status_code == 302
        export = Export.objects.latest("pk")
        tasks.write_export.func(export.pk)
        export.refresh_from_db()
        return export

    def test_what_the_list_shows_is_written(self, dispatcher, case, django_capture_on_commit_callbacks):
        a_case(key="b", type="bulky_waste")

        export = self.exported(dispatcher, django_capture_on_commit_callbacks, type="exposed_rubbish")

        file = b"".join(dispatcher.client.get(f"/desk/export/{export.pk}/file").streaming_content)
        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
        assert export.status == "ready"
        assert [row[0] for row in rows[1:]] == [case.number]

    def test_nobody_else_gets_it(self, dispatcher, second_dispatcher, case, django_capture_on_commit_callbacks):
        export = self.exported(dispatcher, django_capture_on_commit_callbacks)

        assert second_dispatcher.client.get(f"/desk/export/{export.pk}/file").status_code == 404

    def test_telephone_numbers_stay_masked_and_formulas_are_text(self, dispatcher, django_capture_on_commit_callbacks):
        a_case(key="a", title="=HYPERLINK(1)", text="打13800001234")

        export = self.exported(dispatcher, django_capture_on_commit_callbacks, format="xlsx")

        sheet = load_workbook(exports.path_of(export)).worksheets[0]
        row = [str(cell.value) for cell in list(sheet.rows)[1]]
        assert row[1] == "'=HYPERLINK(1)"
        assert "138****1234" in row[2]

    def test_it_holds_only_what_the_person_may_see(self, outsider, case, django_capture_on_commit_callbacks):
        assert self.exported(outsider, django_capture_on_commit_callbacks).written == 0

    def test_it_is_gone_after_a_day(self, dispatcher, case, django_capture_on_commit_callbacks):
        export = self.exported(dispatcher, django_capture_on_commit_callbacks)

        assert exports.purge(export.asked_at + exports.KEPT_FOR * 2) == 1
        assert not exports.path_of(export).exists()

    def test_it_is_written_in_chunks(self, dispatcher, django_capture_on_commit_callbacks, monkeypatch):
        monkeypatch.setattr(exports, "_CHUNK", 2)
        for nth in range(5):
            a_case(key=f"k{nth}")

        assert self.exported(dispatcher, django_capture_on_commit_callbacks).written == 5

    def test_without_a_column_nothing_is_written(self, dispatcher, case):
        assert dispatcher.client.post("/desk/export", {"format": "csv"}).status_code == 422
