"""Industry chains: what of an enterprise's neighbourhood is known, and what several here buy from outside."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import QuerySet

from rixin.holding import holding
from rixin.investment.models import SupplyLink
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

Way = Literal["suppliers", "customers"]
STEPS = 2
"""How far from an enterprise its chain is shown."""


@dataclass(frozen=True)
class Party:
    """One side. `enterprise`: id in the register, None outside it. `here`: whether it is the sub-district's today."""

    name: str
    enterprise: int | None = None
    here: bool = False

    @property
    def key(self) -> int | str:
        """Tells parties apart."""
        return self.enterprise if self.enterprise is not None else self.name


@dataclass(frozen=True)
class Tie:
    """A link as it holds on the day asked for."""

    link: int
    supplier: Party
    customer: Party
    goods: str
    plain_goods: str
    section: str
    division: str
    from_day: date
    source: str
    version: int


# ---- one enterprise's chain


@dataclass(frozen=True)
class Step:
    """A party as far away from the enterprise as `far` says: 1 for those it deals with itself."""

    far: int
    party: Party
    tie: Tie


def links_on(links: QuerySet[SupplyLink], day: date) -> QuerySet[SupplyLink]:
    """Those that hold on the day, with both sides at hand."""
    return links.filter(holding(day)).select_related("supplier", "customer").order_by("plain_goods", "pk")


def ties(links: Iterable[SupplyLink]) -> list[Tie]:
    return [
        Tie(
            link=link.pk,
            supplier=_party(link.supplier, link.supplier_name),
            customer=_party(link.customer, link.customer_name),
            goods=link.goods,
            plain_goods=link.plain_goods,
            section=link.section,
            division=link.division,
            from_day=link.from_day,
            source=link.source,
            version=link.version,
        )
        for link in links
    ]


def _party(enterprise: Enterprise | None, name: str) -> Party:
    if enterprise is None:
        return Party(name)
    return Party(enterprise.name, enterprise.pk, enterprise.standing in PRESENT)


def around(enterprise: Enterprise, links: QuerySet[SupplyLink], day: date) -> dict[Way, list[Step]]:
    """Its suppliers and customers up to STEPS away, the nearest first: a statement for each step of each way."""
    return {
        "suppliers": _along(enterprise.pk, links, day, "suppliers"),
        "customers": _along(enterprise.pk, links, day, "customers"),
    }


def _along(start: int, links: QuerySet[SupplyLink], day: date, way: Way) -> list[Step]:
    """Who is nearer already is not shown once more further away, and the enterprise itself not at all: rings."""
    side = "customer" if way == "suppliers" else "supplier"
    found: list[Step] = []
    nearer: set[int | str] = {start}
    edge = [start]
    for far in range(1, STEPS + 1):
        reached: dict[int | str, Party] = {}
        for tie in ties(links_on(links.filter(**{f"{side}__in": edge}), day)) if edge else []:
            party = tie.supplier if way == "suppliers" else tie.customer
            if party.key not in nearer:
                reached[party.key] = party
                found.append(Step(far, party, tie))
        nearer |= reached.keys()
        edge = [party.enterprise for party in reached.values() if party.enterprise is not None]
    return found


# ---- what is bought from outside


@dataclass(frozen=True)
class Gap:
    """Something that several enterprises here buy from outside. `sellers`: enterprises here that sell it too."""

    goods: str
    section: str
    division: str
    buyers: tuple[Party, ...]
    outside: tuple[str, ...]
    """Names of those from whom they buy."""
    sellers: tuple[Party, ...]


def gaps(known: Sequence[Tie], least: int = 2) -> list[Gap]:
    """Goods that at least `least` enterprises here buy from outside, those that most buy first. Pure.

    An enterprise that has moved away is outside.
    """
    by_goods: dict[str, list[Tie]] = defaultdict(list)
    for tie in known:
        by_goods[tie.plain_goods].append(tie)
    found = [_gap(some) for some in by_goods.values()]
    enough = [gap for gap in found if len(gap.buyers) >= least]
    return sorted(enough, key=lambda gap: (-len(gap.buyers), len(gap.sellers), gap.goods))


def _gap(some: Sequence[Tie]) -> Gap:
    bought = [tie for tie in some if tie.customer.here and not tie.supplier.here]
    named = next((tie for tie in [*bought, *some] if tie.section), some[0])
    return Gap(
        goods=some[0].goods,
        section=named.section,
        division=named.division,
        buyers=_apart(tie.customer for tie in bought),
        outside=tuple(sorted({tie.supplier.name for tie in bought})),
        sellers=_apart(tie.supplier for tie in some if tie.supplier.here),
    )


def _apart(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(sorted({party.key: party for party in parties}.values(), key=lambda party: party.name))
