"""The calendar feed of one person's dates: its secret key, and what a calendar program fetches by it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rixin.cases import deadlines
from rixin.cases.models import CaseClock
from rixin.catalogue import versions
from rixin.desk.clock_pages import ical
from rixin.desk.clock_pages.asking import Asked, clocks, has_hands
from rixin.desk.models import FeedKey
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.privacy.sealing import fingerprint

MOST = 1_000
_USED_AGAIN = timedelta(hours=1)
"""How often it is written down that the feed was fetched."""


def make(account: Account, at: datetime) -> str:
    """A new key; an older one is worth nothing from now on. It is shown this once and never kept."""
    key = secrets.token_urlsafe(32)
    FeedKey.objects.update_or_create(
        account=account,
        defaults={"mark": fingerprint(key), "language": get_language() or "zh-hans", "made_at": at, "used_at": None},
    )
    return key


def withdraw(account: Account) -> None:
    FeedKey.objects.filter(account=account).delete()


def of(account: Account) -> FeedKey | None:
    return FeedKey.objects.filter(account=account).first()


@dataclass(frozen=True)
class Reader:
    """Whose feed it is, and in which language it was asked for."""

    staff: Staff
    language: str


def reader_of(key: str, at: datetime) -> Reader | None:
    """None where the key is none, or its owner may see no matters any more."""
    kept = FeedKey.objects.select_related("account").filter(mark=fingerprint(key)).first()
    if kept is None or not kept.account.is_active:
        return None
    staff = Staff.at(kept.account, at)
    if not staff.meets_cases:
        return None
    if kept.used_at is None or at - kept.used_at > _USED_AGAIN:
        FeedKey.objects.filter(pk=kept.pk).update(used_at=at)
    return Reader(staff, kept.language)


def calendar(reader: Reader, at: datetime, address: str) -> bytes:
    """The dates of what is in the person's hands. `address`: of the product, for links.

    A calendar leaves the house: it names kind, number and clock, and nothing that anybody wrote.
    """
    staff = reader.staff
    with translation.override(reader.language):
        found = clocks(staff, Asked(all=not has_hands(staff)), at).filter(status="running")[:MOST]
        events = [_event(clock, address) for clock in found]
        return ical.write(_("Dates of matters"), events)


def _event(clock: CaseClock, address: str) -> ical.Event:
    case = clock.case
    rules, known = versions.version(case.definition_id).rules, deadlines.definition_of(clock)
    name = known.name.here() if known else clock.code
    return ical.Event(
        uid=f"{case.number}-{clock.code}@rixin",
        sequence=case.version,
        changed_at=case.changed_at,
        due_at=clock.due_at,
        summary=f"{name}: {rules.type.name.here()} {case.number}",
        description=known.rule.here() if known else "",
        url=f"{address}{case.get_absolute_url()}",
    )
