"""People join a roll, what is held of them is corrected, they leave. One transaction each; each leaves a line.

Nobody is entered without consent that is noted; leaving holds at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.roll_schema import Roll
from rixin.history import change, difference, line
from rixin.people.actors import Actor, resident
from rixin.privacy.sealing import fingerprint
from rixin.refused import FieldsRefused
from rixin.rolls import days
from rixin.rolls.drafts import SEALED, Said, check, read
from rixin.rolls.models import Consent, Entry, RollEvent, Status
from rixin.rolls.queries import may_serve, roll_of
from rixin.tracking_codes import tracking_code

_MARKS = ("phone_mark", "name_mark")
_COUNTED = frozenset({"area_path", "joined_on", "left_on"})
"""What figures read."""
_HIDDEN = (*SEALED, "dwelling_id", *_MARKS)


@dataclass(frozen=True, kw_only=True)
class Joining:
    """`server`: id of the account that serves the person. `origin`: sent twice, it is the same entry."""

    said: Said
    consent_how: Consent | str
    consent_on: date
    server: int | None = None
    origin: str = ""


@dataclass(frozen=True)
class Joined:
    """`code`: of the slip, told this once and kept nowhere; "" where the person had been entered already."""

    entry: Entry
    code: str


def join(roll: Roll, new: Joining, *, by: Actor, at: datetime, code: str = "") -> Joined:
    """At the desk. Raises FieldsRefused."""
    today = timezone.localdate(at)
    if new.consent_how not in Consent.values or new.consent_how == Consent.OWN_PHONE:
        raise FieldsRefused({"consent_how": _("How did the person agree? Nobody is entered without.")})
    if new.consent_on > today:
        raise FieldsRefused({"consent_on": _("This day is still to come.")})
    columns = {
        "status": Status.ON,
        "joined_on": today,
        "used_on": today,
        "consent_by_id": by.account_id,
        "server_id": new.server,
        "visit_due": days.next_visit(roll, today),
        "delete_on": days.deleted_on(roll, today),
    }
    return _enter(roll, new, columns, "join", by, at, code)


def ask(roll: Roll, said: Said, *, origin: str, at: datetime, code: str = "") -> Joined:
    """From the person's own phone, who ticked the consent. It waits for the keeper. Raises FieldsRefused."""
    if not roll.asking:
        raise FieldsRefused({"": _("One joins this roll at the service counter.")})
    today = timezone.localdate(at)
    new = Joining(said=said, consent_how=Consent.OWN_PHONE, consent_on=today, origin=origin)
    columns = {"status": Status.ASKED, "used_on": today, "delete_on": days.request_deleted_on(today)}
    return _enter(roll, new, columns, "ask", resident(), at, code)


def _enter(
    roll: Roll, new: Joining, columns: Mapping[str, Any], action: str, by: Actor, at: datetime, code: str
) -> Joined:
    if new.origin and (there := Entry.objects.filter(origin=new.origin).first()):
        return Joined(there, "")
    check(new.said, roll)
    said = new.said.columns()
    _check_server(roll, said["area_path"], new.server, timezone.localdate(at))
    if _double(roll, said) is not None and by.kind == "staff":
        raise FieldsRefused({"name": _("Somebody of this name and telephone or dwelling is on the roll already.")})
    code = code or tracking_code()
    row = Entry(
        roll=roll.code,
        consent_how=new.consent_how,
        consent_on=new.consent_on,
        asked_on=timezone.localdate(at),
        code_mark=fingerprint(code),
        origin=new.origin,
        changed_at=at,
        **said,
        **columns,
    )
    try:
        with transaction.atomic():
            row.save()
            _happened(row, action, by, at).save()
    except IntegrityError:
        if new.origin and (there := Entry.objects.filter(origin=new.origin).first()):
            return Joined(there, "")
        raise
    return Joined(row, code)


def _double(roll: Roll, said: Mapping[str, Any]) -> Entry | None:
    """Somebody of the same name with the same telephone or in the same dwelling."""
    rows = Entry.objects.filter(roll=roll.code, status__in=[Status.ON, Status.ASKED], name_mark=said["name_mark"])
    for one in rows:
        if said["phone_mark"] and one.phone_mark == said["phone_mark"]:
            return one
        if said["dwelling_id"] and one.dwelling_id == said["dwelling_id"]:
            return one
    return None


def _check_server(roll: Roll, area_path: str, server: int | None, today: date) -> None:
    if server is not None and not may_serve(roll, area_path, today).filter(pk=server).exists():
        raise FieldsRefused({"server": _("This person cannot serve there.")})


@transaction.atomic
def take_in(entry: Entry, *, server: int | None, by: Actor, at: datetime, seen: int) -> Entry:
    """A request becomes an entry. Raises FieldsRefused, ChangedMeanwhile."""
    roll = known_roll(entry)
    if entry.status != Status.ASKED:
        raise FieldsRefused({"": _("This request was answered already.")})
    today = timezone.localdate(at)
    _check_server(roll, entry.area_path, server, today)
    columns = {
        "status": Status.ON,
        "joined_on": today,
        "used_on": today,
        "server_id": server,
        "visit_due": days.next_visit(roll, today),
        "delete_on": days.deleted_on(roll, today),
    }
    return _changed(entry, "take_in", columns, by, at, seen)


@transaction.atomic
def decline(entry: Entry, reason: str, *, by: Actor, at: datetime, seen: int) -> Entry:
    """The person reads the reason, and what was asked for is deleted soon. Raises FieldsRefused, ChangedMeanwhile."""
    if entry.status != Status.ASKED:
        raise FieldsRefused({"": _("This request was answered already.")})
    if not reason.strip():
        raise FieldsRefused({"reason": _("Please say why: the person reads it.")})
    delete_on = days.request_deleted_on(timezone.localdate(at))
    columns = {"status": Status.DECLINED, "delete_on": delete_on}
    return _changed(entry, "decline", columns, by, at, seen, reason=reason.strip()[:400])


@transaction.atomic
def correct(entry: Entry, said: Said, *, by: Actor, at: datetime, seen: int, by_person: bool = False) -> Entry:
    """What is held now. Nothing new: no line. Raises FieldsRefused, ChangedMeanwhile."""
    roll = known_roll(entry)
    if entry.status not in (Status.ON, Status.ASKED):
        raise FieldsRefused({"": _("The person has left: nothing is held any more but for its deletion.")})
    check(said, roll)
    columns = said.columns()
    moved = columns["area_path"] != entry.area_path
    if moved and entry.server_id and not _still_serves(roll, columns["area_path"], entry.server_id, at):
        columns["server_id"] = None
    return _changed(entry, "correct", columns, by, at, seen, by_person=by_person)


def _still_serves(roll: Roll, area_path: str, server: int, at: datetime) -> bool:
    return may_serve(roll, area_path, timezone.localdate(at)).filter(pk=server).exists()


@transaction.atomic
def give(entry: Entry, server: int | None, *, by: Actor, at: datetime, seen: int) -> Entry:
    """Another one serves the person from now on. Raises FieldsRefused, ChangedMeanwhile."""
    _still_on(entry)
    _check_server(known_roll(entry), entry.area_path, server, timezone.localdate(at))
    return _changed(entry, "give", {"server_id": server}, by, at, seen)


@transaction.atomic
def stays(entry: Entry, *, by: Actor, at: datetime, seen: int, by_person: bool = False) -> Entry:
    """The person was asked again and wants to stay. Raises FieldsRefused, ChangedMeanwhile."""
    _still_on(entry)
    today = timezone.localdate(at)
    columns = {"used_on": today, "delete_on": days.deleted_on(known_roll(entry), today)}
    return _changed(entry, "stays", columns, by, at, seen, by_person=by_person)


@transaction.atomic
def leave(entry: Entry, *, by: Actor, at: datetime, seen: int, reason: str = "", by_person: bool = False) -> Entry:
    """At once: no call comes any more, and the day of deletion is fixed. Left already: nothing happens.

    Raises ChangedMeanwhile.
    """
    if entry.status in (Status.LEFT, Status.DECLINED):
        return entry
    today = timezone.localdate(at)
    roll = known_roll(entry)
    if entry.status == Status.ASKED:
        columns: dict[str, Any] = {"status": Status.DECLINED, "delete_on": today}
    else:
        told = entry.delete_on or today
        columns = {
            "status": Status.LEFT,
            "left_on": max(today, entry.joined_on or today),
            "delete_on": max(today, days.deleted_after_leaving(roll, told, today)),
        }
    columns |= {"visit_due": None, "server_id": None}
    return _changed(entry, "leave", columns, by, at, seen, reason=reason.strip()[:400], by_person=by_person)


@transaction.atomic
def new_slip(entry: Entry, *, by: Actor, at: datetime, code: str = "") -> str:
    """The code of a new slip; the one before opens nothing any more. Raises FieldsRefused."""
    if entry.emptied:
        raise FieldsRefused({"": _("Nothing is held of this person any more.")})
    code = code or tracking_code()
    change(entry, entry.version, at, {"code_mark": fingerprint(code)})
    _happened(entry, "slip", by, at).save()
    return code


def known_roll(entry: Entry) -> Roll:
    """Raises FieldsRefused where the office has given the roll up."""
    roll = roll_of(entry)
    if roll is None:
        raise FieldsRefused({"": _("This roll is not defined any more.")})
    return roll


def _still_on(entry: Entry) -> None:
    if entry.status != Status.ON:
        raise FieldsRefused({"": _("The person is not on the roll.")})


def _changed(
    entry: Entry,
    action: str,
    columns: Mapping[str, Any],
    by: Actor,
    at: datetime,
    seen: int,
    *,
    reason: str = "",
    by_person: bool = False,
) -> Entry:
    changes = difference(entry, columns)
    if "values" in changes and read(entry.values) == read(columns["values"]):
        del changes["values"]
    if not changes:
        return entry
    new = {name: now for name, (_old, now) in changes.items()}
    if _COUNTED & changes.keys():
        new["counted_version"] = F("counted_version") + 1
    change(entry, seen, at, new)
    told = {name: pair for name, pair in changes.items() if name not in _MARKS}
    _happened(entry, action, by, at, changes=told, reason=reason, by_person=by_person).save()
    return entry


def _happened(
    entry: Entry,
    action: str,
    by: Actor,
    at: datetime,
    *,
    changes: Mapping[str, list[Any]] | None = None,
    reason: str = "",
    by_person: bool = False,
) -> RollEvent:
    person = by_person or by.kind == "resident"
    return line(
        RollEvent, action, by, at, changes=changes, reason=reason, sealed=_HIDDEN, entry=entry, by_person=person
    )
