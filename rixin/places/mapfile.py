"""Reads GeoJSON: areas from polygons, roads and rivers from lines. Pure: every fault becomes a Problem with its row.

Coordinates may come in GCJ-02 or BD-09 and leave in WGS-84. GeoJSON (RFC 7946) writes longitude first.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape

from rixin.places.coordinates import ImpossiblePosition, System, from_system
from rixin.places.headings import day_of, field_of, kind_of, level_of, text_of, words_of
from rixin.places.models import Kind, Level
from rixin.sheets import FileFault, Problem, Unreadable

LARGEST_FILE = 20 * 1024 * 1024
MOST_FEATURES = 20_000
SAME_AS_WGS84 = ("CRS84", "4326", "4490")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """An area as a file gives it. `boundary` None: the file gives none, a known one stays."""

    row: int
    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    level: Level | None
    parent: str
    boundary: dict[str, Any] | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A road or a river. `area` is a code."""

    row: int
    code: str
    kind: Kind
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    area: str
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MapFile:
    """A FeatureCollection: `source` says where its boundaries come from."""

    features: list[Any]
    source: str


def read_map(content: bytes) -> MapFile:
    """Raises FileFault."""
    if len(content) > LARGEST_FILE:
        raise FileFault(_("The file is larger than %(mb)d MB. Split it, for example by community.") % {"mb": 20})
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileFault(_("The file is not written in UTF-8. Export it as GeoJSON in UTF-8.")) from None
    except json.JSONDecodeError as fault:
        raise FileFault(
            _("The file is no GeoJSON: it cannot be read further than line %(line)d, column %(column)d.")
            % {"line": fault.lineno, "column": fault.colno}
        ) from None
    except RecursionError:
        raise FileFault(_("The file is no GeoJSON: its brackets are nested too deeply.")) from None
    return _checked(data)


def _checked(data: Any) -> MapFile:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise FileFault(_("The file is no GeoJSON FeatureCollection. Export the layer with its properties as GeoJSON."))
    named = str(((data.get("crs") or {}).get("properties") or {}).get("name", "")) if _is_crs(data.get("crs")) else ""
    if named and not named.endswith(SAME_AS_WGS84):
        raise FileFault(
            _("The file is in the coordinate system %(system)s. Export it in WGS-84 or CGCS2000, in degrees.")
            % {"system": named[:60]}
        )
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise FileFault(_("The file holds no features."))
    if len(features) > MOST_FEATURES:
        raise FileFault(
            _("The file holds more than %(most)d features. Split it, for example by community.")
            % {"most": MOST_FEATURES}
        )
    return MapFile(features, text_of(data.get("source"))[:120])


def _is_crs(given: Any) -> bool:
    return isinstance(given, dict) and isinstance(given.get("properties"), dict)


def read_areas(file: MapFile, system: System) -> tuple[list[AreaEntry], list[Problem]]:
    return _read(file, lambda row, properties, geometry: _area(row, properties, geometry, system))


def read_lines(file: MapFile, system: System) -> tuple[list[LineEntry], list[Problem]]:
    return _read(file, lambda row, properties, geometry: _line(row, properties, geometry, system))


def _read(file: MapFile, read_one: Callable[[int, dict[str, Any], Any], T]) -> tuple[list[T], list[Problem]]:
    entries: list[T] = []
    problems: list[Problem] = []
    for row, feature in enumerate(file.features, start=1):
        try:
            if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
                raise Unreadable(_("This is no feature with properties."))
            entries.append(read_one(row, _fields(feature["properties"]), feature.get("geometry")))
        except (Unreadable, ImpossiblePosition) as fault:
            name = feature.get("properties") if isinstance(feature, dict) else None
            problems.append(Problem(row, fault.message, _called(name)))
    return entries, problems


def _called(properties: Any) -> str:
    """The code or name by which a person finds the feature again."""
    fields = _fields(properties) if isinstance(properties, dict) else {}
    return text_of(fields.get("name_zh") or fields.get("code"))[:40]


def _fields(properties: dict[str, Any]) -> dict[str, Any]:
    """Values by our names; of two headings for one field, the first that has a value counts."""
    fields: dict[str, Any] = {}
    for heading, value in properties.items():
        if (field := field_of(heading)) and value not in (None, "") and field not in fields:
            fields[field] = value
    return fields


def _area(row: int, fields: dict[str, Any], geometry: Any, system: System) -> AreaEntry:
    code, name = text_of(fields.get("code")), text_of(fields.get("name_zh"))
    if not code:
        raise Unreadable(_("The code is missing (property “code” or “编码”)."))
    return AreaEntry(
        row=row,
        code=code,
        name_zh=name,
        name_en=text_of(fields.get("name_en")),
        aliases=words_of(fields.get("aliases")),
        level=level_of(fields.get("level")),
        parent=text_of(fields.get("parent")),
        boundary=None if geometry is None else polygon(geometry, system),
        retired_on=day_of(fields.get("retired_on")),
    )


def _line(row: int, fields: dict[str, Any], geometry: Any, system: System) -> LineEntry:
    if not isinstance(geometry, dict) or geometry.get("type") != "LineString":
        raise Unreadable(_("A road or river needs a LineString as its geometry."))
    line = [list(point_of(pair, system)) for pair in listed(geometry.get("coordinates"))]
    if len(line) < 2:
        raise Unreadable(_("A line needs two points at least."))
    return LineEntry(
        row=row,
        code=text_of(fields.get("code")),
        kind=kind_of(fields.get("kind")) or Kind.ROAD,
        name_zh=text_of(fields.get("name_zh")),
        name_en=text_of(fields.get("name_en")),
        aliases=words_of(fields.get("aliases")),
        area=text_of(fields.get("area")),
        line={"type": "LineString", "coordinates": line},
    )


def polygon(geometry: Any, system: System) -> dict[str, Any]:
    """A Polygon or MultiPolygon in WGS-84. Raises Unreadable or ImpossiblePosition."""
    sort = geometry.get("type") if isinstance(geometry, dict) else None
    if sort == "Polygon":
        coordinates: Any = _rings(geometry.get("coordinates"), system)
    elif sort == "MultiPolygon":
        coordinates = [_rings(part, system) for part in listed(geometry.get("coordinates"))]
    else:
        raise Unreadable(
            _("The boundary must be a Polygon or MultiPolygon, not “%(type)s”.") % {"type": str(sort)[:40]}
        )
    boundary = {"type": sort, "coordinates": coordinates}
    outline = shape(boundary)
    if outline.is_empty:
        raise Unreadable(_("The boundary has no points."))
    if not outline.is_valid:
        raise Unreadable(_what_is_wrong(shapely.is_valid_reason(outline)))
    return boundary


def _what_is_wrong(reason: str) -> str:
    """GEOS says "Self-intersection[120.09 30.28]"."""
    what, _bracket, where = reason.partition("[")
    if what in ("Self-intersection", "Ring Self-intersection") and len(point := where.rstrip("]").split()) == 2:
        return _("The boundary crosses itself near latitude %(lat)s, longitude %(lng)s. Mend it there.") % {
            "lat": point[1][:10],
            "lng": point[0][:11],
        }
    return _("The boundary encloses no proper area (%(reason)s).") % {"reason": what}


def _rings(rings: Any, system: System) -> list[list[list[float]]]:
    return [_ring(ring, number, system) for number, ring in enumerate(listed(rings), start=1)]


def _ring(ring: Any, number: int, system: System) -> list[list[float]]:
    points = listed(ring)
    if len(points) < 4:
        raise Unreadable(_("Ring %(ring)d has fewer than four points.") % {"ring": number})
    if points[0] != points[-1]:
        raise Unreadable(
            _("Ring %(ring)d is not closed: its last point must be the same as its first.") % {"ring": number}
        )
    return [list(point_of(pair, system)) for pair in points]


def point_of(pair: Any, system: System) -> tuple[float, float]:
    """(longitude, latitude), rounded to a tenth of a metre; a height is left out."""
    numbers = isinstance(pair, list) and len(pair) >= 2
    if not numbers or any(isinstance(value, bool) or not isinstance(value, int | float) for value in pair[:2]):
        raise Unreadable(
            _("“%(point)s” is no point: longitude and latitude are asked for.") % {"point": str(pair)[:40]}
        )
    position = from_system(float(pair[1]), float(pair[0]), system)
    return round(position.lng, 6), round(position.lat, 6)


def listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable(_("The coordinates are no list of points."))
    return value
