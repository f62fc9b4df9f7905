"""Entering, correcting, confirming and withdrawing records: one transaction each, all or nothing."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue import versions
from rixin.catalogue.work_schema import RecordType
from rixin.people.actors import Actor
from rixin.records import journal, search
from rixin.records.entry import Values, words_of
from rixin.records.journal import Happened, NewRecord
from rixin.records.models import WRITING, Record, RecordEvent, Status
from rixin.registers.linking import enterprises_of, name_in


class EntryRefused(Exception):
    """A record cannot be entered or changed so. `message` is worded for the person, `record` the one in the way."""

    def __init__(self, code: str, message: str | Promise, record: Record | None = None) -> None:
        self.code, self.message, self.record = code, message, record
        super().__init__(code)


class ChangedMeanwhile(Exception):
    """Somebody changed the record after this person looked at it; `since` is what happened."""

    def __init__(self, since: list[RecordEvent]) -> None:
        self.since = since
        self.message = _("Somebody changed this record while you looked at it. Compare, then save again.")
        super().__init__("changed meanwhile")


def enter(new: NewRecord, *, by: Actor, at: datetime, action: str = "enter", reason: str = "") -> Record:
    """Writes a record down. Entered twice by the same form or row, it is the same record. Raises EntryRefused."""
    if new.origin and (there := Record.objects.filter(origin=new.origin).first()):
        return there
    if new.version.type.facility and new.facility is None:
        raise EntryRefused("no_facility", _("Say which facility this is of."))
    if there := the_return(new):
        raise EntryRefused("there_already", there_already(new.version.type), there)
    try:
        with transaction.atomic():
            return journal.store([(new, [journal.entered(new, by, at, action=action, reason=reason)])])[0]
    except IntegrityError:
        # Somebody entered the same at the same moment.
        if new.origin and (there := Record.objects.filter(origin=new.origin).first()):
            return there
        if there := the_return(new):
            raise EntryRefused("there_already", there_already(new.version.type), there) from None
        raise


def there_already(kind: RecordType) -> Promise:
    if kind.facility:
        return _("The return of this facility for this period is there already. Correct it instead.")
    return _("This return is there already for the same period, area and unit. Correct it instead.")


def the_return(new: NewRecord) -> Record | None:
    """The return of the same type and period that is there already: of the facility, else of the area and unit."""
    if not new.period:
        return None
    same = Record.objects.filter(type=new.version.type.code, period=new.period, facility=new.facility)
    if new.facility is None:
        same = same.filter(area_path=new.area_path, unit_id=new.unit)
    return same.exclude(status=Status.WITHDRAWN).first()


def correct(
    record: Record,
    *,
    by: Actor,
    at: datetime,
    seen: int,
    reason: str,
    values: Values,
    day: date,
    place: tuple[str, str, str] | None = None,
    facility: int | None = None,
    source: str | None = None,
    by_matter: bool = False,
) -> Record:
    """What it says from now on. `place` is (area path, place code, address). Confirmed returns become drafts again.
    `by_matter`: the matter that it follows says so.

    Raises ChangedMeanwhile, EntryRefused. What says nothing new changes nothing.
    """
    _still_there(record)
    _its_own(record, by_matter=by_matter)
    version = versions.record_version(record.definition_id)
    day = journal.own_day(version.type, day)
    now: dict[str, Any] = {"values": values, "day": day.isoformat(), "period": journal.period_of(version.type, day)}
    if place is not None:
        now |= dict(zip(("area_path", "place_code", "address"), place, strict=True))
    if source is not None:
        now["source"] = source
    if facility is not None:
        now["facility"] = facility
    changes = {name: value for name, value in now.items() if value != _said(record, name)}
    if not changes:
        return record
    if version.type.confirmed and record.status == Status.CONFIRMED:
        changes["status"] = str(Status.DRAFT)
    try:
        return _append(record, Happened("correct", by, at, changes, reason), seen)
    except IntegrityError:
        raise EntryRefused("there_already", there_already(version.type)) from None


def confirm(record: Record, *, by: Actor, at: datetime, seen: int) -> Record:
    """A second person says that it is right; from now on it counts. Raises ChangedMeanwhile, EntryRefused."""
    _still_there(record)
    if record.status == Status.CONFIRMED:
        return record
    last = record.events.order_by("-seq").filter(action__in=WRITING).first()
    if by.account_id is not None and last is not None and last.by_account_id == by.account_id:
        raise EntryRefused("own", _("You wrote this yourself: somebody else has to confirm it."))
    return _append(record, Happened("confirm", by, at, {"status": str(Status.CONFIRMED)}), seen)


def withdraw(record: Record, *, by: Actor, at: datetime, seen: int, reason: str, by_matter: bool = False) -> Record:
    """It was entered by mistake: it counts no more, and stays readable. Raises ChangedMeanwhile, EntryRefused."""
    _still_there(record)
    _its_own(record, by_matter=by_matter)
    return _append(record, Happened("withdraw", by, at, {"status": str(Status.WITHDRAWN)}, reason), seen)


def restore(record: Record, *, by: Actor, at: datetime, reason: str) -> Record:
    """The matter that it follows goes on after all: it counts again."""
    status = journal.first_status(versions.record_version(record.definition_id))
    return _append(record, Happened("restore", by, at, {"status": str(status)}, reason), record.version)


@transaction.atomic
def withdraw_untouched(records: QuerySet[Record], *, by: Actor, at: datetime, reason: str, most: int) -> int:
    """Withdraws up to `most` of the records that nobody changed since they were entered; answers how many it were.

    They can be entered anew by the same form or row.
    """
    untouched = records.filter(version=1).exclude(status=Status.WITHDRAWN).select_for_update().order_by("pk")[:most]
    found = [record.pk for record in untouched]
    first = dict(RecordEvent.objects.filter(record__in=found, seq=1).values_list("record_id", "hash"))
    event = Happened("withdraw", by, at, {"status": str(Status.WITHDRAWN)}, reason)
    rows = [row for pk in found for row in journal.event_rows(pk, [event], after=1, previous=first[pk])]
    RecordEvent.objects.bulk_create(rows)
    Record.objects.filter(pk__in=found).update(version=2, status=Status.WITHDRAWN, changed_at=at, origin="")
    return len(found)


def _its_own(record: Record, *, by_matter: bool) -> None:
    if record.follows is not None and not by_matter:
        raise EntryRefused("follows", _("This record follows a matter. Write down there what is to be changed."))


def _still_there(record: Record) -> None:
    if record.status == Status.WITHDRAWN:
        raise EntryRefused("withdrawn", _("This record was withdrawn. Enter it anew if it is right after all."))


def _said(record: Record, name: str) -> Any:
    said = getattr(record, "facility_id" if name == "facility" else name)
    return said.isoformat() if name == "day" else said


def _meant(record: Record, kind: RecordType, values: Values) -> dict[str, Any]:
    """The enterprise that another name means; the one that was chosen stays while the name does."""
    before, now = name_in(kind.fields, record.values), name_in(kind.fields, values)
    return {} if before == now else {"enterprise_id": enterprises_of([now], [None])[0]}


@transaction.atomic
def _append(record: Record, event: Happened, seen: int) -> Record:
    columns = {**event.changes}
    if "day" in columns:
        columns["day"] = date.fromisoformat(columns["day"])
    if "values" in columns:
        kind = versions.record_version(record.definition_id).type
        columns["words"] = words_of(kind, columns["values"])
        columns |= _meant(record, kind, columns["values"])
    changed = Record.objects.filter(pk=record.pk, version=seen).update(version=seen + 1, changed_at=event.at, **columns)
    if not changed:
        raise ChangedMeanwhile(list(RecordEvent.objects.filter(record=record, seq__gt=seen)))
    last = RecordEvent.objects.get(record=record, seq=seen)
    RecordEvent.objects.bulk_create(journal.event_rows(record.pk, [event], after=seen, previous=last.hash))
    stored = Record.objects.get(pk=record.pk)
    if "words" in columns or "address" in columns:
        search.replace(stored)
    return stored
