"""Printed codes: made, printed and retired by staff and from the command line; and the pages for everybody."""

import pytest
from django.core.management import CommandError, call_command

from rixin.channels.models import Code
from rixin.channels.tests.conftest import only_case

pytestmark = pytest.mark.django_db


class TestTheStaffsPage:
    def test_lists_codes_of_the_own_area_and_finds_them(self, code, dispatcher, outsider):
        assert code.token in dispatcher.client.get("/codes", {"q": "德加"}).content.decode()
        assert code.token not in dispatcher.client.get("/codes", {"q": "星洲"}).content.decode()
        assert outsider.client.get("/codes").status_code == 403

    def test_makes_a_code_for_a_place(self, code, dispatcher):
        dispatcher.client.post("/codes/new", {"place": "quarter-dejia-west", "spot": "东门"})

        made = Code.objects.exclude(pk=code.pk).get()
        assert (made.spot, made.made_by.pk) == ("东门", dispatcher.account.pk)

    def test_refuses_what_is_no_place_and_what_lies_elsewhere(self, wenxin_places, community_officer):
        assert community_officer.client.post("/codes/new", {"place": "nowhere"}).status_code == 422
        assert community_officer.client.post("/codes/new", {"place": "330106013002"}).status_code == 422
        assert not Code.objects.exists()

    def test_prints_posters_and_notes_who_did(self, code, dispatcher):
        answer = dispatcher.client.post("/codes/posters", {"chosen": [code.pk]})

        code.refresh_from_db()
        assert answer.content.startswith(b"%PDF") and code.printed_by.pk == dispatcher.account.pk

    def test_retires_a_code(self, code, dispatcher, client):
        dispatcher.client.post(f"/codes/{code.pk}/retire")

        assert client.get(f"/c/{code.token}").status_code == 410


class TestTheCommand:
    def test_makes_codes_for_quarters_and_grids_once(self, wenxin_places, capsys):
        call_command("codes", "make")
        made = Code.objects.count()
        call_command("codes", "make")

        assert made == Code.objects.count() > 20

    def test_writes_all_posters_into_one_file(self, code, tmp_path):
        call_command("codes", "posters", str(tmp_path / "all.pdf"))

        assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")

    def test_says_what_to_do_where_there_is_nothing(self, wenxin_places, tmp_path):
        with pytest.raises(CommandError):
            call_command("codes", "posters", str(tmp_path / "none.pdf"))


class TestThePagesForEverybody:
    def test_the_first_page_leads_everywhere(self, phone, settings):
        settings.DEMO = True

        page = phone.get("/").content.decode()

        assert f"/c/{phone.code.token}" in page and "/report" in page and "/near" in page and "data:image/svg" in page

    def test_open_matters_are_listed_without_the_words_of_anybody(self, phone):
        phone.reported()

        page = phone.get("/near", {"area": "330106013001"}).content.decode()

        assert "德加西区" in page and "老人上下楼" not in page
        assert len(phone.get("/near.geojson").json()["features"]) == 1

    def test_a_confidential_matter_is_on_no_list(self, phone):
        phone.reported(kind="petition", text="我要信访")

        assert only_case().confidential
        assert phone.get("/near.geojson").json()["features"] == []

    def test_what_is_kept_is_explained(self, phone):
        assert phone.get("/your-data").status_code == 200
