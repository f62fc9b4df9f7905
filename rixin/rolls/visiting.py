"""Calls at persons of a roll: whose turn it is, and a call written down."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.history import change, line
from rixin.people.actors import Actor
from rixin.people.staff import Staff
from rixin.refused import FieldsRefused
from rixin.rolls import days, queries
from rixin.rolls.actions import known_roll
from rixin.rolls.drafts import LONGEST, wrong_in
from rixin.rolls.models import Entry, RollEvent, Status, Visit
from rixin.texts import cleaned

EARLIEST_DAYS = 31
"""How long ago a call may have been that is written down today."""


@dataclass(frozen=True, kw_only=True)
class Called:
    """`origin`: written down twice, it is the same call."""

    outcome: str
    words: str = ""
    day: date | None = None
    origin: str = ""


def visit_list(staff: Staff) -> list[Entry]:
    """Whom the person serves on any roll, those due first; nothing else can get in. One statement."""
    rows = queries.served_by(staff).select_related("dwelling", "server")
    return list(rows.order_by(F("visit_due").asc(nulls_last=True), "pk"))


def write_down(entry: Entry, called: Called, *, by: Actor, at: datetime) -> Visit:
    """Sets when the next call is due, and by when the person is asked again. Raises FieldsRefused."""
    if called.origin and (there := Visit.objects.filter(origin=called.origin).first()):
        return there
    today = timezone.localdate(at)
    day, words = called.day or today, cleaned(called.words).strip()
    roll = known_roll(entry)
    outcomes = {option.code for option in roll.visits.outcomes} if roll.visits else set()
    refused: dict[str, str | Promise] = {}
    if entry.status != Status.ON:
        refused[""] = _("The person has left the roll: nobody calls any more.")
    if called.outcome not in outcomes:
        refused["outcome"] = _("How did it go?")
    if not 0 <= (today - day).days <= EARLIEST_DAYS or (entry.joined_on and day < entry.joined_on):
        refused["day"] = _("A call of the last days, not before the person joined.")
    if len(words) > LONGEST["words"]:
        refused["words"] = _("A few words: at most 200 signs.")
    elif why := wrong_in(words):
        refused["words"] = why
    if refused:
        raise FieldsRefused(refused)
    latest = entry.visits.order_by("-day").values_list("day", flat=True).first()
    last = max(day, latest) if latest else day
    used = max(entry.used_on, day)
    row = Visit(
        entry=entry,
        day=day,
        outcome=called.outcome,
        words=words or None,
        by_id=by.account_id or 0,
        at=at,
        next_due=days.next_visit(roll, last),
        origin=called.origin,
    )
    try:
        with transaction.atomic():
            row.save()
            columns = {"visit_due": row.next_due, "used_on": used, "delete_on": days.deleted_on(roll, used)}
            change(entry, entry.version, at, columns)
            line(RollEvent, "visit", by, at, entry=entry, changes={"day": [None, day]}).save()
    except IntegrityError:
        if called.origin and (there := Visit.objects.filter(origin=called.origin).first()):
            return there
        raise
    return row
