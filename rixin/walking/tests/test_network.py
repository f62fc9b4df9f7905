"""Ways on foot: spots join the nearest stretch, lines join where they share a point, and no shortcut is invented."""

import threading

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rixin.catalogue.circle_schema import Circle
from rixin.catalogue.schema import Text
from rixin.places.coordinates import Position
from rixin.walking.coverage import Coverage, Home, by_community, covered, summed
from rixin.walking.network import FARTHEST_ASIDE, Network
from rixin.walking.tests import brute

WEST, EAST, NORTH = (120.0, 30.0), (120.01, 30.0), (120.0, 30.009)
STREET = Network([[WEST, EAST]])
LONG = Position(30.0, 120.0).metres_to(Position(30.0, 120.01))


def a_circle(minutes: int = 15, pace: int = 67) -> Circle:
    said = Text(zh="试验圈", en="Trial")
    return Circle(
        code="trial", name=said, meaning=said, unit="x", kinds=["canteen"], minutes=minutes, metres_per_minute=pace
    )


def metres(network: Network, start: Position, to: Position) -> float | None:
    foot = network.foot_of(to)
    walk = network.spread({1: foot} if foot else {}).walk_to(network.foot_of(start))
    return walk.metres if walk else None


def test_a_walk_goes_to_the_street_along_it_and_from_it_again():
    start, to = Position(30.0005, 120.002), Position(29.9995, 120.008)

    walked = metres(STREET, start, to)

    aside = start.metres_to(Position(30.0, 120.002)) + to.metres_to(Position(30.0, 120.008))
    assert walked == pytest.approx(aside + 0.6 * LONG, abs=0.01)


def test_neighbours_on_one_stretch_meet_without_going_round_its_ends():
    assert metres(STREET, Position(30.0, 120.004), Position(30.0, 120.005)) == pytest.approx(0.1 * LONG, abs=0.01)


def test_what_is_farther_than_a_stones_throw_from_every_path_is_not_on_the_network():
    degree = 111_195
    near, far = (Position(30.0 + (FARTHEST_ASIDE + more) / degree, 120.005) for more in (-1, 1))

    assert STREET.foot_of(near) is not None
    assert STREET.foot_of(far) is None


def test_lines_that_share_a_point_join_and_lines_that_only_cross_do_not():
    middle = (120.005, 30.0)
    joined = Network([[WEST, middle, EAST], [(120.005, 30.01), middle, (120.005, 29.99)]])
    bridge = Network([[WEST, EAST], [(120.005, 30.01), (120.005, 29.99)]])
    start, to = Position(30.0, 120.0), Position(30.01, 120.005)

    assert metres(joined, start, to) is not None
    assert metres(bridge, start, to) is None


def test_of_several_the_nearest_on_foot_is_found_and_not_the_nearest_as_the_crow_flies():
    comb = Network([[WEST, EAST], [WEST, NORTH], [EAST, (120.01, 30.009)]])
    tooth = comb.foot_of(Position(30.008, 120.0))
    across, along = comb.foot_of(Position(30.008, 120.01)), comb.foot_of(Position(30.0, 120.001))
    assert tooth and across and along

    walk = comb.spread({1: across, 2: along}).walk_to(tooth)

    assert walk is not None and walk.to == 2


def test_two_threads_ask_one_network_without_meeting_each_others_questions():
    found: list[float | None] = []
    ends = [Position(30.0, 120.0), Position(30.0, 120.01)]

    def ask(nth: int) -> None:
        found.extend(metres(STREET, Position(30.0, 120.0025), ends[nth]) for _each in range(100))

    threads = [threading.Thread(target=ask, args=(nth,)) for nth in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted({round(one or 0) for one in found}) == [round(LONG / 4), round(LONG * 3 / 4)]


def test_the_last_metre_decides_whether_a_walk_is_within():
    circle = a_circle()

    assert (circle.minutes_for(1005), circle.minutes_for(1006), circle.metres) == (15, 16, 1005)


def test_dwellings_off_the_network_are_counted_apart_and_never_as_within():
    home = STREET.foot_of(Position(30.0, 120.001))
    homes = [Home("near", "330106013/001/01/", 30, home), Home("off", "330106013/002/01/", 10, None)]
    site = STREET.foot_of(Position(30.0, 120.002))
    assert site

    reached = covered(STREET, homes, {7: site}, a_circle())

    assert summed(reached) == Coverage(within=30, beyond=0, off_network=10)
    assert summed(reached).share is not None and float(summed(reached).share or 0) == 0.75
    assert by_community(reached) == {
        "330106013/001/": Coverage(within=30),
        "330106013/002/": Coverage(off_network=10),
    }


def test_with_nothing_open_nothing_is_covered():
    homes = [Home("near", "330106013/001/01/", 30, STREET.foot_of(Position(30.0, 120.001)))]

    assert summed(covered(STREET, homes, {}, a_circle())) == Coverage(beyond=30)


spots = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
    lambda at: (30.0 + at[0] * 1.1e-4, 120.0 + at[1] * 1.3e-4)
)
corners = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(
    lambda at: (30.0 + at[0] * 1.3e-3, 120.0 + at[1] * 1.5e-3)
)
lines_of = st.lists(st.lists(corners, min_size=2, max_size=4, unique=True), min_size=1, max_size=5)


@settings(max_examples=40)
@given(
    lines=lines_of,
    homes=st.lists(spots, min_size=1, max_size=6),
    sites=st.lists(spots, max_size=4),
    minutes=st.integers(1, 15),
)
def test_metres_and_share_are_those_of_a_plain_computation(lines, homes, sites, minutes):
    assume(all(brute.plainly_joined(lines, spot) for spot in (*homes, *sites)))
    circle = a_circle(minutes)
    network = Network([[(lng, lat) for lat, lng in line] for line in lines])
    named = {f"home{nth}": at for nth, at in enumerate(homes)}
    blocks = [
        Home(key, "330106013/001/", 7 + nth, network.foot_of(Position(*at)))
        for nth, (key, at) in enumerate(named.items())
    ]
    feet = {nth: foot for nth, at in enumerate(sites) if (foot := network.foot_of(Position(*at)))}

    found = {one.building: one for one in covered(network, blocks, feet, circle)}

    expected = brute.walks(lines, named, dict(enumerate(sites)), FARTHEST_ASIDE)
    edge = [metres for _on, metres in expected.values() if metres and abs(metres - circle.metres - 0.5) < 0.01]
    for key, (on_network, metres) in expected.items():
        assert found[key].on_network == on_network
        assert (found[key].metres is None) == (metres is None)
        assert metres is None or abs((found[key].metres or 0) - metres) <= 0.51
    if not edge:
        within = sum(
            block.dwellings
            for block in blocks
            if (metres := expected[block.building][1]) is not None and metres < circle.metres + 0.5
        )
        assert summed(found.values()).within == within
