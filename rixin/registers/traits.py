"""Stages of cultivation, recognitions, groups: what holds of an enterprise from a day, and until when."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.register_schema import Trait
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, TraitSpan


def trait(code: str) -> Trait:
    """Raises RegisterRefused for one that is not defined."""
    known = versions.work().traits.get(code)
    if known is None:
        raise RegisterRefused("no_trait", _("“{code}” is not known.").format(code=code), "trait")
    return known


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
    still_there(enterprise)
    known = trait(code)
    if value not in {option.code for option in known.options}:
        raise RegisterRefused("no_value", _("Please choose one."), "value")
    if until_day is not None and (not known.lasts or until_day <= from_day):
        raise RegisterRefused("ends_before", _("It ends before it begins."), "until_day")
    if known.lasts and _overlaps(enterprise, code, value, from_day, until_day):
        raise RegisterRefused("holds_already", _("This holds already at that time."), "from_day")
    journal.update_enterprise(enterprise, seen, at, {})
    if known.one_at_a_time:
        _end_others(enterprise, code, from_day)
    try:
        with transaction.atomic():
            row = TraitSpan.objects.create(
                enterprise=enterprise, trait=code, value=value, from_day=from_day, until_day=until_day, note=note
            )
    except IntegrityError:
        raise RegisterRefused("holds_already", _("This is written down already."), "from_day") from None
    changes: journal.Changes = {
        code: [None, value],
        "from_day": [None, from_day],
        "until_day": [None, until_day],
        "note": [None, note],
    }
    said = {name: pair for name, pair in changes.items() if pair[1] not in (None, "")}
    journal.event("trait", by, at, enterprise=enterprise, changes=said, batch=batch).save()
    return row


@transaction.atomic
def end(span: TraitSpan, until_day: date, *, by: Actor, at: datetime, seen: int, reason: str = "") -> TraitSpan:
    """From `until_day` on it does not hold any more. Raises ChangedMeanwhile, RegisterRefused."""
    enterprise = span.enterprise
    if until_day <= span.from_day:
        raise RegisterRefused("ends_before", _("It ends before it begins."), "until_day")
    if not trait(span.trait).lasts:
        raise RegisterRefused("stays", _("What happened on a day does not end."), "until_day")
    journal.update_enterprise(enterprise, seen, at, {})
    changes: journal.Changes = {span.trait: [span.value, span.value], "until_day": [span.until_day, until_day]}
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
    changes: journal.Changes = {span.trait: [span.value, None], "from_day": [span.from_day, None]}
    journal.event("trait_back", by, at, enterprise=enterprise, changes=changes, reason=reason).save()
    span.delete()


def _overlaps(enterprise: Enterprise, code: str, value: str, first: date, until: date | None) -> bool:
    same = TraitSpan.objects.filter(enterprise=enterprise, trait=code, value=value)
    if until is not None:
        same = same.filter(from_day__lt=until)
    return same.filter(Q(until_day=None) | Q(until_day__gt=first)).exists()


def _end_others(enterprise: Enterprise, code: str, day: date) -> None:
    for other in TraitSpan.objects.filter(enterprise=enterprise, trait=code, until_day=None):
        if other.from_day >= day:
            raise RegisterRefused("later", _("Something else is known to hold later. End that first."), "from_day")
        TraitSpan.objects.filter(pk=other.pk).update(until_day=day, version=other.version + 1)
