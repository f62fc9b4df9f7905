"""How the parts of a report are shown."""

from django import template
from django.utils.safestring import SafeString

from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.people import units
from rixin.reports import page
from rixin.reports.document import ChartBlock
from rixin.reports.goals import Progress
from rixin.reports.words import GOAL_STATES

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
def opens_at(figure: Figure) -> str:
    return page.address_of(figure)


@register.filter
def drawn(block: ChartBlock) -> SafeString:
    return page.drawn(block)


@register.filter
def goal_state(progress: Progress) -> str:
    return str(GOAL_STATES[progress.state])


@register.filter
def unit_name(code: str) -> str:
    return units.by_code(code).name
