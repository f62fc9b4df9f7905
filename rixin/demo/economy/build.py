"""The economy of the demonstration, up to a moment: registers first, then what is done with their enterprises."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.economy import buildings, enterprises, leads, liaison, policies, tenants
from rixin.demo.economy.enterprises import Ground
from rixin.demo.economy.leads import Landed
from rixin.demo.economy.plan import year
from rixin.people.actors import SYSTEM
from rixin.places import gazetteer
from rixin.registers import letting
from rixin.registers.models import Enterprise
from rixin.registers.queries import keeper

_BEGINNING = datetime(2021, 1, 4, 9, 0, tzinfo=LOCAL)
STREET = "330106013"
_COMMUNITIES = 4
"""Community officers who have enterprises of their own."""


def store(random: Random, now: datetime, cast: Cast, told: Callable[[int], object]) -> int:
    """Answers how many enterprises there are. `told` hears how many more."""
    plan, until, unit = year(), now.date(), keeper()
    if unit is None:
        return 0
    by = cast.of_unit("handler", unit.id, random) or SYSTEM
    houses = buildings.make(random, by, _BEGINNING)
    communities = [area.path for area in gazetteer.current().children(STREET) if not area.retired]
    ground = Ground(communities, {house.code: house for house in houses})
    enterprises.make(plan, ground, random=random, by=by, until=until)
    rooms = tenants.Letting(plan, houses, random=random, by=by, until=until)
    rooms.make(list(Enterprise.objects.order_by("since", "pk")))
    enterprises.let_go(plan, list(Enterprise.objects.order_by("pk")), random=random, by=by, until=until)
    enterprises.give_traits(plan, list(Enterprise.objects.order_by("pk")), random=random, by=by, until=until)
    tenants.pay(plan, houses, random=random, by=by, until=until)
    letting.settle_all(until)
    made = Enterprise.objects.count()
    told(made)
    return made


def work(random: Random, now: datetime, cast: Cast) -> None:
    """Officers and visits, leads, applications, legal questions. The registers and the years' records are there."""
    unit = keeper()
    if unit is None:
        return
    present = list(Enterprise.objects.filter(withdrawn=False).order_by("pk"))
    office = cast.everybody("handler", unit.id)
    officers = [staff.account for staff in [*office, *cast.everybody("community_officer")[:_COMMUNITIES]]]
    owners = [staff.actor for staff in office]
    if owners:
        liaison.make(random, officers, owners[0], now, present)
        landed = [Landed(one.name, one.wan, one.industry, one.day) for one in year().landed]
        leads.make(random, owners, owners[0], now, enterprises=present, landed=landed)
    policies.make(random, now, cast)
