"""A report as a page: parts of it for the product's own pages, or one file that stands alone."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from rixin.metrics.only import ALL, Only
from rixin.reports.cited import Cited
from rixin.reports.document import Document
from rixin.reports.words import spoken

Opens = Callable[[Cited], str]
"""The address at which a figure opens; "" where none does."""


def address_of(one: Cited) -> str:
    """Where the product opens the figure to the rows behind it now; "" where no page does."""
    return address(one.id, one.period, one.area, one.office, one.only)


def address(code: str, period: str, area: str, unit: str, only: Only = ALL) -> str:
    """The same of any figure, or of the matters that are meant `only`."""
    asked = {"period": period, "area": area, "unit": unit, **asdict(only)}
    try:
        page = reverse("figures:figure", args=[code])
    except NoReverseMatch:
        return ""
    return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"


def parts(document: Document, opens: Opens = address_of) -> SafeString:
    """The document's parts, to stand in one of the product's own pages."""
    with spoken(document.language):
        return SafeString(render_to_string("reports/blocks.html", _context(document, opens)))


def standalone(document: Document) -> str:
    """One HTML file without anything beside it. Rows stay in the product: the file only says how many there are."""
    anchors = {one.key: f"#f-{nth}" for nth, one in enumerate(document.cited, start=1)}
    opened = [(nth, one, f"{settings.PUBLIC_URL}{address_of(one)}") for nth, one in enumerate(document.cited, start=1)]
    with spoken(document.language):
        context = {**_context(document, lambda one: anchors[one.key]), "opened": opened}
        return render_to_string("reports/standalone.html", context)


def _context(document: Document, opens: Opens) -> dict[str, Any]:
    return {"document": document, "opens": opens}
