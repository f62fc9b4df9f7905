"""Who qualifies among all, asked of the database: the conditions of `rules` once more, as SQL. A test holds them equal.

So that a hundred thousand enterprises are no more than one statement; reasons and amounts are told for those of a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.lookups import GreaterThanOrEqual

from rixin.catalogue.policy_schema import Policy, PolicyCondition, PolicyFact
from rixin.holding import holding
from rixin.policies.facts import CAME
from rixin.policies.rules import MONTHS, hundredths
from rixin.registers.models import Enterprise, Measured, Return, StandingSpan, Tenancy, TraitSpan
from rixin.registers.models.enterprises import PRESENT

NEVER = Q(pk__in=[])


@dataclass(frozen=True)
class Asked:
    """Conditions on a row: that it is met, and that this is not known."""

    met: Q
    open: Q = NEVER


@dataclass(frozen=True)
class Counts:
    qualifying: int
    to_ask: int


def qualifying(rows: QuerySet[Enterprise], policy: Policy, day: date) -> QuerySet[Enterprise]:
    """Those of whom every condition is known to be met."""
    asked, rows = _asked(rows, policy, day)
    return rows.filter(*(one.met for one in asked))


def to_ask(rows: QuerySet[Enterprise], policy: Policy, day: date) -> QuerySet[Enterprise]:
    """Those who may qualify: no condition is known not to be met, and something is not known."""
    asked, rows = _asked(rows, policy, day)
    return rows.filter(*(one.met | one.open for one in asked)).filter(reduce(or_, (one.open for one in asked)))


def counts(rows: QuerySet[Enterprise], policy: Policy, day: date) -> Counts:
    return Counts(qualifying(rows, policy, day).count(), to_ask(rows, policy, day).count())


def _asked(rows: QuerySet[Enterprise], policy: Policy, day: date) -> tuple[list[Asked], QuerySet[Enterprise]]:
    """The conditions, and the enterprises of the sub-district with what they are asked of."""
    year = policy.year_on(day)
    rows = rows.filter(standing__in=PRESENT)
    if any(one.fact == "came_within_days" for one in policy.conditions):
        rows = rows.alias(came_on=_first_day("-from_day", day, how__in=CAME), here_since=_first_day("from_day", day))
    return [_ASKS[one.fact](one, day, year) for one in policy.conditions], rows


def _first_day(order: str, day: date, **also: Any) -> Subquery:
    spans = StandingSpan.objects.filter(enterprise=OuterRef("pk"), from_day__lte=day, **also)
    return Subquery(spans.order_by(order).values("from_day")[:1])


_COVERED = Case(
    When(period__contains="Q", then=Value(3)),
    When(period__contains="-", then=Value(1)),
    default=Value(MONTHS),
    output_field=IntegerField(),
)
"""Months of a return's period: 2022, 2022-Q1 or 2022-03."""


def _taxed(**years: int) -> QuerySet[Any, Any]:
    """The enterprise's own returns, if they cover whole years: with what was paid in each, under its name.

    Asked by period, of which its returns have an index of their own. By day, SQLite walks the returns of all.
    """
    first, last = min(years.values()), max(years.values())
    own = Return.objects.filter(enterprise=OuterRef("pk"), measured=Measured.TAX)
    rows = own.filter(period__gte=str(first), period__lt=str(last + 1)).order_by().values("enterprise")
    for name, year in years.items():
        of_year = Q(period__startswith=str(year))
        sums = {name: Sum("amount", filter=of_year), f"{name}_months": Sum(_COVERED, filter=of_year)}
        rows = rows.annotate(**sums).filter(**{f"{name}_months__gte": MONTHS})
    return rows


# ---- one condition each


def _standing(condition: PolicyCondition, day: date, year: int) -> Asked:
    spans = StandingSpan.objects.filter(holding(day), enterprise=OuterRef("pk"))
    return Asked(Q(Exists(spans.filter(standing__in=condition.any_of))), ~Q(Exists(spans)))


def _section(condition: PolicyCondition, day: date, year: int) -> Asked:
    return Asked(Q(section__in=condition.any_of), Q(section=""))


def _division(condition: PolicyCondition, day: date, year: int) -> Asked:
    return Asked(Q(division__in=condition.any_of), Q(division=""))


def _trait(condition: PolicyCondition, day: date, year: int) -> Asked:
    named = (code.partition(".") for code in condition.any_of)
    values = reduce(or_, (Q(trait=trait, value=value) for trait, _dot, value in named))
    return Asked(Q(Exists(TraitSpan.objects.filter(values, holding(day), enterprise=OuterRef("pk")))))


def _came_within_days(condition: PolicyCondition, day: date, year: int) -> Asked:
    first = day - timedelta(days=condition.at_most or 0)
    unknown = Q(came_on=None) & (Q(here_since=None) | Q(here_since__gte=first))
    return Asked(Q(came_on__gte=first), unknown)


def _tax(condition: PolicyCondition, day: date, year: int) -> Asked:
    whole = _taxed(now=year)
    least = hundredths(condition.at_least or Decimal())
    return Asked(Q(Exists(whole.filter(now__gte=least))), ~Q(Exists(whole)))


def _tax_growth(condition: PolicyCondition, day: date, year: int) -> Asked:
    # `before` has to be more than nothing, or there is no growth to tell.
    known = _taxed(before=year - 1, now=year).filter(before__gt=0)
    least = hundredths(condition.at_least or Decimal())
    # As `rules.grows` has it, with what was paid before on one side.
    grown = known.filter(GreaterThanOrEqual(F("now") * 10_000, F("before") * (10_000 + least)))
    return Asked(Q(Exists(grown)), ~Q(Exists(known)))


def _leases_here(condition: PolicyCondition, day: date, year: int) -> Asked:
    return Asked(Q(Exists(Tenancy.objects.filter(holding(day), enterprise=OuterRef("pk")))))


_ASKS: dict[PolicyFact, Callable[[PolicyCondition, date, int], Asked]] = {
    "standing": _standing,
    "section": _section,
    "division": _division,
    "trait": _trait,
    "came_within_days": _came_within_days,
    "tax": _tax,
    "tax_growth": _tax_growth,
    "leases_here": _leases_here,
}
