"""Ways through a lifecycle, guards left aside: every way that the definition allows on paper."""

from collections import deque
from collections.abc import Iterator

from rixin.catalogue.schema import Action, ClockEffects, Lifecycle

ALL = "all"
"""In a clock effect: every clock that is started (stop, pause, extend) or paused (resume)."""
BACK = "back"
"""As the target of an action: the state that the matter was in before the present one was entered from an open state."""

Spot = tuple[str, str, frozenset[str]]
"""(state, state to go back to, clocks started and not stopped)"""


def reachable(lifecycle: Lifecycle, starts: set[str]) -> set[str]:
    """States that can be reached from `starts`, these included. `back` leads wherever the state was entered from."""
    entered_from: dict[str, set[str]] = {}
    for action in lifecycle.actions.values():
        if action.to and action.to != BACK:
            entered_from.setdefault(action.to, set()).update(action.from_)
    found, todo = set(starts), deque(starts)
    while todo:
        state = todo.popleft()
        for action in lifecycle.actions.values():
            if state not in action.from_ or action.to is None:
                continue
            for target in entered_from.get(state, set()) if action.to == BACK else {action.to}:
                if target not in found:
                    found.add(target)
                    todo.append(target)
    return found


def clocks_left_running(lifecycle: Lifecycle) -> Iterator[tuple[str, str, str]]:
    """(action, closed state, clock) wherever a clock could still run in a closed state."""
    begin: Spot = (lifecycle.start, lifecycle.start, frozenset(lifecycle.begins.start))
    seen, todo, told = {begin}, deque([begin]), set()
    while todo:
        spot = todo.popleft()
        for code, action in lifecycle.actions.items():
            if spot[0] not in action.from_:
                continue
            after = _after(spot, action)
            if lifecycle.states[after[0]].phase == "closed":
                for clock in sorted(after[2]):
                    if (code, clock) not in told:
                        told.add((code, clock))
                        yield code, after[0], clock
            if after not in seen:
                seen.add(after)
                todo.append(after)


def _after(spot: Spot, action: Action) -> Spot:
    state, back, running = spot
    running = with_effects(running, action.clocks)
    if action.to is None or action.to == state:
        return state, back, running
    return (back if action.to == BACK else action.to), state, running


def with_effects(running: frozenset[str], effects: ClockEffects) -> frozenset[str]:
    """Clocks started and not stopped after `effects`; stops come before starts, so that a clock can start anew."""
    left = frozenset() if ALL in effects.stop else running - set(effects.stop)
    return left | set(effects.start)
