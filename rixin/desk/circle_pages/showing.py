"""What a circle covers on a day, as numbers by community and as buildings, each number with the list that it opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from rixin.desk.circle_pages.asking import Asked
from rixin.metrics import wording
from rixin.places import gazetteer
from rixin.walking.coverage import Coverage, by_community, summed
from rixin.walking.models import Reach

WITHIN, BEYOND, OFF = "within", "beyond", "off"
STATES: dict[str, Promise] = {
    WITHIN: pgettext_lazy("buildings", "Within the circle"),
    BEYOND: pgettext_lazy("buildings", "Beyond the circle"),
    OFF: pgettext_lazy("buildings", "Not on the path network"),
}


@dataclass(frozen=True)
class Line:
    """A community or all of them. The queries lead to the buildings behind the numbers."""

    name: str
    coverage: Coverage
    share: str
    all: str
    within: str
    beyond: str
    off: str


@dataclass(frozen=True)
class BuildingRow:
    reach: Reach
    name: str
    area: str

    @property
    def state(self) -> str:
        return state_of(self.reach)

    @property
    def said(self) -> str:
        return str(STATES[self.state])


def state_of(reach: Reach) -> str:
    if not reach.on_network:
        return OFF
    return WITHIN if reach.covered else BEYOND


def in_state(rows: QuerySet[Reach], state: str) -> QuerySet[Reach]:
    said = {WITHIN: {"covered": True}, BEYOND: {"covered": False, "on_network": True}, OFF: {"on_network": False}}
    return rows.filter(**said[state]) if state in said else rows


def total(asked: Asked, rows: Iterable[Reach]) -> Line:
    return _line(asked, pgettext("circle", "All together"), "", summed(rows))


def communities(asked: Asked, rows: Iterable[Reach]) -> list[Line]:
    atlas = gazetteer.current()
    found = by_community(rows).items()
    return [_line(asked, area.name if (area := atlas.area(path)) else path, path, one) for path, one in found]


def _line(asked: Asked, name: str, area: str, coverage: Coverage) -> Line:
    base = asked.base + (f"&{urlencode({'area': area})}" if area else "")
    return Line(
        name,
        coverage,
        percent(coverage.share),
        base,
        *(f"{base}&is={state}" for state in (WITHIN, BEYOND, OFF)),
    )


def percent(share: Fraction | None) -> str:
    """One digit after the point, as the figure of the circle has it."""
    return "—" if share is None else f"{float(share * 100):.1f}%"


def rows_of(reaches: Iterable[Reach]) -> list[BuildingRow]:
    return [BuildingRow(reach, building_name(reach.building), wording.area(reach.area_path)) for reach in reaches]


def uncovered(rows: Sequence[Reach], most: int) -> list[BuildingRow]:
    """Those with most dwellings first; of as many, those with the longest way."""
    missing = (row for row in rows if not row.covered)
    beyond = sorted(missing, key=lambda row: (-row.dwellings, -(row.metres or inf), row.building))
    return rows_of(beyond[:most])


def building_name(code: str) -> str:
    place = gazetteer.current().places.get(code)
    return place.name if place else code
