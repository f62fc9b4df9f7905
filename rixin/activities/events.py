"""Events: planned, corrected, cancelled, held. One transaction each.

An event is held by writing down who came. That is done once; afterwards it is corrected, with a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities import facts, signing
from rixin.activities.facts import ActivityRefused, EventFacts, kind_of
from rixin.activities.models import ActivityEvent, Event, Session
from rixin.people.actors import Actor

_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """`held`: it was held already, with the attendance where it is known. `origin`: see Event."""

    said: EventFacts
    by: Actor
    at: datetime
    held: bool = False
    attendance: int | None = None
    words: str = ""
    origin: str = ""


def plan(said: EventFacts, *, by: Actor, at: datetime, days: Iterable[date] = (), origin: str = "") -> Event:
    """`days`: on which a class meets. The same origin once more gives what is there. Raises ActivityRefused."""
    known = Event.objects.filter(origin=origin).first() if origin else None
    if known is not None:
        return known
    with transaction.atomic():
        event = enter_all([NewEvent(said=said, by=by, at=at, origin=origin)])[0]
        meet_on(event, days or [said.day])
    return event


@transaction.atomic
def enter_all(news: Sequence[NewEvent]) -> list[Event]:
    """Many at once: a statement per table. All of them or none. Raises ActivityRefused."""
    for new in news:
        facts.check(new.said)
        if new.held:
            _not_before_its_day(new.said.day, new.at)
    rows = [
        Event(
            **new.said.columns(),
            state=Event.State.HELD if new.held else Event.State.PLANNED,
            attendance=new.attendance if new.held else None,
            words=new.words,
            origin=new.origin,
            entered_at=new.at,
            changed_at=new.at,
        )
        for new in news
    ]
    try:
        with transaction.atomic():
            made = Event.objects.bulk_create(rows, batch_size=_BATCH)
    except IntegrityError:
        raise ActivityRefused({"": _("One of these events was entered already.")}) from None
    lines = [
        history.line(ActivityEvent, "hold" if new.held else "plan", new.by, new.at, event=row, changes=_first(new))
        for row, new in zip(made, news, strict=True)
    ]
    ActivityEvent.objects.bulk_create(lines, batch_size=_BATCH)
    return made


def _first(new: NewEvent) -> history.Changes:
    said = {"title": new.said.title, "day": new.said.day, "attendance": new.attendance}
    return {name: ["", value] for name, value in said.items() if value not in (None, "")}


def meet_on(event: Event, days: Iterable[date]) -> None:
    """Gives a class its sessions; of other kinds nothing is written."""
    if kind_of(event.kind).sessions:
        there = set(event.sessions.values_list("day", flat=True))
        Session.objects.bulk_create(Session(event=event, day=day) for day in sorted(set(days) - there))


@transaction.atomic
def correct(event: Event, said: EventFacts, *, by: Actor, at: datetime, seen: int) -> Event:
    """Raises ActivityRefused, ChangedMeanwhile."""
    _not_cancelled(event)
    facts.check(said)
    if event.state == Event.State.HELD and said.day > timezone.localdate(at):
        raise ActivityRefused({"day": _("It was held already: its day cannot lie ahead.")})
    signing.lock(event)
    signing.check_capacity(event, said.capacity)
    columns = {name: value for name, value in said.columns().items() if getattr(event, name) != value}
    if not columns:
        return event
    changes = history.difference(event, columns)
    if "day" in columns and event.sessions.count() == 1:
        event.sessions.update(day=said.day)
    history.change(event, seen, at, columns)
    _line("correct", event, by, at, changes=changes)
    signing.move_up(event, at)
    return event


@transaction.atomic
def cancel(event: Event, reason: str, *, by: Actor, at: datetime, seen: int) -> Event:
    """Whoever signed up reads why on the page of the own code. Raises ActivityRefused, ChangedMeanwhile."""
    _not_cancelled(event)
    if event.state == Event.State.HELD:
        raise ActivityRefused({"": _("It was held already. Correct its attendance instead.")})
    if not reason.strip():
        raise ActivityRefused({"reason": _("Please say why: whoever signed up reads it.")})
    history.change(event, seen, at, {"state": Event.State.CANCELLED, "cancelled_because": reason.strip()})
    _line("cancel", event, by, at, reason=reason.strip())
    return event


@transaction.atomic
def hold(
    event: Event, people: int | None, *, by: Actor, at: datetime, seen: int, words: str = "", reason: str = ""
) -> Event:
    """Writes down how many came and how it went; of a held event corrects it, which asks for a reason.

    Raises ActivityRefused, ChangedMeanwhile.
    """
    _not_cancelled(event)
    _not_before_its_day(event.day, at)
    kind = kind_of(event.kind)
    if kind.sessions:
        people = event.attendance
    if people is None and not kind.employers and not kind.sessions:
        raise ActivityRefused({"people": _("Please write how many came.")})
    columns: dict[str, Any] = {"state": Event.State.HELD, "attendance": people, "words": words.strip()}
    if event.state == Event.State.HELD:
        columns = {name: value for name, value in columns.items() if getattr(event, name) != value}
        if not columns:
            return event
        if "attendance" in columns and not reason.strip():
            raise ActivityRefused({"reason": _("It was written down before: please say why it is corrected.")})
    changes = history.difference(event, columns)
    action = "correct_held" if event.state == Event.State.HELD else "hold"
    history.change(event, seen, at, columns)
    _line(action, event, by, at, changes=changes, reason=reason.strip())
    return event


@transaction.atomic
def attend(session: Session, people: int, *, by: Actor, at: datetime, seen: int) -> Event:
    """How many came to one session. The event's attendance is that of all sessions. `seen`: version of the event.

    Raises ActivityRefused, ChangedMeanwhile.
    """
    event = session.event
    _not_cancelled(event)
    _not_before_its_day(session.day, at)
    changes: history.Changes = {f"session {session.day}": [session.attendance, people]}
    session.attendance = people
    session.save(update_fields=["attendance"])
    known = event.sessions.exclude(attendance=None).values_list("attendance", flat=True)
    total = sum(count for count in known if count is not None)
    history.change(event, seen, at, {"state": Event.State.HELD, "attendance": total})
    _line("attend", event, by, at, changes=changes)
    return event


def _not_cancelled(event: Event) -> None:
    if event.state == Event.State.CANCELLED:
        raise ActivityRefused({"": _("It was cancelled.")})


def _not_before_its_day(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise ActivityRefused({"day": _("Its day has not come yet.")})


def _line(action: str, event: Event, by: Actor, at: datetime, **said: Any) -> None:
    history.line(ActivityEvent, action, by, at, event=event, **said).save()
