"""A round of inspection on the phone: one record of it, and a matter of each thing that is wrong."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rixin.cases.models import Case
from rixin.desk.tests.conftest import in_english, shown
from rixin.people.tests.cast import GRID, Player
from rixin.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
ADDRESS = "/desk/field/work/safety_inspection/check/shops"
ITEMS = ("exit", "extinguisher", "living", "wiring", "charging", "gas")
ROUND = {
    "site": "古翠路小吃店",
    "day": "2022-03-14",
    "place-area": GRID,
    "value-kind": "shops",
    "value-places": "1",
    "value-inspectors": "2",
    "once": "k1",
    **{f"check-{item}": "fine" for item in ITEMS},
}
WRONG = {"check-exit": "wrong", "note-exit": "后门上锁", "check-gas": "wrong", "note-gas": "软管老化"}


def sends(player: Player, **typed: Any) -> Any:
    return in_english(player).post(ADDRESS, {**ROUND, **typed})


def a_photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (80, 60), (120, 140, 90)).save(out, "JPEG")
    return SimpleUploadedFile("door.jpg", out.getvalue(), content_type="image/jpeg")


class TestTheList:
    def test_is_offered_by_kind_of_place_and_names_the_rules(self, grid_worker):
        assert ADDRESS in shown(grid_worker, "/desk/field/work")

        page = shown(grid_worker, ADDRESS)
        assert "Exits and escape ways free" in page and "Fire Protection Law, art. 28" in page

    def test_is_not_there_for_who_only_reads_or_by_a_wrong_name(self, auditor, grid_worker):
        assert auditor.client.get(ADDRESS).status_code == 404
        assert grid_worker.client.get(ADDRESS.replace("shops", "palaces")).status_code == 404


class TestARound:
    def test_where_all_is_in_order_there_is_a_record_and_no_matter(self, grid_worker):
        assert sends(grid_worker).status_code == 302

        record = Record.objects.get()
        assert (record.type, record.values["kind"], record.values["places"]) == ("safety_inspection", "shops", 1)
        assert not Case.objects.exists()

    def test_each_thing_wrong_is_a_matter_of_its_kind_at_the_place(self, grid_worker):
        sends(grid_worker, **WRONG, **{"photos-exit": a_photo()})

        found = {case.form["kind"]: case for case in Case.objects.all()}
        assert found.keys() == {"fire", "gas"}
        assert {case.type for case in found.values()} == {"inspection_hazard"}
        assert "后门上锁" in found["fire"].text and "《消防法》第二十八条" in found["fire"].text
        assert found["fire"].form["site"] == "古翠路小吃店" and found["fire"].area_path == GRID
        assert (found["fire"].photos.count(), found["gas"].photos.count()) == (1, 0)
        assert Record.objects.count() == 1

    def test_sent_again_by_the_phone_it_is_one_round_and_the_same_matters(self, grid_worker):
        for _twice in range(2):
            assert sends(grid_worker, **WRONG).status_code == 302

        assert (Record.objects.count(), Case.objects.count()) == (1, 2)


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"check-living": ""}, "Please answer: Nobody lives in the shop"),
            ({"check-exit": "wrong"}, "Please say what is wrong."),
            ({"site": ""}, "Name of the place"),
            ({**WRONG, "place-area": ""}, "Please say where"),
            ({"value-inspectors": "许多"}, "inspectors"),
        ],
    )
    def test_is_said_and_nothing_is_written(self, grid_worker, typed, says):
        answer = sends(grid_worker, **typed)

        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not Record.objects.exists() and not Case.objects.exists()

    def test_what_was_typed_and_taken_stays(self, grid_worker):
        answer = sends(grid_worker, **WRONG, **{"photos-exit": a_photo(), "check-living": ""})

        page = answer.content.decode()
        assert "后门上锁" in page and 'name="photos-exit-kept"' in page
