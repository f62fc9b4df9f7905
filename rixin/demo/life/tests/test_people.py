"""The demo's homes and rolls: made through the same rules, the same for the same seed, in a few statements."""

from datetime import datetime
from random import Random

import pytest

from rixin.catalogue.worktime import LOCAL
from rixin.demo.life import homes, rolls
from rixin.homes import queries
from rixin.homes.models import Dwelling, HeadCount, HeadReturn, HomeEvent
from rixin.people.actors import SYSTEM
from rixin.rolls import visiting
from rixin.rolls.models import Entry, Status, Visit
from rixin.rolls.tests.conftest import keeper

__all__ = ["keeper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]
NOW = datetime(2022, 12, 20, 9, 0, tzinfo=LOCAL)
BEGUN = datetime(2021, 1, 5, 10, 0, tzinfo=LOCAL)


@pytest.fixture
def few_houses(wenxin_places: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of one grid, so that the test is quick."""
    some = queries.buildings_in("330106013/001/01/")[:8]
    monkeypatch.setattr(queries, "buildings_in", lambda _path: some)


@pytest.mark.usefixtures("few_houses")
class TestHomes:
    def test_every_building_has_dwellings_and_counts_of_each_half_year(self):
        made = homes.make(Random(7), SYSTEM, BEGUN, NOW)

        per_building = queries.per_building(list(Dwelling.objects.values_list("building", flat=True)), NOW.date())
        assert made == Dwelling.objects.count() and all(24 <= n <= 60 for n in per_building.values())
        assert set(HeadReturn.objects.values_list("period", flat=True)) == {"2021-H1", "2021-H2", "2022-H1"}

    def test_is_the_same_for_the_same_seed(self):
        def told() -> list[tuple[str, int]]:
            HomeEvent.objects.all().expire()
            HeadReturn.objects.all().delete()
            Dwelling.objects.all().delete()
            homes.make(Random(7), SYSTEM, BEGUN, NOW)
            return list(HeadCount.objects.order_by("pk").values_list("counted", "number"))

        first = told()

        assert first and told() == first

    def test_the_people_of_sixty_and_over_are_plausible(self):
        homes.make(Random(7), SYSTEM, BEGUN, NOW)
        sums = dict.fromkeys(("residents", "aged_60", "aged_80"), 0)
        for name, number in HeadCount.objects.filter(counted__in=sums).values_list("counted", "number"):
            sums[name] += number

        assert 0.12 < sums["aged_60"] / sums["residents"] < 0.40 and sums["aged_80"] < sums["aged_60"]


@pytest.mark.usefixtures("few_houses")
def test_rolls_have_people_who_are_called_at_and_requests_that_wait(keeper, grid_worker, monkeypatch):
    monkeypatch.setattr(rolls, "PEOPLE", {"elder_care": 12, "meals": 6})
    homes.make(Random(7), SYSTEM, BEGUN, NOW)

    rolls.make(Random(7), keeper.actor, [grid_worker], NOW)

    assert Entry.objects.filter(status=Status.ASKED).count() == 6
    assert visiting.visit_list(grid_worker) and Visit.objects.exists()
    assert not Entry.objects.filter(delete_on__lte=NOW.date()).exists()
