"""Forms that were handed in, and corrections before and after them: through the same actions as at the desk."""

from datetime import datetime
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from rixin.catalogue import versions
from rixin.catalogue.form_sheet import read
from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.catalogue.yamlfile import parsed
from rixin.demo.work.plan import Strict
from rixin.metrics.scope import Place
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.records import actions as record_actions
from rixin.records.entry import Values, read_values, typed
from rixin.records.models import Record
from rixin.reports.forms import actions
from rixin.reports.forms.filling import Order

_FILE = files("rixin.demo.work") / "wenxin" / "handed_in.yaml"


class Submit(Strict):
    """`typed`: by the label of the blank."""

    form: str
    period: str
    note: str = ""
    typed: dict[str, str] = {}


class Correct(Strict):
    """The last record of the period, or with `filled` the last one that has this field. `back`: as it was entered."""

    type: str
    period: str
    filled: str = ""
    values: dict[str, str | None] = {}
    back: bool = False
    reason: str


class Second(Strict):
    by: str
    at: datetime


class Step(Strict):
    by: str
    at: datetime
    submit: Submit | None = None
    correct: Correct | None = None
    confirmed: Second | None = None


def store(now: datetime, street: str) -> int:
    """Takes every step, if `now` is after the last one: a correction is never left half way. Answers how many forms."""
    steps = TypeAdapter(list[Step]).validate_python(parsed(_FILE.read_text(encoding="utf-8")))
    if _at(steps[-1].at) > now:
        return 0
    corrected: dict[tuple[str, str], int] = {}
    for step in steps:
        if step.submit is not None:
            _submit(step, step.submit, Place(street))
        elif step.correct is not None:
            key = (step.correct.type, step.correct.period)
            corrected[key] = _correct(step, step.correct, corrected.get(key))
    return sum(step.submit is not None for step in steps)


def _submit(step: Step, asked: Submit, place: Place) -> None:
    version, at, by = versions.form(asked.form), _at(step.at), _staff(step.by, step.at)
    cells = [cell.text for sheet in read(version.content) for cell in sheet.marked()]
    keys = {text.blank.label: str(text) for text in cells if text.blank is not None}
    order = Order(
        version,
        Period.read(asked.period),
        place,
        at,
        by=by.name,
        typed={keys[label]: said for label, said in asked.typed.items()},
    )
    made = actions.submit(order, seen=None, note=asked.note, by=by, at=at)
    if step.confirmed is not None:
        actions.confirm(made, by=_staff(step.confirmed.by, step.confirmed.at), at=_at(step.confirmed.at))


def _correct(step: Step, asked: Correct, known: int | None) -> int:
    record = Record.objects.get(pk=known) if known is not None else _found(asked)
    entered: dict[str, Any] = record.events.get(seq=1).changes
    values = entered["values"] if asked.back else _changed(record, asked)
    record = record_actions.correct(
        record,
        by=_staff(step.by, step.at).actor,
        at=_at(step.at),
        seen=record.version,
        reason=asked.reason,
        values=values,
        day=record.day,
    )
    if step.confirmed is not None:
        second = _staff(step.confirmed.by, step.confirmed.at).actor
        record_actions.confirm(record, by=second, at=_at(step.confirmed.at), seen=record.version)
    return record.pk


def _found(asked: Correct) -> Record:
    period = Period.read(asked.period)
    records = Record.objects.filter(type=asked.type, day__range=(period.first, period.last))
    return next(one for one in records.order_by("-day", "-pk") if not asked.filled or one.values.get(asked.filled))


def _changed(record: Record, asked: Correct) -> Values:
    kind = versions.record_version(record.definition_id).type
    said = {field.name: typed(field, record.values.get(field.name)) for field in kind.fields}
    values, faults = read_values(kind, {**said, **asked.values})
    if faults:
        raise ValueError(f"{asked.type} of {asked.period}: {faults}")
    return values


def _staff(username: str, at: datetime) -> Staff:
    return Staff.at(Account.objects.get(username=username), _at(at))


def _at(moment: datetime) -> datetime:
    """Local time, as the file has it."""
    return moment.replace(tzinfo=LOCAL)
