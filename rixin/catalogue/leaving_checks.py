"""What must hold of a record that a matter leaves, so that it can be written whenever the matter comes to it.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from rixin.catalogue.answers import asked_field, form_field
from rixin.catalogue.checks import Found
from rixin.catalogue.faults import Loc
from rixin.catalogue.schema import AskedField, Drawn, Leaving, Lifecycle, MatterType
from rixin.catalogue.work_schema import RecordField, RecordType

_ALIKE: dict[str, frozenset[str]] = {
    "text": frozenset({"text", "long_text"}),
    "long_text": frozenset({"text", "long_text"}),
    "number": frozenset({"count", "amount"}),
    "money": frozenset({"amount"}),
    "date": frozenset({"date"}),
    "yes_no": frozenset({"yes_no"}),
    "choice": frozenset({"choice"}),
    "reason": frozenset({"choice"}),
}
"""For each kind of field of a matter: the kinds of record fields that can take what it says."""
_SURE = frozenset({"is_", "opened", "done"})
"""Ways that always give a value."""


def leaving_faults(matter: MatterType, lifecycle: Lifecycle | None, records: Mapping[str, RecordType]) -> Found:
    for nth, leaving in enumerate(matter.leaves):
        for loc, reason in _faults_of(leaving, matter, lifecycle, records) if lifecycle else ():
            yield ("leaves", nth, *loc), reason


def _faults_of(leaving: Leaving, matter: MatterType, lifecycle: Lifecycle, records: Mapping[str, RecordType]) -> Found:
    record = records.get(leaving.record)
    if record is None:
        yield ("record",), _("there is no record type “{code}”").format(code=leaving.record)
        return
    if record.period:
        yield ("record",), _("“{code}” is a return of a period: a matter cannot leave it").format(code=record.code)
    yield from _when_faults(leaving, lifecycle)
    yield from _source_faults(leaving.day, ("day",), matter, lifecycle)
    fields = {field.name: field for field in record.fields}
    for name in leaving.values:
        yield from _value_faults(name, leaving, fields.get(name), matter, lifecycle)
    for field in record.fields:
        if field.required and not any(_is_sure(one, leaving, matter, lifecycle) for one in leaving.ways_of(field.name)):
            reason = _("the record needs “{name}”: say a way that always gives it, at last “is”")
            yield ("values",), reason.format(name=field.name)


def _when_faults(leaving: Leaving, lifecycle: Lifecycle) -> Found:
    if bool(leaving.once) == bool(leaving.each):
        yield (), _("say either “once” or “each”: a record is of work that was done")
    for nth, state in enumerate(leaving.without):
        if state not in lifecycle.states:
            yield ("without", nth), _("there is no state “{code}”").format(code=state)
    for code in [*leaving.once, *([leaving.each] if leaving.each else [])]:
        if code not in lifecycle.actions:
            yield ("once" if leaving.once else "each",), _no_action(code)


def _value_faults(
    name: str, leaving: Leaving, field: RecordField | None, matter: MatterType, lifecycle: Lifecycle
) -> Found:
    if field is None:
        yield ("values", name), _("there is no field “{name}”").format(name=name)
        return
    for loc, drawn in _placed(leaving, name):
        yield from _source_faults(drawn, loc, matter, lifecycle)
        yield from _fit_faults(drawn, loc, field, matter, lifecycle)


def _placed(leaving: Leaving, name: str) -> Iterator[tuple[Loc, Drawn]]:
    if not isinstance(leaving.values[name], list):
        yield ("values", name), leaving.ways_of(name)[0]
        return
    for nth, drawn in enumerate(leaving.ways_of(name)):
        yield ("values", name, nth), drawn


def _source_faults(drawn: Drawn, here: Loc, matter: MatterType, lifecycle: Lifecycle) -> Found:
    if len(drawn.ways) != 1:
        yield here, _("say one way in which the value is found, not {count}").format(count=len(drawn.ways))
    if drawn.as_ and not (drawn.form or drawn.asked):
        yield (*here, "as"), _("only what was chosen in a form or with an action is told by other codes")
    if drawn.clock and drawn.clock not in lifecycle.clocks:
        yield (*here, "clock"), _("there is no clock “{code}”").format(code=drawn.clock)
    for code in (
        *drawn.day_of,
        *drawn.done,
        *(sign.after for sign in drawn.by),
        *([drawn.asked.partition(".")[0]] if drawn.asked else []),
    ):
        if code not in lifecycle.actions:
            yield here, _no_action(code)
    if (drawn.form or drawn.asked) and _asked(drawn, matter, lifecycle) is None:
        yield here, _("there is no field “{name}”").format(name=drawn.form or drawn.asked)


def _fit_faults(drawn: Drawn, here: Loc, field: RecordField, matter: MatterType, lifecycle: Lifecycle) -> Found:
    asked = _asked(drawn, matter, lifecycle)
    if asked is not None and field.kind not in _ALIKE.get(asked.kind, ()):
        yield here, _("“{name}” cannot take what “{other}” says").format(name=field.name, other=asked.name)
    if (drawn.clock or drawn.fact or drawn.day_of or drawn.opened) and field.kind != "date":
        yield here, _("“{name}” is no date").format(name=field.name)
    if field.kind == "choice":
        known = {option.code for option in field.options}
        for code in (code for code in _codes(drawn, asked, lifecycle) if code not in known):
            yield here, _("“{name}” has no option “{code}”").format(name=field.name, code=code)


def _codes(drawn: Drawn, asked: AskedField | None, lifecycle: Lifecycle) -> Iterator[object]:
    """All that it may come out as, of a record field that is a choice."""
    if drawn.is_ is not None:
        yield drawn.is_
    yield from (sign.is_ for sign in drawn.by)
    if asked is not None:
        options = lifecycle.reasons.get(asked.reasons or "", []) if asked.kind == "reason" else asked.options
        yield from (drawn.as_.get(option.code, option.code) for option in options)


def _asked(drawn: Drawn, matter: MatterType, lifecycle: Lifecycle) -> AskedField | None:
    if drawn.asked:
        return asked_field(drawn.asked, [lifecycle])
    return form_field(drawn.form, [matter]) if drawn.form else None


def _is_sure(drawn: Drawn, leaving: Leaving, matter: MatterType, lifecycle: Lifecycle) -> bool:
    """Whether it gives a value each time that the record is written."""
    if drawn.while_:
        return False
    if _SURE & set(drawn.ways):
        return True
    started = [leaving.each] if leaving.each else leaving.once
    if drawn.by or drawn.day_of:
        return set(started) <= {*(sign.after for sign in drawn.by), *drawn.day_of}
    asked = _asked(drawn, matter, lifecycle)
    if asked is None or not asked.required:
        return False
    return bool(drawn.form) or started == [(drawn.asked or "").partition(".")[0]]


def _no_action(code: str) -> str:
    return _("there is no action “{code}”").format(code=code)
