"""The steps of a lead in words, the newest first."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue.pipeline_schema import Pipeline
from rixin.desk.lead_pages import rows
from rixin.investment.models import Act, Lead, LeadStep
from rixin.registers.amounts import square_metres, yuan

_COLUMNS: dict[str, str | Promise] = {
    "name": gettext_lazy("Project or enterprise"),
    "area_path": gettext_lazy("Area"),
    "kind": gettext_lazy("Kind"),
    "partner": pgettext_lazy("of a lead", "Partner"),
    "amount": gettext_lazy("Amount"),
    "section": gettext_lazy("Industry"),
    "division": gettext_lazy("Industry"),
    "area_least": gettext_lazy("Rooms: at least"),
    "area_most": gettext_lazy("Rooms: at most"),
    "wanted_from": gettext_lazy("Rooms: needed from"),
    "rent_most": gettext_lazy("Rooms: rent at most"),
    "parent_id": gettext_lazy("Comes from the enterprise"),
    "introduced_by": gettext_lazy("Who told of it"),
}


@dataclass(frozen=True)
class Line:
    step: LeadStep
    moved: str
    """From which stage to which; "" where it stayed."""
    reason: str
    changes: list[str]
    tone: str


def steps(lead: Lead, pipeline: Pipeline) -> list[Line]:
    """One statement."""
    return [_line(step, pipeline) for step in lead.steps.select_related("by", "to").order_by("-number")]


def _line(step: LeadStep, pipeline: Pipeline) -> Line:
    moved = ""
    if step.stage_from and step.stage_from != step.stage_to:
        names = (rows.stage_name(pipeline, code) for code in (step.stage_from, step.stage_to))
        moved = _("{before} → {now}").format(**dict(zip(("before", "now"), names, strict=True)))
    given_up = step.act == Act.GIVE_UP
    return Line(
        step=step,
        moved=moved,
        reason=rows.option_name(pipeline.lost, step.changes["lost_reason"][1]) if given_up else "",
        changes=_changes(step.changes, pipeline) if step.act == Act.CORRECT else [],
        tone={Act.LAND.value: "done", Act.GIVE_UP.value: "late"}.get(step.act, ""),
    )


def _changes(changes: dict[str, list[Any]], pipeline: Pipeline) -> list[str]:
    said = []
    for name, (old, new) in changes.items():
        if name == "parent_id":
            said.append(str(_COLUMNS[name]))
        elif name in _COLUMNS:
            before, now = (_value(name, value, pipeline) for value in (old, new))
            said.append(
                _("{what}: {before} → {now}").format(what=_COLUMNS[name], before=before, now=now)
                if before or now
                else str(_COLUMNS[name])
            )
    return said


def _value(name: str, value: Any, pipeline: Pipeline) -> str:
    if value in (None, ""):
        return "—" if name != "introduced_by" else ""
    if name == "kind":
        return rows.option_name(pipeline.kinds, value)
    if name in ("amount", "rent_most"):
        return yuan(value)
    if name in ("area_least", "area_most"):
        return square_metres(value)
    return rows.area_name(value) or _("the whole sub-district") if name == "area_path" else str(value)
