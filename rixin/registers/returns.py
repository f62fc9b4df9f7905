"""What enterprises paid and made, by period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rixin.catalogue.periods import Period
from rixin.history import ChangedMeanwhile, Changes
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, Measured, RegisterEvent, Return

STEPS = ("year", "quarter", "month")
Key = tuple[str, str]
"""(measured, period)"""


@dataclass(frozen=True)
class Figure:
    """`amount` in fen; negative where more was refunded than paid."""

    measured: Measured
    period: Period
    amount: int

    @property
    def key(self) -> Key:
        return str(self.measured), str(self.period)


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
    if enterprise.version != seen:
        raise ChangedMeanwhile
    put_all([(enterprise, list(figures))], by=by, at=at, source=source, batch=batch)
    return enterprise


@transaction.atomic
def put_all(
    said: Sequence[tuple[Enterprise, Sequence[Figure]]],
    *,
    by: Actor,
    at: datetime,
    source: str = "",
    batch: int | None = None,
) -> None:
    """The same for many, each once and as it was seen, in a few statements.

    Raises ChangedMeanwhile, RegisterRefused.
    """
    there = _there([enterprise for enterprise, _figures in said])
    made: list[Return] = []
    corrected: list[Return] = []
    told: list[tuple[Enterprise, Changes]] = []
    for enterprise, figures in said:
        still_there(enterprise)
        changes = _changes(enterprise, figures, there[enterprise.pk], source, made, corrected)
        if changes:
            told.append((enterprise, changes))
    journal.touch_all([enterprise for enterprise, _changed in told], at)
    Return.objects.bulk_create(made, batch_size=journal.BATCH)
    Return.objects.bulk_update(corrected, ["amount", "source", "version"], batch_size=journal.BATCH)
    RegisterEvent.objects.bulk_create(
        (
            journal.event("return", by, at, enterprise=enterprise, changes=changes, reason=source, batch=batch)
            for enterprise, changes in told
        ),
        batch_size=journal.BATCH,
    )


def _there(enterprises: Sequence[Enterprise]) -> dict[int, dict[Key, Return]]:
    found: dict[int, dict[Key, Return]] = defaultdict(dict)
    ids = [one.pk for one in enterprises]
    for first in range(0, len(ids), journal.BATCH):
        for row in Return.objects.filter(enterprise__in=ids[first : first + journal.BATCH]):
            found[row.enterprise_id][row.measured, row.period] = row
    return found


def _changes(
    enterprise: Enterprise,
    figures: Iterable[Figure],
    there: dict[Key, Return],
    source: str,
    made: list[Return],
    corrected: list[Return],
) -> Changes:
    """What becomes of the figures of one; the rows go to `made` and `corrected`. Raises RegisterRefused."""
    changes: Changes = {}
    for one in figures:
        if why := two_steps(one, there):
            raise RegisterRefused("two_steps" if one.period.step in STEPS else "no_period", why, "period")
        row = there.get(one.key)
        if row is None:
            row = Return(enterprise=enterprise, measured=one.measured, period=one.key[1], last_day=one.period.last)
            made.append(row)
            changes[" ".join(one.key)] = [None, one.amount]
        elif row.amount == one.amount:
            continue
        else:
            changes[" ".join(one.key)] = [row.amount, one.amount]
            row.version += 1
            if row.pk:
                corrected.append(row)
        row.amount, row.source = one.amount, source or row.source
        there[one.key] = row
    return changes


def two_steps(one: Figure, there: Mapping[Key, object]) -> str:
    """Why the figure does not fit beside those that are there; "" where it does."""
    if one.period.step not in STEPS:
        return _("A period is a year, a quarter or a month.")
    year = str(one.period.first.year)
    others = {
        Period.read(period).step for measured, period in there if measured == one.measured and period.startswith(year)
    }
    if others - {one.period.step}:
        return _("For {year} there are returns of other periods already.").format(year=year)
    return ""
