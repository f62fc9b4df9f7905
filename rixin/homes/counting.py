"""Head counts returned: totals of each stairwell for a period.

A return holds from the period's last day until the next. What is returned again for a period replaces what stood there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue.head_count_schema import HeadCounts
from rixin.history import line
from rixin.homes import queries
from rixin.homes.models import Dwelling, HeadCount, HeadReturn, HomeEvent
from rixin.homes.queries import Building
from rixin.homes.sums import judged
from rixin.homes.terms import Term
from rixin.people.actors import Actor
from rixin.refused import FieldsRefused

Said = Mapping[str, Mapping[str, int | None]]
"""By unit, the totals by field."""


class LookAgain(Exception):
    """Nothing is wrong, but something is so unusual that the person has to say it is right. By unit and field."""

    def __init__(self, unusual: Mapping[str, str]) -> None:
        self.unusual = dict(unusual)
        super().__init__("; ".join(unusual.values()))


def name_of(unit: str, field: str) -> str:
    """How a refusal names a cell."""
    return f"{unit or 'whole'}.{field}"


@transaction.atomic
def put(
    building: Building, term: Term, said: Said, *, by: Actor, at: datetime, looked_again: bool = False
) -> list[HeadReturn]:
    """All stairwells of the building for a period that is over. Raises FieldsRefused, LookAgain."""
    kept = queries.definition()
    if kept is None or term.months != kept.months:
        raise FieldsRefused({"period": gettext_lazy("Heads are not counted for such a period.")})
    if term.last >= timezone.localdate(at):
        raise FieldsRefused({"period": gettext_lazy("This period is not over yet.")})
    _check(kept, said, queries.per_unit(building.code, term.last), looked_again)
    made = [ret for unit in said if (ret := _put_one(building, unit, term, said[unit], by, at)) is not None]
    chain(building.code, at)
    return made


def _check(kept: HeadCounts, said: Said, dwellings: Mapping[str, int], looked_again: bool) -> None:
    refused: dict[str, str] = {}
    unusual: dict[str, str] = {}
    if not dwellings:
        raise FieldsRefused({"": _("No dwellings are entered here for the last day of this period. Enter them first.")})
    for unit in dwellings.keys() - said.keys():
        refused[name_of(unit, kept.fields[0].code)] = _("This stairwell is missing.")
    for unit, totals in said.items():
        if unit not in dwellings:
            refused[""] = _("There is no stairwell “{unit}” here.").format(unit=unit)
            continue
        found = judged(kept, totals, dwellings[unit])
        refused |= {name_of(unit, field): why for field, why in found.refused.items()}
        unusual |= {name_of(unit, field): why for field, why in found.unusual.items()}
    if refused:
        raise FieldsRefused(refused)
    if unusual and not looked_again:
        raise LookAgain(unusual)


def _put_one(
    building: Building, unit: str, term: Term, totals: Mapping[str, int | None], by: Actor, at: datetime
) -> HeadReturn | None:
    """None where nothing changes."""
    ret, new = HeadReturn.objects.get_or_create(
        building=building.code,
        unit=unit,
        period=str(term),
        defaults={"area_path": building.area_path, "from_day": term.last, "changed_at": at},
    )
    before = {count.counted: count for count in ret.counts.all()}
    changes = {
        name: [before[name].number if name in before else None, number]
        for name, number in totals.items()
        if (before[name].number if name in before else None) != number
    }
    if not changes:
        return None
    for name, (_old, number) in changes.items():
        if number is None:
            before[name].delete()
        elif name in before:
            HeadCount.objects.filter(pk=before[name].pk).update(number=number, version=F("version") + 1)
        else:
            HeadCount.objects.create(ret=ret, counted=name, number=number)
    if not new:
        HeadReturn.objects.filter(pk=ret.pk).update(changed_at=at)
    line(HomeEvent, "count" if new else "recount", by, at, changes=changes, building=building.code, ret=ret).save()
    return ret


def chain(building: str, at: datetime) -> None:
    """Each return of a stairwell holds until the next; the last one until nobody can live there any more.

    Raises FieldsRefused where dwellings ended before a count that was taken of them.
    """
    by_unit: dict[str, list[HeadReturn]] = {}
    for ret in HeadReturn.objects.filter(building=building).order_by("unit", "from_day"):
        by_unit.setdefault(ret.unit, []).append(ret)
    if not by_unit:
        return
    closed = _closed(building)
    for unit, returns in by_unit.items():
        for ret, until in _until(returns, closed.get(unit)):
            if ret.until_day != until:
                HeadReturn.objects.filter(pk=ret.pk).update(until_day=until, version=F("version") + 1, changed_at=at)


def _until(returns: list[HeadReturn], closed: date | None) -> Iterator[tuple[HeadReturn, date | None]]:
    for ret, following in pairwise(returns):
        yield ret, following.from_day
    last = returns[-1]
    if closed is not None and closed <= last.from_day:
        raise FieldsRefused(
            {"until_day": _("Heads were counted there for {day}. Choose a later day.").format(day=last.from_day)}
        )
    yield last, closed


def _closed(building: str) -> dict[str, date]:
    """The day on which the last dwelling of a stairwell ended, of those that have none any more."""
    ends: dict[str, date | None] = {}
    for unit, until in Dwelling.objects.filter(building=building).values_list("unit", "until_day"):
        known = ends.get(unit, date.min)
        ends[unit] = None if until is None or known is None else max(known, until)
    return {unit: day for unit, day in ends.items() if day is not None}
