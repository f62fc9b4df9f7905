"""Writes what matters leave among the records, in the transaction of what happened, so that the two never differ.

A record that follows a matter is changed by the matter alone: whoever wants it otherwise goes to the matter.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from rixin.cases import queries
from rixin.cases.facts import CaseFacts, refusal
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.schema import Leaving
from rixin.filing.drawing import Course, Leaf, NotWritable, Taken, leaves
from rixin.people import units
from rixin.people.actors import Actor
from rixin.records import actions
from rixin.records.journal import NewRecord
from rixin.records.models import Record, Status
from rixin.records.queries import following


def on_event(sender: object, *, case: Case, by: Actor, at: datetime, **_others: Any) -> None:
    """Raises ActionRefused where a record would not be right: nothing happens then, and the person hears why."""
    try:
        keep(case, by=by, at=at)
    except NotWritable as wrong:
        faults = "; ".join(f"{name}: {reason}" for name, reason in wrong.faults.items())
        message = _("The record “{record}” that follows from this cannot be written. {faults}")
        raise ActionRefused(refusal("record", message, record=wrong.record, faults=faults)) from wrong


def keep(case: Case, *, by: Actor, at: datetime) -> list[Record]:
    """Brings all records that follow the matter up to date; those that count. Raises NotWritable.

    A record type that is retired is left alone.
    """
    leaving = versions.version(case.definition_id).rules.type.leaves
    if not leaving:
        return []  # most matters: nothing is looked up for them
    kinds = {version.type.code for version in versions.records()}
    course = course_of(case, queries.facts(case))
    there = {record.origin: record for record in following(case.pk)}
    kept = [record for one in leaving if one.record in kinds for record in _kept(one, course, case, there, by, at)]
    for record in there.values():
        if record.type in kinds and record not in kept and record.status != Status.WITHDRAWN:
            actions.withdraw(record, by=by, at=at, seen=record.version, reason=_reason(case), by_matter=True)
    return kept


def course_of(case: Case, facts: CaseFacts) -> Course:
    local = timezone.localdate
    return Course(
        state=facts.state,
        opened=local(case.opened_at),
        form=case.form,
        kept=facts.kept,
        facts={name: local(at) for name, at in facts.facts.items()},
        clocks={code: local(clock.due_at) for code, clock in facts.clocks.items()},
        taken=[Taken(one.seq, one.action, local(one.at), one.given) for one in case.events.order_by("seq")],
    )


def _kept(
    leaving: Leaving, course: Course, case: Case, there: dict[str, Record], by: Actor, at: datetime
) -> list[Record]:
    version = versions.record(leaving.record)
    found = []
    for leaf in leaves(leaving, version.type, course):
        known = there.get(origin_of(case, leaf))
        found.append(_entered(leaf, version, case, by, at) if known is None else _corrected(known, leaf, case, by, at))
    return found


def origin_of(case: Case, leaf: Leaf) -> str:
    return f"case:{case.pk}:{leaf.key}"


def _entered(leaf: Leaf, version: versions.RecordVersion, case: Case, by: Actor, at: datetime) -> Record:
    placed, unit = version.type.place != "none", units.by_code(version.type.unit)
    new = NewRecord(
        version=version,
        day=leaf.day,
        area_path=case.area_path if placed else unit.area_path,
        unit=unit.id,
        values=leaf.values,
        place_code=case.place_code if placed else "",
        address=case.address if placed else "",
        origin=origin_of(case, leaf),
        follows=case.pk,
    )
    return actions.enter(new, by=by, at=at, reason=_reason(case))


def _corrected(record: Record, leaf: Leaf, case: Case, by: Actor, at: datetime) -> Record:
    if record.status == Status.WITHDRAWN:
        record = actions.restore(record, by=by, at=at, reason=_reason(case))
    return actions.correct(
        record,
        by=by,
        at=at,
        seen=record.version,
        reason=_reason(case),
        values=leaf.values,
        day=leaf.day,
        by_matter=True,
    )


def _reason(case: Case) -> str:
    """Kept with the record: in Chinese, whoever is looking."""
    with override("zh-hans"):
        return gettext("Follows matter {number}.").format(number=case.number)
