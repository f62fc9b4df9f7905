"""Rows of the clock pages, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.cases import deadlines
from rixin.cases.deadlines import Breach
from rixin.cases.models import CaseClock
from rixin.catalogue import versions
from rixin.catalogue.worktime import CalendarEnds
from rixin.desk import wording
from rixin.desk.answers import unit_name
from rixin.desk.wording import Due, Tone
from rixin.privacy.masking import masked
from rixin.sheet_writing import Cell
from rixin.sheets import harmless


@dataclass(frozen=True)
class Row:
    url: str
    number: str
    title: str
    type: str
    unit: str
    clock: str
    rule: str
    statutory: bool
    due: Due
    left: str
    """In working days, where they are known and some are left."""
    state: str
    tone: Tone


@dataclass(frozen=True)
class MissedRow:
    row: Row
    code: str
    held_by: str
    late_by: str
    made_up: bool
    explanation: str
    explained_by: str


def rows(found: Iterable[CaseClock], at: datetime) -> list[Row]:
    return [_row(clock, at) for clock in found]


def missed_rows(found: Iterable[Breach], at: datetime) -> list[MissedRow]:
    return [
        MissedRow(
            row=_row(one.clock, at),
            code=one.clock.code,
            held_by=unit_name(one.held_by) if one.held_by is not None else "",
            late_by=_late_by(one),
            made_up=one.clock.status == "stopped",
            explanation=masked(one.explanation),
            explained_by=one.explained_by,
        )
        for one in found
    ]


def _row(clock: CaseClock, at: datetime) -> Row:
    case, rules = clock.case, versions.version(clock.case.definition_id).rules
    known = deadlines.definition_of(clock)
    due = wording.due(clock.due_at, at)
    assert due is not None  # noqa: S101 - a clock always has a date
    state, tone = _state(clock, due)
    return Row(
        url=case.get_absolute_url(),
        number=case.number,
        title=masked(case.title),
        type=rules.type.name.here(),
        unit=unit_name(case.unit_id) if case.unit_id is not None else "",
        clock=known.name.here() if known else clock.code,
        rule=known.rule.here() if known else "",
        statutory=known.statutory if known else False,
        due=due,
        left=_left(clock, at) if clock.status == "running" else "",
        state=state,
        tone=tone,
    )


def _state(clock: CaseClock, due: Due) -> tuple[str, Tone]:
    if clock.status == "paused":
        return _("on hold"), "paused"
    if due.tone == "late":
        return _("overdue"), "late"
    return (_("near"), "warn") if due.tone == "warn" else (_("running"), "open")


def _left(clock: CaseClock, at: datetime) -> str:
    today, last = timezone.localdate(at), timezone.localdate(clock.due_at)
    try:
        days = versions.work_calendar().working_days_between(today, last)
    except CalendarEnds:
        return ""
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days} if days > 0 else ""


def _late_by(one: Breach) -> str:
    days = ngettext("%(n)s day", "%(n)s days", one.days) % {"n": one.days}
    if one.working_days is None:
        return days
    working = ngettext("%(n)s working day", "%(n)s working days", one.working_days) % {"n": one.working_days}
    return _("%(days)s (%(working)s)") % {"days": days, "working": working}


def heading() -> list[Cell]:
    return [
        _("Matter"), _("Kind"), _("Title"), _("Clock"), _("Rule"), _("Was due"), _("Held by"), _("Late by"),
        _("Made up"), _("Explanation"), _("Explained by"),
    ]  # fmt: skip


def line(one: MissedRow) -> list[Cell]:
    row = one.row
    return [
        row.number, row.type, harmless(row.title), row.clock, row.rule, row.due.full, one.held_by, one.late_by,
        _("yes") if one.made_up else _("no"), harmless(one.explanation), one.explained_by,
    ]  # fmt: skip
