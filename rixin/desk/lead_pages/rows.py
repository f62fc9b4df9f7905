"""Leads in words, as cards of a board, lines of a list and rows of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.catalogue.schema import Option
from rixin.investment import figures
from rixin.investment.figures import Column
from rixin.investment.models import Lead, Status
from rixin.places import gazetteer
from rixin.registers.amounts import square_metres, yuan
from rixin.registers.industries import industry
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

CARDS = 30
"""Leads that a column of the board shows; its list has the others."""


@dataclass(frozen=True)
class Line:
    """`amount`: "" for none. `idle`: days without a step; `stale`: more than its stage allows."""

    lead: Lead
    stage: str
    kind: str
    industry: str
    amount: str
    reason: str
    idle: int
    stale: bool
    late: bool
    """Whether the day of its next step has passed."""
    idle_words: str


@dataclass(frozen=True)
class Stack:
    """A column of the board in words."""

    column: Column
    name: str
    lines: list[Line]
    more: int
    amount: str
    expected: str


def lines(leads: Iterable[Lead], pipeline: Pipeline, today: date) -> list[Line]:
    return [line(lead, pipeline, today) for lead in leads]


def line(lead: Lead, pipeline: Pipeline, today: date) -> Line:
    still = lead.status == Status.OPEN
    idle = figures.idle(lead, today)
    return Line(
        lead=lead,
        stage=stage_name(pipeline, lead.stage),
        kind=option_name(pipeline.kinds, lead.kind),
        industry=industry_name(lead.section, lead.division),
        amount=yuan(lead.amount) if lead.amount is not None else "",
        reason=option_name(pipeline.lost, lead.lost_reason),
        idle=idle,
        stale=still and figures.is_stale(lead, pipeline, today),
        late=still and lead.due_on is not None and lead.due_on < today,
        idle_words=ngettext("{n} day without a step", "{n} days without a step", idle).format(n=idle),
    )


def stacks(columns: Iterable[Column], pipeline: Pipeline, today: date) -> list[Stack]:
    return [
        Stack(
            column=column,
            name=column.stage.name.here(),
            lines=lines(column.leads[:CARDS], pipeline, today),
            more=max(len(column.leads) - CARDS, 0),
            amount=yuan(column.amount),
            expected=yuan(column.expected),
        )
        for column in columns
    ]


def stage_name(pipeline: Pipeline, code: str) -> str:
    return next((stage.name.here() for stage in pipeline.stages if stage.code == code), code)


def option_name(options: Iterable[Option], code: str) -> str:
    return next((option.name.here() for option in options if option.code == code), code)


def industry_name(section: str, division: str) -> str:
    known = industry(section, division)
    return known.name if known else ""


def groups() -> dict[str, str]:
    """The groups of related enterprises, by code."""
    trait = versions.work().traits.get("group")
    return {option.code: option.name.here() for option in trait.options} if trait else {}


def area_name(path: str) -> str:
    """ "" for the whole sub-district."""
    return gazetteer.current().label(path) if path.count("/") > 1 else ""


def wish(lead: Lead) -> list[str]:
    """What rooms it looks for, in words."""
    said = []
    if lead.area_least is not None and lead.area_most is not None:
        said.append(
            _("{least} to {most}").format(least=square_metres(lead.area_least), most=square_metres(lead.area_most))
        )
    elif lead.area_least is not None:
        said.append(_("at least {area}").format(area=square_metres(lead.area_least)))
    elif lead.area_most is not None:
        said.append(_("at most {area}").format(area=square_metres(lead.area_most)))
    if lead.wanted_from is not None:
        said.append(_("from {day}").format(day=lead.wanted_from.isoformat()))
    if lead.rent_most is not None:
        said.append(_("up to {amount} a day and m²").format(amount=yuan(lead.rent_most)))
    return said


def wan(fen: int | None) -> Decimal | None:
    """In ten thousand yuan, as amounts of leads are typed."""
    return None if fen is None else Decimal(fen) / figures.WAN


# ---- as a table


def heading(pipeline: Pipeline) -> list[Cell]:
    partner = [pipeline.partner.here()] if pipeline.partner else []
    amount = [_("Amount (ten thousand yuan)")] if pipeline.amount else []
    return [
        _("Project or enterprise"),
        *partner,
        _("State"),
        _("Stage"),
        _("Kind"),
        *amount,
        _("Industry"),
        _("In charge"),
        _("From the enterprise"),
        _("Known since"),
        _("Last step"),
        _("Next step"),
        _("By when"),
        _("Landed on"),
        _("Given up on"),
        _("Why it was given up"),
    ]


def row(one: Line, pipeline: Pipeline) -> list[Cell]:
    lead = one.lead
    partner = [harmless(lead.partner)] if pipeline.partner else []
    amount: list[Cell] = [wan(lead.amount)] if pipeline.amount else []
    return [
        harmless(lead.name),
        *partner,
        lead.get_status_display(),
        one.stage,
        one.kind,
        *amount,
        one.industry,
        lead.owner.name,
        harmless(lead.parent.name) if lead.parent else "",
        lead.opened_on,
        lead.moved_on,
        harmless(lead.next_step),
        lead.due_on,
        lead.landed_on,
        lead.lost_on,
        one.reason,
    ]
