"""Work written down on the phone: visits, patrols and inspections, each once, by whoever may enter them."""

from typing import Any

import pytest

from rixin.desk.tests.conftest import in_english, shown
from rixin.people.tests.cast import GRID, Player
from rixin.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
WORK = "/desk/field/work"
PATROL = {"day": "2022-03-01", "value-river": "莲花港", "value-found": "２", "place-area": GRID, "once": "k1"}


def writes(player: Player, kind: str = "river_patrol", **typed: str) -> Any:
    return in_english(player).post(f"{WORK}/{kind}", {**PATROL, **typed})


class TestWhatIsOffered:
    def test_are_the_kinds_of_the_phone_that_the_person_may_enter(self, grid_worker, handler):
        mine, citys = shown(grid_worker, WORK), shown(handler, WORK)

        assert "River patrol" in mine and "Safety hazard" in mine and "Job fair" not in mine
        assert "River patrol" in citys and "Safety hazard" not in citys

    def test_stands_on_the_first_page_too_and_is_kept_there_for_want_of_a_network(self, grid_worker):
        page = shown(grid_worker, "/desk/field/")

        assert f'href="{WORK}/river_patrol?v=' in page and "data-keep>River patrol" in page

    def test_begins_with_today_and_the_own_grid(self, grid_worker):
        page = shown(grid_worker, f"{WORK}/river_patrol")

        assert "data-today" in page and f'<option value="{GRID}" selected>' in page
        assert 'data-outbox="River patrol"' in page

    def test_is_nothing_for_who_only_reads(self, auditor):
        assert "River patrol" not in shown(auditor, WORK)
        assert writes(auditor).status_code == 404


class TestWritingDown:
    def test_it_is_a_record_of_the_own_community(self, grid_worker, units):
        answer = writes(grid_worker)

        record = Record.objects.get()
        assert answer["Location"] == WORK
        assert (record.type, record.values, record.area_path) == ("river_patrol", {"river": "莲花港", "found": 2}, GRID)
        assert record.unit_id == units["community-001"].pk
        assert "莲花港" in shown(grid_worker, WORK)

    def test_sent_again_by_the_phone_it_is_one_record(self, grid_worker):
        for _twice in range(2):
            assert writes(grid_worker).status_code == 302

        assert Record.objects.count() == 1

    def test_what_cannot_be_read_comes_back_as_it_was_typed(self, grid_worker):
        answer = writes(grid_worker, **{"value-found": "许多"})

        page = answer.content.decode()
        assert answer.status_code == 422 and "许多" in page and "莲花港" in page
        assert not Record.objects.exists()

    def test_outside_the_own_grid_it_is_refused(self, grid_worker):
        assert writes(grid_worker, **{"place-area": "330106013/002/"}).status_code == 422

    def test_what_is_not_for_the_phone_is_not_found_there(self, community_officer):
        assert in_english(community_officer).get(f"{WORK}/mobile_cabin").status_code == 404
