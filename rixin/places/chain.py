"""What the gazetteer knows of an area and a place, as plain values, and the chain of areas above a spot."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import get_language

from rixin.places.coordinates import Position
from rixin.places.paths import is_within


class InTwoLanguages:
    __slots__ = ()
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """In the reader's language; Chinese where no English is known."""
        if (get_language() or "").startswith("en"):
            return self.name_en or self.name_zh
        return self.name_zh


@dataclass(frozen=True, slots=True)
class KnownArea(InTwoLanguages):
    id: int
    code: str
    level: str
    path: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    parent: str | None  # code
    position: Position | None  # a representative point
    retired: bool
    source: str = ""  # where the boundary comes from


@dataclass(frozen=True, slots=True)
class KnownPlace(InTwoLanguages):
    id: int
    code: str
    kind: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    area: str | None  # code; None: outside our areas
    parent: str | None  # code
    house_number: str
    address: str
    position: Position | None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The areas that hold a spot, from the whole to the finest known one. Never empty."""

    areas: tuple[KnownArea, ...]

    @property
    def finest(self) -> KnownArea:
        return self.areas[-1]

    @property
    def code(self) -> str:
        return self.finest.code

    @property
    def path(self) -> str:
        return self.finest.path

    def at(self, level: str) -> KnownArea | None:
        return next((area for area in self.areas if area.level == level), None)

    @property
    def subdistrict(self) -> KnownArea | None:
        return self.at("subdistrict")

    @property
    def community(self) -> KnownArea | None:
        return self.at("community")

    @property
    def grid(self) -> KnownArea | None:
        return self.at("grid")

    @property
    def microgrid(self) -> KnownArea | None:
        return self.at("microgrid")

    def is_within(self, path: str) -> bool:
        return is_within(self.path, path)

    def shared_with(self, other: "Chain") -> "Chain | None":
        """The areas that hold both spots; None where the two have nothing in common."""
        both = tuple(mine for mine, theirs in zip(self.areas, other.areas, strict=False) if mine.code == theirs.code)
        return Chain(both) if both else None

    def label(self) -> str:
        """For people: 文新街道 › 德加社区 › 德加第1网格. The district goes without saying, unless it is all."""
        names = [area.name for area in self.areas if area.level != "district"]
        return " › ".join([*names[:1], *map(_without_whole, pairwise(names))] or [self.finest.name])


def _without_whole(names: tuple[str, str]) -> str:
    """A micro-grid is named after its grid, which is said just before it: 德加第1网格 › 第3微网格."""
    whole, part = names
    return part.removeprefix(whole) or part
