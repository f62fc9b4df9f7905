"""The areas and places of the installation in memory, and the questions asked of them. Pure: no database here."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import shapely
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

from rixin.places.chain import Chain, KnownArea, KnownPlace
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.places.finder import LINES, RANK, Finder, Precision, Spot
from rixin.places.misspelt import Meant, Misspelt
from rixin.places.models import LEVELS
from rixin.places.wording import plain

# A phone may be wrong by kilometres, but whoever is further away than this did not mean to report here.
IMPOSSIBLE_BEYOND_M = 20_000
METRES_PER_DEGREE = 111_320
COARSE = ("area", "road")
"""Where no text names more than this, names are looked for that are misspelt."""
READ_FOR_SLIPS = 600
_BETWEEN_CROSSING_ROADS = re.compile(r"\s*(?:与|和|跟|、|/|近|and|&|at)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place or area that a text names. `words` stand at text[start:end]; building, unit and room as plain digits.

    `chain` is what is certain: a road without a number, or a number between two known ones, has a shorter chain.
    `place` is None for an area and for two neighbours of a door. None as `chain`: known, but outside our areas.
    """

    words: str
    start: int
    end: int
    precision: Precision
    place: KnownPlace | None
    chain: Chain | None
    position: Position | None
    building: str = ""
    unit: str = ""
    room: str = ""
    meant: str = ""
    """The name that was probably meant, where the words are misspelt."""

    @property
    def name(self) -> str:
        """In the reader's language, without unit and room, which are a person's home."""
        if self.place:
            return self.place.name
        return self.chain.finest.name if self.chain and self.precision == "area" else self.words


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Whether a position is in our sub-districts. `inside` is None while no boundary is loaded."""

    inside: bool | None
    metres_outside: float
    chain: Chain | None


class Atlas:
    """Everything in memory. What it knows never changes, so threads share it freely; labels are worded once."""

    def __init__(self, areas: Iterable[tuple[KnownArea, Any]], places: Iterable[tuple[KnownPlace, Any]]) -> None:
        """`areas` with boundary (GeoJSON or None), `places` with shape (GeoJSON or None)."""
        areas, places = list(areas), list(places)
        self.areas = {area.code: area for area, _boundary in areas}
        self.places = {place.code: place for place, _shape in places}
        self._parts: dict[str, list[KnownArea]] = defaultdict(list)
        for area in sorted(self.areas.values(), key=lambda area: area.code):
            if area.parent and not area.retired:
                self._parts[area.parent].append(area)
        self._labels: dict[tuple[str, str | None], str] = {}
        self._chains = {code: self._climb(area) for code, area in self.areas.items()}
        self._lay_out([(area, boundary) for area, boundary in areas if boundary and not area.retired])
        self._by_path = {area.path: area for area in self.areas.values()}
        in_use = [place for place in self.places.values() if not place.retired]
        self._lines = {place.code: shape(line) for place, line in places if line and not place.retired}
        self._located = [(place, place.position) for place in in_use if place.position]
        self._spots = shapely.STRtree([shapely.Point(spot.lng, spot.lat) for _place, spot in self._located])
        self._finder = Finder((area for area in self.areas.values() if not area.retired), in_use)
        self._misspelt = Misspelt(self._finder.names.long_enough(place=3, area=4))

    def _climb(self, area: KnownArea) -> Chain:
        upwards = [area]
        while (parent := upwards[-1].parent) and parent in self.areas:
            upwards.append(self.areas[parent])
        return Chain(tuple(reversed(upwards)))

    def _lay_out(self, bounded: list[tuple[KnownArea, Any]]) -> None:
        """Boundaries, finest level first, so that the first hit is the finest."""
        bounded.sort(key=lambda pair: (-LEVELS.index(pair[0].level), pair[0].code))
        self._bounded = [(area, shape(boundary)) for area, boundary in bounded]
        outlines = [outline for _area, outline in self._bounded]
        shapely.prepare(outlines)
        self._tree = shapely.STRtree(outlines)
        ours = [outline for area, outline in self._bounded if area.level == "subdistrict"]
        self._ours = shapely.union_all(ours) if ours else None

    # Points

    def chain_at(self, position: Position) -> Chain | None:
        """The areas that hold `position`; None outside all boundaries. On a shared edge: the lower code."""
        spot = shapely.Point(position.lng, position.lat)
        for index in sorted(self._tree.query(spot).tolist()):
            area, outline = self._bounded[index]
            if outline.intersects(spot):
                return self._chains[area.code]
        return None

    def where(self, position: Position) -> Whereabouts:
        """Inside or outside our sub-districts, as a fact. Raises ImpossiblePosition far away from them."""
        if self._ours is None:
            return Whereabouts(None, 0.0, self.chain_at(position))
        spot = shapely.Point(position.lng, position.lat)
        if self._ours.intersects(spot):
            return Whereabouts(True, 0.0, self.chain_at(position))
        nearest = shapely.shortest_line(spot, self._ours).coords[1]
        metres = position.metres_to(Position(nearest[1], nearest[0]))
        if metres > IMPOSSIBLE_BEYOND_M:
            raise ImpossiblePosition(
                _("This position is %(km)d km away from %(area)s. Please set the pin again, or leave the position out.")
                % {"km": metres / 1000, "area": self._our_names()}
            )
        return Whereabouts(False, metres, None)

    def _our_names(self) -> str:
        return "、".join(area.name for area, _outline in self._bounded if area.level == "subdistrict")

    def nearby(self, position: Position, metres: float) -> list[tuple[KnownPlace, float]]:
        """Places within `metres`, nearest first, each with its distance."""
        reach = metres / METRES_PER_DEGREE
        wide = reach * 2  # enough for a degree of longitude up to 60° north or south
        box = shapely.box(position.lng - wide, position.lat - reach, position.lng + wide, position.lat + reach)
        near = (self._located[index] for index in self._spots.query(box).tolist())
        measured = [(place, position.metres_to(spot)) for place, spot in near]
        return sorted((pair for pair in measured if pair[1] <= metres), key=lambda pair: (pair[1], pair[0].code))

    # Maps

    def outlines(self, levels: Iterable[str]) -> list[tuple[KnownArea, dict[str, Any]]]:
        """The areas of these levels that are in use, from the whole to the part, each with its GeoJSON geometry."""
        wanted = set(levels)
        return [(area, mapping(outline)) for area, outline in reversed(self._bounded) if area.level in wanted]

    def lines(self) -> list[tuple[KnownPlace, dict[str, Any]]]:
        """Roads and rivers with their GeoJSON geometry."""
        return [(self.places[code], mapping(line)) for code, line in sorted(self._lines.items())]

    def places_within(self, path: str) -> list[KnownPlace]:
        """The places in use below an area path, by code; not the single buildings."""
        inside = (place for place in self.places.values() if not place.retired and place.kind != "building")
        return sorted(
            (place for place in inside if (chain := self.chain_of_place(place)) and chain.is_within(path)),
            key=lambda place: place.code,
        )

    # Codes

    def area(self, path_or_code: str) -> KnownArea | None:
        """The area with this path ("330106013/001/", "" is the district) or code, retired ones too."""
        return self._by_path.get(path_or_code) or self.areas.get(path_or_code)

    def children(self, area_code: str) -> list[KnownArea]:
        """The parts of an area that are in use, by code."""
        return self._parts.get(area_code, [])

    def label(self, path: str) -> str:
        """For people, in the reader's language: 文新街道 › 德加社区. A path that is not known is given as it is."""
        area = self._by_path.get(path)
        if area is None:
            return path
        known = (area.code, get_language())
        if known not in self._labels:
            self._labels[known] = self._chains[area.code].label()
        return self._labels[known]

    def chain_of(self, code: str) -> Chain | None:
        """The chain of an area or of a place by its code, retired ones too: old matters still lie in them."""
        if place := self.places.get(code):
            return self.chain_of_place(place)
        return self._chains.get(code)

    def chain_of_place(self, place: KnownPlace) -> Chain | None:
        return self._chains.get(place.area) if place.area else None

    # Words

    def find_in_text(self, text: str) -> list[PlaceMatch]:
        """The places that `text` names, best first: exact before coarse, what agrees with other words, then longer."""
        matches = self._named_in(text)
        if all(match.precision in COARSE for match in matches):
            matches = self._meant_in(text) or matches
        named = [match.chain.path for match in matches if match.precision == "area" and match.chain]

        def order(match: PlaceMatch) -> tuple[int, int, int, int]:
            agrees = bool(match.chain) and any(match.chain and match.chain.is_within(path) for path in named)
            return -RANK[match.precision], -agrees, match.start - match.end, match.start

        return sorted(matches, key=order)

    def _named_in(self, text: str) -> list[PlaceMatch]:
        spots = self._finder.find(text)
        matches = [match for spot in spots for match in self._matches(text, spot)]
        return matches + self._crossings(text, spots)

    def _meant_in(self, text: str) -> list[PlaceMatch]:
        """What is named once slips are mended; [] if there are none. The words are those that were written."""
        slips = self._misspelt.find(plain(text[:READ_FOR_SLIPS]))
        mended = text
        for slip in slips:
            mended = mended[: slip.start] + slip.name + mended[slip.end :]
        return [_as_written(match, text, slips) for match in self._named_in(mended)] if slips else []

    def chain_of_address(self, text: str) -> Chain | None:
        """The areas of a written address. Where several spots fit equally well: what they have in common."""
        matches = [match for match in self.find_in_text(text) if match.chain]
        best = [match.chain for match in matches if match.chain and match.precision == matches[0].precision]
        named = [match.chain for match in matches if match.precision == "area" and match.chain]
        agreeing = [chain for chain in best if any(chain.is_within(area.path) for area in named)]
        return _in_common(agreeing or best)

    def place_in(self, text: str, path: str) -> KnownPlace | None:
        """The place that a written address names, if it lies in the area or the area in it."""
        for match in self.find_in_text(text) if text else ():
            if match.place and match.chain and (match.chain.is_within(path) or path.startswith(match.chain.path)):
                return match.place
        return None

    def suggest(self, text: str, limit: int = 10) -> list[PlaceMatch]:
        """For a search box: what the text names, then names that contain it."""
        found = {_identity(match): match for match in self.find_in_text(text)}
        for target in self._finder.names.containing(text, limit):
            spot = Spot(0, len(text), _precision_of(target), (target,))
            for match in self._matches(text, spot):
                found.setdefault(_identity(match), match)
        return list(found.values())[:limit]

    def _matches(self, text: str, spot: Spot) -> list[PlaceMatch]:
        if spot.precision == "address" and len(spot.targets) > 1:
            return [self._between_doors(text, spot)]
        return [self._match(text, spot, target) for target in spot.targets]

    def _match(self, text: str, spot: Spot, target: KnownPlace | KnownArea) -> PlaceMatch:
        chain = self._chains[target.code] if isinstance(target, KnownArea) else self.chain_of_place(target)
        return PlaceMatch(
            words=text[spot.start : spot.end],
            start=spot.start,
            end=spot.end,
            precision=spot.precision,
            place=target if isinstance(target, KnownPlace) else None,
            chain=chain,
            position=None if spot.precision == "road" else target.position,
            building=spot.building,
            unit=spot.unit,
            room=spot.room,
        )

    def _between_doors(self, text: str, spot: Spot) -> PlaceMatch:
        neighbours = [target for target in spot.targets if isinstance(target, KnownPlace)]
        chains = [chain for place in neighbours if (chain := self.chain_of_place(place))]
        middle = _middle([place.position for place in neighbours if place.position])
        words = text[spot.start : spot.end]
        return PlaceMatch(words, spot.start, spot.end, "address", None, _in_common(chains), middle)

    def _crossings(self, text: str, spots: list[Spot]) -> list[PlaceMatch]:
        """ "文一西路古墩路口": where two roads named next to each other meet."""
        roads = [spot for spot in spots if spot.precision == "road"]
        return [
            PlaceMatch(text[first.start : second.end], first.start, second.end, "crossing", None, chain, point)
            for first, second in pairwise(roads)
            if _BETWEEN_CROSSING_ROADS.fullmatch(text, first.end, second.start)
            if (point := self._meeting_point(first, second)) and (chain := self.chain_at(point))
        ]

    def _meeting_point(self, first: Spot, second: Spot) -> Position | None:
        one, other = (self._lines.get(spot.targets[0].code) for spot in (first, second))
        if one is None or other is None or (meeting := one.intersection(other)).is_empty:
            return None
        return Position(round(meeting.centroid.y, 6), round(meeting.centroid.x, 6))


def _as_written(match: PlaceMatch, text: str, slips: list[Meant]) -> PlaceMatch:
    meant = next((slip.name for slip in slips if match.start <= slip.start < match.end), "")
    return replace(match, words=text[match.start : match.end], meant=meant)


def _in_common(chains: list[Chain]) -> Chain | None:
    shared = chains[0] if chains else None
    for chain in chains[1:]:
        shared = shared.shared_with(chain) if shared else None
    return shared


def _middle(points: list[Position]) -> Position | None:
    if not points:
        return None
    return Position(sum(point.lat for point in points) / len(points), sum(point.lng for point in points) / len(points))


def _precision_of(target: KnownPlace | KnownArea) -> Precision:
    if isinstance(target, KnownArea):
        return "area"
    return "road" if target.kind in LINES else "place"


def _identity(match: PlaceMatch) -> tuple[str, str]:
    """Two matches of one identity are one suggestion."""
    if match.place:
        return match.place.code, match.building
    return (match.chain.code, "") if match.chain and match.precision == "area" else (match.words, "")
