"""What the registers say of many enterprises on one day, in the same few statements for one as for a thousand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.holding import holding
from rixin.policies.rules import MONTHS, Facts, Held, Taxed
from rixin.registers.industries import industry
from rixin.registers.models import Enterprise, How, Measured, Return, StandingSpan, Tenancy, TraitSpan

CAME = (How.NEW, How.MOVED_IN)
"""How a standing came about of an enterprise that came."""
_MONTHS_OF = {"year": MONTHS, "quarter": 3, "month": 1}


def facts_of(enterprises: Iterable[Enterprise], day: date) -> dict[int, Facts]:
    """By id. Industries are as they are entered now: of them no history is kept. At most some thousand at once."""
    rows = list(enterprises)
    ids = [row.pk for row in rows]
    standings, traits, taxes = _standings(ids, day), _traits(ids, day), _taxes(ids)
    leasing = set(Tenancy.objects.filter(holding(day), enterprise__in=ids).values_list("enterprise_id", flat=True))
    found = {}
    for row in rows:
        spans = standings.get(row.pk, [])
        known = industry(row.section, row.division)
        found[row.pk] = Facts(
            day=day,
            standing=next((one.standing for one in spans if one.until_day is None or one.until_day > day), ""),
            section=row.section,
            division=row.division,
            industry=known.name if known else "",
            traits=traits.get(row.pk, {}),
            came_on=max((one.from_day for one in spans if one.how in CAME), default=None),
            here_since=min((one.from_day for one in spans), default=None),
            leases_here=row.pk in leasing,
            taxes=taxes.get(row.pk, {}),
        )
    return found


def facts(enterprise: Enterprise, day: date) -> Facts:
    return facts_of([enterprise], day)[enterprise.pk]


def _standings(ids: list[int], day: date) -> dict[int, list[StandingSpan]]:
    """That began by the day."""
    found: dict[int, list[StandingSpan]] = defaultdict(list)
    for span in StandingSpan.objects.filter(enterprise__in=ids, from_day__lte=day):
        found[span.enterprise_id].append(span)
    return found


def _traits(ids: list[int], day: date) -> dict[int, dict[str, Held]]:
    names = {
        (trait.code, option.code): option.name.here()
        for trait in versions.work().traits.values()
        for option in trait.options
    }
    found: dict[int, dict[str, Held]] = defaultdict(dict)
    for span in TraitSpan.objects.filter(holding(day), enterprise__in=ids):
        name = names.get((span.trait, span.value), span.value)
        found[span.enterprise_id].setdefault(f"{span.trait}.{span.value}", Held(name, span.from_day))
    return found


def _taxes(ids: list[int]) -> dict[int, dict[int, Taxed]]:
    found: dict[int, dict[int, Taxed]] = defaultdict(dict)
    rows = Return.objects.filter(enterprise__in=ids, measured=Measured.TAX)
    for enterprise, written, fen in rows.order_by().values_list("enterprise_id", "period", "amount"):
        period = Period.read(written)
        year = period.first.year
        before = found[enterprise].get(year, Taxed(0, 0))
        found[enterprise][year] = Taxed(before.fen + fen, before.months + _MONTHS_OF.get(period.step, 0))
    return found
