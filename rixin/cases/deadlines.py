"""Dates that matters have to keep, as lists: what runs, what was missed, and what was said about it.

Whether a person sees a matter, `queries` says: every list here is of the matters that it is given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.cases import actions, queries
from rixin.cases.facts import refusal
from rixin.cases.history import BREACH_EXPLAINED, ActionRefused
from rixin.cases.models import Case, CaseClock, CaseEvent
from rixin.catalogue import versions
from rixin.catalogue.schema import Clock
from rixin.catalogue.worktime import CalendarEnds
from rixin.people.staff import Staff

LONGEST = 1000
"""Signs of an explanation."""


@dataclass(frozen=True)
class Breach:
    """A date that was missed. `held_by`: the unit that held the matter when it passed, None for nobody.

    `days`, `working_days`: by how much, until it was made up or until now; `working_days` None where the holidays of a
    year are not published. `explanation`: what its holder said, empty while nothing was said.
    """

    clock: CaseClock
    held_by: int | None
    days: int
    working_days: int | None
    explanation: str = ""
    explained_by: str = ""


def of(cases: "QuerySet[Case]") -> "QuerySet[CaseClock]":
    """The clocks of these matters that run or are held, the soonest first."""
    rows = CaseClock.objects.filter(case__in=cases.order_by().values("pk")).exclude(status="stopped")
    return rows.select_related("case").order_by("due_at", "pk")


def missed(cases: "QuerySet[Case]", at: datetime) -> "QuerySet[CaseClock]":
    """The clocks of these matters that passed their date, made up since or not, the latest first."""
    passed = Q(missed=True) | Q(status="running", due_at__lt=at)
    rows = CaseClock.objects.filter(passed, case__in=cases.order_by().values("pk"))
    return rows.select_related("case").order_by("-due_at", "-pk")


def statutory() -> Q:
    """On clocks: those whose date a law or a rule of the state sets."""
    by_clocks: dict[tuple[str, ...], list[str]] = {}
    for version in versions.current_types():
        codes = tuple(code for code, clock in version.rules.lifecycle.clocks.items() if clock.statutory)
        by_clocks.setdefault(codes, []).append(version.rules.type.code)
    parts = [Q(code__in=codes, case__type__in=types) for codes, types in by_clocks.items() if codes]
    return reduce(or_, parts, Q(pk__in=[]))


def unexplained() -> Q:
    """On clocks: those about whose breach nothing was said."""
    said = CaseEvent.objects.annotate(about=KT("given__clock")).filter(
        case=OuterRef("case"), action=BREACH_EXPLAINED, about=OuterRef("code")
    )
    return Q(~Exists(said))


def definition_of(row: CaseClock) -> Clock | None:
    """The clock as it was defined when the matter was opened."""
    return versions.version(row.case.definition_id).rules.lifecycle.clocks.get(row.code)


def breaches(rows: Iterable[CaseClock], at: datetime) -> list[Breach]:
    """What has to be known of each: one query, for the events of their matters."""
    rows = list(rows)
    events: dict[int, list[CaseEvent]] = {}
    for event in CaseEvent.objects.filter(case__in={row.case_id for row in rows}).order_by("case_id", "seq"):
        events.setdefault(event.case_id, []).append(event)
    return [_breach(row, events.get(row.case_id, []), at) for row in rows]


def _breach(row: CaseClock, events: Iterable[CaseEvent], at: datetime) -> Breach:
    held_by: int | None = None
    said: Mapping[str, Any] = {}
    told = ""
    for event in events:
        if event.at <= row.due_at and "unit" in event.changes:
            held_by = event.changes["unit"]
        if event.action == BREACH_EXPLAINED and event.given.get("clock") == row.code:
            said, told = event.given, event.by_name
    until = timezone.localdate(row.stopped_at or at)
    due = timezone.localdate(row.due_at)
    return Breach(row, held_by, max(0, (until - due).days), _working_days(due, until), said.get("reason", ""), told)


def _working_days(after: date, until: date) -> int | None:
    try:
        return versions.work_calendar().working_days_between(after, until)
    except CalendarEnds:
        return None


def may_explain(by: Staff, row: CaseClock, at: datetime) -> bool:
    """Whoever works for the unit that holds the matter, or held it when the date passed, explains the breach."""
    units = {row.case.unit_id, *(one.held_by for one in breaches([row], at))} - {None}
    return not units.isdisjoint(by.scope.unit_ids)


def explain(row: CaseClock, reason: str, *, by: Staff, at: datetime) -> Case:
    """Writes into the timeline why the date was missed. Raises ActionRefused."""
    if not missed(Case.objects.filter(pk=row.case_id), at).filter(pk=row.pk).exists():
        raise ActionRefused(refusal("not_missed", _("This date was not missed: there is nothing to explain.")))
    if not may_explain(by, row, at):
        raise ActionRefused(refusal("not_yours", _("The unit that held the matter explains why the date was missed.")))
    if not (reason := reason.strip()):
        raise ActionRefused(refusal("incomplete", _("Please say why the date was missed, and what follows.")))
    given = {"clock": row.code, "reason": reason[:LONGEST]}
    return actions.write_down(row.case, BREACH_EXPLAINED, by=queries.actor_on(by, row.case), given=given, at=at)
