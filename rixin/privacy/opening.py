"""Opening personal data: for a stated purpose, and written down before it is shown. Who may, scope decides."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.privacy.models import Opening, What
from rixin.privacy.purposes import PURPOSES, Purpose

__all__ = ["PURPOSES", "Asked", "Purpose", "PurposeMissing", "What", "log", "openings"]


class Person(Protocol):
    """An account, as far as the log needs it."""

    pk: int
    name: str


class PurposeMissing(Exception):
    """No purpose was stated, or one that needs words came without; `message` is for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def log(
    account: Person,
    what: What | str,
    number: str,
    purpose: Purpose | str,
    at: datetime,
    *,
    words: str = "",
    address: str | None = None,
) -> Opening:
    """Write down that `account` opens `what` of the case `number`. Show the data only after this has answered.

    `words` say more of the purpose, and must where it `needs_words`. Raises PurposeMissing.
    """
    if purpose not in Purpose.values:
        raise PurposeMissing(_("Please state for what you need the personal data."))
    words = words.strip()
    if Purpose(purpose).needs_words and not words:
        raise PurposeMissing(_("Please write in a few words for what you need the personal data."))
    return Opening.objects.create(
        account_id=account.pk,
        name=account.name,
        what=What(what),
        number=number,
        purpose=purpose,
        words=words[:200],
        address=address or None,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader of the log looks for; "" and None: everything. `until` is included."""

    person: str = ""
    number: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None


def openings(asked: Asked) -> QuerySet[Opening]:
    """The log, newest first."""
    rows = Opening.objects.all()
    if asked.person:
        rows = rows.filter(name__icontains=asked.person) | rows.filter(account__username=asked.person.lower())
    if asked.number:
        rows = rows.filter(number__iexact=asked.number)
    if asked.purpose:
        rows = rows.filter(purpose=asked.purpose)
    if asked.since:
        rows = rows.filter(at__gte=_start_of(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_start_of(asked.until + timedelta(days=1)))
    return rows


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
