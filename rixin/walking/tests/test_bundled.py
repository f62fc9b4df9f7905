"""The ways on foot that ship with the product: they hang together, reach every building, and say what they are."""

import csv
import json
from importlib.resources import files
from itertools import pairwise

import shapely

from rixin.places.coordinates import Position
from rixin.walking.coverage import Home, covered, summed
from rixin.walking.network import FARTHEST_ASIDE, Network
from rixin.walking.tests import brute
from rixin.walking.tests.test_network import a_circle

FOLDER = files("rixin.places") / "wenxin"
FILE = json.loads((FOLDER / "paths.geojson").read_text(encoding="utf-8"))
LINES = [line for feature in FILE["features"] for line in feature["geometry"]["coordinates"]]
NETWORK = Network(LINES)
_ROWS = list(csv.DictReader((FOLDER / "places.csv").read_text(encoding="utf-8").splitlines()))
PLACES = {row["code"]: (float(row["lat"]), float(row["lng"])) for row in _ROWS if row["lat"]}
BUILDINGS = {row["code"]: PLACES[row["code"]] for row in _ROWS if row["kind"] == "building" and row["lat"]}


def test_it_says_that_nobody_surveyed_it():
    assert "not surveyed" in FILE["source"] and "非测绘成果" in FILE["source"]


def test_all_of_it_hangs_together():
    assert len(NETWORK.parts()) == 1


def test_every_place_of_the_street_can_be_walked_to():
    off = [code for code, at in PLACES.items() if NETWORK.foot_of(Position(*at)) is None]

    assert off == []


def test_rivers_are_crossed_at_the_roads_and_the_two_footbridges_only():
    lines = json.loads((FOLDER / "lines.geojson").read_text(encoding="utf-8"))["features"]
    rivers = [
        shapely.LineString(one["geometry"]["coordinates"]) for one in lines if "river" in one["properties"]["code"]
    ]
    over = {
        (one["properties"]["name_zh"], one["properties"]["kind"])
        for one in FILE["features"]
        if any(shapely.MultiLineString(one["geometry"]["coordinates"]).intersects(river) for river in rivers)
    }

    roads = {one["properties"]["name_zh"] for one in lines if one["properties"]["kind"] == "road"}
    assert ("", "footbridge") in over
    assert over <= {("", "footbridge")} | {(road, kind) for road in roads for kind in ("pavement", "crossing")}


def test_walks_of_all_buildings_are_those_of_a_plain_computation():
    sites = {nth: PLACES[code] for nth, code in enumerate(("facility-health-centre", "facility-health-jingzhou"))}
    feet = {nth: foot for nth, at in sites.items() if (foot := NETWORK.foot_of(Position(*at)))}
    homes = [Home(code, "", 30, NETWORK.foot_of(Position(*at))) for code, at in BUILDINGS.items()]
    circle = a_circle()

    found = covered(NETWORK, homes, feet, circle)

    expected = bellman_ford(sites)
    assert len(found) == 820
    for one in found:
        assert one.metres is not None and abs(one.metres - expected[one.building]) < 0.51, one
    within = sum(30 for metres in expected.values() if metres < circle.metres + 0.5)
    assert summed(found).within == within
    assert 0 < within < 820 * 30


def bellman_ford(sites: dict[int, brute.Point]) -> dict[str, float]:
    """Bellman and Ford: every stretch is gone along, again and again, until nothing gets any nearer."""
    stretches = sorted({tuple(sorted(((a[1], a[0]), (b[1], b[0])))) for line in LINES for a, b in pairwise(line)})
    lengths = [brute.between(*stretch) for stretch in stretches]
    best: dict[brute.Point, float] = {}
    joints = {site: brute.joined(stretches, at, FARTHEST_ASIDE) for site, at in sites.items()}
    for nth, share, aside in filter(None, joints.values()):
        for end, part in zip(stretches[nth], (share, 1 - share), strict=True):
            best[end] = min(best.get(end, 1e9), aside + part * lengths[nth])
    nearer = True
    while nearer:
        nearer = False
        for (here, there), length in zip(stretches, lengths, strict=True):
            for one, other in ((here, there), (there, here)):
                if best.get(one, 1e9) + length < best.get(other, 1e9) - 1e-9:
                    best[other] = best[one] + length
                    nearer = True
    return {code: _to(at, stretches, lengths, best, joints.values()) for code, at in BUILDINGS.items()}


def _to(at, stretches, lengths, best, joints) -> float:
    close = [nth for nth, (here, there) in enumerate(stretches) if _beside(at, here, there)]
    found = brute.joined([stretches[nth] for nth in close], at, FARTHEST_ASIDE)
    assert found is not None
    nth, share, aside = close[found[0]], found[1], found[2]
    ways = [
        aside + part * lengths[nth] + best[end] for end, part in zip(stretches[nth], (share, 1 - share), strict=True)
    ]
    ways += [aside + other[2] + abs(share - other[1]) * lengths[nth] for other in joints if other and other[0] == nth]
    return min(ways)


def _beside(at, here, there) -> bool:
    """Whether the stretch comes within some 60 m: no building is farther from a path."""
    near = 0.0006
    return all(
        min(one, other) - near <= mine <= max(one, other) + near
        for mine, one, other in zip(at, here, there, strict=True)
    )
