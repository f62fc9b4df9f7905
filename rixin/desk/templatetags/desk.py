"""Tags of the desk's pages: `{% load desk %}`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rixin.desk.choices import Choice, Group
from rixin.desk.enterprise_pages.panels import Panel
from rixin.registers import amounts

register = template.Library()
Offered = tuple[Group | Choice, ...]


@register.simple_tag
def options(offered: Mapping[str, str | Promise] | Sequence[Group | Choice], chosen: str) -> SafeString:
    """The options of a select, in groups where they come so. A list of kinds is long and the same on every page."""
    if isinstance(offered, Mapping):
        return _options(tuple(Choice(code, str(name)) for code, name in offered.items()), chosen)
    return _options(tuple(offered), chosen)


@lru_cache(maxsize=256)
def _options(offered: Offered, chosen: str) -> SafeString:
    return format_html_join("", "{}", ((_option(one, chosen),) for one in offered))


@register.filter
def signed(difference: Decimal) -> str:
    """How much more: +1.5, -3."""
    return f"{difference:+f}"


@register.filter
def square_metres(square_decimetres: int) -> str:
    return amounts.square_metres(square_decimetres)


@register.filter
def hundredths(number: int) -> str:
    """Such as hours: 7.5."""
    return amounts.plain_number(number)


@register.simple_tag
def typed(said: Mapping[str, str] | str, before: str, key: object, known: object) -> object:
    """What was typed into a field of a table that was refused; where nothing was refused, what is known."""
    return said.get(f"{before}{key}", known) if isinstance(said, Mapping) else known


@register.simple_tag(takes_context=True)
def drawn(context: Context, panel: Panel) -> SafeString:
    """The inside of a panel, with its own context beside the page's."""
    template_ = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.push(**panel.context):
        return template_.render(context)


def _option(one: Group | Choice, chosen: str) -> SafeString:
    if isinstance(one, Group):
        return format_html('<optgroup label="{}">{}</optgroup>', one.name, _options(one.choices, chosen))
    selected = SafeString(" selected") if one.code == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', one.code, selected, one.name)
