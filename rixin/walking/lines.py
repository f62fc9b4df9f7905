"""Reads ways on foot from GeoJSON. Pure: every line that cannot be used becomes a Problem with its row."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rixin.places.coordinates import ImpossiblePosition, System
from rixin.places.mapfile import MapFile, listed, point_of
from rixin.sheets import Problem, Unreadable

Line = list[list[float]]


@dataclass(frozen=True, slots=True)
class Ways:
    """`left_out`: features that are no lines, such as the points of an export from OpenStreetMap."""

    lines: list[Line]
    problems: list[Problem]
    left_out: int


def read_ways(file: MapFile, system: System) -> Ways:
    lines: list[Line] = []
    problems: list[Problem] = []
    left_out = 0
    for row, feature in enumerate(file.features, start=1):
        try:
            found = _lines(feature, system)
        except (Unreadable, ImpossiblePosition) as fault:
            problems.append(Problem(row, fault.message))
            continue
        left_out += not found
        lines += found
    return Ways(lines, problems, left_out)


def _lines(feature: Any, system: System) -> list[Line]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        raise Unreadable(_("This is no feature with a geometry."))
    if geometry.get("type") == "LineString":
        return [_line(geometry.get("coordinates"), system)]
    if geometry.get("type") == "MultiLineString":
        return [_line(part, system) for part in listed(geometry.get("coordinates"))]
    return []


def _line(coordinates: Any, system: System) -> Line:
    line = [list(point_of(pair, system)) for pair in listed(coordinates)]
    if len(line) < 2:
        raise Unreadable(_("A line needs two points at least."))
    return line
