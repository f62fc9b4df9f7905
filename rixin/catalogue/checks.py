"""What must hold of a definition beyond its shape, so that no matter can get stuck in it.

Each check yields (place in the file, reason); the loader adds file and line.
"""

from collections.abc import Iterator

from rixin.catalogue.faults import Loc
from rixin.catalogue.paths import ALL, BACK, clocks_left_running, reachable
from rixin.catalogue.schema import Action, AskedField, Lifecycle, MatterType

Found = Iterator[tuple[Loc, str]]


def lifecycle_faults(lifecycle: Lifecycle) -> Found:
    names = list(_names(lifecycle))
    yield from names
    if names:
        return  # a graph with unknown names has no meaning
    yield from _states(lifecycle)
    yield from _requests(lifecycle)
    yield from _clocks(lifecycle)


def matter_faults(matter: MatterType, lifecycle: Lifecycle | None) -> Found:
    if lifecycle is None:
        yield ("lifecycle",), f"there is no lifecycle “{matter.lifecycle}”"
        return
    for code in matter.limits:
        if code not in lifecycle.clocks:
            known = ", ".join(lifecycle.clocks)
            yield ("limits", code), f"lifecycle “{lifecycle.code}” has no clock “{code}” (it has {known})"
    yield from _fields(matter.form, lifecycle, ("form",))
    if matter.confidential and matter.public:
        yield ("confidential",), "a confidential type cannot be public: set “public: false”"
    if matter.small and "grid" not in matter.channels:
        yield ("small",), "a grid worker may settle it, but “channels” does not name grid"


def _names(lifecycle: Lifecycle) -> Found:
    states, clocks, actions = set(lifecycle.states), {*lifecycle.clocks, ALL}, set(lifecycle.actions)
    if lifecycle.start not in states:
        yield ("start",), f"there is no state “{lifecycle.start}”"
    for effect, codes in lifecycle.begins:
        for code in set(codes) - clocks:
            yield ("begins", effect), f"there is no clock “{code}”"
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        for state in set(action.from_) - states:
            yield (*here, "from"), f"there is no state “{state}”"
        if action.to is not None and action.to not in {*states, BACK}:
            yield (*here, "to"), f"there is no state “{action.to}”"
        for key, known in (("not_by", action.not_by), ("after", action.after), ("until", action.until), ("resets", action.resets)):
            for other in set(known) - actions:
                yield (*here, key), f"there is no action “{other}”"
        for effect, named in action.clocks:
            for clock in set(named) - clocks:
                yield (*here, "clocks", effect), f"there is no clock “{clock}”"
        if action.before_due and action.before_due not in clocks:
            yield (*here, "before_due"), f"there is no clock “{action.before_due}”"
        yield from _fields(action.asks, lifecycle, (*here, "asks"))
        yield from _asked_for(action, here)


def _asked_for(action: Action, here: Loc) -> Found:
    """What an action does with a field it must also ask for."""
    kinds = {field.kind for field in action.asks}
    names = {field.name for field in action.asks}
    for key, wanted, needed in (
        ("moves_to", action.moves_to == "field", "unit"),
        ("joins", action.joins, "units"),
        ("merges", action.merges, "case"),
    ):
        if wanted and needed not in kinds:
            yield (*here, key), f"needs a field of kind “{needed}” under “asks”"
    for name in [*action.keeps, *action.sets_if.values()]:
        if name not in names:
            yield (*here, "keeps"), f"there is no field “{name}” under “asks”"


def _fields(fields: list[AskedField], lifecycle: Lifecycle, here: Loc) -> Found:
    seen: set[str] = set()
    for nth, field in enumerate(fields):
        if field.name in seen:
            yield (*here, nth, "name"), f"the field “{field.name}” is there twice"
        seen.add(field.name)
        if field.kind == "choice" and not field.options:
            yield (*here, nth, "kind"), f"“{field.name}” is a choice without options"
        if field.kind == "reason" and field.reasons not in lifecycle.reasons:
            yield (*here, nth, "reasons"), f"there is no list of reasons “{field.reasons}” in lifecycle “{lifecycle.code}”"


def _states(lifecycle: Lifecycle) -> Found:
    reached = reachable(lifecycle, {lifecycle.start})
    closed = {code for code, state in lifecycle.states.items() if state.phase == "closed"}
    if not closed:
        yield ("states",), "no state has “phase: closed”: nothing could ever end"
    for code, state in lifecycle.states.items():
        here: Loc = ("states", code)
        if code not in reached:
            yield here, f"nothing leads to state “{code}”: add an action to it, or remove it"
        ways_out = [action for action in lifecycle.actions.values() if code in action.from_ and action.to not in (None, code)]
        if state.phase != "closed":
            if not ways_out:
                yield here, f"nothing leads out of state “{code}”: add an action from it, or give it “phase: closed”"
            elif not reachable(lifecycle, {code}) & closed:
                yield here, f"no way leads from state “{code}” to a closed state"
            if not any(state.owner in action.roles for action in lifecycle.actions.values() if code in action.from_):
                yield (*here, "owner"), f"state “{code}” is owned by {state.owner}, who has no action in it"
            if state.outcome:
                yield (*here, "outcome"), f"state “{code}” has an outcome but is not closed"
        elif state.outcome is None:
            yield here, f"closed state “{code}” needs an outcome"


def _requests(lifecycle: Lifecycle) -> Found:
    opened = {action.opens for action in lifecycle.actions.values() if action.opens}
    granted = {action.decides for action in lifecycle.actions.values() if action.grants}
    refused = {action.decides for action in lifecycle.actions.values() if action.decides and not action.grants}
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        if action.opens and action.opens not in granted & refused:
            yield (*here, "opens"), f"the request “{action.opens}” needs an action that grants it and one that refuses it"
        if action.decides and action.decides not in opened:
            yield (*here, "decides"), f"no action opens the request “{action.decides}”"
        if action.grants and not action.decides:
            yield (*here, "grants"), "grants nothing: say which request in “decides”"
        if action.decides and not set(action.not_by) & {
            other for other, asking in lifecycle.actions.items() if asking.opens == action.decides
        }:
            yield here, f"whoever asks for “{action.decides}” could decide it: name the asking action in “not_by”"


def _clocks(lifecycle: Lifecycle) -> Found:
    effects = [action.clocks for action in lifecycle.actions.values()]
    started = {code for effect in (lifecycle.begins, *effects) for code in effect.start}
    stopped = {code for effect in effects for code in effect.stop}
    for code, clock in lifecycle.clocks.items():
        if code not in started:
            yield ("clocks", code), f"nothing starts the clock “{code}”"
        if code not in stopped and ALL not in stopped:
            yield ("clocks", code), f"nothing stops the clock “{code}”"
        extended = any({code, ALL} & set(effect.extend) for effect in effects)
        if extended and clock.extension is None:
            yield ("clocks", code), f"the clock “{code}” can be extended, but no “extension” says by how much"
    for action, state, clock_code in clocks_left_running(lifecycle):
        yield ("actions", action), f"leads to closed state “{state}” while the clock “{clock_code}” may still run: stop it"
