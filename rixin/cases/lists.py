"""Lists on which matters stand until each is struck off: who is on one, and what its columns say."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from rixin.cases.models import Case, CaseEvent
from rixin.catalogue.list_schema import MatterList


@dataclass(frozen=True)
class Answered:
    """What was filled in last, by case and `action.field`."""

    said: dict[tuple[int, str], Any] = field(default_factory=dict)

    def of(self, case: Case, written: str) -> Any:
        return self.said.get((case.pk, written))


def on_list(kept: MatterList, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the `cases` that stand on the list or stood on it. What was merged goes on in the other matter."""
    rows = cases.filter(type__in=kept.types, **{f"form__{name}": value for name, value in kept.form.items()})
    rows = rows.exclude(outcome="merged")
    if kept.after:
        rows = rows.filter(_did(action__in=kept.after))
    for written, value in kept.asked.items():
        action, _dot, name = written.partition(".")
        rows = rows.filter(_did(action=action, **{f"given__{name}": value}))
    return rows


def _did(**what: Any) -> Exists:
    return Exists(CaseEvent.objects.filter(case=OuterRef("pk"), **what))


STRUCK_OFF = Q(phase="closed")
"""Nothing is left to be done, however it ended."""


def answered(kept: MatterList, cases: Collection[Case]) -> Answered:
    """What the columns of the list show of these cases. One statement."""
    columns = [column.asked.partition(".") for column in kept.columns if column.asked is not None]
    if not columns:
        return Answered()
    actions = {action for action, _dot, _name in columns}
    events = CaseEvent.objects.filter(case__in=cases, action__in=actions).order_by("case_id", "seq")
    said: dict[tuple[int, str], Any] = {}
    for event in events:
        for action, _dot, name in columns:
            if event.action == action and event.given.get(name) not in (None, "", []):
                said[event.case_id, f"{action}.{name}"] = event.given[name]
    return Answered(said)


def apart(kept: MatterList, rows: QuerySet[Case]) -> dict[str, int]:
    """How many of the rows there are of each choice by which the list is told apart."""
    if kept.by is None:
        return {}
    said = rows.order_by().values_list(f"form__{kept.by}", flat=True)
    return dict(Counter(str(choice) for choice in said if choice))
