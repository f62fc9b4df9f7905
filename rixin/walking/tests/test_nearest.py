"""From where somebody stands: the nearest facility on foot, and honesty where no way is known."""

from datetime import date

import pytest

from rixin.places.coordinates import Position
from rixin.walking.models import Network
from rixin.walking.nearest import on_foot
from rixin.walking.tests.builders import at_place
from rixin.walking.tests.test_bundled import bellman_ford

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paths")]
TODAY = date(2023, 2, 20)
HERE = "building-dejia-west-1"


def spot(code: str) -> Position:
    return Position(*at_place(code))


def test_the_nearest_on_foot_comes_first_with_metres_and_begun_minutes():
    canteens = {1: spot("facility-canteen"), 2: spot("facility-wulian-complex")}

    found = on_foot(spot(HERE), canteens, TODAY)

    plain = {key: bellman_ford({1: (at.lat, at.lng)})[HERE] for key, at in canteens.items()}
    assert [one.key for one in found] == sorted(plain, key=lambda key: plain[key])
    assert all(abs(one.metres - plain[one.key]) < 0.51 for one in found)
    assert all((one.minutes - 1) * 67 < one.metres <= one.minutes * 67 for one in found)


def test_what_is_not_on_the_network_is_left_out_and_not_guessed():
    found = on_foot(spot(HERE), {1: spot("facility-canteen"), 2: Position(30.5, 120.5), 3: None}, TODAY)

    assert [one.key for one in found] == [1]


def test_from_far_away_no_way_is_known():
    assert on_foot(Position(30.5, 120.5), {1: spot("facility-canteen")}, TODAY) == []


def test_without_any_network_no_way_is_known():
    Network.objects.all().delete()

    assert on_foot(spot(HERE), {1: spot("facility-canteen")}, TODAY) == []
