"""Every figure: a list of all, one opened down to its rows, one apart by area, unit, month or kind."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.catalogue.report_text import Split
from rixin.catalogue.sources import can_split
from rixin.catalogue.work_schema import Metric
from rixin.desk.figure_pages import asking, behind, exploring
from rixin.desk.figure_pages.asking import AGAINST, Asking
from rixin.desk.indicator_pages import asking as indicators
from rixin.desk.project_pages import rows as project_rows
from rixin.desk.topic_pages import rows as topic_rows
from rixin.desk.views.common import case_staff, page_or_part, spreadsheet
from rixin.metrics import compute, wording
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.only import ALL
from rixin.metrics.rows import behind as rows_behind
from rixin.people.staff import StaffRequest
from rixin.reports import charts
from rixin.reports.charts import Kind, Point
from rixin.topics import queries as topics

HOTTEST = 3
"""Topics shown above the figures."""
_KINDS: tuple[Kind, ...] = ("bar", "line", "rows", "map")


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All figures in groups, for one period and place; a word narrows them."""
    now = timezone.now()
    asked = replace(asking.read(request.GET, request.staff, timezone.localdate(now)), only=ALL)
    word = request.GET.get("q", "").strip()
    found = [kept for kept in versions.work().metrics.values() if _matches(kept.metric, word)]
    figures = _figures([kept.metric.code for kept in found], asked)
    groups: dict[str, list[Figure]] = {}
    for kept in found:
        groups.setdefault(kept.group.name.here(), []).append(figures[kept.metric.code])
    context = {
        **_places(request, asked),
        "word": word,
        "groups": groups,
        "hottest": [] if word else topic_rows.lines(list(topics.hot(topics.visible_to(request.staff))[:HOTTEST])),
        "late_projects": [] if word else project_rows.latest_late(request.staff, timezone.localdate(now)),
        "indicators": bool(indicators.offered(request.staff)),
        "section": "figures",
    }
    return render(request, "figures/index.html", context)


@case_staff
@never_cache
@require_GET
def figure(request: StaffRequest, code: str) -> HttpResponse:
    """One figure: what it means, what stands behind it, and the rows that the person may see."""
    now = timezone.now()
    metric = asking.metric_of(code)
    asked = asking.read_of(metric, request.GET, request.staff, timezone.localdate(now))
    one = _figures([code], asked)[code]
    after, parts = request.GET.get("after", ""), behind.parts_of(one)
    part = next((each for each in parts if each.code == request.GET.get("part")), parts[0] if parts else None)
    found = rows_behind(
        code,
        asked.period,
        area=asked.place.area,
        unit=asked.place.unit,
        only=asked.only,
        part=part.code if part else "rows",
    )
    rows = None
    if found is not None:
        of = part.rows if part else one.rows
        rows = behind.rows_of(request.staff, found, of=of, after=int(after) if after.isdecimal() else 0)
    context: dict[str, Any] = {
        **_places(request, asked),
        "metric": metric,
        "figure": one,
        "shown": wording.shown(one),
        "only": list(wording.only(one)),
        "remarks": list(wording.remarks(one)),
        "rows": rows,
        "parts": parts,
        "part": part,
        "base": asked.query(period=str(one.base.period)) if one.base else "",
        "splits": _drawn_splits(metric, asked),
        "section": "figures",
    }
    return page_or_part(request, "figures/figure.html", "figures/part.html", context)


@case_staff
@never_cache
@require_GET
def explore(request: StaffRequest, code: str) -> HttpResponse:
    """One figure apart by something, as table, columns, line or map."""
    metric = asking.metric_of(code)
    asked, by, points = _explored(request, metric)
    now, before = exploring.whole_of(metric, asked, timezone.now())
    whole = Point("", str(_("Whole")), now, before)
    offered: list[Kind] = [
        kind for kind in _KINDS if (kind != "map" or by == "area") and (kind != "line" or by == "month")
    ]
    said = request.GET.get("as", "")
    kind: Kind = next((kind for kind in offered if kind == said), charts.best_kind(by, points))
    drawing = mark_safe(charts.svg(kind, code, points, width=720)) if points else ""  # noqa: S308 - drawn here
    context = {
        **_places(request, asked),
        "metric": metric,
        "by": by,
        "kind": kind,
        "kinds": [(one, str(charts.KINDS[one])) for one in offered],
        "lines": [(point, exploring.changed(metric, point)) for point in [whole, *points]],
        "against": [*asking.comparisons(asked)],
        "other": str(AGAINST[asked.against]) if asked.against else "",
        "points": points,
        "drawing": drawing,
        "section": "figures",
        "splits": asking.splits_of(metric, by),
    }
    return render(request, "figures/explore.html", context)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest, code: str) -> HttpResponse:
    metric = asking.metric_of(code)
    asked, by, points = _explored(request, metric)
    return spreadsheet(exploring.sheet(metric, asked, by, points), f"{code}-{asked.period}.xlsx")


def _explored(request: StaffRequest, metric: Metric) -> tuple[Asking, Split, list[Point]]:
    now = timezone.now()
    asked = asking.read_of(metric, request.GET, request.staff, timezone.localdate(now))
    by: Split = asked.by if asked.by and can_split(metric, asked.by) else _first_split(metric)
    return asked, by, exploring.points_of(metric, asked, by, now)


def _first_split(metric: Metric) -> Split:
    return "month" if can_split(metric, "month") else "area"


def _figures(codes: list[str], asked: Asking) -> dict[str, Figure]:
    place = asked.place
    found = compute.ask(
        [(code, asked.period) for code in codes],
        engine=Database(),
        as_of=timezone.now(),
        area=place.area,
        unit=place.unit,
        only=asked.only,
    )
    return {code: one for (code, _period), one in found.items()}


def _drawn_splits(metric: Metric, asked: Asking) -> list[tuple[str, str, list[Point], Any]]:
    """(split, its name, parts, picture) of the trend and the split by area."""
    found = []
    for by in ("month", "area"):
        split: Split = "month" if by == "month" else "area"
        if can_split(metric, split) and (points := exploring.points_of(metric, asked, split, timezone.now())):
            drawing = mark_safe(charts.svg(charts.best_kind(split, points), metric.code, points))  # noqa: S308
            found.append((by, str(charts.SPLITS[by]), points, drawing))
    return found


def _places(request: StaffRequest, asked: Asking) -> dict[str, Any]:
    period = asked.period
    return {
        "asked": asked,
        "period_name": wording.period(period),
        "place_name": wording.area(asked.place.area),
        "areas": asking.areas_for(request.staff, asked.place),
        "units": asking.units_for(request.staff, asked.place),
        "earlier": asked.query(period=str(period.before())),
        "later": asked.query(period=str(period.after())),
        "same": asked.query(),
        "all_kinds": asked.query(kind="", place="", topic=""),
    }


def _matches(metric: Metric, word: str) -> bool:
    said = f"{metric.code} {metric.name.zh} {metric.name.en} {metric.meaning.zh}".lower()
    return all(part in said for part in word.lower().split())
