"""People sign up, wait, withdraw, come. One transaction each; two at once wait for each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities import queue
from rixin.activities.facts import ActivityRefused, kind_of
from rixin.activities.models import ActivityEvent, Event, SignUp
from rixin.activities.queue import Party
from rixin.people.actors import Actor
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import tracking_code

MOST_PEOPLE = 9
_STATE = SignUp.State


@dataclass(frozen=True, kw_only=True)
class Guest:
    """What is told about who comes; "" for what the kind does not ask for. `code`: for the demonstration."""

    name: str = ""
    phone: str = ""
    people: int = 1
    age_band: str = ""
    code: str = ""


def is_open(event: Event, at: datetime) -> bool:
    """Whether residents can sign up at this moment."""
    if event.state != Event.State.PLANNED or event.sign_up_from is None or event.sign_up_until is None:
        return False
    return event.sign_up_from <= at < event.sign_up_until


def parties(event: Event) -> list[Party]:
    """In the order in which they asked."""
    rows = event.sign_ups.exclude(state=_STATE.WITHDRAWN).order_by("pk")
    return [Party(pk, people, state == _STATE.IN) for pk, people, state in rows.values_list("pk", "people", "state")]


def lock(event: Event) -> None:
    """From here to the end of the transaction nobody else signs up or withdraws."""
    Event.objects.filter(pk=event.pk).update(queue=F("queue") + 1)


def sign_up(event: Event, guest: Guest, *, once: str, at: datetime, by: Actor | None = None) -> SignUp:
    """`by`: who of the staff writes it down, also after sign-up has ended. The same key once more gives the same one.

    Raises ActivityRefused.
    """
    try:
        with transaction.atomic():
            lock(event)
            if (known := SignUp.objects.filter(once=once).first()) is not None:
                return known
            event.refresh_from_db()
            _check(event, guest, at, at_desk=by is not None)
            made = _write(event, guest, once, at)
            if by is not None:
                history.line(ActivityEvent, "sign_up", by, at, event=event).save()
            return made
    except IntegrityError:
        raise ActivityRefused(
            {"phone": _("This telephone number is signed up for this event already. Look it up by its code.")}
        ) from None


def _check(event: Event, guest: Guest, at: datetime, *, at_desk: bool) -> None:
    rules, wrong = kind_of(event.kind).sign_up, dict[str, str | Promise]()
    if rules is None or (not is_open(event, at) and not (at_desk and event.state == Event.State.PLANNED)):
        raise ActivityRefused({"": _("One cannot sign up for this event now.")})
    if "name" in rules.asks and not guest.name.strip():
        wrong["name"] = _("Please write a name.")
    if "phone" in rules.asks and not guest.phone.strip():
        wrong["phone"] = _("Please write a telephone number.")
    if "age_band" in rules.asks and guest.age_band not in SignUp.AgeBand.values:
        wrong["age_band"] = _("Please choose an age.")
    most = min(MOST_PEOPLE, event.capacity or MOST_PEOPLE)
    if not 1 <= guest.people <= most:
        wrong["people"] = _("Please give a number from 1 to {most}.").format(most=most)
    if wrong:
        raise ActivityRefused(wrong)


def _write(event: Event, guest: Guest, once: str, at: datetime) -> SignUp:
    seated = queue.gets_in(event.capacity, parties(event), guest.people)
    code = guest.code or tracking_code()
    return SignUp.objects.create(
        event=event,
        state=_STATE.IN if seated else _STATE.WAITING,
        people=guest.people,
        name=guest.name.strip() or None,
        phone=guest.phone.strip() or None,
        phone_mark=fingerprint(guest.phone.strip()) if guest.phone.strip() else "",
        age_band=guest.age_band or None,
        code=code,
        code_mark=fingerprint(code),
        once=once,
        at=at,
    )


@transaction.atomic
def withdraw(found: SignUp, *, at: datetime, by: Actor | None = None) -> SignUp:
    """The place goes to who has waited longest; who withdrew is forgotten. Harmless to repeat.

    Raises ActivityRefused once the event was held.
    """
    lock(found.event)
    found.refresh_from_db()
    event = Event.objects.get(pk=found.event_id)
    if found.state == _STATE.WITHDRAWN:
        return found
    if event.state == Event.State.HELD:
        raise ActivityRefused({"": _("This event is over.")})
    found.state, found.withdrawn_at = _STATE.WITHDRAWN, at
    found.name = found.phone = found.age_band = None
    found.phone_mark = ""
    found.save(update_fields=["state", "withdrawn_at", "name", "phone", "age_band", "phone_mark"])
    if by is not None:
        history.line(ActivityEvent, "sign_off", by, at, event=event).save()
    move_up(event, at)
    return found


def move_up(event: Event, at: datetime) -> None:
    """Gives free places to those who wait. The event is locked."""
    if event.state == Event.State.PLANNED:
        moved = queue.moving_up(event.capacity, parties(event))
        SignUp.objects.filter(pk__in=moved).update(state=_STATE.IN, moved_up_at=at)


def check_capacity(event: Event, capacity: int | None) -> None:
    """Raises ActivityRefused where more people have a place already."""
    there = queue.taken(parties(event))
    if capacity is not None and capacity != event.capacity and capacity < there:
        raise ActivityRefused({"capacity": _("{n} people have a place already.").format(n=there)})


@transaction.atomic
def mark(event: Event, came: Mapping[int, bool], *, by: Actor, at: datetime) -> None:
    """Who of those who signed up came. Raises ActivityRefused before its day."""
    if event.day > timezone.localdate(at) or event.state == Event.State.CANCELLED:
        raise ActivityRefused({"": _("Its day has not come yet.")})
    rows = event.sign_ups.exclude(state=_STATE.WITHDRAWN)
    for value in (True, False):
        rows.filter(pk__in=[pk for pk, there in came.items() if there is value]).update(came=value)
    changes: history.Changes = {"came": ["", sum(came.values())]}
    history.line(ActivityEvent, "mark", by, at, event=event, changes=changes).save()
