"""Where matters of the demonstration happen: spots of the gazetteer, some of them hot, each with ways to name it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import cos, pi, radians, sin
from random import Random

from rixin.places.coordinates import Position
from rixin.places.gazetteer import Atlas, KnownPlace

_METRES_PER_DEGREE = 111_320
_JITTER = 22.0
"""Metres around a spot within which its matters lie."""
_LINES = ("road", "river")
_OFFERS = {"shop": ("office_building", "facility", "square"), "park": ("park",), "market": ("market",)}
_OUTSIDE = ("门口", "旁边", "对面", "边上的人行道", "附近", "")
_IN_QUARTER = (
    "{n}幢楼下",
    "{n}幢旁边",
    "{n}幢门口",
    "{n}号楼后面",
    "东门",
    "北门口",
    "南大门",
    "中心花园",
    "{n}幢{m}单元门口",
)
_AT_HOME = ("{n}幢{m}单元", "{n}幢", "{n}号楼{m}单元", "{n}幢{m}单元{f}楼", "{n}-{m}", "{n}幢{f}楼")
_AT_ROAD = ("路口", "交叉口", "口东北角", "口公交站旁", "口斑马线旁")


@dataclass(frozen=True)
class Spot:
    """`base` is the name as an address begins; `ways` complete it in people's words. `area_path`: finest known."""

    base: str
    ways: tuple[str, ...]
    place_code: str
    position: Position
    area_path: str
    address: str
    number: str = ""


@dataclass(frozen=True)
class Here:
    """A spot as one report names it. `words` are the resident's, `near` names its quarter or road."""

    words: str
    near: str
    address: str
    place_code: str
    position: Position
    area_path: str
    spot: Spot


class Spots:
    """All spots by what can happen there, with weights drawn once: some are hot, most are quiet."""

    def __init__(self, atlas: Atlas, random: Random) -> None:
        self._atlas = atlas
        self._by_kind: dict[str, list[Spot]] = defaultdict(list)
        places = sorted((p for p in atlas.places.values() if not p.retired), key=lambda place: place.code)
        self._add_quarters(places)
        self._add_doors(places)
        self._add_crossings([place for place in places if place.kind == "road"])
        self._heat = {kind: list(accumulate(_heats(spots, random))) for kind, spots in self._by_kind.items()}

    def draw(self, kinds: Iterable[str], random: Random) -> Here:
        """A spot of one of the kinds, the first more likely than the last."""
        offered = [kind for kind in kinds if kind in self._by_kind] or ["yard"]
        kind = offered[min(int(random.random() ** 1.4 * len(offered)), len(offered) - 1)]
        heat = self._heat[kind]
        return self.here(random.choices(self._by_kind[kind], cum_weights=heat)[0], random)

    def draw_at(self, near: str, kinds: Iterable[str], random: Random) -> Here:
        """A spot of the quarter or road that `draw` named as `near`."""
        return self.here(
            random.choice([spot for kind in kinds for spot in self._by_kind.get(kind, ()) if spot.base == near]), random
        )

    def here(self, spot: Spot, random: Random) -> Here:
        """`spot` in the words of somebody who stands some metres from its middle."""
        way = random.choice(spot.ways).format(n=spot.number, m=random.randint(1, 4), f=random.randint(2, 11))
        position = _near(spot.position, random)
        chain = self._atlas.chain_at(position)
        same = chain is not None and chain.path.startswith("/".join(spot.area_path.split("/")[:2]))
        return Here(
            words=spot.base + way,
            near=spot.base,
            address=spot.address,
            place_code=spot.place_code,
            position=position if same else spot.position,
            area_path=chain.path if chain is not None and same else spot.area_path,
            spot=spot,
        )

    def _add_quarters(self, places: list[KnownPlace]) -> None:
        for place in places:
            parent = self._atlas.places.get(place.parent or "")
            if place.kind != "building" or parent is None:
                continue
            self._add("home", place, parent.name_zh, _AT_HOME, place.house_number)
            self._add("yard", place, parent.name_zh, _IN_QUARTER, place.house_number)

    def _add_doors(self, places: list[KnownPlace]) -> None:
        for place in places:
            if place.kind in ("building", *_LINES):
                continue
            for kind, members in _OFFERS.items():
                if place.kind in members:
                    self._add(kind, place, place.name_zh, _OUTSIDE)
            if place.kind == "school":
                self._add("school", place, place.name_zh, ("门口", "东门", "旁边", "对面"))
            if place.kind == "park" and ("河" in place.name_zh or "塘" in place.name_zh):
                self._add("river", place, place.name_zh, ("河段", "步道", "河边", "亲水平台", "桥下"))
            if place.kind == "quarter" and place.address:
                self._add("shop", place, place.address, ("", "门口", "隔壁", "楼下", "沿街"))
            if place.kind in ("market", "school") and place.address:
                self._add("shop", place, place.name_zh, ("旁边", "边上的店", "对面"))

    def _add_crossings(self, roads: list[KnownPlace]) -> None:
        for one, other in combinations(roads, 2):
            named = one.name_zh + other.name_zh
            for match in self._atlas.find_in_text(named):
                if match.precision == "crossing" and match.position and match.chain:
                    spot = Spot(named, _AT_ROAD, "", match.position, match.chain.path, f"{named}口")
                    self._by_kind["road"].append(spot)

    def _add(self, kind: str, place: KnownPlace, base: str, ways: tuple[str, ...], number: str = "") -> None:
        chain = self._atlas.chain_of_place(place)
        if place.position is None or chain is None:
            return
        address = place.name_zh if kind in ("home", "yard") else base
        self._by_kind[kind].append(Spot(base, ways, place.code, place.position, chain.path, address, number))


def _heats(spots: list[Spot], random: Random) -> list[float]:
    """A quarter is as busy as it is; within it some spots are hot."""
    busy: dict[str, float] = {}
    for spot in spots:
        busy.setdefault(spot.base, random.lognormvariate(0, 0.6))
    return [busy[spot.base] * random.lognormvariate(0, 0.9) for spot in spots]


def _near(middle: Position, random: Random) -> Position:
    metres, turn = _JITTER * random.random() ** 0.5, random.uniform(0, 2 * pi)
    lat = middle.lat + metres * sin(turn) / _METRES_PER_DEGREE
    lng = middle.lng + metres * cos(turn) / (_METRES_PER_DEGREE * cos(radians(middle.lat)))
    return Position(round(lat, 6), round(lng, 6))
