"""What happened to a project, in words, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from rixin.people import staffing
from rixin.people.models import in_language
from rixin.places import gazetteer
from rixin.programmes.models import Project, ProjectEvent
from rixin.registers.amounts import yuan

SHOWN = 40
"""Lines on the page of the project."""
ACTIONS: Mapping[str, str | Promise] = {
    "open": pgettext_lazy("history of a project", "Opened"),
    "step": pgettext_lazy("history of a project", "Step done"),
    "take_back": pgettext_lazy("history of a project", "Step taken back"),
    "evidence": pgettext_lazy("history of a project", "Photos or files added"),
    "unshow": pgettext_lazy("history of a project", "Photo or file removed"),
    "plan": pgettext_lazy("history of a project", "Dates changed"),
    "pay": pgettext_lazy("history of a project", "Paid"),
    "unpay": pgettext_lazy("history of a project", "Payment taken back"),
    "risk": pgettext_lazy("history of a project", "Risk noted"),
    "settle": pgettext_lazy("history of a project", "Risk settled"),
    "correct": pgettext_lazy("history of a project", "Corrected"),
    "hand": pgettext_lazy("history of a project", "Handed over"),
    "stop": pgettext_lazy("history of a project", "Stopped"),
    "resume": pgettext_lazy("history of a project", "Goes on"),
}
_COLUMNS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Name of the project"),
    "about": gettext_lazy("What is done"),
    "level": pgettext_lazy("of a project", "Level"),
    "area_path": gettext_lazy("Area"),
    "address": gettext_lazy("Address"),
    "contractor": gettext_lazy("Contractor"),
    "budget": gettext_lazy("Budget"),
    "year": gettext_lazy("Plan of the year"),
    "owner_id": gettext_lazy("In charge"),
    "paid": gettext_lazy("Amount"),
    "payee": gettext_lazy("Paid to"),
    "risk": gettext_lazy("Risk"),
    "done_on": gettext_lazy("Done on"),
}
_MONEY = ("budget", "paid")


@dataclass(frozen=True)
class Entry:
    event: ProjectEvent
    what: str
    step: str
    who: str
    changes: list[str]


def entries(project: Project) -> list[Entry]:
    """The last ones. Two statements."""
    events = list(project.events.order_by("-pk")[:SHOWN])
    people = staffing.names({pk for event in events for pk in event.changes.get("owner_id", ()) if pk})
    names = {step.code: step.name.here() for step in project.rules.steps}
    levels = {level.code: level.name.here() for level in project.rules.levels}
    return [
        Entry(
            event=event,
            what=str(ACTIONS.get(event.action, event.action)),
            step=names.get(event.step, ""),
            who=" · ".join(filter(None, [event.by_name, in_language(event.by_post_zh, event.by_post_en)])),
            changes=list(_changes(event.changes, names, {"owner_id": people, "level": levels})),
        )
        for event in events
    ]


def _changes(changes: dict[str, list[Any]], steps: dict[str, str], known: dict[str, dict[Any, str]]) -> list[str]:
    said = []
    for name, (old, new) in changes.items():
        if name.startswith("planned:"):
            what = steps.get(name.removeprefix("planned:"), name)
            said.append(_("{what}: {before} → {now}").format(what=what, before=old or "—", now=new or "—"))
        elif name == "evidence":
            n = int(new or 0)
            said += [ngettext("{n} photo or file", "{n} photos or files", n).format(n=n)] if n else []
        elif name in _COLUMNS:
            before, now = (_value(name, value, known) for value in (old, new))
            said.append(_("{what}: {before} → {now}").format(what=_COLUMNS[name], before=before, now=now)
                        if old not in (None, "") else f"{_COLUMNS[name]}: {now}")  # fmt: skip
    return said


def _value(name: str, value: Any, known: dict[str, dict[Any, str]]) -> str:
    if value in (None, ""):
        return "—"
    if name in _MONEY:
        return yuan(value)
    if name == "area_path":
        area = gazetteer.current().area(value)
        return area.name if area is not None else str(value)
    return known.get(name, {}).get(value, str(value))
