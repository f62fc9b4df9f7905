"""What the rules of early warning ask of enterprises, read in a bounded number of statements however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from rixin.cases import queries as cases
from rixin.cases.models import number_of
from rixin.catalogue.register_schema import Warning
from rixin.catalogue.worktime import LOCAL
from rixin.holding import holding, not_over
from rixin.liaison import queries
from rixin.liaison.warnings import Known, Lease, Moved, Open, Reason, reasons
from rixin.people.staff import Staff
from rixin.registers.models import Enterprise, How, Measured, RegisterEvent, Return, Standing, StandingSpan, Tenancy
from rixin.registers.models.enterprises import PRESENT

_ADDRESS = "enterprise__address"
_TAX = Q(measured=Measured.TAX)


@dataclass(frozen=True)
class Found:
    """Of one enterprise: what is known of it, and the reasons to call there, without those that were looked into."""

    known: Known
    reasons: list[Reason]


def warned(
    enterprises: "QuerySet[Enterprise]", rules: Sequence[Warning], staff: Staff, today: date
) -> dict[int, Found]:
    """Those of `enterprises` for which there is a reason to call. Matters count as far as the person sees them."""
    return {pk: found for pk, found in looked_up(enterprises, rules, staff, today).items() if found.reasons}


def looked_up(
    enterprises: "QuerySet[Enterprise]", rules: Sequence[Warning], staff: Staff, today: date
) -> dict[int, Found]:
    """Of each of which anything is known that a rule could ask for."""
    known = read(enterprises, rules, staff, today)
    hidden = {(one.enterprise_id, one.warning) for one in queries.looked_at(enterprises, today)}
    return {
        pk: Found(one, [why for why in reasons(one, rules, today) if (pk, why.warning.code) not in hidden])
        for pk, one in known.items()
    }


def read(enterprises: "QuerySet[Enterprise]", rules: Sequence[Warning], staff: Staff, today: date) -> dict[int, Known]:
    """By id. Taxes are read of those alone that paid enough for a rule to ask for them."""
    ids = queries.ids_in(enterprises)
    leases, left = _leases(ids, today), _left(ids, today)
    problems = problems_of(ids, staff)
    taxes = _taxes(ids, rules, today)
    moved = _moved(ids, rules, today)
    visited = last_visits(enterprises)
    touched = moved.keys() | leases.keys() | left.keys() | problems.keys() | taxes.keys() | visited.keys()
    return {
        pk: Known(
            enterprise=pk,
            present=standing in PRESENT,
            since=since,
            leases=leases.get(pk, ()),
            left_on=left[pk][0] if pk in left else None,
            left_from=left[pk][1] if pk in left else "",
            moved=moved.get(pk),
            problems=problems.get(pk, ()),
            last_visit=visited.get(pk),
            taxes=taxes.get(pk, {}),
        )
        for pk, standing, since in enterprises.order_by().values_list("pk", "standing", "since")
        if pk in touched
    }


def last_visits(enterprises: "QuerySet[Enterprise] | Collection[int]") -> dict[int, date]:
    rows = queries.visits_to(enterprises).order_by().values_list("enterprise")
    return {pk: day for pk, day in rows.annotate(last=Max("day")) if pk is not None}


def problems_of(ids: Any, staff: Staff) -> dict[int, list[Open]]:
    """The open matters of enterprises' problems that the person may see, the oldest first."""
    found: dict[int, list[Open]] = defaultdict(list)
    rows = cases.open_to(staff).filter(type=queries.PROBLEM, enterprise__in=ids).order_by("opened_at", "pk")
    for pk, enterprise, opened in rows.values_list("pk", "enterprise", "opened_at"):
        found[enterprise].append(Open(number_of(opened.astimezone(LOCAL), pk), timezone.localdate(opened)))
    return found


def _leases(ids: Any, today: date) -> dict[int, list[Lease]]:
    held = Tenancy.objects.filter(holding(today), enterprise__in=ids, lease_end__isnull=False)
    found: dict[int, list[Lease]] = defaultdict(list)
    for one in held.select_related("room__building").order_by("lease_end", "pk"):
        if one.lease_end is not None:
            found[one.enterprise_id].append(Lease(f"{one.room.building.name} {one.room.number}", one.lease_end))
    return found


def _left(ids: Any, today: date) -> dict[int, tuple[date, str]]:
    """Those that had rooms and have none now: since when, and in which building they were last."""
    there = Count("pk", filter=not_over(today))
    rows = Tenancy.objects.filter(enterprise__in=ids).order_by().values("enterprise")
    ended = dict(rows.annotate(there=there, last=Max("until_day")).filter(there=0).values_list("enterprise", "last"))
    last = Tenancy.objects.filter(enterprise__in=ended, until_day__isnull=False).select_related("room__building")
    return {
        one.enterprise_id: (one.until_day, one.room.building.name)
        for one in last.order_by("pk")
        if one.until_day is not None and one.until_day == ended[one.enterprise_id]
    }


def _moved(ids: Any, rules: Iterable[Warning], today: date) -> dict[int, Moved]:
    """Whose address was changed lately, or who works elsewhere since; of both the later one."""
    days = max((one.within_days or 0 for one in rules if one.fact == "address_changed"), default=0)
    since = today - timedelta(days=days)
    corrected = RegisterEvent.objects.filter(
        enterprise__in=ids, action="correct", at__gte=datetime.combine(since, time(), LOCAL), changes__has_key="address"
    )
    found = [
        (pk, Moved(timezone.localdate(at), *changes["address"]))
        for pk, at, changes in corrected.values_list("enterprise", "at", "changes")
        if all(changes["address"])
    ]
    away = StandingSpan.objects.filter(
        enterprise__in=ids, how=How.CHANGED, standing=Standing.ELSEWHERE, from_day__range=(since, today), until_day=None
    )
    found += [(pk, Moved(day, address)) for pk, day, address in away.values_list("enterprise", "from_day", _ADDRESS)]
    return dict(sorted(found, key=lambda pair: pair[1].day))


def _taxes(ids: Any, rules: Iterable[Warning], today: date) -> dict[int, dict[str, int]]:
    """Fen by period, of this and the two years before, of those whose tax a rule asks for."""
    bounds = [(one.at_least or 0) * 100 for one in rules if one.fact in ("tax_drop", "not_visited")]
    if not bounds:
        return {}
    lately = Return.objects.filter(_TAX, enterprise__in=ids, last_day__gte=date(today.year - 2, 1, 1)).order_by()
    before = lately.filter(last_day__lt=date(today.year, 1, 1)).values("enterprise", "last_day__year")
    enough = {
        pk for pk, paid in before.annotate(paid=Sum("amount")).values_list("enterprise", "paid") if paid >= min(bounds)
    }
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, period, amount in lately.filter(enterprise__in=enough).values_list("enterprise", "period", "amount"):
        found[pk][period] = amount
    return found
