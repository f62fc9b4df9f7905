"""Whose enterprise it is, what is planned, visits, and what was looked at. One transaction each, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.cases import actions as cases
from rixin.cases.history import NewCase
from rixin.cases.models import Case
from rixin.liaison.models import LONGEST_WORDS, Assignment, LookedAt, PlannedVisit, RaisedProblem
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.people.staffing import names
from rixin.records import actions as records
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.refused import FieldsRefused
from rixin.registers import journal
from rixin.registers.models import Enterprise, RegisterEvent
from rixin.spans import KnownSpan, SaysNothingNew, with_change

FURTHEST = timedelta(days=366)
"""How far ahead somebody may say what holds from a day on."""
_BATCH = 500


class LiaisonRefused(FieldsRefused):
    """It cannot be done as it was filled in."""


@transaction.atomic
def assign(
    enterprises: Sequence[Enterprise],
    officer: Account,
    day: date,
    *,
    by: Actor,
    at: datetime,
    today: date,
    reason: str = "",
) -> int:
    """From `day` on all of them are the officer's; whoever had one hands it over. How many changed.

    A day in the past is put between what is known before and after it. Raises LiaisonRefused.
    """
    _near_enough(day, today)
    known = _spans_of(enterprises)
    changed: dict[int, list[KnownSpan]] = {}
    before: dict[int, int | None] = {}
    for one in enterprises:
        spans = known[one.pk]
        try:
            changed[one.pk] = with_change(spans, officer.pk, day)
        except SaysNothingNew:
            continue
        before[one.pk] = next((span.what for span in spans if span.holds(day)), None)
    _write(changed)
    _tell("assign", [one for one in enterprises if one.pk in changed], before, officer.pk, day, by, at, reason)
    return len(changed)


@transaction.atomic
def end(enterprises: Sequence[Enterprise], day: date, *, by: Actor, at: datetime, today: date, reason: str = "") -> int:
    """From `day` on none of them is anybody's. How many changed. What was to begin only then never came about."""
    _near_enough(day, today)
    changed: dict[int, list[KnownSpan]] = {}
    before: dict[int, int | None] = {}
    for pk, spans in _spans_of(enterprises).items():
        kept = [_until(span, day) for span in spans if span.first < day]
        if kept != spans:
            changed[pk] = kept
            before[pk] = next((span.what for span in reversed(spans) if span.holds(day) or span.first >= day), None)
    _write(changed)
    _tell("unassign", [one for one in enterprises if one.pk in changed], before, None, day, by, at, reason)
    return len(changed)


def _until(span: KnownSpan, day: date) -> KnownSpan:
    return KnownSpan(span.first, day, span.what, span.key) if span.holds(day) else span


def _near_enough(day: date, today: date) -> None:
    if day > today + FURTHEST:
        raise LiaisonRefused({"day": _("This day is more than a year ahead.")})


def _spans_of(enterprises: Sequence[Enterprise]) -> dict[int, list[KnownSpan]]:
    """Of each its assignments in their order; `what` is the id of the account."""
    found: dict[int, list[KnownSpan]] = {one.pk: [] for one in enterprises}
    # One after the other: two people who assign the same enterprises at the same moment.
    rows = Assignment.objects.select_for_update().filter(enterprise__in=found).order_by("from_day", "pk")
    for row in rows:
        found[row.enterprise_id].append(KnownSpan(row.from_day, row.until_day, row.account_id, row.pk))
    return found


def _write(changed: dict[int, list[KnownSpan]]) -> None:
    """Only what differs. Those that end go first, so that no two of an enterprise are open at once."""
    rows = {row.pk: row for row in Assignment.objects.filter(enterprise__in=changed)}
    kept = {span.key for spans in changed.values() for span in spans if span.key is not None}
    Assignment.objects.filter(pk__in=rows.keys() - kept).delete()
    different, new = [], []
    for enterprise, spans in changed.items():
        for span in spans:
            row = rows.get(span.key or 0)
            if row is None:
                new.append(
                    Assignment(
                        enterprise_id=enterprise, account_id=span.what, from_day=span.first, until_day=span.until
                    )
                )
            elif (row.account_id, row.until_day) != (span.what, span.until):
                row.account_id, row.until_day, row.version = span.what, span.until, row.version + 1
                different.append(row)
    Assignment.objects.bulk_update(different, ["account", "until_day", "version"], batch_size=_BATCH)
    Assignment.objects.bulk_create(new, batch_size=_BATCH)


def _tell(
    action: str,
    enterprises: Sequence[Enterprise],
    before: dict[int, int | None],
    now: int | None,
    day: date,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    """In the history of each enterprise. The names are kept as they were on the day."""
    said = names({pk for pk in (now, *before.values()) if pk is not None})
    Enterprise.objects.filter(pk__in=[one.pk for one in enterprises]).update(version=F("version") + 1, changed_at=at)
    rows = [
        journal.event(
            action,
            by,
            at,
            enterprise=one,
            changes={"officer": [said.get(before[one.pk] or 0), said.get(now or 0)], "from_day": [None, day]},
            reason=reason,
        )
        for one in enterprises
    ]
    RegisterEvent.objects.bulk_create(rows, batch_size=_BATCH)


# ---- visits


@dataclass(frozen=True)
class Visited:
    """`case`: the matter that was opened for the problem raised; None where none was."""

    record: Record
    case: Case | None


@transaction.atomic
def visit(new: NewRecord, problem: NewCase | None, *, by: Actor, at: datetime) -> Visited:
    """A visit, and the problem that was raised at it as a matter: both or neither, and once however often it is sent.

    Raises EntryRefused and ActionRefused.
    """
    record = records.enter(new, by=by, at=at)
    case = cases.open_case(problem, by=by, at=at).case if problem is not None else None
    if case is not None and not RaisedProblem.objects.filter(record=record).exists():
        RaisedProblem.objects.create(record=record, case=case)
    # A visit that arrives a second time does not use up what was planned since it was made.
    waiting = PlannedVisit.objects.filter(enterprise=new.enterprise, over_at=None, planned_at__lte=record.entered_at)
    waiting.update(over_at=at, record=record)
    return Visited(record, case)


def plan(enterprise: Enterprise, officer: Account, *, by: Account | None, at: datetime) -> PlannedVisit:
    """Puts the enterprise on the officer's route. It stays there once, however often somebody asks for it."""
    with transaction.atomic():
        now = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        there = PlannedVisit.objects.filter(enterprise=now, over_at=None).first()
        if there is not None:
            return there
        return PlannedVisit.objects.create(enterprise=now, account=officer, planned_by=by, planned_at=at)


def drop(enterprise: Enterprise, *, at: datetime) -> int:
    """Takes it off the route without a visit. How many were on one."""
    return PlannedVisit.objects.filter(enterprise=enterprise, over_at=None).update(over_at=at)


# ---- early warnings


def look(enterprise: Enterprise, warning: str, until: date, words: str, *, by: Account, at: datetime) -> LookedAt:
    """Somebody looked into the warning and says what was found: it is shown again on a day. Raises LiaisonRefused."""
    today, words = timezone.localdate(at), words.strip()
    wrong: dict[str, str | Promise] = {}
    if not words:
        wrong["words"] = _("Please say what was found, for whoever reads it later.")
    elif len(words) > LONGEST_WORDS:
        wrong["words"] = _("At most 400 characters, please.")
    if until <= today:
        wrong["until"] = _("Please choose a day that is still to come.")
    elif until > today + FURTHEST:
        wrong["until"] = _("This day is more than a year ahead.")
    if wrong:
        raise LiaisonRefused(wrong)
    return LookedAt.objects.create(enterprise=enterprise, warning=warning, until_day=until, words=words, at=at, by=by)


def hand_on(double: int, into: int) -> None:
    """What was the double's is of the entry that goes on for it, where that has nothing of its own."""
    held: dict[int, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.filter(enterprise__in=(double, into)):
        held[row.enterprise_id].append(row)
    if not held[into]:
        _move(held[double], into)
    Assignment.objects.filter(enterprise=double).delete()
    if not PlannedVisit.objects.filter(enterprise=into, over_at=None).exists():
        PlannedVisit.objects.filter(enterprise=double, over_at=None).update(enterprise=into)


def _move(rows: Iterable[Assignment], into: int) -> None:
    for row in rows:
        Assignment.objects.filter(pk=row.pk).update(enterprise=into, version=row.version + 1)
