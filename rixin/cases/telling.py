"""Who in the office hears of what happened to a case. Written in the same transaction, so that no word is lost.

Dispatchers and verifiers live in their inbox and are not told of each arrival; a unit, a named handler and a leader
are told when something comes to them.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from rixin.cases.facts import CaseFacts, Event
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.schema import Action, Lifecycle, Text
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.people.notices import notify
from rixin.people.staffing import accounts_in, accounts_of

_UNIT_WORKERS = ("handler", "community_officer")
_AREA_ROLES = ("dispatcher", "verifier", "leader")
_TITLE = 40


def of_event(case: Case, after: CaseFacts, event: Event, by: Actor, at: datetime) -> int:
    """Tells those to whom the event brings something to do. Answers how many were told; whoever did it is not."""
    lifecycle = versions.version(case.definition_id).rules.lifecycle
    step = lifecycle.actions.get(event.action)
    if step is None:
        return 0
    told = set(_concerned(case, after, event, step, lifecycle, timezone.localdate(at)))
    told.discard(by.account_id or 0)
    if not told:
        return 0
    return _tell(case, told, event.action, step.name, at)


def of_alarm(case: Case, after: CaseFacts, event: Event, at: datetime) -> int:
    """Tells of a clock's warning those who have to act, and of a breach those above them too."""
    lifecycle = versions.version(case.definition_id).rules.lifecycle
    clock = lifecycle.clocks[event.given["clock"]]
    breach = event.given["alarm"] == "breach"
    day = timezone.localdate(at)
    told = set(_owners(case, after, lifecycle, day))
    if after.kept.get("leader"):
        told.add(after.kept["leader"]["id"])
    if breach or not told:
        told.update(account for role in clock.tells for account in _ids(accounts_in(case.area_path, role, day)))
    words = (
        Text(zh=f"{clock.name.zh}已超期", en=f"“{clock.name.en}” is overdue")
        if breach
        else Text(zh=f"{clock.name.zh}即将到期", en=f"“{clock.name.en}” is nearly due")
    )
    return _tell(case, told, event.given["alarm"], words, at)


def _concerned(
    case: Case, after: CaseFacts, event: Event, step: Action, lifecycle: Lifecycle, day: date
) -> Iterable[int]:
    if event.changes.get("unit") is not None:
        yield from _workers(event.changes["unit"], day)
    for helper in event.changes.get("helpers", ()):
        yield from _workers(helper, day)
    if after.kept.get("leader"):
        yield after.kept["leader"]["id"]
    if step.opens:
        deciding = {role for other in lifecycle.actions.values() if other.decides == step.opens for role in other.roles}
        for role in deciding & set(_AREA_ROLES):
            yield from _ids(accounts_in(case.area_path, role, day))
    if step.decides:
        asking = [code for code, other in lifecycle.actions.items() if other.opens == step.decides]
        yield from (account for code in asking for account in after.hands.get(code, ()))
    if event.by.kind == "resident" or "supervised" in step.sets or event.changes.get("clears"):
        yield from _owners(case, after, lifecycle, day)


def _owners(case: Case, after: CaseFacts, lifecycle: Lifecycle, day: date) -> Iterable[int]:
    """Whoever has to do something now: the named handler, the unit, or the role that owns the state."""
    owner = lifecycle.states[after.state].owner
    if owner in _AREA_ROLES:
        return _ids(accounts_in(case.area_path, owner, day))
    if after.handler is not None:
        return [after.handler]
    return _workers(after.unit, day) if after.unit is not None else []


def _workers(unit: int, day: date) -> list[int]:
    return [account for role in _UNIT_WORKERS for account in _ids(accounts_of(unit, role, day))]


def _ids(accounts: Iterable[Account]) -> list[int]:
    return [account.pk for account in accounts]


def _tell(case: Case, accounts: Iterable[int], kind: str, words: Text, at: datetime) -> int:
    title = case.title if len(case.title) <= _TITLE else f"{case.title[: _TITLE - 1]}…"
    return notify(
        sorted(set(accounts)),
        kind=kind,
        zh=f"{words.zh}：{case.number} {title}",
        en=f"{words.en}: {case.number} {title}",
        url=case.get_absolute_url(),
        at=at,
    )
