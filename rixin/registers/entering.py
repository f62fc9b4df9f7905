"""Enterprises: entered, corrected, renamed, taken out where they were entered twice. One transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rixin.history import Changes, difference
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import (
    Enterprise,
    FormerName,
    How,
    RegisterEvent,
    Return,
    Standing,
    StandingSpan,
    Tenancy,
    TraitSpan,
)
from rixin.registers.names import plain_name, tidy
from rixin.registers.signals import merged

DETAILS = (
    "code", "section", "division", "area_path", "address", "place_code", "founded_on", "capital", "business",
    "contact_name", "contact_phone", "contact_post",
)  # fmt: skip
"""What is corrected as it is; the name and the standing have acts of their own."""


@dataclass(frozen=True, kw_only=True)
class NewEnterprise:
    """`code` as `codes.read_code` gives it. `capital` in yuan. `since`: the first day of its standing."""

    name: str
    area_path: str
    standing: Standing = Standing.HERE
    how: How = How.FOUND
    since: date
    code: str = ""
    section: str = ""
    division: str = ""
    address: str = ""
    place_code: str = ""
    founded_on: date | None = None
    capital: int | None = None
    business: str = ""
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_post: str = ""
    where: str = ""
    """Where it came from."""

    def details(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DETAILS}


def enter(new: NewEnterprise, *, by: Actor, at: datetime, batch: int | None = None, reason: str = "") -> Enterprise:
    """Raises RegisterRefused where its code is there already."""
    return enter_all([new], by=by, at=at, batch=batch, reason=reason)[0]


def enter_all(
    news: Sequence[NewEnterprise],
    *,
    by: Actor,
    at: datetime,
    batch: int | None = None,
    reason: str = "",
    reasons: Sequence[str] = (),
) -> list[Enterprise]:
    """The same for many: a statement per table. All of them or none. Raises RegisterRefused.

    `reasons`: one for each, where they differ.
    """
    why = reasons or [reason] * len(news)
    rows = [_row(new, at) for new in news]
    try:
        with transaction.atomic():
            made = Enterprise.objects.bulk_create(rows, batch_size=500)
            StandingSpan.objects.bulk_create(
                (
                    StandingSpan(
                        enterprise=row, standing=new.standing, how=new.how, where=new.where, from_day=new.since
                    )
                    for row, new in zip(made, news, strict=True)
                ),
                batch_size=500,
            )
            RegisterEvent.objects.bulk_create(
                (
                    journal.event("enter", by, at, enterprise=row, changes=_said_first(new), reason=each, batch=batch)
                    for row, new, each in zip(made, news, why, strict=True)
                ),
                batch_size=500,
            )
    except IntegrityError:
        raise _code_there() from None
    return made


def _row(new: NewEnterprise, at: datetime) -> Enterprise:
    name = tidy(new.name)
    return Enterprise(
        name=name,
        plain_name=plain_name(name),
        standing=new.standing,
        since=new.since,
        entered_at=at,
        changed_at=at,
        **new.details(),
    )


def _said_first(new: NewEnterprise) -> Changes:
    said = {"name": new.name, "standing": str(new.standing), "how": str(new.how), "since": new.since, **new.details()}
    return {name: [None, value] for name, value in said.items() if value not in (None, "")}


@transaction.atomic
def correct(
    enterprise: Enterprise,
    details: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    seen: int,
    reason: str = "",
    batch: int | None = None,
) -> Enterprise:
    """Changes those of DETAILS that are given. Raises ChangedMeanwhile, RegisterRefused. Nothing new: no event."""
    still_there(enterprise)
    changes = difference(enterprise, details)
    if not changes:
        return enterprise
    try:
        with transaction.atomic():
            journal.update_enterprise(enterprise, seen, at, {name: now for name, (_old, now) in changes.items()})
    except IntegrityError:
        raise _code_there() from None
    journal.event("correct", by, at, enterprise=enterprise, changes=changes, reason=reason, batch=batch).save()
    return enterprise


@transaction.atomic
def rename(
    enterprise: Enterprise,
    name: str,
    *,
    on: date,
    by: Actor,
    at: datetime,
    seen: int,
    reason: str = "",
    batch: int | None = None,
) -> Enterprise:
    """From `on` it has another name; the one before goes on to find it. Raises ChangedMeanwhile, RegisterRefused."""
    still_there(enterprise)
    name = tidy(name)
    if not name:
        raise RegisterRefused("no_name", _("Please write the name."), "name")
    if name == enterprise.name:
        return enterprise
    before = enterprise.name
    FormerName.objects.create(enterprise=enterprise, name=before, plain_name=enterprise.plain_name, until_day=on)
    journal.update_enterprise(enterprise, seen, at, {"name": name, "plain_name": plain_name(name)})
    changes: Changes = {"name": [before, name], "until_day": [None, on]}
    journal.event("rename", by, at, enterprise=enterprise, changes=changes, reason=reason, batch=batch).save()
    return enterprise


@transaction.atomic
def also_called(
    enterprise: Enterprise,
    name: str,
    *,
    by: Actor,
    at: datetime,
    seen: int,
    reason: str = "",
    batch: int | None = None,
) -> Enterprise:
    """It is found by this name too: tables use it, or it had it once. Raises ChangedMeanwhile, RegisterRefused."""
    still_there(enterprise)
    plain = plain_name(name)
    if plain == enterprise.plain_name or enterprise.former_names.filter(plain_name=plain).exists():
        return enterprise
    FormerName.objects.create(enterprise=enterprise, name=tidy(name), plain_name=plain, until_day=enterprise.since)
    journal.update_enterprise(enterprise, seen, at, {})
    changes: Changes = {"former_name": [None, tidy(name)]}
    journal.event("also_called", by, at, enterprise=enterprise, changes=changes, reason=reason, batch=batch).save()
    return enterprise


@transaction.atomic
def withdraw(
    enterprise: Enterprise, *, by: Actor, at: datetime, seen: int, reason: str, batch: int | None = None
) -> Enterprise:
    """It was entered by mistake: it counts no more and is found no more. Raises ChangedMeanwhile, RegisterRefused."""
    still_there(enterprise)
    if not reason.strip():
        raise RegisterRefused("no_reason", _("Please say why."), "reason")
    journal.update_enterprise(enterprise, seen, at, {"withdrawn": True})
    journal.event("withdraw", by, at, enterprise=enterprise, reason=reason, batch=batch).save()
    return enterprise


@transaction.atomic
def withdraw_all(enterprises: Sequence[Enterprise], *, by: Actor, at: datetime, reason: str) -> None:
    """The same for many. Raises ChangedMeanwhile."""
    journal.touch_all(enterprises, at)
    for first in range(0, len(enterprises), journal.BATCH):
        some = [one.pk for one in enterprises[first : first + journal.BATCH]]
        Enterprise.objects.filter(pk__in=some).update(withdrawn=True)
    RegisterEvent.objects.bulk_create(
        (journal.event("withdraw", by, at, enterprise=one, reason=reason) for one in enterprises),
        batch_size=journal.BATCH,
    )


@transaction.atomic
def merge(double: Enterprise, into: Enterprise, *, by: Actor, at: datetime, seen: int, into_seen: int) -> Enterprise:
    """`double` was entered a second time: what only it knows goes over, and it goes out of use. Returns `into`.

    Raises ChangedMeanwhile, RegisterRefused. Its name stays as one by which `into` is found.
    """
    still_there(double)
    still_there(into)
    if double.pk == into.pk:
        raise RegisterRefused("itself", _("An enterprise is not merged with itself."))
    if double.code and into.code and double.code != into.code:
        raise RegisterRefused("two_codes", _("They have different credit codes: they are two enterprises."))
    missing = {name: getattr(double, name) for name in DETAILS if not getattr(into, name) and getattr(double, name)}
    journal.update_enterprise(double, seen, at, {"withdrawn": True, "same_as": into})
    journal.update_enterprise(into, into_seen, at, missing)
    if double.plain_name != into.plain_name:
        FormerName.objects.create(
            enterprise=into, name=double.name, plain_name=double.plain_name, until_day=double.since
        )
    Tenancy.objects.filter(enterprise=double).update(enterprise=into, version=F("version") + 1)
    _carry_over(double, into)
    changes: Changes = {name: [getattr(into, name), value] for name, value in missing.items()}
    journal.event("merge", by, at, enterprise=into, changes={**changes, "merged": [double.pk, into.pk]}).save()
    journal.event("merge", by, at, enterprise=double, changes={"merged": [double.pk, into.pk]}).save()
    merged.send(sender=Enterprise, double=double.pk, into=into.pk)
    return into


def _carry_over(double: Enterprise, into: Enterprise) -> None:
    """Traits and returns that `into` does not have itself. Its standings are its own."""
    had = set(TraitSpan.objects.filter(enterprise=into).values_list("trait", "value", "from_day"))
    for trait in TraitSpan.objects.filter(enterprise=double):
        if (trait.trait, trait.value, trait.from_day) not in had:
            TraitSpan.objects.filter(pk=trait.pk).update(enterprise=into, version=trait.version + 1)
    known = set(Return.objects.filter(enterprise=into).values_list("measured", "period"))
    for one in Return.objects.filter(enterprise=double):
        if (one.measured, one.period) not in known:
            Return.objects.filter(pk=one.pk).update(enterprise=into, version=one.version + 1)


def _code_there() -> RegisterRefused:
    return RegisterRefused(
        "code_there", _("An enterprise with this unified social credit code is in the register already."), "code"
    )


def still_there(enterprise: Enterprise) -> None:
    """Raises RegisterRefused for one that was taken out of the register."""
    if enterprise.withdrawn:
        raise RegisterRefused("withdrawn", _("This enterprise was taken out of the register."))
