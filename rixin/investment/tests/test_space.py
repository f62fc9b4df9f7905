"""Rooms of the register that are free now or soon, for what a lead looks for."""

from datetime import date

import pytest

from rixin.investment import space
from rixin.investment.tests.builders import a_lead
from rixin.registers.models import Building
from rixin.registers.tests.builders import a_building, a_lease, a_room, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
DAY = date(2022, 12, 1)


def offered(lead, within: int = 0, day: date = DAY) -> list[tuple[str, str, str]]:
    found = space.places_for(lead, Building.objects.all(), day, within)
    return [
        ("+".join(room.number for room in placed.offer.rooms), placed.offer.rooms[0].why, str(placed.offer.free_from))
        for placed in found
    ]


@pytest.fixture
def lead(officer):
    return a_lead(officer, area_least=8_000, area_most=30_000)


def test_an_empty_room_is_free_today_and_one_that_is_let_is_not(lead):
    tower = a_building()
    a_room(tower, "301")
    a_lease(a_room(tower, "302"), an_enterprise(), until="2024-01-01")

    assert offered(lead) == [("301", "free", "2022-12-01")]


def test_a_room_whose_lease_ends_within_the_days_is_free_on_the_day_after(lead):
    a_lease(a_room(a_building()), an_enterprise(), until="2023-01-31")

    assert offered(lead, within=30) == []
    assert offered(lead, within=90) == [("301", "lease_ends", "2023-02-01")]


def test_a_lease_without_an_end_is_never_soon_free(lead):
    a_lease(a_room(a_building()), an_enterprise())

    assert offered(lead, within=365) == []


def test_a_planned_room_is_offered_with_its_day(lead):
    a_room(a_building(), from_day=date(2023, 6, 1))

    assert offered(lead) == [("301", "planned", "2023-06-01")]


def test_what_is_left_of_a_room_counts_by_itself(lead):
    a_lease(a_room(a_building(), metres=200), an_enterprise(), metres=110)

    assert offered(lead) == [("301", "free", "2022-12-01")]


def test_rooms_are_side_by_side_in_the_order_of_their_numbers(officer):
    lead, tower = a_lead(officer, area_least=18_000, area_most=25_000), a_building()
    for number in ("9", "10"):
        a_room(tower, number)

    assert offered(lead) == [("9+10", "free", "2022-12-01")]


def test_neighbours_of_the_same_section_are_counted_once_each(lead):
    tower, twice = a_building(), an_enterprise(section="I")
    a_lease(a_room(tower, "101", floor=1), twice)
    a_lease(a_room(tower, "102", floor=1), twice)
    a_lease(a_room(tower, "201", floor=2), an_enterprise(section="J", division="66"))
    a_room(tower, "301")

    (placed,) = space.places_for(lead, Building.objects.all(), DAY, 0)

    assert (placed.offer.neighbours.tenants, placed.offer.neighbours.alike) == (2, 1)


def test_statements_do_not_grow_with_the_buildings(lead, django_assert_num_queries):
    for nth in range(4):
        a_room(a_building(f"tower-{nth}"))
    buildings = list(Building.objects.all())

    with django_assert_num_queries(3):
        space.places_for(lead, buildings[:1], DAY, 90)
    with django_assert_num_queries(3):
        space.places_for(lead, buildings, DAY, 90)
