"""What an enterprise paid and made, by period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rixin.catalogue.periods import Period
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, Measured, Return

STEPS = ("year", "quarter", "month")


@dataclass(frozen=True)
class Figure:
    """`amount` in fen; negative where more was refunded than paid."""

    measured: Measured
    period: Period
    amount: int


@transaction.atomic
def put(
    enterprise: Enterprise,
    figures: Iterable[Figure],
    *,
    by: Actor,
    at: datetime,
    seen: int,
    source: str = "",
    batch: int | None = None,
) -> Enterprise:
    """Writes each down, or corrects what is there for its period. Raises ChangedMeanwhile, RegisterRefused.

    Of one year there are years, quarters or months, so that nothing is added up twice.
    """
    still_there(enterprise)
    changes: journal.Changes = {}
    there = {(row.measured, row.period): row for row in Return.objects.filter(enterprise=enterprise)}
    for one in figures:
        _check(one, there)
        key = (str(one.measured), str(one.period))
        row = there.get(key)
        if row is None:
            row = Return(enterprise=enterprise, measured=one.measured, period=key[1], last_day=one.period.last)
            changes[f"{key[0]} {key[1]}"] = [None, one.amount]
        elif row.amount == one.amount:
            continue
        else:
            changes[f"{key[0]} {key[1]}"] = [row.amount, one.amount]
            row.version += 1
        row.amount, row.source = one.amount, source or row.source
        row.save()
        there[key] = row
    if changes:
        journal.update_enterprise(enterprise, seen, at, {})
        journal.event("return", by, at, enterprise=enterprise, changes=changes, reason=source, batch=batch).save()
    return enterprise


def _check(one: Figure, there: dict[tuple[str, str], Return]) -> None:
    if one.period.step not in STEPS:
        raise RegisterRefused("no_period", _("A period is a year, a quarter or a month."), "period")
    year = str(one.period.first.year)
    others = {
        Period.read(period).step for measured, period in there if measured == one.measured and period.startswith(year)
    }
    if others - {one.period.step}:
        raise RegisterRefused(
            "two_steps", _("For {year} there are returns of other periods already.").format(year=year), "period"
        )
