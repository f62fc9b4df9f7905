"""Rows of a list, in words: who answers for the matter, by when, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.cases import lists
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.answers import asked_field, form_field
from rixin.catalogue.list_schema import ListColumn, MatterList
from rixin.catalogue.schema import AskedField
from rixin.desk import wording
from rixin.desk.answers import in_words, unit_name
from rixin.desk.wording import Due, Tone
from rixin.privacy.masking import masked
from rixin.sheet_writing import Cell
from rixin.sheets import harmless


@dataclass(frozen=True)
class Row:
    case: Case
    title: str
    kind: str
    unit: str
    leader: str
    state: str
    tone: Tone
    due: Due | None
    struck_off: str
    """The day; "" while it is open."""
    labelled: list[tuple[str, str]]
    """(heading, what it says) of the list's own columns"""


def rows(kept: MatterList, cases: Sequence[Case], at: datetime) -> list[Row]:
    said, headed = lists.answered(kept, cases), headings(kept)
    return [_row(kept, case, said, headed, at) for case in cases]


def _row(kept: MatterList, case: Case, said: lists.Answered, headed: list[str], at: datetime) -> Row:
    rules = versions.version(case.definition_id).rules
    state = rules.lifecycle.states[case.state]
    return Row(
        case=case,
        title=masked(case.title),
        kind=rules.type.name.here(),
        unit=unit_name(case.unit_id) if case.unit_id is not None else "",
        leader=case.leader.name if case.leader is not None else "",
        state=state.name.here(),
        tone="done" if state.phase == "closed" else "open",
        due=wording.due(case.due_at, at),
        struck_off=timezone.localdate(case.closed_at).isoformat() if case.closed_at else "",
        labelled=list(zip(headed, (_cell(column, case, said) for column in kept.columns), strict=True)),
    )


def _cell(column: ListColumn, case: Case, said: lists.Answered) -> str:
    """In the words of the definition that the matter keeps."""
    rules = versions.version(case.definition_id).rules
    if column.form is not None:
        asked, value = form_field(column.form, [rules.type]), case.form.get(column.form)
    else:
        asked, value = asked_field(column.asked or "", [rules.lifecycle]), said.of(case, column.asked or "")
    if asked is None or value in (None, "", []):
        return ""
    return in_words(asked, value, rules.lifecycle)


def headings(kept: MatterList) -> list[str]:
    return [field.label.here() if field else "" for field in (_field(column, kept) for column in kept.columns)]


def _field(column: ListColumn, kept: MatterList) -> AskedField | None:
    known = [version.rules for version in versions.current_types() if version.rules.type.code in kept.types]
    if column.form is not None:
        return form_field(column.form, [rules.type for rules in known])
    return asked_field(column.asked or "", [rules.lifecycle for rules in known])


def options(kept: MatterList) -> list[tuple[str, str]]:
    """The choices by which the list is told apart."""
    field = _field(ListColumn(form=kept.by), kept) if kept.by else None
    return [(option.code, option.name.here()) for option in field.options] if field else []


def table_heading(kept: MatterList) -> list[Cell]:
    fixed = [
        _("Number"),
        _("Title"),
        _("Kind"),
        _("Unit"),
        _("Leader in charge"),
        _("State"),
        _("Due"),
        _("Struck off on"),
    ]
    return [*fixed, *headings(kept)]


def table_line(row: Row) -> list[Cell]:
    fixed = [row.case.number, harmless(row.title), row.kind, row.unit, row.leader, row.state]
    return [
        *fixed,
        row.due.full if row.due else "",
        row.struck_off,
        *(harmless(cell) for _heading, cell in row.labelled),
    ]
