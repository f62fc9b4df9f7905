"""`python -m tools.paths`: draws rixin/places/wenxin/paths.geojson, the ways on foot of the bundled places.

Nothing of it is surveyed. Both pavements of each road, zebra crossings, a lattice in each quarter that passes its
buildings, gates from there to the pavements, two footbridges. Rivers are crossed by roads and footbridges only. The
same input gives the same file, byte for byte.
"""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import networkx as nx
import shapely
from shapely import LineString, Point
from shapely.ops import linemerge

FOLDER = Path(__file__).resolve().parent.parent / "rixin" / "places" / "wenxin"
SOURCE = "本产品自绘的示意步行路网,非测绘成果 / Drawn for this product, not surveyed"
MIDDLE = (120.095, 30.286)
NORTH = 6_371_008.8 * math.pi / 180
EAST = NORTH * math.cos(math.radians(MIDDLE[1]))
"""Metres to a degree, near enough over three kilometres."""
PAVEMENT, FRONT, ROUND = 9, 14, 22
"""Metres: from the middle of a road to its pavement, from a building to the path before it, to the path around all."""
ROW, ZEBRA_EACH, LONGEST_GATE = 40, 240, 170
SITES = {"facility", "school", "market", "park", "square", "office_building", "landmark"}
FOOTBRIDGES = (((120.0823, 30.2803), (120.0806, 30.2803)), ((120.0990, 30.2968), (120.0991, 30.2985)))


@dataclass(frozen=True)
class Drawn:
    """A line in metres, and what it belongs to."""

    name: str
    kind: str
    line: LineString


def to_metres(lng: float, lat: float) -> tuple[float, float]:
    return (lng - MIDDLE[0]) * EAST, (lat - MIDDLE[1]) * NORTH


def to_degrees(x: float, y: float) -> tuple[float, float]:
    return round(x / EAST + MIDDLE[0], 6), round(y / NORTH + MIDDLE[1], 6)


@dataclass(frozen=True)
class Ground:
    """What the files say: roads and rivers by name, buildings by quarter, and other sites."""

    roads: dict[str, LineString]
    rivers: list[LineString]
    quarters: dict[str, list[Point]]
    sites: dict[str, Point]

    @classmethod
    def read(cls) -> "Ground":
        lines = json.loads((FOLDER / "lines.geojson").read_text(encoding="utf-8"))["features"]
        drawn = [
            (one["properties"], LineString([to_metres(*pair) for pair in one["geometry"]["coordinates"]]))
            for one in lines
        ]
        with (FOLDER / "places.csv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["lat"]]
        at = {row["code"]: Point(to_metres(float(row["lng"]), float(row["lat"]))) for row in rows}
        named = {row["code"]: row["name_zh"] for row in rows}
        quarters: dict[str, list[Point]] = defaultdict(list)
        for row in rows:
            if row["kind"] == "building" and row["parent"]:
                quarters[named[row["parent"]]].append(at[row["code"]])
        return cls(
            {said["name_zh"]: line for said, line in drawn if said["kind"] == "road"},
            [line for said, line in drawn if said["kind"] == "river"],
            dict(quarters),
            {row["name_zh"]: at[row["code"]] for row in rows if row["kind"] in SITES},
        )

    def wet(self, line: LineString) -> bool:
        return any(line.intersects(river) for river in self.rivers)


def pavements(ground: Ground) -> Iterator[Drawn]:
    """Where two roads meet, the pavement of one that goes on over the other is the crossing there."""
    for name, road in ground.roads.items():
        sides = [road.offset_curve(side * PAVEMENT) for side in (1, -1)]
        for side in sides:
            yield Drawn(name, "pavement", LineString(side.coords))
        steps = max(round(road.length / ZEBRA_EACH), 2)
        for nth in range(steps + 1):
            at = road.interpolate(nth / steps, normalized=True)
            ends = [side.interpolate(side.project(at)) for side in sides]
            yield Drawn(name, "crossing", LineString(ends))


def lattice(buildings: list[Point]) -> Iterator[LineString]:
    """A path before each row of buildings, one between its columns, and one around them all."""
    west, south, east, north = shapely.MultiPoint(buildings).buffer(ROUND).bounds
    yield from (LineString(pair) for pair in pairwise(shapely.box(west, south, east, north).exterior.coords))
    for row in rows_of(buildings):
        y = sum(one.y for one in row) / len(row) - FRONT
        yield LineString([(west, y), (east, y)])
    columns = sorted(one.x for one in max(rows_of(buildings), key=len))
    for left, right in pairwise(columns):
        x = (left + right) / 2
        yield LineString([(x, south), (x, north)])


def rows_of(buildings: list[Point]) -> list[list[Point]]:
    rows: list[list[Point]] = []
    for one in sorted(buildings, key=lambda one: (one.y, one.x)):
        if rows and one.y - rows[-1][0].y < ROW:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def gates(ground: Ground, buildings: list[Point], streets: shapely.Geometry) -> Iterator[LineString]:
    """From the middle of each side straight to the nearest pavement; only the shortest where all are far."""
    west, south, east, north = shapely.MultiPoint(buildings).buffer(ROUND).bounds
    x, y = (west + east) / 2, (south + north) / 2
    ways = [shapely.shortest_line(Point(at), streets) for at in ((x, south), (x, north), (west, y), (east, y))]
    dry = sorted((way for way in ways if not ground.wet(way)), key=lambda way: way.length)
    yield from [way for way in dry if way.length <= LONGEST_GATE] or dry[:1]


def drawn(ground: Ground) -> Iterator[Drawn]:
    along = list(pavements(ground))
    yield from along
    streets = shapely.union_all([one.line for one in along])
    for name, buildings in ground.quarters.items():
        for line in (*lattice(buildings), *gates(ground, buildings, streets)):
            if not ground.wet(line):
                yield Drawn(name, "path", line)
    for name, site in ground.sites.items():
        yield Drawn(name, "path", shapely.shortest_line(site, streets))
    for pair in FOOTBRIDGES:
        bridge = LineString([to_metres(*point) for point in pair])
        yield Drawn("", "footbridge", bridge)
        yield Drawn("", "path", shapely.shortest_line(Point(bridge.coords[0]), streets))


def crossed(lines: list[Drawn]) -> list[LineString]:
    """Stretches between points, in degrees, cut wherever two lines cross; without what is not joined to the rest."""
    whole = shapely.union_all([one.line for one in lines], grid_size=0.2)
    graph: nx.Graph[tuple[float, float]] = nx.Graph()
    for part in shapely.get_parts(whole).tolist():
        for here, there in pairwise(to_degrees(*pair) for pair in part.coords):
            if here != there:
                graph.add_edge(here, there)
    joined = max(nx.connected_components(graph), key=len)
    return [LineString(edge) for edge in sorted(tuple(sorted(edge)) for edge in graph.subgraph(joined).edges)]


def features(lines: list[Drawn]) -> Iterator[dict[str, object]]:
    """One for each sort of line of a road, quarter or site, with all its stretches."""
    tree = shapely.STRtree([one.line for one in lines])
    owned: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for stretch in crossed(lines):
        # Not its middle, where another line may end.
        beside = Point(to_metres(*stretch.interpolate(0.37, normalized=True).coords[0]))
        owner = lines[int(tree.nearest(beside))]
        owned[owner.name, owner.kind].append(stretch)
    for (name, kind), stretches in sorted(owned.items()):
        merged = linemerge(stretches) if len(stretches) > 1 else stretches[0]
        parts = sorted([list(pair) for pair in line.coords] for line in getattr(merged, "geoms", [merged]))
        yield {
            "type": "Feature",
            "properties": {"name_zh": name, "kind": kind},
            "geometry": {"type": "MultiLineString", "coordinates": parts},
        }


def main() -> None:
    lines = list(drawn(Ground.read()))
    written = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features(lines))
    head = f'{{"type": "FeatureCollection", "source": {json.dumps(SOURCE, ensure_ascii=False)}, "features": [\n'
    (FOLDER / "paths.geojson").write_text(f"{head}{written}\n]}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
