"""Ways through a lifecycle: what the definition allows on paper, walked through before anybody has to walk it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rixin.catalogue.schema import Action, ClockEffects, Lifecycle

ALL = "all"
"""In a clock effect: every clock that is started (stop, pause, extend) or paused (resume)."""
BACK = "back"
"""As the target of an action: the state that the matter was in before the present one was entered."""

ClockSpot = tuple[str, str, frozenset[str]]
"""(state, state to go back to, clocks started and not stopped)"""
FactSpot = tuple[str, str, frozenset[str]]
"""(state, state to go back to, facts set)"""
Spot = TypeVar("Spot")


def reachable(lifecycle: Lifecycle, starts: set[str]) -> set[str]:
    """States that can be reached from `starts`, these included. `back` leads wherever the state was entered from."""
    entered_from: dict[str, set[str]] = {}
    for action in lifecycle.actions.values():
        if action.to and action.to != BACK:
            entered_from.setdefault(action.to, set()).update(action.from_)

    def onward(state: str) -> Iterator[str]:
        for action in lifecycle.actions.values():
            if state in action.from_ and action.to is not None:
                yield from entered_from.get(state, set()) if action.to == BACK else {action.to}

    return _all_from(starts, onward)


# ---- clocks


def clocks_left_running(lifecycle: Lifecycle) -> Iterator[tuple[str, str, str]]:
    """(action, closed state, clock) wherever a clock could still run in a closed state."""
    for action, _before, after in _clock_moves(lifecycle):
        if lifecycle.states[after[0]].phase == "closed":
            yield from ((action, after[0], clock) for clock in sorted(after[2]))


def clocks_started_twice(lifecycle: Lifecycle) -> Iterator[tuple[str, str, str]]:
    """(action, state, clock) wherever a running clock could be started again, so that its date would be lost."""
    for action, before, _after in _clock_moves(lifecycle):
        effects = lifecycle.actions[action].clocks
        left = before[2] if not effects.stop else with_effects(before[2], ClockEffects(stop=effects.stop))
        yield from ((action, before[0], clock) for clock in effects.start if clock in left)


def _clock_moves(lifecycle: Lifecycle) -> Iterator[tuple[str, ClockSpot, ClockSpot]]:
    def moves(spot: ClockSpot) -> Iterator[tuple[str, ClockSpot]]:
        for code, action in lifecycle.actions.items():
            if spot[0] in action.from_:
                yield code, (*_place_after(spot[0], spot[1], action), with_effects(spot[2], action.clocks))

    begin: ClockSpot = (lifecycle.start, lifecycle.start, frozenset(lifecycle.begins.start))
    for spot in _all_from({begin}, lambda spot: (after for _code, after in moves(spot))):
        yield from ((code, spot, after) for code, after in moves(spot))


def with_effects(running: frozenset[str], effects: ClockEffects) -> frozenset[str]:
    """Clocks started and not stopped after `effects`; stops come before starts, so that a clock can start anew."""
    left = frozenset[str]() if ALL in effects.stop else running - set(effects.stop)
    return left | set(effects.start)


# ---- getting stuck


def stuck(lifecycle: Lifecycle) -> Iterator[tuple[str, frozenset[str]]]:
    """(open state, facts set there) wherever a matter can come and may then never be closed.

    Forward, everything that is possible is followed. Towards closing only what can be relied on counts: what staff
    may do at any time. A resident may never come back; a limited number of times, a date or a request can be used up.
    """
    begin: FactSpot = (lifecycle.start, lifecycle.start, frozenset())
    spots = _all_from({begin}, lambda spot: (after for _code, after in _fact_moves(lifecycle, spot)))
    entered_by: dict[FactSpot, set[FactSpot]] = {}
    for spot in spots:
        relied_on = dependable(lifecycle, spot[0])
        for code, after in _fact_moves(lifecycle, spot):
            if code in relied_on:
                entered_by.setdefault(after, set()).add(spot)
    closed = {spot for spot in spots if lifecycle.states[spot[0]].phase == "closed"}
    safe = _all_from(closed, lambda spot: entered_by.get(spot, ()))
    told: set[str] = set()
    for state, _back, facts in sorted(
        spots - safe, key=lambda spot: (list(lifecycle.states).index(spot[0]), len(spot[2]))
    ):
        if state not in told:
            told.add(state)
            yield state, facts


def dependable(lifecycle: Lifecycle, state: str) -> set[str]:
    """Actions by which staff can always lead a matter on from `state`, as far as the definition tells."""
    leaving = {
        code: action
        for code, action in lifecycle.actions.items()
        if state in action.from_ and action.to is not None and set(action.roles) - {"resident", "system"}
    }
    certain = {code for code, action in leaving.items() if not _limits(action)}
    # “until X was done twice” and “after X was done twice” cover together what each leaves open.
    for code, action in leaving.items():
        for other, twin in leaving.items():
            if _limits(action) == {"until"} and _limits(twin) == {"after"} and _meet(action, twin):
                certain |= {code, other}
    return certain


def _meet(first: Action, then: Action) -> bool:
    return (
        len(first.until) == 1
        and first.until.keys() == then.after.keys()
        and all(then.after[code] <= times for code, times in first.until.items())
    )


def _limits(action: Action) -> set[str]:
    limits = {
        "at_most": action.at_most,
        "before_due": action.before_due,
        "within_days_of_close": action.within_days_of_close,
        "decides": action.decides,
        "joined": action.joined,
        "after": action.after,
        "until": action.until,
    }
    return {name for name, limit in limits.items() if limit}


def _fact_moves(lifecycle: Lifecycle, spot: FactSpot) -> Iterator[tuple[str, FactSpot]]:
    state, back, facts = spot
    for code, action in lifecycle.actions.items():
        if state not in action.from_ or not facts.issuperset(action.needs):
            continue
        kept = (facts - set(action.clears)) | set(action.sets)
        for after in {kept, kept | set(action.sets_if)}:
            yield code, (*_place_after(state, back, action), after)


def _place_after(state: str, back: str, action: Action) -> tuple[str, str]:
    target = back if action.to == BACK else action.to
    return (state, back) if target is None or target == state else (target, state)


def _all_from(starts: set[Spot], onward: Callable[[Spot], Iterable[Spot]]) -> set[Spot]:
    found, todo = set(starts), deque(starts)
    while todo:
        for target in onward(todo.popleft()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found
