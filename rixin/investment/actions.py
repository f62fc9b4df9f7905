"""Leads: opened, moved on step by step, handed over, given up, taken up again. One transaction each.

Each step follows on what the person saw: of two, the second is told. The same step sent twice is taken once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.investment.drafts import LeadRefused, NewLead, Said, check, check_stage
from rixin.investment.models import Act, Lead, LeadStep, Status
from rixin.people.actors import Actor
from rixin.records import actions as records
from rixin.records.actions import EntryRefused
from rixin.records.models import Status as RecordStatus

_MOVING = (Act.NOTE, Act.GIVE_UP, Act.TAKE_UP, Act.LAND)
"""Steps that bring a lead on. Whoever corrects it or hands it over has not yet done anything for it."""
SEALED = ("introduced_by",)
"""Columns of which the steps say only that they changed."""
Changes = dict[str, list[Any]]
_LONGEST_REASON = 400
"""Characters of the reason for which a record is withdrawn."""


class ChangedMeanwhile(Exception):
    """Somebody took a step after this person looked; `since` are the steps."""

    def __init__(self, since: list[LeadStep]) -> None:
        self.since = since
        self.message = _("Somebody took a step for this lead while you looked at it. Compare, then send again.")
        super().__init__("changed meanwhile")


@dataclass(frozen=True, kw_only=True)
class Move:
    """What comes next. `stage`: code, "" for that in which it is."""

    words: str
    stage: str = ""
    next_step: str = ""
    due_on: date | None = None


def pipeline_of(lead: Lead) -> Pipeline:
    """Raises LeadRefused where the office has given the pipeline up."""
    return known_pipeline(lead.pipeline)


def known_pipeline(code: str) -> Pipeline:
    try:
        return versions.work().pipelines[code]
    except KeyError:
        raise LeadRefused({"": _("This pipeline is not defined any more.")}) from None


def open_lead(pipeline: str, new: NewLead, *, by: Actor, at: datetime) -> Lead:
    """Raises LeadRefused. Sent twice, it is the same lead."""
    if new.origin and (there := Lead.objects.filter(origin=new.origin).first()):
        return there
    known, today = known_pipeline(pipeline), timezone.localdate(at)
    stage, opened_on = new.stage or known.stages[0].code, new.opened_on or today
    check(new.said, known)
    check_stage(stage, known)
    if opened_on > today:
        raise LeadRefused({"opened_on": _("This day is still to come.")})
    row = Lead(
        pipeline=pipeline,
        stage=stage,
        owner_id=new.owner,
        next_step=new.next_step.strip(),
        due_on=new.due_on,
        opened_on=opened_on,
        moved_on=opened_on,
        origin=new.origin,
        entered_at=at,
        **new.said.columns(),
    )
    try:
        with transaction.atomic():
            row.save()
            first = Move(words=new.words, next_step=new.next_step, due_on=new.due_on)
            made(row, Act.OPEN, by, at, 0, words=new.words, then=first).save()
    except IntegrityError:
        if new.origin and (there := Lead.objects.filter(origin=new.origin).first()):
            return there
        raise
    return row


def note(lead: Lead, move: Move, *, by: Actor, at: datetime, seen: int) -> Lead:
    """Something was done: words, maybe another stage, what comes next and by when.

    Raises LeadRefused, ChangedMeanwhile.
    """
    stage = move.stage or lead.stage
    step = made(lead, Act.NOTE, by, at, seen, stage_to=stage, words=move.words, then=move)
    if taken_already(lead, step):
        return lead
    still_open(lead)
    check_stage(stage, pipeline_of(lead))
    if not step.words and stage == lead.stage:
        raise LeadRefused({"words": _("Please say what was done.")})
    return take(lead, step, {"stage": stage, "next_step": step.next_step, "due_on": step.due_on})


def correct(lead: Lead, said: Said, *, by: Actor, at: datetime, seen: int) -> Lead:
    """What is known of it now. Nothing new: no step. Raises LeadRefused, ChangedMeanwhile."""
    still_open(lead)
    check(said, pipeline_of(lead))
    columns = said.columns()
    changes = {name: [old, new] for name, new in columns.items() if (old := getattr(lead, name)) != new}
    if not changes:
        return lead
    step = made(lead, Act.CORRECT, by, at, seen)
    step.changes = _plain(changes)
    return take(lead, step, {name: new for name, (_old, new) in changes.items()})


def hand(lead: Lead, to: int, *, words: str = "", by: Actor, at: datetime, seen: int) -> Lead:
    """Another person answers for it from now on. Raises LeadRefused, ChangedMeanwhile."""
    step = made(lead, Act.HAND, by, at, seen, words=words)
    step.to_id = to
    if taken_already(lead, step):
        return lead
    still_open(lead)
    if to == lead.owner_id:
        raise LeadRefused({"to": _("The lead is with this person already.")})
    return take(lead, step, {"owner_id": to})


def give_up(lead: Lead, reason: str, *, words: str = "", by: Actor, at: datetime, seen: int) -> Lead:
    """It will not land. Raises LeadRefused, ChangedMeanwhile."""
    step = made(lead, Act.GIVE_UP, by, at, seen, words=words)
    step.changes = {"lost_reason": ["", reason]}
    if taken_already(lead, step):
        return lead
    still_open(lead)
    if reason not in {option.code for option in pipeline_of(lead).lost}:
        raise LeadRefused({"reason": _("Please say why.")})
    day = timezone.localdate(at)
    return take(lead, step, {"status": Status.LOST, "lost_reason": reason, "lost_on": day, "due_on": None})


@transaction.atomic
def take_up(lead: Lead, move: Move, *, by: Actor, at: datetime, seen: int) -> Lead:
    """It goes on after all. What landed by mistake loses its record; the enterprise stays in the register.

    Raises LeadRefused, ChangedMeanwhile.
    """
    stage = move.stage or lead.stage
    step = made(lead, Act.TAKE_UP, by, at, seen, stage_to=stage, words=move.words, then=move)
    if taken_already(lead, step):
        return lead
    if lead.status == Status.OPEN:
        raise LeadRefused({"": _("This lead is being followed already.")})
    check_stage(stage, pipeline_of(lead))
    if not step.words:
        raise LeadRefused({"words": _("Please say why.")})
    before = lead.record
    columns = {
        "status": Status.OPEN,
        "stage": stage,
        "lost_reason": "",
        "lost_on": None,
        "landed_on": None,
        "enterprise_id": None,
        "record_id": None,
        "next_step": step.next_step,
        "due_on": move.due_on,
    }
    taken = take(lead, step, columns)
    if before is not None and before.status != RecordStatus.WITHDRAWN:
        try:
            records.withdraw(before, by=by, at=at, seen=before.version, reason=step.words[:_LONGEST_REASON])
        except EntryRefused as refused:
            raise LeadRefused({"": refused.message}) from None
    return taken


@transaction.atomic
def take(lead: Lead, step: LeadStep, columns: Mapping[str, Any]) -> Lead:
    """Writes a step that follows on the version that it was made for, and what the lead says from then on.

    Raises ChangedMeanwhile. A step that this person has taken already changes nothing.
    """
    seen = step.number - 1
    moved = {"moved_on": timezone.localdate(step.at)} if step.act in _MOVING else {}
    if Lead.objects.filter(pk=lead.pk, version=seen).update(version=seen + 1, **moved, **columns):
        step.save()
    elif since := _since(step):
        raise ChangedMeanwhile(since)
    lead.refresh_from_db()
    return lead


def taken_already(lead: Lead, step: LeadStep) -> bool:
    """Whether this person has taken this very step on the same page: a double click is harmless.

    Raises ChangedMeanwhile where another step was taken.
    """
    if lead.version == step.number - 1:
        return False
    if since := _since(step):
        raise ChangedMeanwhile(since)
    lead.refresh_from_db()
    return True


def _since(step: LeadStep) -> list[LeadStep]:
    """The steps from this one's number on; none where the first of them is this one."""
    since = list(LeadStep.objects.filter(lead=step.lead_id, number__gte=step.number).select_related("by"))
    return [] if since and _essence(since[0]) == _essence(step) else since


def _essence(step: LeadStep) -> tuple[Any, ...]:
    return (step.act, step.by_id, step.stage_to, step.words, step.next_step, step.due_on, step.to_id, step.changes)


def made(
    lead: Lead, act: Act, by: Actor, at: datetime, seen: int, *, stage_to: str = "", words: str = "",
    then: Move | None = None,
) -> LeadStep:  # fmt: skip
    """The row, not saved yet. `seen`: the version on which it follows; `then`: says what comes next."""
    return LeadStep(
        lead=lead,
        number=seen + 1,
        at=at,
        by_id=by.account_id,
        act=act,
        stage_from="" if act == Act.OPEN else lead.stage,
        stage_to=stage_to or lead.stage,
        words=words.strip(),
        next_step=then.next_step.strip() if then else "",
        due_on=then.due_on if then else None,
    )


def still_open(lead: Lead) -> None:
    """Raises LeadRefused."""
    if lead.status != Status.OPEN:
        raise LeadRefused({"": _("This lead has ended already. Take it up again first.")})


def _plain(changes: Mapping[str, list[Any]]) -> Changes:
    return {
        name: ["", ""] if name in SEALED else [_in_json(old), _in_json(new)]
        for name, (old, new) in sorted(changes.items())
    }


def _in_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
