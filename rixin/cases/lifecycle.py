"""What may happen to a case next, and what follows. Pure: values in, values out.

`hindrance` says why a person may not take an action now, `wrong_fields` what is wrong with what was filled in,
`decide` what follows if all is well. Storing it is the business of `actions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.cases import clocks
from rixin.cases.clocks import ClockState
from rixin.cases.facts import CaseFacts, Doer, Event, Given, Refusal, project, refusal
from rixin.cases.fields import Moments, missed_quotas, wrong_fields
from rixin.catalogue.dates import day_later, due_later
from rixin.catalogue.paths import ALL, BACK
from rixin.catalogue.schema import Action, ClockEffects, Lifecycle, ResolvedType, Term
from rixin.catalogue.worktime import WorkCalendar, due_or_provisional
from rixin.people.actors import Actor

OPENED = "open"
"""Name of the event that a case begins with."""
ALARMED = "alarm"
"""Name of the event by which the system records that a clock's date came near or was missed."""

RECOUNTED = "recount"
"""Name of the event by which the system counts dates anew once a year's holidays are published."""


@dataclass(frozen=True)
class Resorted:
    """What a matter becomes when it is sorted anew. `definition` is the id of the version, `owner_unit` of the unit."""

    definition: int
    rules: ResolvedType
    owner_unit: int


@dataclass(frozen=True)
class Setting:
    """What decisions stand on beside the case itself. `resorted`: for an action that sorts it anew."""

    rules: ResolvedType
    calendar: WorkCalendar
    resorted: Resorted | None = None


PROPOSED = "proposed_type"
"""What a case keeps of how it was sorted when it came in."""


def begin(
    setting: Setting,
    by: Actor,
    given: Given,
    at: datetime,
    *,
    owner_unit: int,
    unit: int | None,
    form: Given,
    proposed: str = "",
) -> Event:
    """The first event of a new case. `unit`: who holds it at first (the office that receives it).

    `form`: the answers to the type's own questions, of which some stand on the case itself. `proposed`: code of the
    type that sorting proposed, so that it can be told later whether it stood.
    """
    lifecycle = setting.rules.lifecycle
    started = {code: clocks.start(code, setting.rules, at, setting.calendar) for code in lifecycle.begins.start}
    changes: dict[str, Any] = {
        "state": lifecycle.start,
        "owner_unit": owner_unit,
        "unit": owner_unit if lifecycle.begins_with == "owner" else unit,
        "clocks": {code: clock.as_data() for code, clock in started.items()},
    }
    kept: dict[str, Any] = {name: form[name] for name in setting.rules.type.keeps if form.get(name) is not None}
    if proposed:
        kept[PROPOSED] = proposed
    if kept:
        changes["kept"] = kept
    return Event(OPENED, at, doer(by), given, changes)


def opened(event: Event) -> CaseFacts:
    """The case as its first event makes it."""
    state = event.changes["state"]
    begun = CaseFacts(state=state, before=state, owner_unit=event.changes["owner_unit"], opened_at=event.at)
    return project(begun, event)


def decide(setting: Setting, case: CaseFacts, action: str, by: Actor, given: Given, at: datetime) -> Event | Refusal:
    """What follows if `by` takes `action` on `case` at `at` (aware), or why not, worded for the person who asked."""
    if hindered := hindrance(setting, case, action, by, at):
        return hindered
    step = setting.rules.lifecycle.actions[action]
    if setting.resorted and case.state not in setting.resorted.rules.lifecycle.states:
        return refusal(
            "other_lifecycle", _("That kind of matter follows another procedure. Decline this one and open it anew.")
        )
    moments = Moments(opened=case.opened_at or at, now=at)
    wrong = wrong_fields(step.asks, given, setting.rules.lifecycle, moments) or missed_quotas(step.quotas, given)
    if wrong:
        return Refusal("incomplete", _("Please check what is marked below."), wrong)
    return Event(action, at, doer(by), given, _changes(setting, case, action, by, given, at))


def possible(setting: Setting, case: CaseFacts, by: Actor, at: datetime) -> list[str]:
    """The actions that `by` may take now, in the order of the definition."""
    return [code for code in setting.rules.lifecycle.actions if hindrance(setting, case, code, by, at) is None]


def hindrance(setting: Setting, case: CaseFacts, action: str, by: Actor, at: datetime) -> Refusal | None:
    """Why `by` may not take `action` now; None if nothing is in the way but what has to be filled in."""
    step = setting.rules.lifecycle.actions.get(action)
    if step is None:
        return refusal("unknown", _("There is no action “{action}” for this kind of matter."), action=action)
    return next(_hindrances(setting, case, action, step, by, at), None)


def _hindrances(
    setting: Setting, case: CaseFacts, action: str, step: Action, by: Actor, at: datetime
) -> Iterator[Refusal]:
    lifecycle = setting.rules.lifecycle
    if case.state not in step.from_:
        state = lifecycle.states[case.state].name
        yield refusal(
            "not_now", _("“{action}” is not possible: this matter is now “{state}”."), action=step.name, state=state
        )
    if not by.roles & set(step.roles):
        names = [str(ROLE_NAMES[role]) for role in step.roles]
        yield refusal("not_yours", _("Only these may do this: {roles}."), roles=_("; ").join(names))
    if by.kind == "staff":
        yield from _of_the_person(case, step, by, setting)
    yield from _of_the_order(setting, case, action, step, at)
    if case.changed_at and at < case.changed_at:
        yield refusal("too_early", _("The time given lies before the last thing that happened to this matter."))


def _of_the_person(case: CaseFacts, step: Action, by: Actor, setting: Setting) -> Iterator[Refusal]:
    if step.held and case.unit not in by.unit_ids:
        yield refusal("not_held", _("Another unit holds this matter now."))
    if step.joined and not by.unit_ids & set(case.helpers):
        yield refusal("not_joined", _("Your unit was not asked to help with this matter."))
    for other in step.not_by:
        if by.account_id is not None and by.account_id in case.hands.get(other, ()):
            done = setting.rules.lifecycle.actions[other].name
            yield refusal(
                "same_person", _("Somebody else has to do this: you yourself did “{action}” here."), action=done
            )


def _of_the_order(setting: Setting, case: CaseFacts, action: str, step: Action, at: datetime) -> Iterator[Refusal]:
    yield from _of_requests(case, step)
    yield from _of_counts(setting.rules.lifecycle, case, action, step)
    for fact in step.needs:
        if fact not in case.facts:
            yield refusal("needs", _("First needed: {fact}."), fact=FACT_NAMES[fact])
    if step.before_due and (clock := case.clocks.get(step.before_due)) and clock.late_at(at):
        name = setting.rules.lifecycle.clocks[step.before_due].name
        yield refusal("too_late", _("“{clock}” has passed its date; this had to be asked before."), clock=name)
    if step.after_due and (clock := case.clocks.get(step.after_due)) and not clock.late_at(at):
        name, last = setting.rules.lifecycle.clocks[step.after_due].name, clock.due_at
        yield refusal(
            "too_soon", _("“{clock}” runs until {due}; this is possible afterwards."), clock=name, due=due_later(last)
        )
    if step.within_days_of_close is not None and (last := _last_moment(setting, case, step.within_days_of_close)) < at:
        days = step.within_days_of_close
        yield refusal(
            "closed_long_ago",
            _("Possible within {days} days after closing, that was until {last}."),
            days=days,
            last=day_later(last.date()),
        )


def _of_requests(case: CaseFacts, step: Action) -> Iterator[Refusal]:
    if step.opens and step.opens in case.pending:
        yield refusal("asked_already", _("This was asked for already and is not decided yet."))
    if step.opens and step.opens in case.granted and step.at_most == 1:
        yield refusal("granted_already", _("This was granted already; it is possible once."))
    if step.decides and step.decides not in case.pending:
        yield refusal("nothing_asked", _("Nobody asked for this, or it is decided already."))


def _of_counts(lifecycle: Lifecycle, case: CaseFacts, action: str, step: Action) -> Iterator[Refusal]:
    if step.at_most is not None and case.times.get(action, 0) >= step.at_most:
        yield refusal("often_enough", _("This is possible {times} time(s) on one matter."), times=step.at_most)
    for other, times in step.after.items():
        if case.times.get(other, 0) < times:
            first = {"action": lifecycle.actions[other].name, "times": times}
            yield refusal("not_yet", _("Possible only after “{action}” was done {times} time(s)."), **first)
    for other, times in step.until.items():
        if case.times.get(other, 0) >= times:
            done = {"action": lifecycle.actions[other].name, "times": times}
            yield refusal("no_more", _("“{action}” was done {times} time(s); now the leader decides."), **done)


def _last_moment(setting: Setting, case: CaseFacts, days: int) -> datetime:
    """The end of a term of so many days after closing; without end while it is not closed."""
    closed = case.facts.get("closed")
    if closed is None:
        return datetime.max.replace(tzinfo=UTC)
    return due_or_provisional(closed, Term(amount=days, unit="calendar_days"), setting.calendar).at


def _changes(setting: Setting, case: CaseFacts, action: str, by: Actor, given: Given, at: datetime) -> dict[str, Any]:
    step = setting.rules.lifecycle.actions[action]
    changes: dict[str, Any] = {}
    if step.to is not None:
        changes["state"] = case.before if step.to == BACK else step.to
    changes |= _hand_over(case, step, by, given)
    if sets := [*step.sets, *(fact for fact, name in step.sets_if.items() if given.get(name) is True)]:
        changes["sets"] = sets
    if step.clears:
        changes["clears"] = step.clears
    if kept := {name: given[name] for name in step.keeps if given.get(name) is not None}:
        changes["kept"] = kept
    changes |= _requests(case, step, given)
    changes |= _left_behind(setting.rules.lifecycle, case, step, changes)
    if step.sorts and setting.resorted:
        changes |= _sorted_anew(setting.resorted, step, given)
    if case.merged_into and "state" in changes:
        changes["merged_into"] = None
    if step.merges:
        changes["merged_into"] = next(given[field.name] for field in step.asks if field.kind == "case")
    if moved := _clock_changes(setting, case, step, changes.get("state", case.state), by, given, at):
        changes["clocks"] = {code: clock.as_data() for code, clock in moved.items()}
    return changes


def _sorted_anew(resorted: Resorted, step: Action, given: Given) -> dict[str, Any]:
    """`row` has the columns of the case that the engine itself asks nothing of."""
    kind = resorted.rules.type
    row: dict[str, Any] = {
        "definition_id": resorted.definition,
        "type": kind.code,
        "group": resorted.rules.matter_class.code,
        "confidential": kind.confidential,
    }
    if not kind.public or kind.confidential:
        row["public"] = False
    for asked in step.asks:
        if asked.kind == "place" and given.get(asked.name):
            row |= given[asked.name]
    return {"owner_unit": resorted.owner_unit, "row": row}


def _hand_over(case: CaseFacts, step: Action, by: Actor, given: Given) -> dict[str, Any]:
    """Which unit holds it, who in it, and who helps. A new unit has no named handler until somebody takes it."""
    changes: dict[str, Any] = {}
    filled = {field.kind: given.get(field.name) for field in step.asks}
    unit = {"field": filled.get("unit"), "owner": case.owner_unit, "reporter_unit": by.unit_id, "none": None}
    if step.moves_to is not None and unit[step.moves_to] != case.unit:
        changes |= {"unit": unit[step.moves_to], "handler": None}
        changes["helpers"] = [helper for helper in case.helpers if helper != unit[step.moves_to]]
    if step.takes:
        changes["handler"] = by.account_id
    if step.joins:
        holder = changes.get("unit", case.unit)
        named = [*changes.get("helpers", case.helpers), *(filled.get("units") or ())]
        changes["helpers"] = [helper for helper in dict.fromkeys(named) if helper != holder]
    if step.stays and case.unit is not None and changes.get("unit", case.unit) != case.unit:
        changes["helpers"] = [*changes.get("helpers", case.helpers), case.unit]
    if (shut_out := given.get("complained_of")) and shut_out in changes.get("helpers", case.helpers):
        changes["helpers"] = [helper for helper in changes.get("helpers", case.helpers) if helper != shut_out]
    return changes


def _left_behind(lifecycle: Lifecycle, case: CaseFacts, step: Action, changes: dict[str, Any]) -> dict[str, Any]:
    """Requests that end with the matter, or start anew with it: nobody could decide them any more."""
    state = changes.get("state", case.state)
    pending = changes.get("pending", case.pending)
    anew = {lifecycle.actions[code].opens for code in step.resets}
    gone = {name for name in pending if name in anew}
    if lifecycle.states[state].phase == "closed":
        decidable = {action.decides for action in lifecycle.actions.values() if state in action.from_}
        gone |= set(pending) - decidable
    left: dict[str, Any] = {}
    if step.resets:
        left["resets"] = step.resets
        left["granted"] = [name for name in case.granted if name not in anew]
    if gone:
        left["pending"] = {name: asked for name, asked in pending.items() if name not in gone}
    return left


def _requests(case: CaseFacts, step: Action, given: Given) -> dict[str, Any]:
    if step.opens:
        return {"pending": {**case.pending, step.opens: given}}
    if step.decides:
        changes: dict[str, Any] = {
            "pending": {name: asked for name, asked in case.pending.items() if name != step.decides}
        }
        if step.grants:
            changes["granted"] = list(dict.fromkeys([*case.granted, step.decides]))
        return changes
    return {}


def _clock_changes(
    setting: Setting, case: CaseFacts, step: Action, state: str, by: Actor, given: Given, at: datetime
) -> dict[str, ClockState]:
    """Clocks that the action changes. Entering a suspended state pauses what runs; leaving it lets that go on."""
    rules, calendar = setting.rules, setting.calendar
    asked = case.pending.get(step.decides or "", given)
    reason = str(asked.get("explanation") or asked.get("reason") or "")
    after = dict(case.clocks)
    for code in _meant(step.clocks, "stop", after, "running", "paused"):
        after[code] = clocks.stop(after[code], at)
    for code in _resumed(rules.lifecycle, case, step, state, after):
        after[code] = clocks.resume(after[code], rules, at, calendar, reason)
    for code in _paused(rules.lifecycle, step, state, after):
        after[code] = clocks.pause(after[code], at)
    for code in _meant(step.clocks, "extend", after, "running", "paused"):
        if longer := rules.lifecycle.clocks[code].extension:
            after[code] = clocks.extend(after[code], longer, rules, at, calendar, by.name, reason)
    if step.sorts and setting.resorted:
        after |= _counted_by(setting.resorted.rules, setting, after, at)
    for code in step.clocks.start:
        before, last = case.clocks.get(code), given.get(step.dates.get(code, ""))
        after[code] = (
            clocks.start_until(code, rules, at, calendar, date.fromisoformat(last), by.name, before)
            if last
            else clocks.start(code, rules, at, calendar, before)
        )
    return {code: clock for code, clock in after.items() if clock != case.clocks.get(code)}


def _resumed(
    lifecycle: Lifecycle, case: CaseFacts, step: Action, state: str, known: dict[str, ClockState]
) -> list[str]:
    leaves = lifecycle.states[case.state].phase == "suspended" != lifecycle.states[state].phase
    if leaves:
        return [code for code, clock in known.items() if clock.status == "paused"]
    return _meant(step.clocks, "resume", known, "paused")


def _paused(lifecycle: Lifecycle, step: Action, state: str, known: dict[str, ClockState]) -> list[str]:
    if lifecycle.states[state].phase == "suspended":
        return [code for code, clock in known.items() if clock.status == "running"]
    return _meant(step.clocks, "pause", known, "running")


def _counted_by(
    rules: ResolvedType, setting: Setting, known: dict[str, ClockState], at: datetime
) -> dict[str, ClockState]:
    """The clocks whose term the new kind of matter sets differently, counted anew from their start."""
    return {
        code: clocks.recounted(clock, rules, at, setting.calendar)
        for code, clock in known.items()
        if rules.term_of(code) != setting.rules.term_of(code)
    }


def _meant(effects: ClockEffects, effect: str, known: dict[str, ClockState], *statuses: str) -> list[str]:
    """The codes that an effect names (`all`: every one) among clocks in one of `statuses`."""
    named = getattr(effects, effect)
    return [code for code, clock in known.items() if clock.status in statuses and (ALL in named or code in named)]


def alarm(setting: Setting, case: CaseFacts, code: str, by: Actor, at: datetime) -> Event | None:
    """The event that records a clock's warning or breach, once its moment has come; None if there is none to tell.

    Where the warning was not told in time, the breach alone is: nobody is warned of what has happened.
    """
    clock = case.clocks.get(code)
    if clock is None or clock.status != "running" or clock.alarm_at is None or at < clock.alarm_at:
        return None
    told = clocks.after_alarm(clock, setting.rules, setting.calendar)
    if told.alarm_at is not None and at >= told.alarm_at:
        clock, told = told, clocks.after_alarm(told, setting.rules, setting.calendar)
    given = {"clock": code, "alarm": clock.alarm, "due_at": clock.due_at.isoformat()}
    return Event(ALARMED, at, doer(by), given, {"clocks": {code: told.as_data()}})


def recount(setting: Setting, case: CaseFacts, by: Actor, at: datetime) -> Event | None:
    """The event by which provisional dates are counted anew; None if no date changes."""
    counted = {
        code: clocks.recounted(clock, setting.rules, at, setting.calendar)
        for code, clock in case.clocks.items()
        if clock.provisional_year is not None
    }
    changed = {code: clock.as_data() for code, clock in counted.items() if clock != case.clocks[code]}
    return Event(RECOUNTED, at, doer(by), {}, {"clocks": changed}) if changed else None


def doer(by: Actor) -> Doer:
    return Doer(
        kind=by.kind, name=by.name, account=by.account_id, unit=by.unit_id, post_zh=by.post_zh, post_en=by.post_en
    )


ROLE_NAMES = {
    "resident": pgettext_lazy("role", "the resident"),
    "grid_worker": pgettext_lazy("role", "grid worker"),
    "community_officer": pgettext_lazy("role", "community officer"),
    "handler": pgettext_lazy("role", "handler of the unit"),
    "dispatcher": pgettext_lazy("role", "dispatcher"),
    "verifier": pgettext_lazy("role", "verifier"),
    "leader": pgettext_lazy("role", "leader"),
    "auditor": pgettext_lazy("role", "auditor"),
    "administrator": pgettext_lazy("role", "administrator"),
    "system": pgettext_lazy("role", "the system"),
}
FACT_NAMES = {
    "accepted": _("acceptance"),
    "answered": _("a public answer"),
    "handled": _("the report of the unit that it is handled"),
    "resolved": _("the resident's word that it is resolved"),
    "verified": _("verification"),
    "closed": _("closing"),
    "rated": _("a rating"),
    "supervised": _("supervision"),
}
