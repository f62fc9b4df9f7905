"""Opening what is held of a person on a roll: for a purpose, and written down first. The person reads the log."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from rixin.people.models import Post
from rixin.people.staff import Staff
from rixin.privacy.models import Opening
from rixin.privacy.opening import Purpose, What, log
from rixin.rolls.models import Entry


def open_for(
    entry: Entry, staff: Staff, purpose: str, at: datetime, *, words: str = "", address: str | None = None
) -> None:
    """By a keeper. Raises PurposeMissing."""
    log(staff.account, What.CONTACT, entry.number, purpose, at, words=words, address=address)


def open_for_visit(entry: Entry, staff: Staff, at: datetime, *, address: str | None = None) -> None:
    """By whoever serves the person. Opened again on the same day for the same visit, it is the same line of the log."""
    day = timezone.localdate(at)
    morning = timezone.make_aware(datetime.combine(day, time.min))
    there = Opening.objects.filter(
        account=staff.account.pk, number=entry.number, purpose=Purpose.VISIT, at__gte=morning, at__lte=at
    )
    if not there.exists():
        log(staff.account, What.CONTACT, entry.number, Purpose.VISIT, at, address=address)


@dataclass(frozen=True)
class Opened:
    """A line of the log, as the person reads it."""

    at: datetime
    who: str
    post: str
    purpose: str
    words: str


def opened(entry: Entry) -> list[Opened]:
    """Who opened the entry, newest first."""
    rows = list(Opening.objects.filter(number=entry.number))
    posts = {post.account_id: post for post in Post.objects.filter(account__in={row.account_id for row in rows})}
    return [
        Opened(
            row.at,
            row.name,
            posts[row.account_id].title if row.account_id in posts else "",
            str(Purpose(row.purpose).label),
            row.words,
        )
        for row in rows
    ]
