"""The order of a walk: short, whole, and all of a building together."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rixin.liaison.route import Stop, length, route
from rixin.places.coordinates import Position

HERE = Position(30.28, 120.10)


def east(metres: float) -> Position:
    return Position(HERE.lat, HERE.lng + metres / 96_000)


def walked(*stops: Stop) -> list[int]:
    return [stop.key for stop in route(stops).stops]


points = st.builds(Position, st.floats(30.25, 30.30), st.floats(120.08, 120.13))


def test_along_a_street_nobody_walks_back() -> None:
    stops = [Stop(key, f"door {key}", east(metres)) for key, metres in ((1, 500), (2, 0), (3, 900), (4, 200))]

    found = route(stops)

    assert [stop.key for stop in found.stops] in ([2, 4, 1, 3], [3, 1, 4, 2])
    assert 890 <= found.metres <= 910


def test_all_of_a_building_come_together_from_the_top_down() -> None:
    assert walked(
        Stop(1, "tower", HERE, 3),
        Stop(2, "street", east(50)),
        Stop(3, "tower", HERE, 12),
        Stop(4, "tower", HERE),
        Stop(5, "tower", HERE, -1),
    ) in ([3, 1, 5, 4, 2], [2, 3, 1, 5, 4])


def test_what_has_no_position_comes_last_and_adds_no_way() -> None:
    found = route([Stop(1, "?", None), Stop(2, "tower", HERE)])

    assert [stop.key for stop in found.stops] == [2, 1]
    assert (found.metres, found.unplaced) == (0, 1)


def test_of_nothing_there_is_no_way() -> None:
    assert route([]).stops == ()


@given(st.lists(points, min_size=3, max_size=6))
def test_every_stop_is_walked_to_once_and_hardly_any_way_is_shorter(found: list[Position]) -> None:
    stops = [Stop(key, str(key), position) for key, position in enumerate(found)]

    made = route(stops)

    assert sorted(stop.key for stop in made.stops) == list(range(len(found)))
    best = min(length(order) for order in permutations(found))
    assert made.metres <= 1.25 * best + 1


@given(st.lists(points, max_size=12), st.randoms())
def test_the_order_in_which_they_are_given_does_not_matter(found: list[Position], random) -> None:
    stops = [Stop(key, str(key), position) for key, position in enumerate(found)]
    shuffled = list(stops)
    random.shuffle(shuffled)

    assert route(shuffled) == route(stops)
