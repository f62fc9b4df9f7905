"""What people do with cases: open one, take an action, join one, rate. Every door goes through here.

Each is one transaction, all or nothing. Time, actor and what was filled in come in as arguments.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rixin.cases import journal, lifecycle, queries, telling
from rixin.cases.facts import CaseFacts, Event, Given, Refusal, project, refusal
from rixin.cases.files import KeptFile
from rixin.cases.history import (
    ALSO_RATED,
    JOINED,
    ActionRefused,
    History,
    NewCase,
    Reporter,
    public_fields,
    with_digests,
)
from rixin.cases.models import Case, CaseEvent, Receipt, id_in
from rixin.cases.photos import KeptPhoto
from rixin.cases.signals import happened
from rixin.catalogue import versions
from rixin.catalogue.schema import Action, AskedField
from rixin.chain import FIRST
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.people.staff import Staff
from rixin.privacy.sealing import fingerprint

Photos = Mapping[str, Sequence[KeptPhoto]]
Files = Mapping[str, Sequence[KeptFile]]


class ChangedMeanwhile(Exception):
    """Somebody else acted since the person looked. `since` has what happened, oldest first."""

    def __init__(self, case: Case, since: list[CaseEvent]) -> None:
        self.case = case
        self.since = since
        super().__init__(f"{case.number} changed: {', '.join(event.action for event in since)}")


@dataclass(frozen=True)
class Opened:
    """`again`: the same submission had arrived before; nothing was written and the first receipt is given back."""

    case: Case
    receipt: Receipt
    again: bool = False


def open_case(
    new: NewCase, *, by: Actor, at: datetime, settle: Given | None = None, settle_photos: Photos | None = None
) -> Opened:
    """Opens a case; with `settle`, it is also settled on the spot. Raises ActionRefused.

    A double tap, a retry or an outbox that sends twice gives the same case: the submission key decides.
    """
    history = History.begin(new, by, at, versions.work_calendar(), opening=journal.opening(new))
    if settle is not None:
        history.take("settle", by, settle, at, settle_photos)
    try:
        with transaction.atomic():
            [(case, receipt)] = journal.store_with_receipts([history])
            telling.of_event(case, history.case, history.events[-1], by, at)
            happened.send(Case, case=case, by=by, at=at)
    except IntegrityError:
        if (before := receipt_of(new.reporter.submission_key)) is None:
            raise
        return Opened(before.case, before, again=True)
    return Opened(case, receipt)


def receipt_of(submission_key: str) -> Receipt | None:
    """The receipt that a submission got, if it arrived before."""
    return Receipt.objects.select_related("case").filter(submission_mark=fingerprint(submission_key)).first()


def act(
    case: Case,
    action: str,
    *,
    by: Staff | Actor,
    given: Given,
    seen: int,
    at: datetime,
    photos: Photos | None = None,
    files: Files | None = None,
) -> Case:
    """Take `action` on `case` as the person saw it, at version `seen`; the case as it is afterwards.

    Raises ActionRefused or ChangedMeanwhile. If the next thing that happened is this person's same action with the
    same words, it is done: a double click, or a phone that sends again since no answer came, is harmless.
    """
    whole = with_digests(with_digests(given, photos), files)
    actor = queries.actor_on(by, case) if isinstance(by, Staff) else by
    try:
        with transaction.atomic():
            return _take(case, action, by, actor, whole, seen, at, _Attached(photos or {}, files or {}))
    except _Overtaken:
        now = Case.objects.get(pk=case.pk)
        since = list(now.events.filter(seq__gt=seen).order_by("seq"))
        if since and _is_the_same(since[0], action, actor, whole):
            return now
        raise ChangedMeanwhile(now, since) from None


def join(
    case: Case,
    *,
    reporter: Reporter,
    words: str,
    channel: str,
    at: datetime,
    by: Actor,
    photos: Sequence[KeptPhoto] = (),
) -> Opened:
    """A neighbour joins an open public matter: gets an own receipt, and is answered with the first who reported.

    Raises ActionRefused when the matter was closed meanwhile or is not public.
    """
    try:
        with transaction.atomic():
            now = Case.objects.select_for_update().get(pk=case.pk)
            if now.phase == "closed" or not now.public:
                raise ActionRefused(
                    refusal("closed", _("This matter was finished meanwhile. Please report yours as a new one."))
                )
            receipt = Receipt.objects.create(
                case=now,
                channel=channel,
                joined=True,
                at=at,
                code=reporter.code,
                name=reporter.name or None,
                phone=reporter.phone or None,
                words=words,
                outside_number=reporter.outside_number,
                **journal.receipt_marks(reporter.code, reporter.phone, reporter.submission_key),
            )
            given: Given = {"message": words} if words else {}
            whole = with_digests(given, {"photos": photos})
            _record(
                now,
                queries.facts(now),
                Event(JOINED, _not_before(now, at), lifecycle.doer(by), whole, {}),
                _Attached({"photos": photos}),
                {"photos"},
            )
            return Opened(now, receipt)
    except IntegrityError:
        if (before := receipt_of(reporter.submission_key)) is None:
            raise
        return Opened(before.case, before, again=True)


def rate_too(receipt: Receipt, *, rating: str, reason: str, at: datetime, by: Actor) -> Case:
    """The rating of somebody who joined, or whose matter was merged: kept on the own receipt, once."""
    with transaction.atomic():
        case = queries.by_receipt(receipt)
        now = Case.objects.select_for_update().get(pk=case.pk)
        if now.phase != "closed" or now.outcome != "solved":
            raise ActionRefused(refusal("not_now", _("This can be rated once it is finished.")))
        rated = Receipt.objects.filter(pk=receipt.pk, rated_at=None)
        if not rated.update(rating=rating, rating_reason=reason, rated_at=at):
            raise ActionRefused(refusal("often_enough", _("You have rated this already. Thank you.")))
        given: Given = {"rating": rating, **({"rating_reason": reason} if reason else {})}
        _record(now, queries.facts(now), Event(ALSO_RATED, _not_before(now, at), lifecycle.doer(by), given, {}))
        return now


def write_down(case: Case, what: str, *, by: Actor, given: Given, at: datetime) -> Case:
    """Puts into the timeline what happened beside the lifecycle, such as a document that went out; it moves nothing."""
    with transaction.atomic():
        now = Case.objects.select_for_update().get(pk=case.pk)
        _record(now, queries.facts(now), Event(what, _not_before(now, at), lifecycle.doer(by), given, {}))
        return now


def sound_alarm(case_id: int, clock: str, at: datetime) -> Event | None:
    """Records and tells a clock's warning or breach if its moment has come; None if there is nothing to tell."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        facts = queries.facts(case)
        event = lifecycle.alarm(queries.setting_of(case), facts, clock, SYSTEM, _not_before(case, at))
        if event is None:
            return None
        after = _record(case, facts, event)
        telling.of_alarm(case, after, event, at)
        return event


def recount_clocks(case_id: int, at: datetime) -> Event | None:
    """Counts the dates of a case anew, now that the holidays of a year are published; None if none changes."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        facts = queries.facts(case)
        event = lifecycle.recount(queries.setting_of(case), facts, SYSTEM, _not_before(case, at))
        if event is not None:
            _record(case, facts, event)
            happened.send(Case, case=case, by=SYSTEM, at=at)
        return event


def _take(
    case: Case,
    action: str,
    by: Staff | Actor,
    actor: Actor,
    given: Given,
    seen: int,
    at: datetime,
    attached: "_Attached",
) -> Case:
    now = Case.objects.select_for_update().get(pk=case.pk)
    if now.version != seen:
        raise _Overtaken
    if isinstance(by, Staff):
        actor = queries.actor_on(by, now)
    facts = queries.facts(now)
    setting = queries.setting_of(now)
    outcome: Event | Refusal = _unknown_names(now, setting, action, by, given, at) or _decided(
        now, setting, facts, action, actor, given, at
    )
    if isinstance(outcome, Refusal):
        raise ActionRefused(outcome)
    after = _record(now, facts, outcome, attached, public_fields(setting, action))
    telling.of_event(now, after, outcome, actor, at)
    happened.send(Case, case=now, by=actor, at=at)
    return now


def _decided(
    case: Case, setting: lifecycle.Setting, facts: CaseFacts, action: str, actor: Actor, given: Given, at: datetime
) -> Event | Refusal:
    step = setting.rules.lifecycle.actions.get(action)
    if step is not None and step.sorts:
        setting = replace(setting, resorted=_resorted(case, step, given))
    return lifecycle.decide(setting, facts, action, actor, given, at)


def _resorted(case: Case, step: Action, given: Given) -> lifecycle.Resorted:
    """What was filled in of the type and place, looked up; the case's own where nothing was."""
    filled = {asked.kind: given.get(asked.name) for asked in step.asks}
    kind = versions.current(str(filled["type"])) if filled.get("type") else versions.version(case.definition_id)
    place = filled.get("place") or {}
    owner = queries.owner_unit(kind.rules.type.unit, place.get("area_path", case.area_path))
    return lifecycle.Resorted(kind.id, kind.rules, owner)


@dataclass(frozen=True)
class _Attached:
    """What comes with an event, by name of the field in which it was added."""

    photos: Photos = field(default_factory=dict)
    files: Files = field(default_factory=dict)


def _record(
    case: Case, before: CaseFacts, event: Event, attached: _Attached | None = None, public: Collection[str] = ()
) -> CaseFacts:
    """Appends the event and projects it onto the row, which the caller has locked."""
    after = project(before, event)
    last = case.events.order_by("-seq").values_list("hash", flat=True).first() or FIRST
    CaseEvent.objects.bulk_create(journal.event_rows(case.pk, [event], after=case.version, previous=last))
    row = event.changes.get("row", {})
    rules = versions.version(row.get("definition_id", case.definition_id)).rules
    was_open = journal.is_open(case)
    changed = journal.columns(after, rules) | row | {"version": case.version + 1}
    if "urgency" in after.kept:
        changed["urgency"] = after.kept["urgency"]
    if after.merged_into != before.merged_into:
        changed["merged_into_id"] = id_in(after.merged_into) if after.merged_into else None
    if not Case.objects.filter(pk=case.pk, version=case.version).update(**changed):
        raise _Overtaken
    for name, value in changed.items():
        setattr(case, name, value)
    journal.store_clocks(case.pk, [clock for code, clock in after.clocks.items() if clock != before.clocks.get(code)])
    hands_over = (after.unit, after.helpers, after.former) != (before.unit, before.helpers, before.former)
    if hands_over or journal.is_open(case) != was_open:
        journal.store_involvement(case.pk, after, journal.is_open(case))
    if attached is not None:
        journal.store_attached(case.pk, attached.photos, attached.files, public, event.at)
    return after


def _unknown_names(
    case: Case, setting: lifecycle.Setting, action: str, by: Staff | Actor, given: Given, at: datetime
) -> Refusal | None:
    """Units, people and cases that were named but do not exist, or not for this person."""
    wrong: dict[str, Any] = {}
    step = setting.rules.lifecycle.actions.get(action)
    step_keeps = step.keeps if step else []
    for asked in step.asks if step else ():
        value = given.get(asked.name)
        if value in (None, "", []):
            continue
        if asked.kind in ("unit", "units"):
            named = value if isinstance(value, list) else [value]
            if not set(named) <= {unit.id for unit in units.all_open()}:
                wrong[asked.name] = _("This unit does not exist (any more). Please choose another one.")
            elif case.complained_of_id in named and asked.name not in step_keeps:
                wrong[asked.name] = _("This is the unit complained of: it neither handles the matter nor hears of it.")
        if asked.not_reporter and _same_name(value, case):
            wrong[asked.name] = asked.not_reporter.here()
        if asked.kind == "staff" and not _may_be_named(case, asked, value, at):
            wrong[asked.name] = _("This person holds no such post here. Please choose from the list.")
        if asked.kind == "type" and not _is_published(value):
            wrong[asked.name] = _("There is no such kind of matter (any more). Please choose another one.")
        if asked.kind == "case" and (fault := _wrong_target(case, by, str(value))):
            wrong[asked.name] = fault
    return Refusal("incomplete", _("Please check what is marked below."), wrong) if wrong else None


def _same_name(value: Any, case: Case) -> bool:
    """Whether it is the name of somebody who raised the matter. Blanks do not make it another one."""
    names = {"".join((receipt.name or "").split()) for receipt in case.receipts.only("name")}
    return "".join(str(value).split()) in names - {""}


def _may_be_named(case: Case, asked: AskedField, value: Any, at: datetime) -> bool:
    known = ({"id": one.pk, "name": one.name} for one in queries.may_be_named(case, asked, at))
    return value in list(known)


def _wrong_target(case: Case, by: Staff | Actor, number: str) -> Any:
    """Why `case` cannot go on in the case of this number; None if it can."""
    within = queries.visible_to(by) if isinstance(by, Staff) else Case.objects.none()
    target = within.filter(pk=id_in(number) or 0).first()
    if target is None:
        return _("There is no matter of this number among those that you may see.")
    if target.pk == case.pk:
        return _("A matter cannot be merged into itself.")
    if target.phase == "closed":
        return _("That matter is closed already; merge into one that is open.")
    if case.confidential != target.confidential:
        return _("A confidential matter and an open one cannot be merged.")
    return None


def _is_published(code: Any) -> bool:
    try:
        versions.current(str(code))
    except versions.UnknownType:
        return False
    return True


def _not_before(case: Case, at: datetime) -> datetime:
    """A moment that is not before the last event, for what nobody chose the time of."""
    return max(at, case.changed_at)


def _is_the_same(event: CaseEvent, action: str, actor: Actor, given: Given) -> bool:
    return (
        event.action == action
        and (event.by_kind, event.by_account_id) == (actor.kind, actor.account_id)
        and event.given == given
    )


class _Overtaken(Exception):
    """The case is not at the version that the person saw."""
