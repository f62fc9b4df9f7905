"""Stages of cultivation, recognitions, groups: what holds of an enterprise from a day, and until when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.register_schema import Trait
from rixin.history import ChangedMeanwhile, Changes
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, RegisterEvent, TraitSpan


def trait(code: str) -> Trait:
    """Raises RegisterRefused for one that is not defined."""
    known = versions.work().traits.get(code)
    if known is None:
        raise RegisterRefused("no_trait", _("“{code}” is not known.").format(code=code), "trait")
    return known


@dataclass(frozen=True, kw_only=True)
class Giving:
    """A value of a trait, from when and maybe until when."""

    trait: str
    value: str
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Gift(Giving):
    """The same for an enterprise."""

    enterprise: Enterprise
    note: str = ""


@transaction.atomic
def give(
    enterprise: Enterprise,
    code: str,
    value: str,
    from_day: date,
    *,
    until_day: date | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
    seen: int,
    batch: int | None = None,
) -> TraitSpan:
    """Of a trait of which one holds at a time, a new value ends the one before.

    Raises ChangedMeanwhile, RegisterRefused.
    """
    if enterprise.version != seen:
        raise ChangedMeanwhile
    gift = Gift(enterprise=enterprise, trait=code, value=value, from_day=from_day, until_day=until_day, note=note)
    return give_all([gift], by=by, at=at, batch=batch)[0]


@transaction.atomic
def give_all(gifts: Sequence[Gift], *, by: Actor, at: datetime, batch: int | None = None) -> list[TraitSpan]:
    """The same for many, each enterprise as it was seen, in a few statements. Raises ChangedMeanwhile, RegisterRefused.

    Those of one enterprise are one event each, in their order.
    """
    there = _there(gifts)
    made: list[TraitSpan] = []
    ended: list[TraitSpan] = []
    events: list[RegisterEvent] = []
    for gift in gifts:
        spans = there[gift.enterprise.pk]
        still_there(gift.enterprise)
        before = ended_by(gift, spans)
        if before is not None:
            before.until_day, before.version = gift.from_day, before.version + 1
            if before.pk:
                ended.append(before)
        row = TraitSpan(
            enterprise=gift.enterprise,
            trait=gift.trait,
            value=gift.value,
            from_day=gift.from_day,
            until_day=gift.until_day,
            note=gift.note,
        )
        made.append(row)
        spans.append(row)
        changes = _said(gift, before)
        events.append(journal.event("trait", by, at, enterprise=gift.enterprise, changes=changes, batch=batch))
    journal.touch_all([gift.enterprise for gift in gifts], at)
    try:
        with transaction.atomic():
            rows = TraitSpan.objects.bulk_create(made, batch_size=journal.BATCH)
    except IntegrityError:
        raise RegisterRefused("holds_already", _("This is written down already."), "from_day") from None
    TraitSpan.objects.bulk_update(ended, ["until_day", "version"], batch_size=journal.BATCH)
    RegisterEvent.objects.bulk_create(events, batch_size=journal.BATCH)
    return rows


def _there(gifts: Sequence[Gift]) -> dict[int, list[TraitSpan]]:
    found: dict[int, list[TraitSpan]] = defaultdict(list)
    ids = list({gift.enterprise.pk for gift in gifts})
    for first in range(0, len(ids), journal.BATCH):
        for row in TraitSpan.objects.filter(enterprise__in=ids[first : first + journal.BATCH]):
            found[row.enterprise_id].append(row)
    return found


class Holding(Protocol):
    """A value that holds or held of one enterprise."""

    @property
    def trait(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def from_day(self) -> date: ...
    @property
    def until_day(self) -> date | None: ...


Held = TypeVar("Held", bound=Holding)


def ended_by(gift: Giving, spans: Sequence[Held]) -> Held | None:
    """Of a trait of which one holds at a time: what holds until then. Pure. Raises RegisterRefused.

    `spans`: all that is known of the enterprise.
    """
    known = trait(gift.trait)
    if gift.value not in {option.code for option in known.options}:
        raise RegisterRefused("no_value", _("Please choose one."), "value")
    if gift.until_day is not None and (not known.lasts or gift.until_day <= gift.from_day):
        raise RegisterRefused("ends_before", _("It ends before it begins."), "until_day")
    if known.lasts and any(_overlaps(gift, span) for span in spans):
        raise RegisterRefused("holds_already", _("This holds already at that time."), "from_day")
    if not known.one_at_a_time:
        return None
    open_ = [span for span in spans if span.trait == gift.trait and span.until_day is None]
    if any(span.from_day >= gift.from_day for span in open_):
        raise RegisterRefused("later", _("Something else is known to hold later. End that first."), "from_day")
    return open_[0] if open_ else None


def _overlaps(gift: Giving, span: Holding) -> bool:
    same = (span.trait, span.value) == (gift.trait, gift.value)
    begins_before_its_end = gift.until_day is None or span.from_day < gift.until_day
    return same and begins_before_its_end and (span.until_day is None or span.until_day > gift.from_day)


def _said(gift: Gift, before: TraitSpan | None) -> Changes:
    changes: Changes = {
        gift.trait: [before.value if before else None, gift.value],
        "from_day": [None, gift.from_day],
        "until_day": [None, gift.until_day],
        "note": [None, gift.note],
    }
    return {name: pair for name, pair in changes.items() if pair[1] not in (None, "")}


@transaction.atomic
def end(span: TraitSpan, until_day: date, *, by: Actor, at: datetime, seen: int, reason: str = "") -> TraitSpan:
    """From `until_day` on it does not hold any more. Raises ChangedMeanwhile, RegisterRefused."""
    enterprise = span.enterprise
    if until_day <= span.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "until_day")
    if not trait(span.trait).lasts:
        raise RegisterRefused("stays", _("What happened on a day does not end."), "until_day")
    journal.update_enterprise(enterprise, seen, at, {})
    changes: Changes = {span.trait: [span.value, span.value], "until_day": [span.until_day, until_day]}
    TraitSpan.objects.filter(pk=span.pk).update(until_day=until_day, version=span.version + 1)
    journal.event("trait_end", by, at, enterprise=enterprise, changes=changes, reason=reason).save()
    span.refresh_from_db()
    return span


@transaction.atomic
def take_back(span: TraitSpan, *, by: Actor, at: datetime, seen: int, reason: str) -> None:
    """It was entered by mistake. What it said stays in the history. Raises ChangedMeanwhile, RegisterRefused."""
    if not reason.strip():
        raise RegisterRefused("no_reason", _("Please say why."), "reason")
    enterprise = span.enterprise
    journal.update_enterprise(enterprise, seen, at, {})
    changes: Changes = {span.trait: [span.value, None], "from_day": [span.from_day, None]}
    journal.event("trait_back", by, at, enterprise=enterprise, changes=changes, reason=reason).save()
    span.delete()
