"""Charts and maps of figures as SVG or PNG, drawn by Vega-Lite; one description serves page and document."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import vl_convert
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.places import gazetteer

Kind = Literal["bar", "rows", "line", "map"]
_FONTS = Path(settings.FRONT_END_BUILD) / "fonts-pdf"
_MAIN, _FAINT = "#0f6674", "#9ec3c9"
_INK = "#24333a"
_NO_NUMBER = "#e3e7e8"


@dataclass(frozen=True)
class Point:
    """One part of a chart. `key` is what it was split by: a month, an area's path, a code."""

    key: str
    name: str
    figure: Figure
    before: Figure | None = None
    """The same part of the period before, if that is shown."""


Drawing = dict[str, Any]
"""All that is needed to draw a chart, its words and numbers too: plain data that can be kept."""


def svg(kind: Kind, metric: str, points: Sequence[Point], *, width: int = 560) -> str:
    return svg_of(drawing(kind, metric, points, width=width))


def svg_of(drawing: Drawing) -> str:
    """An SVG to stand in a page: it has no background, and its words take the page's colour."""
    return _svg(json.dumps(drawing, sort_keys=True))


@lru_cache(maxsize=128)
def _svg(drawing: str) -> str:
    """A text is looked at again and again while it is written, and its charts seldom change."""
    drawn: str = _ready().vegalite_to_svg(drawing)
    return drawn.replace(f'fill="{_INK}"', 'fill="currentColor"')


def png_of(drawing: Drawing) -> bytes:
    """For documents that take no SVG, at twice the size."""
    return bytes(_ready().vegalite_to_png(drawing, scale=2))


def best_kind(by: str, points: Sequence[Point]) -> Kind:
    """Months are a line of columns; what has long names stands in rows."""
    return "bar" if by == "month" else "rows"


def _ready() -> Any:
    if _FONTS.is_dir():
        vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def drawing(kind: Kind, metric: str, points: Sequence[Point], *, width: int = 560) -> Drawing:
    unit = wording.unit_of(metric)
    points = [replace(point, name=_short(point, points)) for point in points]
    values = [_value(point.name, point.figure, "now") for point in points]
    if any(point.before for point in points):
        values += [_value(point.name, point.before, "before") for point in points if point.before]
    body = _map(points, width) if kind == "map" else _bars(kind, unit, len(points), width, len(values) > len(points))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        **({"data": {"values": values}} if kind != "map" else {}),
        **body,
        "config": {
            "font": "Noto Sans SC, Noto Sans CJK SC, sans-serif",
            "view": {"stroke": None},
            "axis": {
                "labelColor": _INK,
                "titleColor": _INK,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": "#d5dcde",
                "domainColor": "#9aa7ab",
                "tickColor": "#9aa7ab",
                "labelLimit": 180,
            },
            "legend": {"labelColor": _INK, "titleColor": _INK},
            "text": {"color": _INK, "fontSize": 12},
        },
    }


def _short(point: Point, points: Sequence[Point]) -> str:
    """Months of one year need not say the year."""
    months = [one.key for one in points if one.key.isdecimal() and len(one.key) == 6]
    if len(months) != len(points) or len({key[:4] for key in months}) != 1:
        return point.name
    return wording.month(int(point.key[4:]))


def _value(name: str, figure: Figure | None, when: str) -> dict[str, Any]:
    number = float(figure.value) if figure is not None and figure.value is not None else None
    shown = wording.number(figure) if figure is not None else ""
    return {"name": name, "number": number, "shown": shown, "when": when}


def _bars(kind: Kind, unit: str, count: int, width: int, compared: bool) -> dict[str, Any]:
    along = {"field": "name", "type": "ordinal", "sort": None, "title": None}
    number = {"field": "number", "type": "quantitative", "title": unit, "axis": {"tickCount": 5}}
    colour = {
        "field": "when",
        "type": "nominal",
        "scale": {"domain": ["now", "before"], "range": [_MAIN, _FAINT]},
        "legend": None,
    }
    shared = {"color": colour}
    if kind == "line":
        mark: dict[str, Any] = {"type": "line", "point": True, "strokeWidth": 2.5}
        return {"width": width, "height": 220, "mark": mark, "encoding": {"x": along, "y": number, **shared}}
    if kind == "rows":
        offset: dict[str, Any] = {"yOffset": {"field": "when", "sort": ["now", "before"]}} if compared else {}
        encoding = {"y": along, "x": number, **shared, **offset}
        number_beside = {"text": {"field": "shown"}, "color": {"value": _INK}}
        height = max(60, count * (40 if compared else 26))
        label = {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": number_beside}
        layers = [{"mark": {"type": "bar"}}, label]
        return {"width": width - 120, "height": height, "encoding": encoding, "layer": layers}
    beside: dict[str, Any] = {"xOffset": {"field": "when", "sort": ["before", "now"]}} if compared else {}
    return {
        "width": width,
        "height": 220,
        "mark": {"type": "bar"},
        "encoding": {"x": {**along, "axis": {"labelAngle": 0}}, "y": number, **shared, **beside},
    }


def _map(points: Sequence[Point], width: int) -> dict[str, Any]:
    """Areas by how large their number is. Whoever has no number is grey, and no area is left out."""
    outlines = {area.path: shape for area, shape in gazetteer.current().outlines(("community", "grid"))}
    shapes = []
    for point in points:
        if (shape := outlines.get(point.key)) is not None:
            properties = _value(point.name, point.figure, "now")
            shapes.append({"type": "Feature", "geometry": _wound(shape), "properties": properties})
    data = {"values": shapes}
    colour = {
        "condition": {
            "test": "datum.properties.number !== null",
            "field": "properties.number",
            "type": "quantitative",
            "scale": {"scheme": "teals", "zero": True},
            "legend": {"title": None},
        },
        "value": _NO_NUMBER,
    }
    area = {"mark": {"type": "geoshape", "stroke": "#fff", "strokeWidth": 1}, "encoding": {"color": colour}}
    centres = [
        {"lng": place.lng, "lat": place.lat, "label": f"{point.name} {wording.number(point.figure)}"}
        for point in points
        if (known := gazetteer.current().area(point.key)) is not None and (place := known.position) is not None
    ]
    spot = {
        "longitude": {"field": "lng", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
        "text": {"field": "label"},
    }
    # Light under dark: the names are read on any shade.
    text = {"type": "text", "fontSize": 13, "fontWeight": "bold"}
    halo = {"mark": {**text, "color": "#fff", "stroke": "#fff", "strokeWidth": 3}, "encoding": spot}
    label = {"data": {"values": centres}, "layer": [halo, {"mark": {**text, "color": "#10262b"}, "encoding": spot}]}
    return {
        "width": width,
        "height": round(width * 0.8),
        "projection": {"type": "mercator"},
        "layer": [{"data": data, **area}, label],
    }


def _wound(shape: dict[str, Any]) -> dict[str, Any]:
    """Outer rings clockwise, as the projection of d3 wants them, which otherwise fills the rest of the globe."""
    plain = json.loads(json.dumps(shape))
    polygons = [plain["coordinates"]] if plain["type"] == "Polygon" else plain["coordinates"]
    for polygon in polygons:
        for nth, ring in enumerate(polygon):
            if (_turn(ring) > 0) == (nth == 0):
                ring.reverse()
    return dict(plain)


def _turn(ring: list[list[float]]) -> float:
    """Above zero where a ring of (longitude, latitude) runs against the clock."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))


def caption(metric: str, by: str) -> str:
    """What stands under a chart: the figure, how it is split, and its unit."""
    return _("{name}, {split} ({unit})").format(
        name=wording.name_of(metric), split=SPLITS[by], unit=wording.unit_of(metric)
    )


SPLITS: dict[str, Promise] = {
    "month": pgettext_lazy("how a figure is split", "by month"),
    "area": pgettext_lazy("how a figure is split", "by area"),
    "unit": pgettext_lazy("how a figure is split", "by unit"),
    "type": pgettext_lazy("how a figure is split", "by kind of matter"),
}
KINDS: dict[Kind, Promise] = {
    "bar": pgettext_lazy("kind of chart", "Columns"),
    "line": pgettext_lazy("kind of chart", "Line"),
    "rows": pgettext_lazy("kind of chart", "Rows"),
    "map": pgettext_lazy("kind of chart", "Map"),
}
