"""Definitions in the form in which the pages show them: plain words, no query, no rule of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import changes, explain, wording
from rixin.catalogue.dates import due_text, moment_text
from rixin.catalogue.drawing import moves
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.paths import BACK
from rixin.catalogue.schema import Action, AskedField, Lifecycle, MatterClass, MatterType, Option, ResolvedType
from rixin.catalogue.versions import Version
from rixin.catalogue.worktime import LOCAL, WorkCalendar, due_or_provisional
from rixin.people import units

EXAMPLES = (
    # The Friday before the National Day of 2022: seven days off, then a Saturday and a Sunday that were worked.
    datetime(2022, 9, 30, 16, 50, tzinfo=LOCAL),
    datetime(2022, 6, 14, 9, 10, tzinfo=LOCAL),
)
COMMUNITY = "community"
"""As the unit of a type: the committee of the community in which the matter lies."""
PHASE_TONES = {"open": "open", "suspended": "paused", "closed": "done"}
ACTION_TONES = {"main": "info", "plain": "plain", "warn": "warn"}


@dataclass(frozen=True)
class ShownType:
    number: int
    rules: ResolvedType
    retired: bool
    unit: str
    terms: list[str]
    channels: str
    open_to: str
    form: list[tuple[AskedField, str, str]]
    """(field, kind in words, options in words)"""

    @property
    def type(self) -> MatterType:
        return self.rules.type


def shown_type(version: Version) -> ShownType:
    matter, lifecycle = version.rules.type, version.rules.lifecycle
    return ShownType(
        number=version.number,
        rules=version.rules,
        retired=version.retired,
        unit=unit_name(matter.unit),
        terms=[f"{lifecycle.clocks[code].name} {wording.term(length)}" for code, length in matter.limits.items()],
        channels=wording.listed([str(wording.CHANNELS[channel]) for channel in matter.channels]),
        open_to=wording.roles(matter.open_to),
        form=[(field, _kind(field), _options(field.options)) for field in matter.form],
    )


def unit_name(code: str) -> str:
    """The unit's name; the code itself for a unit that is not (or no longer) in the office's list."""
    if code == COMMUNITY:
        return _("the committee of the community where it is")
    try:
        return str(units.by_code(code).name)
    except units.UnknownUnit:
        return code


def matches(shown: ShownType, query: str) -> bool:
    matter = shown.rules.type
    texts = (matter.code, matter.national, matter.name.zh, matter.name.en, matter.plain.zh, matter.plain.en, shown.unit)
    words = (*matter.words.strong, *matter.words.weak)
    return all(any(part in text.lower() for text in (*texts, *words)) for part in query.lower().split())


def grouped(found: list[ShownType]) -> list[tuple[MatterClass, str, list[ShownType]]]:
    """(class, kind of class in words, its types), in the order of the classification."""
    groups = groupby(found, key=lambda shown: shown.rules.matter_class)
    return [(of_class, str(wording.CLASS_KINDS[of_class.kind]), list(types)) for of_class, types in groups]


@dataclass(frozen=True)
class ShownClock:
    name: str
    rule: str
    term: str
    own: bool
    """Whether the type has a term of its own here."""
    extension: str
    tells: str
    examples: list[tuple[str, str, list[str]]]
    """(received, due, why)"""


def clocks(rules: ResolvedType, calendar: WorkCalendar) -> list[ShownClock]:
    return [
        ShownClock(
            name=str(clock.name),
            rule=str(clock.rule),
            term=wording.term(rules.term_of(code)),
            own=code in rules.type.limits,
            extension=wording.term(clock.extension) if clock.extension else "",
            tells=wording.roles(clock.tells),
            examples=[_example(code, rules, received, calendar) for received in EXAMPLES],
        )
        for code, clock in rules.lifecycle.clocks.items()
    ]


def _example(code: str, rules: ResolvedType, received: datetime, calendar: WorkCalendar) -> tuple[str, str, list[str]]:
    ends = due_or_provisional(received, rules.term_of(code), calendar)
    return moment_text(received), due_text(ends.at), explain.of_term(code, rules, received, ends)


def without_own_limits(rules: ResolvedType) -> ResolvedType:
    """The lifecycle's own terms: those of a type that sets none."""
    return rules.model_copy(update={"type": rules.type.model_copy(update={"limits": {}})})


@dataclass(frozen=True)
class ShownState:
    code: str
    name: str
    plain: str
    owner: str
    phase: str
    tone: str
    onward: str


def states(lifecycle: Lifecycle) -> list[ShownState]:
    leaving: dict[str, list[str]] = {code: [] for code in lifecycle.states}
    for (start, end), taken in moves(lifecycle).items():
        names = wording.listed([str(action.name) for action in taken])
        leaving[start].append(_("{actions} → {state}").format(actions=names, state=lifecycle.states[end].name))
    return [
        ShownState(
            code=code,
            name=str(state.name),
            plain=str(state.plain),
            owner=str(wording.ROLES[state.owner]),
            phase=str(wording.PHASES[state.phase]),
            tone=PHASE_TONES[state.phase],
            onward=_("; ").join(leaving[code]),
        )
        for code, state in lifecycle.states.items()
    ]


@dataclass(frozen=True)
class ShownAction:
    code: str
    name: str
    tone: str
    roles: str
    sources: str
    target: str
    asks: list[str]
    effects: list[str]


def actions(lifecycle: Lifecycle) -> list[ShownAction]:
    return [
        ShownAction(
            code=code,
            name=str(action.name),
            tone=ACTION_TONES[action.tone],
            roles=wording.roles(action.roles),
            sources=wording.listed([str(lifecycle.states[state].name) for state in action.from_]),
            target=_target(lifecycle, action),
            asks=[
                str(field.label) if field.required else _("{field} (optional)").format(field=field.label)
                for field in action.asks
            ],
            effects=list(_effects(lifecycle, action)),
        )
        for code, action in lifecycle.actions.items()
    ]


def _target(lifecycle: Lifecycle, action: Action) -> str:
    if action.to is None:
        return _("stays as it is")
    if action.to == BACK:
        return _("back to the state before")
    return str(lifecycle.states[action.to].name)


def _effects(lifecycle: Lifecycle, action: Action) -> Iterable[str]:
    yield from _conditions(lifecycle, action)
    for effect, words in _CLOCK_WORDS.items():
        if codes := getattr(action.clocks, effect):
            clock_names = [str(lifecycle.clocks[code].name) if code in lifecycle.clocks else _("all") for code in codes]
            yield str(words).format(clocks=wording.listed(clock_names))
    if action.tells_resident:
        yield _("the resident is told")


def _conditions(lifecycle: Lifecycle, action: Action) -> Iterable[str]:
    names = {code: str(other.name) for code, other in lifecycle.actions.items()}
    if action.held:
        yield _("only the unit that holds it")
    if action.joined:
        yield _("only units that were asked to help")
    if action.not_by:
        yield _("not by whoever did: {actions}").format(actions=wording.listed([names[code] for code in action.not_by]))
    if action.needs:
        facts = [str(wording.FACTS[fact]) for fact in action.needs]
        yield _("only once it is {facts}").format(facts=wording.listed(facts))
    yield from _times(lifecycle, action, names)


def _times(lifecycle: Lifecycle, action: Action, names: dict[str, str]) -> Iterable[str]:
    """When, and how often."""
    if action.before_due:
        yield _("only before this date: {clock}").format(clock=lifecycle.clocks[action.before_due].name)
    if action.after_due:
        yield _("only after this date: {clock}").format(clock=lifecycle.clocks[action.after_due].name)
    for quota in action.quotas:
        yield quota.rule.here()
    if action.at_most:
        yield _("at most {times} time(s)").format(times=action.at_most)
    for code, times in action.after.items():
        yield _("only after “{action}” was done {times} time(s)").format(action=names[code], times=times)
    for code, times in action.until.items():
        yield _("until “{action}” was done {times} time(s)").format(action=names[code], times=times)
    if action.within_days_of_close:
        yield _("within {days} days of closing").format(days=action.within_days_of_close)


_CLOCK_WORDS = {
    "start": gettext_lazy("starts: {clocks}"),
    "stop": gettext_lazy("stops: {clocks}"),
    "pause": gettext_lazy("pauses: {clocks}"),
    "resume": gettext_lazy("resumes: {clocks}"),
    "extend": gettext_lazy("extends: {clocks}"),
}


def told_history(rows: list[DefinitionVersion]) -> list[tuple[DefinitionVersion, str, list[changes.Change]]]:
    """(version, when published, changes from the one before), the newest first."""
    older = [*rows[1:], None]
    return [
        (row, moment_text(row.published_at), changes.between(before, row) if before else [])
        for row, before in zip(rows, older, strict=True)
    ]


def _kind(field: AskedField) -> str:
    return str(wording.FIELD_KINDS[field.kind])


def _options(options: list[Option]) -> str:
    return wording.listed([str(option.name) for option in options])
