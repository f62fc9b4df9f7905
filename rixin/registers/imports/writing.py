"""Carrying out a plan: through the acts of the register, a few statements for all new enterprises together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rixin.history import ChangedMeanwhile
from rixin.people.actors import Actor
from rixin.registers import entering, journal, letting, letting_many, returns, standings, traits
from rixin.registers.entering import NewEnterprise
from rixin.registers.imports.changes import Changes
from rixin.registers.imports.outcomes import Outcome, Plan
from rixin.registers.imports.said import Said, room_key
from rixin.registers.letting import Lease, NewRoom
from rixin.registers.letting_many import Letting
from rixin.registers.models import Building, Enterprise, How, Room, Standing, Tenancy

_HOW_IT_WENT = {Standing.LEFT: How.MOVED_OUT, Standing.CLOSED: How.CLOSED}
_LONGEST_REASON = 400


@dataclass(frozen=True)
class Hand:
    """In whose name, when, and of which import is written."""

    by: Actor
    at: datetime
    today: date
    batch: int
    filename: str

    def reason(self, outcome: Outcome) -> str:
        """Where it stood, with the remark beside it."""
        return f"{self.filename} #{outcome.row} {outcome.said.note}".strip()[:_LONGEST_REASON]


def write(plan: Plan, hand: Hand) -> dict[int, int]:
    """Row → its enterprise. Within the caller's transaction. Raises ChangedMeanwhile, RegisterRefused."""
    made_rooms = _make_rooms(plan, hand)
    new, changed = plan.of("new"), plan.of("changed")
    enterprises = dict(zip((row.row for row in new), _enter(new, hand), strict=True))
    there = _as_seen(changed)
    for row in changed:
        if row.entry is not None:
            enterprises[row.row] = there[row.entry.pk]
            _correct(there[row.entry.pk], row, hand)
    written = [(enterprises[row.row], row.changes) for row in (*new, *changed)]
    gifts = list(_gifts(written))
    traits.give_all(gifts, by=hand.by, at=hand.at, batch=hand.batch)
    figures = [(enterprise, one.figures) for enterprise, one in written if one.figures]
    returns.put_all(figures, by=hand.by, at=hand.at, source=hand.filename, batch=hand.batch)
    lettings = list(_lettings(written, made_rooms))
    letting_many.let_all(lettings, by=hand.by, at=hand.at, today=hand.today, batch=hand.batch)
    _renew(written, hand)
    return {row: enterprise.pk for row, enterprise in enterprises.items()}


def new_enterprise(said: Said, today: date) -> NewEnterprise:
    """What nothing is said of: it is here, was here before, and is so from today on."""
    standing = said.standing or Standing.HERE
    how = _HOW_IT_WENT.get(standing) or said.how or How.FOUND
    founded = said.details.get("founded_on") if how == How.NEW else None
    return NewEnterprise(
        name=said.name,
        standing=standing,
        how=how,
        since=said.since or founded or today,
        where=said.where,
        **said.details,
    )


def _make_rooms(plan: Plan, hand: Hand) -> dict[tuple[int, str], Room]:
    made: dict[tuple[int, str], Room] = {}
    wanted = plan.to_make
    for building in Building.objects.filter(pk__in={room.building for room in wanted}).order_by("pk"):
        news = [
            NewRoom(floor=room.floor, number=room.number, area=room.area, from_day=room.from_day)
            for room in wanted
            if room.building == building.pk
        ]
        rooms = letting.add_rooms(building, news, by=hand.by, at=hand.at, seen=building.version, batch=hand.batch)
        made |= {(building.pk, room_key(room.number)): room for room in rooms}
    return made


def _enter(rows: Sequence[Outcome], hand: Hand) -> list[Enterprise]:
    news = [new_enterprise(row.said, hand.today) for row in rows]
    reasons = [hand.reason(row) for row in rows]
    return entering.enter_all(news, by=hand.by, at=hand.at, batch=hand.batch, reasons=reasons)


def _as_seen(rows: Sequence[Outcome]) -> dict[int, Enterprise]:
    """Raises ChangedMeanwhile where somebody was a moment faster."""
    seen = {row.entry.pk: row.entry.version for row in rows if row.entry is not None}
    found: dict[int, Enterprise] = {}
    ids = sorted(seen)
    for first in range(0, len(ids), journal.BATCH):
        some = Enterprise.objects.select_for_update().filter(pk__in=ids[first : first + journal.BATCH])
        found |= {one.pk: one for one in some}
    if {pk: one.version for pk, one in found.items()} != seen:
        raise ChangedMeanwhile
    return found


def _correct(enterprise: Enterprise, row: Outcome, hand: Hand) -> None:
    said, reason = row.changes, hand.reason(row)
    by, at, batch = hand.by, hand.at, hand.batch
    if said.details:
        entering.correct(enterprise, said.details, by=by, at=at, seen=enterprise.version, reason=reason, batch=batch)
    if said.name_as == "rename":
        entering.rename(
            enterprise, said.name, on=hand.today, by=by, at=at, seen=enterprise.version, reason=reason, batch=batch
        )
    elif said.name_as == "former":
        entering.also_called(enterprise, said.name, by=by, at=at, seen=enterprise.version, reason=reason, batch=batch)
    if (stand := said.stand) is not None:
        standings.stand(
            enterprise,
            stand.standing,
            stand.how,
            stand.day,
            where=stand.where,
            by=by,
            at=at,
            seen=enterprise.version,
            today=hand.today,
            reason=reason,
            batch=batch,
        )


def _gifts(written: Sequence[tuple[Enterprise, Changes]]) -> Iterator[traits.Gift]:
    for enterprise, changes in written:
        for trait, value, from_day in changes.traits:
            yield traits.Gift(enterprise=enterprise, trait=trait, value=value, from_day=from_day)


def _lettings(written: Sequence[tuple[Enterprise, Changes]], made: Mapping[tuple[int, str], Room]) -> Iterator[Letting]:
    for enterprise, changes in written:
        for let in changes.lets:
            room = Room(pk=let.room) if let.room is not None else made[let.building, room_key(let.number)]
            lease = Lease(from_day=let.from_day, lease_end=let.lease_end, area=let.area)
            yield Letting(room, enterprise, lease)


def _renew(written: Sequence[tuple[Enterprise, Changes]], hand: Hand) -> None:
    for enterprise, changes in written:
        for one in changes.renewals:
            letting.renew(
                Tenancy.objects.get(pk=one.tenancy),
                one.lease_end,
                by=hand.by,
                at=hand.at,
                seen=enterprise.version,
                batch=hand.batch,
            )
            enterprise.refresh_from_db(fields=["version"])
