"""Taking an import back: what it wrote is put back wherever the register still says what the import made it say.

Its events say what was there before. What somebody changed since stays, and so do sealed fields, of which the history
does not keep what they said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from rixin.history import Changes
from rixin.people.actors import Actor
from rixin.registers import entering, journal, letting, letting_many, standings
from rixin.registers.imports.results import ROOMS
from rixin.registers.journal import SEALED
from rixin.registers.letting import label
from rixin.registers.models import (
    Building,
    Enterprise,
    FormerName,
    RegisterEvent,
    RegisterImport,
    Return,
    Room,
    StandingSpan,
    Tenancy,
    TraitSpan,
)
from rixin.registers.names import plain_name

_DAYS = ("founded_on",)


@dataclass(frozen=True)
class Undone:
    """`how`: withdrawn, put_back or stays. `stays`: names of what could not be put back."""

    how: str
    stays: tuple[str, ...] = ()


def undo(batch: RegisterImport, *, by: Actor, at: datetime, today: date, reason: str) -> dict[int, Undone]:
    """By enterprise. Within the caller's transaction."""
    events: dict[int, list[RegisterEvent]] = defaultdict(list)
    for event in RegisterEvent.objects.filter(batch=batch, enterprise__isnull=False).order_by("pk"):
        events[event.enterprise_id or 0].append(event)
    later = _later(batch, sorted(events))
    enterprises = _enterprises(sorted(events))
    made = [pk for pk, mine in events.items() if mine[0].action == "enter"]
    untouched = [enterprises[pk] for pk in made if not later[pk] and not enterprises[pk].withdrawn]
    _withdraw(untouched, by, at, reason)
    found = {one.pk: Undone("withdrawn") for one in untouched}
    found |= {pk: Undone("stays", ("enterprise",)) for pk in made if pk not in found}
    for pk, mine in events.items():
        if pk not in found:
            found[pk] = _Back(enterprises[pk], later[pk], at, today).all(mine, by, reason)
    _take_rooms_back(batch, by, at, reason)
    return found


def _later(batch: RegisterImport, ids: Sequence[int]) -> dict[int, list[RegisterEvent]]:
    """What others did with each after this import did something there."""
    first = RegisterEvent.objects.filter(batch=batch).order_by("pk").values_list("pk", flat=True).first() or 0
    found: dict[int, list[RegisterEvent]] = defaultdict(list)
    for some in _parts(ids):
        for event in RegisterEvent.objects.filter(pk__gt=first, enterprise__in=some).order_by("pk"):
            if event.batch_id != batch.pk:
                found[event.enterprise_id or 0].append(event)
    return found


def _enterprises(ids: Sequence[int]) -> dict[int, Enterprise]:
    found: dict[int, Enterprise] = {}
    for some in _parts(ids):
        found |= {one.pk: one for one in Enterprise.objects.select_for_update().filter(pk__in=some)}
    return found


def _withdraw(enterprises: Sequence[Enterprise], by: Actor, at: datetime, reason: str) -> None:
    """Those that the import made, with all that it gave them: nothing else was."""
    entering.withdraw_all(enterprises, by=by, at=at, reason=reason)
    for some in _parts([one.pk for one in enterprises]):
        for rows in (Tenancy.objects, TraitSpan.objects, Return.objects):
            rows.filter(enterprise__in=some).delete()
    letting.settle_buildings([one.pk for one in enterprises], at.date())


class _Back:
    """Puts back what an import changed of one enterprise that was there before."""

    def __init__(self, enterprise: Enterprise, later: Sequence[RegisterEvent], at: datetime, today: date) -> None:
        self._enterprise, self._later, self._at, self._today = enterprise, later, at, today
        self._columns: dict[str, Any] = {}
        self._changes: Changes = {}
        self._stays: list[str] = []

    def all(self, events: Iterable[RegisterEvent], by: Actor, reason: str) -> Undone:
        """The last one first."""
        known: Mapping[str, Callable[[RegisterEvent], None]] = {
            "correct": self._details,
            "rename": self._name,
            "also_called": self._other_name,
            "stand": self._standing,
            "trait": self._trait,
            "return": self._figures,
            "let": self._let,
            "renew": self._renewal,
        }
        for event in reversed(list(events)):
            known[event.action](event)
        if self._enterprise.withdrawn or not self._changes:
            return Undone("stays", tuple(dict.fromkeys(self._stays)))
        if not self._write(by, reason):
            return Undone("stays", ("code",))
        return Undone("put_back", tuple(dict.fromkeys(self._stays)))

    def _write(self, by: Actor, reason: str) -> bool:
        """False where the code that it had is another one's by now."""
        one = self._enterprise
        try:
            with transaction.atomic():
                journal.update_enterprise(one, one.version, self._at, self._columns)
        except IntegrityError:
            return False
        journal.event("undo", by, self._at, enterprise=one, changes=self._changes, reason=reason).save()
        letting.settle_buildings([one.pk], self._today)
        return True

    def _touched(self, event: RegisterEvent, action: str, name: str = "") -> bool:
        """Whether somebody did the same kind of thing afterwards, with the same value."""
        return any(
            other.action == action and other.pk > event.pk and (not name or name in other.changes)
            for other in self._later
        )

    def _note(self, name: str, before: Any, now: Any) -> None:
        self._changes[name] = [now, before]

    def _details(self, event: RegisterEvent) -> None:
        for name, (before, now) in event.changes.items():
            there = getattr(self._enterprise, name)
            said = there.isoformat() if isinstance(there, date) else there
            if name in SEALED or said != now or self._touched(event, "correct", name):
                self._stays.append(name)
                continue
            self._columns[name] = date.fromisoformat(before) if name in _DAYS and before else before
            self._note(name, before, now)

    def _name(self, event: RegisterEvent) -> None:
        before, now = event.changes["name"]
        if self._enterprise.name != now:
            self._stays.append("name")
            return
        self._columns |= {"name": before, "plain_name": plain_name(before)}
        FormerName.objects.filter(enterprise=self._enterprise, name=before).delete()
        self._note("name", before, now)

    def _other_name(self, event: RegisterEvent) -> None:
        name = event.changes["former_name"][1]
        FormerName.objects.filter(enterprise=self._enterprise, name=name).delete()
        self._note("former_name", None, name)

    def _standing(self, event: RegisterEvent) -> None:
        before, now = event.changes["standing"]
        how_before, how = event.changes["how"]
        began, since = event.changes["from_day"]
        day = date.fromisoformat(since)
        where_before, where = (said or "" for said in event.changes.get("where", ["", ""]))
        span = StandingSpan.objects.filter(enterprise=self._enterprise, from_day=day).first()
        if span is None or (span.standing, span.how, span.where) != (now, how, where) or self._touched(event, "stand"):
            self._stays.append("standing")
            return
        if began == since:
            said = {"standing": before, "how": how_before, "where": where_before}
            StandingSpan.objects.filter(pk=span.pk).update(version=span.version + 1, **said)
        else:
            span.delete()
            earlier = StandingSpan.objects.filter(enterprise=self._enterprise, until_day=day).first()
            if earlier is not None:
                StandingSpan.objects.filter(pk=earlier.pk).update(until_day=span.until_day, version=earlier.version + 1)
        self._note("standing", before, now)
        self._as_it_stands()
        self._back_into_rooms(event)

    def _as_it_stands(self) -> None:
        spans = standings.spans_of(self._enterprise)
        now = standings.holding(spans, self._today) or spans[-1]
        self._columns |= {"standing": now.what[0], "since": now.first}

    def _back_into_rooms(self, event: RegisterEvent) -> None:
        """What ended when it moved away goes on, unless somebody else has the room by now."""
        for pk in event.changes.get("rooms_left", [None, []])[1]:
            tenancy = Tenancy.objects.select_related("room").filter(pk=pk).first()
            day = date.fromisoformat(event.changes["from_day"][1])
            if tenancy is None or tenancy.until_day != day or not letting_many.is_free(tenancy, day):
                self._stays.append(ROOMS)
                continue
            Tenancy.objects.filter(pk=pk).update(until_day=None, version=tenancy.version + 1)

    def _trait(self, event: RegisterEvent) -> None:
        told = dict(event.changes)
        day = date.fromisoformat(told.pop("from_day")[1])
        [(trait, (before, value))] = [(name, pair) for name, pair in told.items() if name not in ("until_day", "note")]
        span = TraitSpan.objects.filter(enterprise=self._enterprise, trait=trait, value=value, from_day=day).first()
        if span is None or span.version > 1:
            self._stays.append("traits")
            return
        span.delete()
        if before:
            ended = TraitSpan.objects.filter(enterprise=self._enterprise, trait=trait, value=before, until_day=day)
            for one in ended:
                TraitSpan.objects.filter(pk=one.pk).update(until_day=None, version=one.version + 1)
        self._note(trait, before, value)

    def _figures(self, event: RegisterEvent) -> None:
        for name, (before, now) in event.changes.items():
            measured, period = name.split(" ")
            row = Return.objects.filter(enterprise=self._enterprise, measured=measured, period=period).first()
            if row is None or row.amount != now or self._touched(event, "return", name):
                self._stays.append(f"{measured}.{period}")
                continue
            if before is None:
                row.delete()
            else:
                Return.objects.filter(pk=row.pk).update(amount=before, version=row.version + 1)
            self._note(name, before, now)

    def _let(self, event: RegisterEvent) -> None:
        tenancy = self._tenancy(event, from_day=date.fromisoformat(event.changes["from_day"][1]))
        if tenancy is None or tenancy.version > 1 or tenancy.until_day is not None:
            self._stays.append(ROOMS)
            return
        tenancy.delete()
        self._note("room", None, event.changes["room"][1])

    def _renewal(self, event: RegisterEvent) -> None:
        before, now = (date.fromisoformat(said) if said else None for said in event.changes["lease_end"])
        tenancy = self._tenancy(event, lease_end=now)
        if tenancy is None or tenancy.until_day is not None:
            self._stays.append(ROOMS)
            return
        Tenancy.objects.filter(pk=tenancy.pk).update(lease_end=before, version=tenancy.version + 1)
        self._note("lease_end", before, now)

    def _tenancy(self, event: RegisterEvent, **said: Any) -> Tenancy | None:
        rows = Tenancy.objects.filter(enterprise=self._enterprise, room__building=event.building_id, **said)
        named = event.changes["room"][1]
        return next((one for one in rows.select_related("room__building") if label(one.room) == named), None)


def _take_rooms_back(batch: RegisterImport, by: Actor, at: datetime, reason: str) -> None:
    """Rooms that the import made and that nobody has, had or changed."""
    for event in RegisterEvent.objects.filter(batch=batch, action="rooms").select_related("building"):
        numbers = [name.removeprefix("room ") for name in event.changes]
        rooms = Room.objects.filter(building=event.building, number__in=numbers, version=1, tenancies=None)
        gone: Changes = {f"room {room.number}": [room.area, None] for room in rooms}
        if gone and isinstance(event.building, Building):
            rooms.delete()
            journal.update_building(event.building, event.building.version, at, {})
            journal.event("rooms_back", by, at, building=event.building, changes=gone, reason=reason).save()


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[first : first + journal.BATCH] for first in range(0, len(ids), journal.BATCH))
