"""`python -m benchmarks.walking`: settling a street, and one facility more thought through.

A thousand buildings along the bundled ways on foot and facilities of twelve kinds, in a scratch database that is gone
afterwards. Beside it, in the same run, what is at hand without the product: NetworkX asked once for each facility, over
the same graph, with every spot taken to its nearest crossing.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import patch

from benchmarks import figures
from benchmarks.enterprises import scratch
from benchmarks.ground import hardware, told

if TYPE_CHECKING:
    from rixin.catalogue.circle_schema import Circle
    from rixin.places.coordinates import Position

KINDS, EACH, DWELLINGS = 12, 6, 30
"""Kinds of facility, facilities of each, dwellings of a building."""
_NOW = datetime(2023, 1, 10, 1, 0, tzinfo=UTC)
_SINCE = date(2022, 1, 1)
_STREET = "330106013/001/"
T = TypeVar("T")
Street = tuple[dict[str, "Position"], dict[int, "Position"]]


def circles() -> dict[str, "Circle"]:
    from rixin.catalogue.circle_schema import Circle
    from rixin.catalogue.schema import Text

    named = Text(zh="圈", en="Circle")
    return {
        f"kind{nth}": Circle(code=f"kind{nth}", name=named, meaning=named, unit="x", kinds=[f"kind{nth}"])
        for nth in range(KINDS)
    }


def fill(buildings: int, random: Random) -> Street:
    """Buildings and facilities some metres beside the paths, in the tables. Where they are."""
    from rixin.facilities.models import Facility, State, StateSpan
    from rixin.homes.models import Dwelling
    from rixin.places.models import Place
    from rixin.walking.models import Network

    lines = Network.objects.get().lines
    homes = {f"bench-{nth}": _beside_a_path(lines, random) for nth in range(buildings)}
    Place.objects.bulk_create(
        Place(code=code, kind="building", name_zh=code, lat=spot.lat, lng=spot.lng) for code, spot in homes.items()
    )
    Dwelling.objects.bulk_create(
        Dwelling(building=code, area_path=_STREET, number=str(nth), from_day=_SINCE)
        for code in homes
        for nth in range(DWELLINGS)
    )
    spots = [(f"kind{kind}", _beside_a_path(lines, random)) for kind in range(KINDS) for _nth in range(EACH)]
    facilities = Facility.objects.bulk_create(
        Facility(
            kind=kind,
            name_zh=kind,
            area_path=_STREET,
            lat=spot.lat,
            lng=spot.lng,
            state=State.OPEN,
            entered_at=_NOW,
            changed_at=_NOW,
        )
        for kind, spot in spots
    )
    # Half of them open in the course of the year: each such day is a search of its own.
    StateSpan.objects.bulk_create(
        StateSpan(facility=one, state=State.OPEN, from_day=date(2022, 1 + nth % 12, 15) if nth % 2 else _SINCE)
        for nth, one in enumerate(facilities)
    )
    return homes, {one.pk: spot for one, (_kind, spot) in zip(facilities, spots, strict=True)}


def _beside_a_path(lines: list[list[list[float]]], random: Random) -> "Position":
    from rixin.places.coordinates import Position

    lng, lat = random.choice(random.choice(lines))
    return Position(lat + random.uniform(-3e-4, 3e-4), lng + random.uniform(-3e-4, 3e-4))


def plain(street: Street) -> Callable[[], Mapping[str, float]]:
    """NetworkX asked for every facility; each building then takes the least, kind by kind."""
    import networkx as nx

    from rixin.places.coordinates import Position
    from rixin.walking.models import Network

    homes, facilities = street
    graph: nx.Graph[tuple[float, float]] = nx.Graph()
    for line in Network.objects.get().lines:
        for here, there in pairwise(line):
            metres = Position(here[1], here[0]).metres_to(Position(there[1], there[0]))
            graph.add_edge(tuple(here), tuple(there), metres=metres)

    def nearest(spot: Position) -> tuple[float, float]:
        return min(graph, key=lambda node: (node[0] - spot.lng) ** 2 + (node[1] - spot.lat) ** 2)

    def asked() -> Mapping[str, float]:
        at = {code: nearest(spot) for code, spot in homes.items()}
        starts = (nearest(spot) for spot in facilities.values())
        ways = [nx.single_source_dijkstra_path_length(graph, start, weight="metres") for start in starts]
        least: dict[str, float] = {}
        for kind in range(KINDS):
            of_kind = ways[kind * EACH : (kind + 1) * EACH]
            least |= {f"{kind} {code}": min(way[node] for way in of_kind) for code, node in at.items()}
        return least

    return asked


def one_more(spot: "Position", circle: "Circle") -> Callable[[], object]:
    from rixin.walking import current, trying
    from rixin.walking.models import Reach

    def asked() -> object:
        rows = list(Reach.objects.filter(ring__circle=circle.code, until_day=None, covered=False, on_network=True))
        graph = current.on(_NOW.date())
        assert graph is not None
        feet = current.feet(graph, [row.building for row in rows])
        return trying.tried(graph, spot, rows, feet, circle)

    return asked


def timed(question: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    answer = question()
    return time.process_time() - began, answer


def measure(buildings: int, times: int, random: Random) -> str:
    from rixin.places import gazetteer
    from rixin.walking import bringing, settling
    from rixin.walking.models import Reach

    bringing.load_bundled(_NOW)
    street = fill(buildings, random)
    gazetteer.forget()
    told(f"{buildings} buildings, {KINDS * EACH} facilities")
    known = circles()
    with patch.object(settling.circles, "known", lambda: known):
        first, _done = timed(lambda: settling.settle(_NOW))
        again, _done = timed(lambda: settling.settle(_NOW))
        looked, _stale = timed(lambda: settling.settle_if_stale(_NOW))
        trial = one_more(next(iter(street[0].values())), known["kind0"])
        tries = [timed(trial)[0] for _nth in range(times)]
    baseline, _ways = timed(plain(street))
    rows = [
        ["settling all circles, all days, first time", f"{first:.2f} s", f"{first / baseline:.2f}"],
        ["settling again, nothing changed", f"{again:.2f} s", f"{again / baseline:.2f}"],
        ["looking whether anything changed", f"{looked * 1000:.0f} ms", f"{looked / baseline:.3f}"],
        ["one facility more thought through, p50", f"{figures.percentile(tries, 0.5):.0f} ms", ""],
        ["one facility more thought through, p95", f"{figures.percentile(tries, 0.95):.0f} ms", ""],
        ["plain NetworkX, one search a facility, one day", f"{baseline:.2f} s", "1"],
    ]
    size = (
        f"{buildings:,} buildings of {DWELLINGS} dwellings, {KINDS} circles of {EACH} facilities, half of them open all"
    )
    size += f" year, the others from a day in it on; {Reach.objects.count():,} spans."
    return f"{size}\n\n" + figures.table(["what", "processor time", "to plain NetworkX"], rows)


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.walking", description=__doc__)
    parser.add_argument("--buildings", type=int, default=1_000, help="how many there are (%(default)s)")
    parser.add_argument("--times", type=int, default=20, help="how often a spot is tried (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes another street (%(default)s)")
    parsed = parser.parse_args(given)
    with scratch() as vendor:
        measured = measure(parsed.buildings, parsed.times, Random(parsed.seed))
        figures.keep("walking", f"{hardware()}, {vendor}.\n\n{measured}")


if __name__ == "__main__":
    main()
