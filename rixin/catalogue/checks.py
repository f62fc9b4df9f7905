"""What must hold of a definition beyond its shape, so that no matter can get stuck in it.

Each check yields (place in the file, reason); the loader adds file and line. Reasons are worded for whoever writes
definitions: what is wrong, and what to do about it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, time

from django.utils.translation import gettext as _

from rixin.catalogue import wording
from rixin.catalogue.faults import Loc
from rixin.catalogue.paths import ALL, BACK, clocks_left_running, clocks_started_twice, reachable, stuck
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.catalogue.programme_schema import ProjectKind
from rixin.catalogue.schema import (
    Action,
    AskedField,
    Clock,
    Lifecycle,
    MatterClass,
    MatterType,
    Option,
    Term,
    WorkingTime,
)
from rixin.catalogue.worktime import BUILT_IN_YEARS

Found = Iterator[tuple[Loc, str]]
RESERVED_ACTIONS = {
    *("open", "alarm", "recount", "join", "rate_too"),
    *("document", "document_served", "document_voided", "breach_explained"),
}
"""Names of the events that no definition has: a matter begins, a clock tells, a neighbour joins or rates."""
LOOKERS_ON = {"auditor", "administrator", "system"}
"""Roles that take no action on a matter: who audits does not act, administrators see no matters."""
FILLED_IN = {"title", "place", "unit", "date"}
"""What an answer template may have in {}."""

further: list[Callable[[MatterType], Found]] = []
"""Checks that parts above add when they are ready, such as whether the unit exists. They may ask the database, so that
only the commands that check and publish ask them."""
further_of_pipelines: list[Callable[[Pipeline], Found]] = []
"""The same of pipelines."""
further_of_programmes: list[Callable[[ProjectKind], Found]] = []
"""The same of kinds of project."""


def lifecycle_faults(lifecycle: Lifecycle) -> Found:
    if lifecycle.main_clock not in lifecycle.clocks:
        yield ("main_clock",), _("there is no clock “{code}”").format(code=lifecycle.main_clock)
    names = list(_names(lifecycle))
    yield from names
    if names:
        return  # a graph with unknown names has no meaning
    yield from _states(lifecycle)
    yield from _owners(lifecycle)
    yield from _roles(lifecycle)
    yield from _requests(lifecycle)
    yield from _facts(lifecycle)
    yield from _telling(lifecycle)
    yield from _clocks(lifecycle)
    yield from _lists_of_reasons(lifecycle)


def matter_faults(matter: MatterType, lifecycle: Lifecycle | None, matter_class: MatterClass) -> Found:
    if lifecycle is None:
        yield ("lifecycle",), _("there is no lifecycle “{code}”").format(code=matter.lifecycle)
        return
    if not matter.national.startswith(matter_class.national):
        yield (
            ("national",),
            _("the number {number} does not begin with that of its class, {of_class}").format(
                number=matter.national, of_class=matter_class.national
            ),
        )
    for code in matter.limits:
        if code not in lifecycle.clocks:
            yield (
                ("limits", code),
                _("the lifecycle “{lifecycle}” has no clock “{clock}” (it has {known})").format(
                    lifecycle=lifecycle.code, clock=code, known=", ".join(lifecycle.clocks)
                ),
            )
    yield from _fields(matter.form, lifecycle, ("form",), by_residents=True)
    yield from _kept(matter.keeps, {asked.name: asked for asked in matter.form}, ())
    yield from _answers(matter)
    if matter.confidential and matter.public:
        yield ("confidential",), _("a confidential type cannot be public: set “public: false”")
    yield from _closed_off_from(matter, lifecycle)
    if matter.small and "grid" not in matter.channels:
        yield ("small",), _("a grid worker may settle it, but “channels” does not name grid")


def _closed_off_from(matter: MatterType, lifecycle: Lifecycle) -> Found:
    """Handlers and residents see a confidential matter as their own; the step of anybody else who cannot see it could
    never be taken."""
    if not matter.confidential:
        return
    owners = {state.owner for state in lifecycle.states.values() if state.phase != "closed"}
    for role in sorted(owners - {"handler", "resident"} - set(matter.open_to)):
        yield (
            ("confidential",),
            _(
                "the lifecycle waits for the {role}, who may not see this confidential type: add {role} to “open_to”"
            ).format(role=role),
        )


def working_time_faults(working_time: WorkingTime) -> Found:
    closed_at = time.min
    for nth, span in enumerate(working_time.hours):
        try:
            opens, closes = time.fromisoformat(span.start), time.fromisoformat(span.end)
        except ValueError:
            yield ("hours", nth), _("{start} to {end} is no span of a day").format(start=span.start, end=span.end)
            return
        if not closed_at <= opens < closes:
            yield (
                ("hours", nth),
                _("{start} to {end} does not lie after the hours before it").format(start=span.start, end=span.end),
            )
        closed_at = closes
    seen: set[date] = set()
    for nth, special in enumerate(working_time.days):
        try:
            day = date.fromisoformat(special.day)
        except ValueError:
            yield ("days", nth, "day"), _("{day} is not a day of the calendar").format(day=special.day)
            continue
        if day in seen:
            yield ("days", nth, "day"), _("{day} is there twice").format(day=special.day)
        seen.add(day)
        if day.year not in {*BUILT_IN_YEARS, *working_time.years_added}:
            yield (
                ("days", nth, "day"),
                _("the holidays of {year} are not built in: list all of them and add {year} to “years_added”").format(
                    year=day.year
                ),
            )
    for nth, year in enumerate(working_time.years_added):
        if not any(special.day.startswith(str(year)) for special in working_time.days):
            yield (
                ("years_added", nth),
                _("“days” has no special day of {year}: list the holidays and make-up days of the notice").format(
                    year=year
                ),
            )


# ---- names


def _names(lifecycle: Lifecycle) -> Found:
    states, clocks = set(lifecycle.states), {*lifecycle.clocks, ALL}
    for reserved, kind in (
        (BACK, "states"),
        (ALL, "clocks"),
        *((name, "actions") for name in sorted(RESERVED_ACTIONS)),
    ):
        if reserved in getattr(lifecycle, kind):
            yield (kind, reserved), _("“{code}” has a meaning of its own: choose another code").format(code=reserved)
    if lifecycle.start not in states:
        yield ("start",), _no_state(lifecycle.start)
    yield from _unknown_clocks(lifecycle.begins, clocks, ("begins",))
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        for state in sorted(set(action.from_) - states):
            yield (*here, "from"), _no_state(state)
        if action.to is not None and action.to not in {*states, BACK}:
            yield (*here, "to"), _no_state(action.to)
        yield from _unknown_actions(action, set(lifecycle.actions), here)
        yield from _unknown_clocks(action.clocks, clocks, (*here, "clocks"))
        for key, clock in (("before_due", action.before_due), ("after_due", action.after_due)):
            if clock and clock not in lifecycle.clocks:
                yield (*here, key), _no_clock(clock)
        yield from _fields(action.asks, lifecycle, (*here, "asks"), by_residents="resident" in action.roles)
        yield from _asked_for(action, here)


def _unknown_actions(action: Action, known: set[str], here: Loc) -> Found:
    for key, named in (
        ("not_by", action.not_by),
        ("after", action.after),
        ("until", action.until),
        ("resets", action.resets),
    ):
        for other in sorted(set(named) - known):
            yield (*here, key), _("there is no action “{code}”").format(code=other)


def _unknown_clocks(effects: object, known: set[str], here: Loc) -> Found:
    for effect, named in effects:  # type: ignore[attr-defined]
        for clock in sorted(set(named) - known):
            yield (*here, effect), _no_clock(clock)
        if effect == "start" and ALL in named:
            yield (*here, effect), _("name the clocks that start: “all” cannot be started")


def _no_state(code: str) -> str:
    return _("there is no state “{code}”").format(code=code)


def _no_clock(code: str) -> str:
    return _("there is no clock “{code}”").format(code=code)


def _asked_for(action: Action, here: Loc) -> Found:
    """What an action does with a field it must also ask for."""
    for key, wanted, needed in (
        ("moves_to", action.moves_to == "field", "unit"),
        ("merges", action.merges, "case"),
        ("joins", action.joins, "units"),
        ("sorts", action.sorts, "type"),
        ("sorts", action.sorts, "place"),
    ):
        if wanted and needed not in {field.kind for field in action.asks}:
            yield (*here, key), _("this needs a field of kind “{kind}” under “asks”").format(kind=needed)
    fields = {field.name: field for field in action.asks}
    yield from _kept(action.keeps, fields, here)
    yield from _dated(action, fields, here)
    for nth, quota in enumerate(action.quotas):
        for name in (quota.field, quota.of):
            if name not in fields or fields[name].kind != "number" or not fields[name].required:
                yield (
                    (*here, "quotas", nth),
                    _("“{name}” has to be a required field of kind “number” under “asks”").format(name=name),
                )
    for answered in action.sets_if.values():
        if answered not in fields:
            yield (*here, "sets_if"), _no_field(answered)
        elif fields[answered].kind != "yes_no":
            yield (*here, "sets_if"), _("the field “{name}” has to be of kind “yes_no”").format(name=answered)
    if action.grants and not action.decides:
        yield (*here, "grants"), _("this grants nothing: say which request in “decides”")


def _dated(action: Action, fields: Mapping[str, AskedField], here: Loc) -> Found:
    """A clock whose end is filled in needs a day to be filled in."""
    for clock, name in action.dates.items():
        if clock not in action.clocks.start:
            yield (*here, "dates", clock), _("this clock is not started here: name it under “clocks: start”")
        if name not in fields:
            yield (*here, "dates", clock), _no_field(name)
        elif fields[name].kind != "date" or fields[name].earliest is None:
            yield (
                (*here, "dates", clock),
                _("the field “{name}” has to be of kind “date”, with “earliest”: no clock ends before it began").format(
                    name=name
                ),
            )


_KEPT_AS = {"complained_of": "unit", "leader": "staff", "amount": "money", "people": "number"}
"""What is kept on the case under these names has to be of this kind."""


def _kept(keeps: Iterable[str], fields: Mapping[str, AskedField], here: Loc) -> Found:
    for name in keeps:
        if name not in fields:
            yield (*here, "keeps"), _no_field(name)
        elif fields[name].kind != (kind := _KEPT_AS.get(name, fields[name].kind)):
            yield (*here, "keeps"), _("the field “{name}” has to be of kind “{kind}”").format(name=name, kind=kind)


def _no_field(name: str) -> str:
    return _("there is no field “{name}” under “asks”").format(name=name)


def _told_rules(field: AskedField, here: Loc) -> Found:
    if field.must and (field.kind != "yes_no" or not field.required):
        yield (*here, "must"), _("only a field of kind “yes_no” that is required has “must”")
    for name in ("suggests", "names", "not_reporter"):
        if getattr(field, name) and field.kind != "text":
            yield (*here, name), _("only a field of kind “text” has “{name}”").format(name=name)


def suggestion_faults(lifecycle: Lifecycle, records: Collection[str]) -> Found:
    """Record types that are suggested from and that no file defines."""
    for code, action in lifecycle.actions.items():
        for nth, field in enumerate(action.asks):
            if field.suggests and field.suggests not in records:
                reason = _("there is no record type “{code}”").format(code=field.suggests)
                yield ("actions", code, "asks", nth, "suggests"), reason


def _fields(fields: list[AskedField], lifecycle: Lifecycle, here: Loc, *, by_residents: bool) -> Found:
    seen: set[str] = set()
    for nth, field in enumerate(fields):
        if field.name in seen:
            yield (*here, nth, "name"), _("the field “{name}” is there twice").format(name=field.name)
        seen.add(field.name)
        if field.kind == "choice" and not field.options:
            yield (*here, nth, "kind"), _("“{name}” is a choice without options").format(name=field.name)
        if field.options and field.kind != "choice":
            yield (*here, nth, "options"), _("only a field of kind “choice” has options")
        yield from _options(field.options, (*here, nth, "options"))
        yield from _told_rules(field, (*here, nth))
        if field.kind == "files" and (field.public or by_residents):
            yield (*here, nth, "kind"), _("files are of staff for staff: take photos for what residents send or see")
        if (field.earliest or field.latest) and field.kind != "date":
            yield (*here, nth, "kind"), _("only a field of kind “date” has “earliest” or “latest”")
        if bool(field.roles) != (field.kind == "staff"):
            yield (*here, nth, "roles"), _("a field of kind “staff”, and no other, says in “roles” who may be named")
        if field.kind == "reason" and field.reasons not in lifecycle.reasons:
            yield (
                (*here, nth, "reasons"),
                _("there is no list of reasons “{name}” in the lifecycle “{lifecycle}”").format(
                    name=field.reasons, lifecycle=lifecycle.code
                ),
            )


def _options(options: list[Option], here: Loc) -> Found:
    seen: set[str] = set()
    for nth, option in enumerate(options):
        if option.code in seen:
            yield (*here, nth, "code"), _("the option “{code}” is there twice").format(code=option.code)
        seen.add(option.code)


def _lists_of_reasons(lifecycle: Lifecycle) -> Found:
    for name, options in lifecycle.reasons.items():
        if not options:
            yield ("reasons", name), _("the list of reasons “{name}” is empty").format(name=name)
        yield from _options(options, ("reasons", name))


# ---- ways


def _states(lifecycle: Lifecycle) -> Found:
    reached = reachable(lifecycle, {lifecycle.start})
    if not any(state.phase == "closed" for state in lifecycle.states.values()):
        yield ("states",), _("no state has “phase: closed”: nothing could ever end")
        return
    if lifecycle.states[lifecycle.start].phase != "open":
        yield ("start",), _("a matter has to start in an open state")
    dead_ends = {code for code in lifecycle.states if _is_dead_end(lifecycle, code)}
    for code, state in lifecycle.states.items():
        here: Loc = ("states", code)
        if code not in reached:
            yield here, _("nothing leads to state “{code}”: add an action to it, or remove it").format(code=code)
        if code in dead_ends:
            yield (
                here,
                _("nothing leads out of state “{code}”: add an action from it, or give it “phase: closed”").format(
                    code=code
                ),
            )
        if state.phase != "closed" and state.outcome:
            yield (*here, "outcome"), _("state “{code}” has an outcome but is not closed").format(code=code)
        if state.phase == "closed" and state.outcome is None:
            yield here, _("the closed state “{code}” needs an outcome").format(code=code)
    if not dead_ends:
        yield from _stuck(lifecycle)


def _is_dead_end(lifecycle: Lifecycle, code: str) -> bool:
    out = (action for action in lifecycle.actions.values() if code in action.from_ and action.to not in (None, code))
    return lifecycle.states[code].phase != "closed" and next(out, None) is None


def _stuck(lifecycle: Lifecycle) -> Found:
    for state, facts in stuck(lifecycle):
        needed = {
            fact
            for action in lifecycle.actions.values()
            if state in action.from_ and action.to
            for fact in action.needs
        }
        if missing := sorted(needed - facts):
            reason = _(
                "a matter can come to state “{code}” without “{facts}”, which the way out needs: it would be stuck"
            ).format(code=state, facts=wording.listed(missing))
        else:
            reason = _(
                "a matter can get stuck in state “{code}”: no way to a closed state that staff may always take "
                "(a resident may not come back; limits, dates and requests can be used up)"
            ).format(code=state)
        yield ("states", state), reason


def _owners(lifecycle: Lifecycle) -> Found:
    for code, state in lifecycle.states.items():
        if state.phase == "closed":
            continue
        if state.owner in LOOKERS_ON:
            yield (
                ("states", code, "owner"),
                _("state “{code}” is owned by the {role}, who takes no action on matters").format(
                    code=code, role=wording.ROLES[state.owner]
                ),
            )
        elif not any(state.owner in action.roles for action in lifecycle.actions.values() if code in action.from_):
            yield (
                ("states", code, "owner"),
                _("state “{code}” is owned by the {role}, who has no action in it").format(
                    code=code, role=wording.ROLES[state.owner]
                ),
            )


def _roles(lifecycle: Lifecycle) -> Found:
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        if not set(action.roles) - LOOKERS_ON:
            yield (
                (*here, "roles"),
                _("nobody can ever do this: {roles} take no action on matters").format(
                    roles=wording.roles(action.roles)
                ),
            )
        if action.joined and not any(other.joins for other in lifecycle.actions.values()):
            yield (*here, "joined"), _("nobody can ever do this: no action asks units to help (“joins”)")
        if (action.held or action.joined) and set(action.roles) == {"resident"}:
            yield (*here, "roles"), _("a resident is of no unit: remove “held” and “joined”")
        for other, times in action.after.items():
            most = lifecycle.actions[other].at_most
            if most is not None and most < times:
                yield (
                    (*here, "after"),
                    _("nobody can ever do this: “{other}” is possible {most} time(s), not {times}").format(
                        other=other, most=most, times=times
                    ),
                )


# ---- requests, facts, telling


def _requests(lifecycle: Lifecycle) -> Found:
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        if action.opens:
            yield from _decidable(lifecycle, action.opens, action, here)
        if action.decides:
            asking = {other for other, asks in lifecycle.actions.items() if asks.opens == action.decides}
            if not asking:
                yield (*here, "decides"), _("no action opens the request “{name}”").format(name=action.decides)
            elif missing := sorted(asking - set(action.not_by)):
                yield (
                    here,
                    _("whoever asks for “{name}” could decide it alone: name “{asking}” in “not_by”").format(
                        name=action.decides, asking=", ".join(missing)
                    ),
                )


def _decidable(lifecycle: Lifecycle, name: str, asking: Action, here: Loc) -> Found:
    """A request has to be grantable and refusable wherever it can be asked."""
    for grants, verb in ((True, _("grants")), (False, _("refuses"))):
        places = {
            state
            for action in lifecycle.actions.values()
            if action.decides == name and action.grants is grants
            for state in action.from_
        }
        if not places:
            yield (
                (*here, "opens"),
                _("the request “{name}” needs an action that {verb} it").format(name=name, verb=verb),
            )
        elif nowhere := sorted(set(asking.from_) - places):
            yield (
                (*here, "opens"),
                _("the request “{name}” can be asked in “{states}”, where no action {verb} it").format(
                    name=name, states=", ".join(nowhere), verb=verb
                ),
            )


def _facts(lifecycle: Lifecycle) -> Found:
    known = {fact for action in lifecycle.actions.values() for fact in (*action.sets, *action.sets_if)}
    handling = sorted(code for code, action in lifecycle.actions.items() if "handled" in action.sets)
    for code, action in lifecycle.actions.items():
        here: Loc = ("actions", code)
        for fact in sorted(set(action.needs) - known):
            yield (
                (*here, "needs"),
                _("nobody can ever do this: no action sets “{fact}”").format(fact=wording.FACTS[fact]),
            )
        if "verified" in action.sets and (missing := sorted(set(handling) - set(action.not_by) - {code})):
            yield (
                here,
                _("whoever handled it could verify it alone: name “{actions}” in “not_by”").format(
                    actions=", ".join(missing)
                ),
            )
        if "answered" in action.sets and not any(field.name == "answer" and field.public for field in action.asks):
            yield (*here, "sets"), _("it counts as answered, but asks for no public field “answer”")
        elif "answered" in action.sets and "answer" not in action.keeps:
            yield (*here, "sets"), _("it counts as answered, but does not keep the “answer”")


def _telling(lifecycle: Lifecycle) -> Found:
    """Whoever may act has to know: a resident is told before a step of his own, and when the matter ends."""
    awaited = {
        state
        for action in lifecycle.actions.values()
        if "resident" in action.roles and action.to is not None
        for state in action.from_
    }
    for code, action in lifecycle.actions.items():
        if action.tells_resident or action.to in (None, BACK) or set(action.roles) == {"resident"}:
            continue
        here: Loc = ("actions", code)
        if lifecycle.states[str(action.to)].phase == "closed":
            yield here, _("the matter ends and the resident does not hear of it: add “tells_resident: true”")
        elif action.to in awaited:
            yield (
                here,
                _(
                    "it leads to “{state}”, where the resident may act, without telling: add “tells_resident: true”"
                ).format(state=action.to),
            )


# ---- clocks


def _clocks(lifecycle: Lifecycle) -> Found:
    effects = [action.clocks for action in lifecycle.actions.values()]
    started = {code for effect in (lifecycle.begins, *effects) for code in effect.start}
    stopped, paused, resumed = (
        {code for effect in effects for code in getattr(effect, name)} for name in ("stop", "pause", "resume")
    )
    for code, clock in lifecycle.clocks.items():
        here: Loc = ("clocks", code)
        if code not in started:
            yield here, _("nothing starts the clock “{code}”").format(code=code)
        if not {code, ALL} & stopped:
            yield here, _("nothing stops the clock “{code}”").format(code=code)
        if code in paused and not {code, ALL} & resumed:
            yield here, _("the clock “{code}” is paused, but nothing resumes it").format(code=code)
        if any({code, ALL} & set(effect.extend) for effect in effects) and clock.extension is None:
            yield here, _("the clock “{code}” can be extended, but no “extension” says by how much").format(code=code)
        yield from _warning(code, clock, here)
    told: set[tuple[str, str]] = set()
    for action, state, clock_code in clocks_left_running(lifecycle):
        if (action, clock_code) not in told:
            told.add((action, clock_code))
            yield (
                ("actions", action),
                _("it leads to the closed state “{state}” while the clock “{clock}” may still run: stop it").format(
                    state=state, clock=clock_code
                ),
            )
    for action, state, clock_code in sorted(set(clocks_started_twice(lifecycle))):
        if (action, f"{clock_code} again") not in told:
            told.add((action, f"{clock_code} again"))
            yield (
                ("actions", action, "clocks"),
                _("in state “{state}” the clock “{clock}” may run already and would lose its date: stop it too").format(
                    state=state, clock=clock_code
                ),
            )


def _warning(code: str, clock: Clock, here: Loc) -> Found:
    if clock.statutory and clock.warn_before is None:
        yield here, _("the clock “{code}” is statutory: say in “warn_before” when to warn of it").format(code=code)
    if clock.warn_before and _length(clock.warn_before) >= _length(clock.term):
        yield (*here, "warn_before"), _("the warning would come before the clock has started")


def _length(term: Term) -> int:
    """Roughly, in working hours, to compare terms of different units."""
    hours = {"hours": 1, "working_hours": 1, "calendar_days": 6, "working_days": 8, "months": 180}
    return term.amount * hours[term.unit]


def _answers(matter: MatterType) -> Found:
    seen: set[str] = set()
    for nth, answer in enumerate(matter.answers):
        if answer.code in seen:
            yield ("answers", nth, "code"), _("the answer “{code}” is there twice").format(code=answer.code)
        seen.add(answer.code)
        for name in sorted(set(re.findall(r"{([^{}]*)}", answer.text)) - FILLED_IN):
            yield (
                ("answers", nth, "text"),
                _("nothing fills in {{{name}}}: use one of {known}").format(
                    name=name, known=", ".join(f"{{{known}}}" for known in sorted(FILLED_IN))
                ),
            )
