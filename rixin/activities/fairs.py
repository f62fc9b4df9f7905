"""Employers at a fair, with what they offer and how many sign. One transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities.facts import ActivityRefused, kind_of
from rixin.activities.models import ActivityEvent, Employer, Event
from rixin.people.actors import Actor
from rixin.registers import matching
from rixin.registers.names import tidy


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`name`: of the enterprise, or its code; the register says whether it knows it."""

    name: str
    posts: int
    agreements: int = 0


@dataclass(frozen=True)
class Totals:
    employers: int
    posts: int
    agreements: int


def totals(event: Event) -> Totals:
    found = event.employers.aggregate(posts=Sum("posts"), agreements=Sum("agreements"))
    return Totals(event.employers.count(), found["posts"] or 0, found["agreements"] or 0)


@transaction.atomic
def put(event: Event, offers: Sequence[Offer], *, by: Actor, at: datetime, seen: int) -> Event:
    """Enters the employers, or corrects those that are there. `seen`: version of the event.

    Raises ActivityRefused, ChangedMeanwhile.
    """
    _check(event, offers, timezone.localdate(at))
    meant = matching.meant_by([one.name for one in offers])
    there = {one.name: one for one in event.employers.all()}
    by_enterprise = {one.enterprise_id: one for one in there.values() if one.enterprise_id}
    new, changes = [], history.Changes()
    for one in offers:
        name, enterprise = tidy(one.name), meant.get(one.name)
        known = there.get(name) or (by_enterprise.get(enterprise) if enterprise else None)
        said = [known.posts, known.agreements] if known else ""
        if said == [one.posts, one.agreements]:
            continue
        changes[name] = [said, [one.posts, one.agreements]]
        if known is None:
            new.append(
                Employer(event=event, name=name, enterprise_id=enterprise, posts=one.posts, agreements=one.agreements)
            )
        else:
            known.posts, known.agreements, known.version = one.posts, one.agreements, known.version + 1
            known.save(update_fields=["posts", "agreements", "version"])
    if changes:
        Employer.objects.bulk_create(new)
        _changed(event, "employers", changes, by, at, seen)
    return event


@transaction.atomic
def remove(employer: Employer, *, by: Actor, at: datetime, seen: int) -> Event:
    """It was written down by mistake. Raises ChangedMeanwhile."""
    event, said = employer.event, [employer.posts, employer.agreements]
    employer.delete()
    _changed(event, "employers", {employer.name: [said, ""]}, by, at, seen)
    return event


def _check(event: Event, offers: Sequence[Offer], today: date) -> None:
    if not kind_of(event.kind).employers or event.state == Event.State.CANCELLED:
        raise ActivityRefused({"": _("No employers come to this event.")})
    for one in offers:
        if not one.name.strip():
            raise ActivityRefused({"name": _("Please write the name of the employer.")})
        if one.agreements and event.day > today:
            raise ActivityRefused({"agreements": _("Agreements are signed at the fair.")})


def _changed(event: Event, action: str, changes: history.Changes, by: Actor, at: datetime, seen: int) -> None:
    history.change(event, seen, at, {})
    history.line(ActivityEvent, action, by, at, event=event, changes=changes).save()
