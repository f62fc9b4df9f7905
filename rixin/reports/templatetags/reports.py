"""How the parts of a report are shown."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.reports import charts
from rixin.reports.cited import Cited
from rixin.reports.document import ChartBlock, Said

register = template.Library()


@register.filter
def shown(figure: Figure) -> str:
    return wording.shown(figure)


@register.filter
def metric_name(figure_or_code: Figure | str) -> str:
    code = figure_or_code.code if isinstance(figure_or_code, Figure) else figure_or_code
    return wording.name_of(code)


@register.filter
def remarks(figure: Figure) -> list[str]:
    return list(wording.remarks(figure))


@register.filter
def drawn(block: ChartBlock) -> SafeString:
    # The chart is made here from numbers and names, which the library escapes.
    return mark_safe(charts.svg_of(block.drawing)) if block.drawing else SafeString("")  # noqa: S308


@register.simple_tag(takes_context=True)
def run(context: Context, said: Said) -> SafeString:
    """A run of text; a figure in it opens where the page says (`opens`)."""
    if said.wrong:
        return format_html('<mark class="slip">{}</mark>', said.text)
    cited: Cited | None = context["document"].by_key.get(said.cites)
    if cited is None:
        return escape(said.text)
    address: Any = context["opens"](cited)
    if not address:
        return escape(said.text)
    return format_html(
        '<a class="figure{}" href="{}" title="{}" data-drawer>{}</a>',
        "" if cited.value is not None else " none",
        address,
        "; ".join((cited.name, *cited.remarks)),
        said.text,
    )
