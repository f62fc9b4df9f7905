"""Which rooms fit a wish, and in what order they stand. Areas in square decimetres."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from rixin.investment.matching import MOST_TOGETHER, Free, Neighbours, Wish, offers

TODAY = date(2022, 12, 1)


def free(number: str, area: int, *, place: int = 0, building: int = 1, floor: int = 3, **said: Any) -> Free:
    known: dict[str, Any] = {"room": building * 1000 + int(number), "free_from": TODAY}
    return Free(number=number, area=area, place=place, building=building, floor=floor, **{**known, **said})


def numbers(wish: Wish, *rooms: Free, neighbours: dict[int, Neighbours] | None = None) -> list[str]:
    return ["+".join(room.number for room in offer.rooms) for offer in offers(wish, rooms, neighbours or {}, TODAY)]


class TestWhatFits:
    def test_a_room_within_the_bounds_both_included(self):
        rooms = [free("1", 99), free("2", 100), free("3", 200), free("4", 201)]

        assert numbers(
            Wish(least=100, most=200), *[free(one.number, one.area, place=9 * n) for n, one in enumerate(rooms)]
        ) == ["2", "3"]

    def test_a_bound_that_is_not_said_is_not_asked(self):
        assert numbers(Wish(least=100), free("1", 5_000)) == ["1"]
        assert numbers(Wish(most=100), free("1", 50)) == ["1"]

    def test_rooms_side_by_side_on_one_floor_that_fit_together(self):
        assert numbers(Wish(least=150, most=250), free("1", 100, place=0), free("2", 100, place=1)) == ["1+2"]

    def test_not_with_another_room_between_nor_on_two_floors_nor_in_two_buildings(self):
        wish, first = Wish(least=150, most=250), free("1", 100, place=0)

        assert numbers(wish, first, free("2", 100, place=2)) == []
        assert numbers(wish, first, free("2", 100, place=1, floor=4)) == []
        assert numbers(wish, first, free("2", 100, place=1, building=2)) == []

    def test_not_with_a_part_of_a_room_in_which_somebody_stays(self):
        wish = Wish(least=150, most=250)

        assert numbers(wish, free("1", 100, place=0), free("2", 100, place=1, whole=False)) == []

    def test_what_would_do_by_itself_is_not_joined(self):
        assert numbers(Wish(least=90, most=250), free("1", 100, place=0), free("2", 100, place=1)) == ["1", "2"]


class TestTheirOrder:
    def test_free_in_time_before_free_too_late(self):
        wish = Wish(least=100, from_day=date(2023, 1, 1))
        late = free("1", 100, free_from=date(2023, 1, 15))

        assert numbers(wish, late, free("2", 100, place=5, free_from=date(2022, 12, 20))) == ["2", "1"]
        assert [offer.late for offer in offers(wish, [late], {}, TODAY)] == [14]

    def test_within_the_rent_before_above_it_and_what_is_not_known_is_not_above(self):
        wish = Wish(least=100, rent_most=300)

        assert numbers(wish, free("1", 100, rent=350), free("2", 100, place=5, rent=300), free("3", 100, place=9)) == [
            "2", "3", "1",
        ]  # fmt: skip
        assert offers(wish, [free("3", 100)], {}, TODAY)[0].over is None

    def test_where_more_tenants_are_of_the_same_industry(self):
        neighbours = {1: Neighbours(tenants=10, alike=2), 2: Neighbours(tenants=4, alike=2)}

        assert numbers(Wish(), free("1", 100), free("2", 100, building=2), neighbours=neighbours) == ["2", "1"]

    def test_one_room_before_several_and_the_closer_area_first(self):
        wish = Wish(least=150, most=400)
        rooms = [free("1", 100, place=0), free("2", 100, place=1), free("3", 300, place=5), free("4", 160, place=8)]

        assert numbers(wish, *rooms) == ["4", "3", "1+2"]


@given(areas=some.lists(some.integers(1, 300), max_size=9), least=some.integers(1, 400), width=some.integers(0, 300))
def test_every_offer_fits_and_no_room_stands_twice_in_one(areas, least, width):
    rooms = [free(str(nth), area, place=nth) for nth, area in enumerate(areas)]

    for offer in offers(Wish(least=least, most=least + width), rooms, {}, TODAY):
        places = [room.place for room in offer.rooms]
        assert least <= offer.area <= least + width
        assert places == list(range(places[0], places[0] + len(places))) and len(places) <= MOST_TOGETHER
