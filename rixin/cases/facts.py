"""The plain values that the case engine takes and returns. No database, no clock."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy

from rixin.cases.clocks import ClockState

Given = dict[str, Any]
"""What was filled in with an action: JSON values by field name. Units are ids, cases numbers, files digests."""


@dataclass(frozen=True)
class Doer:
    """Who did something, as it was on the day. All None for a resident or the system."""

    kind: str
    name: str = ""
    account: int | None = None
    unit: int | None = None
    post_zh: str = ""
    post_en: str = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened to a case. `changes` is all that it changed, so that replaying needs no definition."""

    action: str
    at: datetime
    by: Doer
    given: Given
    changes: dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """Why an action cannot be taken, worded for the person who asked. `fields` names what to mend."""

    code: str
    message: str | Promise
    fields: dict[str, str | Promise] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message)


def refusal(code: str, text: Any, **facts: Any) -> Refusal:
    """`text` has its facts as {name}; it stays lazy, so that it is worded in the reader's language."""
    return Refusal(code, format_lazy(text, **facts) if facts else text)


@dataclass(frozen=True)
class CaseFacts:
    """A case as the engine sees it: all that its events so far add up to."""

    state: str
    before: str
    owner_unit: int
    """The unit that the matter type names."""
    unit: int | None = None
    """The unit that holds it now."""
    handler: int | None = None
    helpers: tuple[int, ...] = ()
    former: tuple[int, ...] = ()
    facts: dict[str, datetime] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    hands: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Accounts that did each action."""
    times: dict[str, int] = field(default_factory=dict)
    pending: dict[str, Given] = field(default_factory=dict)
    """Requests that somebody else has yet to decide, with what was filled in."""
    granted: tuple[str, ...] = ()
    clocks: dict[str, ClockState] = field(default_factory=dict)
    merged_into: str | None = None
    changed_at: datetime | None = None
    opened_at: datetime | None = None

    def running(self) -> tuple[ClockState, ...]:
        return tuple(clock for clock in self.clocks.values() if clock.status == "running")


def project(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after `event`. The only place where an event's changes become facts."""
    changes = event.changes
    state = changes.get("state", case.state)
    unit = changes.get("unit", case.unit)
    left = case.unit if unit != case.unit else None
    helpers = tuple(changes.get("helpers", case.helpers))
    set_facts = dict.fromkeys(changes.get("sets", ()), event.at)
    kept_facts = {name: at for name, at in case.facts.items() if name not in changes.get("clears", ())}
    return replace(
        case,
        state=state,
        before=case.state if state != case.state else case.before,
        owner_unit=changes.get("owner_unit", case.owner_unit),
        unit=unit,
        handler=changes.get("handler", case.handler),
        helpers=helpers,
        former=_joined(case.former, [left, *(set(case.helpers) - set(helpers))], without={unit, *helpers}),
        facts=kept_facts | set_facts,
        kept=case.kept | changes.get("kept", {}),
        hands=_with_hand(case.hands, event),
        times=_counted(case.times, event),
        pending=changes.get("pending", case.pending),
        granted=tuple(changes.get("granted", case.granted)),
        clocks=case.clocks | {code: ClockState.from_data(data) for code, data in changes.get("clocks", {}).items()},
        merged_into=changes.get("merged_into", case.merged_into),
        changed_at=event.at,
    )


def _with_hand(hands: dict[str, tuple[int, ...]], event: Event) -> dict[str, tuple[int, ...]]:
    account = event.by.account
    if account is None or account in hands.get(event.action, ()):
        return hands
    return {**hands, event.action: (*hands.get(event.action, ()), account)}


def _counted(times: dict[str, int], event: Event) -> dict[str, int]:
    kept = {action: count for action, count in times.items() if action not in event.changes.get("resets", ())}
    return {**kept, event.action: times.get(event.action, 0) + 1}


def _joined(known: tuple[int, ...], more: list[int | None], *, without: set[int | None]) -> tuple[int, ...]:
    units = dict.fromkeys([*known, *(unit for unit in more if unit is not None)])
    return tuple(unit for unit in units if unit not in without)
