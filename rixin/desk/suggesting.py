"""What is offered while somebody types: the subjects of a register, with what has to be known to choose among them."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode

from rixin.catalogue import versions
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.policies.queries import in_force
from rixin.records import queries
from rixin.records.entry import shown
from rixin.records.models import Record, Status

MOST = 100


@dataclass(frozen=True)
class Suggestion:
    name: str
    told: str


def suggested(staff: Staff, type: str, area_path: str, today: date) -> list[Suggestion]:
    """Subjects of the register's records in force, each once, the nearest to the place first; none of an unknown type.

    Who is on the roster for several times is told with the first of them that has not ended.
    """
    try:
        version = versions.record(type)
    except versions.UnknownType:
        return []
    rows = queries.visible_to(staff).filter(type=type, status=Status.CONFIRMED, day__lte=today).order_by("day", "pk")
    found = [row for row in rows if queries.is_in_force(row, today) and row.values.get(version.type.subject)]
    found.sort(key=lambda row: (-_shared(row.area_path, area_path), str(row.values[version.type.subject])))
    once: dict[str, Suggestion] = {}
    for row in found:
        once.setdefault(str(row.values[version.type.subject]), _suggestion(row, version.type))
    return list(once.values())[:MOST]


def _shared(one: str, other: str) -> int:
    """How many areas, from the widest down, two paths have in common."""
    steps = zip(one.split("/"), other.split("/"), strict=False)
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], steps))


def _suggestion(row: Record, kind: Any) -> Suggestion:
    chosen = [field for field in kind.fields if field.kind in ("choice", "text") and field.name != kind.subject]
    told = [shown(field, row.values.get(field.name)) for field in chosen]
    told.append(gazetteer.current().label(row.area_path).rpartition(" › ")[2])
    return Suggestion(str(row.values[kind.subject]), " · ".join(part for part in told if part))


def policies_in_force(day: date) -> list[Suggestion]:
    """Under which one can apply on that day, each with the document that it stands in."""
    return [Suggestion(policy.name.here(), policy.document.here()) for policy in in_force(day)]


class SuggestingInput(forms.TextInput):
    """A box to type in, with names offered below it."""

    template_name = "desk/suggesting_input.html"

    def __init__(self, names: list[Suggestion]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.names = names

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-names"
        return {**context, "names": self.names}


class EnterpriseInput(SuggestingInput):
    """A box for the name of an enterprise: those of the register are asked for while it is typed."""

    def __init__(self) -> None:
        super().__init__([])

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = context["widget"]["attrs"]
        found["hx-get"] = f"{reverse('desk:enterprise_names')}?{urlencode({'of': name})}"
        found["hx-trigger"] = "input changed delay:250ms"
        found["hx-target"] = f"#{found['list']}"
        found["hx-swap"] = "innerHTML"
        return context
