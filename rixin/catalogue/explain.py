"""Why a date is what it is, in sentences: rule, start, days crossed, pauses, extensions, what is still provisional.

Takes a clock's stored form (plain data), so that a case page, the command line and an export say the same.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rixin.catalogue import wording
from rixin.catalogue.dates import as_moment, day_text, days_text, due_text, moment_text
from rixin.catalogue.schema import ResolvedType, Term
from rixin.catalogue.worktime import Due

Data = Mapping[str, Any]


def sentences(clock: Data, rules: ResolvedType) -> list[str]:
    """The explanation of a clock of a case, from the rule to how it stands; `clock` is `ClockState.as_data()`.

    Keys read: code, term, status, started_at, due_at, steps; where they are: paused_at, stopped_at, round, missed,
    provisional_year. Moments may be ISO texts or aware datetimes.
    """
    return [*_rule(clock, rules), *_start(clock), *_steps(clock), *_standing(clock)]


def of_term(code: str, rules: ResolvedType, received: datetime, ends: Due) -> list[str]:
    """The same for a term that is only reckoned: no case has it."""
    clock = {
        "code": code,
        "term": rules.term_of(code).model_dump(),
        "status": "running",
        "started_at": received,
        "due_at": ends.at,
        "steps": [step.as_data() for step in ends.steps],
    }
    return sentences(clock, rules)


def _rule(clock: Data, rules: ResolvedType) -> Iterator[str]:
    definition = rules.lifecycle.clocks.get(clock["code"])
    length = wording.term(clock["term"])
    if definition is None:
        yield _("Term: {length}.").format(length=length)
        return
    if is_ordered(clock):
        yield _("{clock}. Rule: {rule}.").format(clock=definition.name, rule=definition.rule)
        return
    yield _("{clock}: {length}. Rule: {rule}.").format(clock=definition.name, length=length, rule=definition.rule)
    if clock["code"] in rules.type.limits and Term(**clock["term"]) != definition.term:
        yield _("“{type}” has a term of its own; usual is {usual}.").format(
            type=rules.type.name, usual=wording.term(definition.term)
        )


def is_ordered(clock: Data) -> bool:
    """Whether its end was set to a day by whoever started it."""
    return any(step["kind"] == "ordered" for step in clock.get("steps", ()))


def _start(clock: Data) -> Iterator[str]:
    started = as_moment(clock["started_at"])
    unit, at = clock["term"]["unit"], moment_text(started)
    if is_ordered(clock):
        return
    if clock.get("round", 1) > 1:
        yield ngettext(
            "It was started anew {n} time, because the matter came back.",
            "It was started anew {n} times, because the matter came back.",
            clock["round"] - 1,
        ).format(n=clock["round"] - 1)
    if unit == "hours":
        yield _("It started on {at} and runs day and night.").format(at=at)
    elif unit == "working_hours":
        yield _("It started on {at}; only office hours count.").format(at=at)
    else:
        first = day_text(started.date() + timedelta(days=1))
        counted = {
            "working_days": _("working days are counted from {first} on"),
            "calendar_days": _("every day is counted from {first} on"),
            "months": _("whole months are counted from {first} on"),
        }[unit].format(first=first)
        yield _("It started on {at}; that day is not counted (Civil Code, art. 201), {counted}.").format(
            at=at, counted=counted
        )


def _steps(clock: Data) -> Iterator[str]:
    yield from filter(None, (of_step(step) for step in clock.get("steps", ())))


def of_step(step: Data) -> str:
    """One reason in a sentence; empty for the term itself, which is told with the rule."""
    say = _IN_WORDS.get(step["kind"])
    return say(step.get("days", ()), step.get("facts", {})) if say is not None else ""


def _standing(clock: Data) -> Iterator[str]:
    due = as_moment(clock["due_at"])
    stopped, paused = clock.get("stopped_at"), clock.get("paused_at")
    if stopped:
        stopped_at = as_moment(stopped)
        text = _("It was due by {due} and stopped on {at}, {verdict}.")
        verdict = _("in time") if (as_moment(paused) if paused else stopped_at) <= due else _("too late")
        yield text.format(due=due_text(due), at=moment_text(stopped_at), verdict=verdict)
    elif paused:
        yield _(
            "It has been paused since {at}; what was left then will count on. Until then the date is {due}."
        ).format(at=moment_text(paused), due=due_text(due))
    else:
        yield _("So it is due by {due}.").format(due=due_text(due))
    if clock.get("missed") and int(clock.get("round", 1)) > 1:
        yield _("An earlier date was missed; that stays on record.")
    if year := clock.get("provisional_year"):
        yield _("The date is provisional until the holidays of {year} are entered.").format(year=year)


def _holiday(days: list[str], facts: Data) -> str:
    return _("Not counted: {days} ({name}).").format(days=days_text(days), name=_named(facts.get("name")))


def _make_up(days: list[str], facts: Data) -> str:
    return _("Counted although a weekend, being worked to make up for a holiday: {days}.").format(days=days_text(days))


def _weekend(days: list[str], facts: Data) -> str:
    return _("Not counted, weekend: {days}.").format(days=days_text(days))


def _moved(days: list[str], facts: Data) -> str:
    why = _named(facts.get("name")) or _("weekend")
    return _(
        "Its last day, {plain}, is a day off ({why}), so the next working day counts: {to} (Civil Code, art. 203)."
    ).format(plain=days_text(days), why=why, to=day_text(facts["to"]))


def _outside_hours(days: list[str], facts: Data) -> str:
    return _("The office was closed then; counting begins when it opens, on {at}.").format(at=moment_text(days[0]))


def _ordered(days: list[str], facts: Data) -> str:
    return _("On {at} its end was set to {due} by {by}.").format(
        at=moment_text(facts["at"]), due=day_text(days[0]), by=facts.get("by") or _("the system")
    )


def _paused(days: list[str], facts: Data) -> str:
    words = _("Paused from {start} to {end}; the date moved to {due}.").format(
        start=moment_text(days[0]), end=moment_text(days[1]), due=due_text(facts["due"])
    )
    return _with_reason(words, facts)


def _extended(days: list[str], facts: Data) -> str:
    length = wording.term({"amount": facts["amount"], "unit": facts["unit"]})
    words = _("Extended by {length}, approved by {approver} on {at}; the date moved from {before} to {due}.").format(
        length=length,
        approver=facts.get("approver") or _("the system"),
        at=moment_text(facts["at"]),
        before=due_text(days[0]),
        due=due_text(facts["due"]),
    )
    return _with_reason(words, facts)


def _provisional(days: list[str], facts: Data) -> str:
    return _(
        "The holidays of {year} are not published yet; Saturdays and Sundays were taken as its only days off."
    ).format(year=facts["year"])


def _with_reason(words: str, facts: Data) -> str:
    return _("{words} Reason: {reason}").format(words=words, reason=facts["reason"]) if facts.get("reason") else words


def _named(name: Mapping[str, str] | None) -> str:
    if name is None:
        return ""
    return name["en"] if (get_language() or "zh").startswith("en") else name["zh"]


_IN_WORDS: dict[str, Callable[[list[str], Data], str]] = {
    "holiday": _holiday,
    "make_up": _make_up,
    "weekend": _weekend,
    "moved": _moved,
    "outside_hours": _outside_hours,
    "ordered": _ordered,
    "paused": _paused,
    "extended": _extended,
    "provisional": _provisional,
}
