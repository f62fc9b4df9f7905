"""My visits on the phone: those whom one serves, masked, opened one by one, written down once."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.desk.tests.conftest import in_english, shown
from rixin.homes.tests.builders import entered
from rixin.privacy.models import Opening
from rixin.rolls import actions
from rixin.rolls.models import Visit
from rixin.rolls.tests.builders import AT, MEALS, an_entry
from rixin.rolls.tests.conftest import keeper, second_grid_worker

__all__ = ["keeper", "second_grid_worker"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NAME, PHONE = "王秀兰", "13800001234"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch, _monday: None) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(hours=1))


def typed(**other: Any) -> dict[str, Any]:
    return {"day": "2022-03-07", "outcome": "met", "words": "", "once": "outbox-1", **other}


class TestTheList:
    def test_has_nothing_of_rolls_that_one_does_not_serve(self, keeper, grid_worker, second_grid_worker):
        an_entry(keeper, name=NAME, server=grid_worker)
        an_entry(keeper, MEALS, name="李建国", server=second_grid_worker)
        an_entry(keeper, MEALS, name="赵小明")

        page = shown(grid_worker, "/desk/field/services")

        assert "王**" in page and "李**" not in page and "赵**" not in page

    def test_has_nobody_for_who_serves_nobody(self, keeper, grid_worker, community_officer):
        an_entry(keeper, name=NAME)

        for one in (grid_worker, community_officer, keeper):
            page = shown(one, "/desk/field/services")
            assert "You serve nobody on a roll" in page and "王" not in page

    def test_loses_at_once_whoever_leaves(self, keeper, grid_worker):
        entry = an_entry(keeper, name=NAME, server=grid_worker)

        actions.leave(entry, by=keeper.actor, at=AT, seen=1)

        assert "王**" not in shown(grid_worker, "/desk/field/services")
        assert grid_worker.client.get(f"/desk/field/services/{entry.pk}").status_code == 404

    def test_shows_no_door_and_no_number(self, keeper, grid_worker):
        an_entry(keeper, name=NAME, server=grid_worker)

        page = shown(grid_worker, "/desk/field/services?by=place")

        assert NAME not in page and PHONE not in page and "101" not in page

    def test_asks_as_much_for_one_as_for_many(self, keeper, grid_worker):
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                shown(grid_worker, "/desk/field/services")
            return len(asked)

        an_entry(keeper, server=grid_worker)
        statements()
        first = statements()
        for _nth in range(5):
            an_entry(keeper, server=grid_worker)
        assert statements() == first


class TestOpening:
    def test_shows_door_number_and_what_the_roll_gives_and_is_on_record(self, keeper, grid_worker):
        answers = {"service": "call", "when": "上午", "key_person": "女儿李梅"}
        entry = an_entry(keeper, name=NAME, server=grid_worker, values=answers)

        for _nth in range(2):
            page = in_english(grid_worker).post(f"/desk/field/services/{entry.pk}/open").content.decode()

        assert NAME in page and f"tel:{PHONE}" in page and "101室" in page and "上午" in page
        assert "女儿李梅" not in page
        assert list(Opening.objects.values_list("number", "purpose")) == [(entry.number, "visit")]

    def test_of_somebody_whom_one_does_not_serve_is_not_possible(self, keeper, grid_worker, second_grid_worker):
        entry = an_entry(keeper, server=grid_worker)

        assert second_grid_worker.client.post(f"/desk/field/services/{entry.pk}/open").status_code == 404
        assert not Opening.objects.exists()


class TestAVisit:
    def test_is_written_down_and_sets_the_next(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)

        answer = in_english(grid_worker).post(f"/desk/field/services/{entry.pk}", typed())

        entry.refresh_from_db()
        assert answer.status_code == 302 and entry.visit_due.isoformat() == "2022-03-21"

    def test_from_the_outbox_arrives_once(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        for _nth in range(2):
            answer = in_english(grid_worker).post(f"/desk/field/services/{entry.pk}", typed())
            assert answer.status_code == 302

        assert Visit.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong", [{"outcome": ""}, {"outcome": "asleep"}, {"words": "高血压"}, {"day": "2022-05-01"}]
    )
    def test_what_is_wrong_keeps_what_was_typed(self, keeper, grid_worker, wrong):
        entry = an_entry(keeper, server=grid_worker)

        answer = in_english(grid_worker).post(f"/desk/field/services/{entry.pk}", typed(**wrong))

        assert answer.status_code == 422 and not Visit.objects.exists()

    def test_that_finds_need_begins_a_matter_with_the_building_and_no_name(self, keeper, grid_worker):
        (dwelling,) = entered("1-101", code="building-dejia-west-1", at=AT)
        entry = an_entry(keeper, name=NAME, server=grid_worker, dwelling=dwelling, address="")

        answer = in_english(grid_worker).post(f"/desk/field/services/{entry.pk}", typed(outcome="help"))

        begun = parse_qs(urlsplit(answer["Location"]).query)
        assert begun["type"] == ["family_aid"] and begun["address"] == ["德加西区1幢"]
        assert NAME not in answer["Location"] and "101" not in str(begun)
        page = shown(grid_worker, answer["Location"])
        assert 'value="family_aid" selected' in page or "family_aid" in page
        assert "德加西区1幢" in page
