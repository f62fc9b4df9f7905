"""A report as a page: parts of it for the product's own pages, or one file that stands alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from rixin.catalogue.report_text import Split
from rixin.metrics import compute, wording
from rixin.metrics.figures import Figure
from rixin.reports import charts
from rixin.reports.charts import Point
from rixin.reports.document import Block, ChartBlock, Document


@dataclass(frozen=True)
class Opened:
    """One figure with all that is told of it in a file that stands alone."""

    figure: Figure
    name: str
    shown: str
    meaning: str
    remarks: list[str]
    address: str
    months: list[tuple[str, str]]
    areas: list[tuple[str, str]]


def address_of(figure: Figure) -> str:
    """Where the product opens the figure to its rows; "" where no page does."""
    return address(figure.code, str(figure.period), figure.area, figure.unit)


def address(code: str, period: str, area: str, unit: str) -> str:
    asked = {"period": period, "area": area, "unit": unit}
    try:
        page = reverse("figures:figure", args=[code])
    except NoReverseMatch:
        return ""
    return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"


def drawn(block: ChartBlock) -> SafeString:
    points = [Point(*point) for point in block.points]
    # The chart is made here from numbers and names, which the library escapes.
    return mark_safe(charts.svg(charts.best_kind(block.by, points), block.metric, points))  # noqa: S308


def context_of(document: Document) -> dict[str, Any]:
    """What the template of the document's parts shows."""
    return {"document": document, "blocks": [(_kind(block), block) for block in document.blocks]}


def _kind(block: Block) -> str:
    return type(block).__name__.removesuffix("Block").lower()


def parts(document: Document) -> str:
    """The document's parts, to stand in one of the product's own pages."""
    return render_to_string("reports/blocks.html", context_of(document))


def standalone(document: Document) -> str:
    """One HTML file without anything beside it. Rows stay in the product: the file only says how many there are."""
    opened = list(_opened(document))
    return render_to_string("reports/standalone.html", {**context_of(document), "opened": opened})


def _opened(document: Document) -> Iterator[Opened]:
    for figure in document.figures:
        metric = wording.metric_of(figure.code)
        yield Opened(
            figure,
            metric.name.here(),
            wording.shown(figure),
            metric.meaning.here(),
            list(wording.remarks(figure)),
            f"{settings.PUBLIC_URL}{address_of(figure)}",
            _split(document, figure, "month"),
            _split(document, figure, "area"),
        )


def _split(document: Document, figure: Figure, by: Split) -> list[tuple[str, str]]:
    """(name, figure) of each part; nothing where it cannot be split so, or nothing was counted."""
    frame = document.frame
    if not figure.rows or not compute.can_split(wording.metric_of(figure.code), by):
        return []
    parts = compute.split(
        figure.code, figure.period, by, engine=frame.engine, as_of=frame.as_of, area=frame.area, unit=frame.unit
    )
    return [(wording.part(by, part), wording.shown(one)) for part, one in parts.items()]
