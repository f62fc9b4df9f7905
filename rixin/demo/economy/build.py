"""The registers of the demonstration: buildings, enterprises, leases, returns, up to a moment."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.economy import buildings, enterprises, tenants
from rixin.demo.economy.enterprises import Ground
from rixin.demo.economy.plan import year
from rixin.people.actors import SYSTEM
from rixin.places import gazetteer
from rixin.registers import letting
from rixin.registers.models import Enterprise
from rixin.registers.queries import keeper

_BEGINNING = datetime(2021, 1, 4, 9, 0, tzinfo=LOCAL)
STREET = "330106013"


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
