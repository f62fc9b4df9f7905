"""The ways in which rows of the registers behind a figure can change: who comes, rises, pays, moves in or out."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.db.models import Q

from rixin.catalogue.periods import Period
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import Bounds, Metric
from rixin.demo.tests.full_year import moving_homes
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way
from rixin.people.actors import SYSTEM
from rixin.registers import entering, letting, returns, traits
from rixin.registers.entering import NewEnterprise
from rixin.registers.letting import Lease, NewRoom
from rixin.registers.models import Building, Enterprise, How, Measured, Room, Tenancy, TraitSpan
from rixin.registers.returns import Figure
from rixin.registers.taxes import building_taxes_of

_nth = count(1)
_TODAY = LATER.date()


def register_ways(leaf: Leaf, _work: Work) -> Iterator[Way]:
    yield from {**_WAYS, **moving_homes.WAYS}[leaf.source](leaf)


def an_enterprise(**said: Any) -> Enterprise:
    new: dict[str, Any] = {
        "name": f"杭州第{next(_nth)}试验有限公司",
        "area_path": "330106013/001/",
        "since": date(2015, 3, 2),
        "section": "I",
        "division": "65",
    }
    return entering.enter(NewEnterprise(**{**new, **said}), by=SYSTEM, at=LATER)


# ---- who comes


def _standings(leaf: Leaf) -> Iterator[Way]:
    how = How(str(leaf.metric.where["how"]))
    period = leaf.period
    other = How.NEW if how == How.MOVED_IN else How.MOVED_IN
    yield Way("one comes", leaf, 1, 1, act=partial(an_enterprise, how=how, since=period.first + timedelta(days=80)))
    for name, day, rows in _edges(period):
        yield Way(name, leaf, rows, rows, act=partial(an_enterprise, how=how, since=day))
    yield Way("one comes otherwise", leaf, 0, act=partial(an_enterprise, how=other, since=period.last))
    yield Way("one that came is taken out", leaf, -1, -1, act=partial(_take_out, how, period))


def _edges(period: Period) -> Iterator[tuple[str, date, int]]:
    a_day = timedelta(days=1)
    yield "on the first day", period.first, 1
    yield "on the last day", period.last, 1
    yield "the day before the first", period.first - a_day, 0
    yield "the day after the last", period.last + a_day, 0


def _take_out(how: How, period: Period) -> None:
    one = Enterprise.objects.filter(
        standings__how=how, standings__from_day__range=(period.first, period.last), withdrawn=False
    ).order_by("pk")[0]
    entering.withdraw(one, by=SYSTEM, at=LATER, seen=one.version, reason="重复登记")


# ---- what holds of it


def _traits(leaf: Leaf) -> Iterator[Way]:
    metric, last = leaf.metric, leaf.period.last
    a_day = timedelta(days=1)
    values = metric.where["value"]
    value = str(values[-1] if isinstance(values, list) else values)
    give = partial(_give, str(metric.where["trait"]), value)
    if metric.at_a_point:
        yield Way("begun on the last day", leaf, 1, 1, act=partial(give, last))
        yield Way("begun the day after", leaf, 0, act=partial(give, last + a_day))
        yield Way("ended on the last day", leaf, 0, act=partial(give, last - 9 * a_day, last))
        yield Way("ended the day after", leaf, 1, 1, act=partial(give, last - 9 * a_day, last + a_day))
    else:
        for name, day, rows in _edges(leaf.period):
            yield Way(name, leaf, rows, rows, act=partial(give, day))
    yield Way("with another value", leaf, 0, act=partial(_give_other, metric, last))
    yield Way("one is taken back", leaf, -1, -1, act=partial(_take_back, metric, leaf.period))


def _give(trait: str, value: str, first: date, until: date | None = None) -> None:
    one = an_enterprise()
    traits.give(one, trait, value, first, until_day=until, by=SYSTEM, at=LATER, seen=one.version)


def _give_other(metric: Metric, day: date) -> None:
    trait, values = str(metric.where["trait"]), metric.where["value"]
    meant = values if isinstance(values, list) else [values]
    other = next(option.code for option in traits.trait(trait).options if option.code not in meant)
    _give(trait, other, day)


def _take_back(metric: Metric, period: Period) -> None:
    values = metric.where["value"]
    spans = TraitSpan.objects.filter(
        trait=metric.where["trait"], value__in=values if isinstance(values, list) else [values]
    ).filter(from_day__lte=period.last)
    running = Q(until_day=None) | Q(until_day__gt=period.last)
    spans = spans.filter(running if metric.at_a_point else Q(from_day__gte=period.first))
    span = spans.order_by("pk")[0]
    traits.take_back(span, by=SYSTEM, at=LATER, seen=span.enterprise.version, reason="误登")


# ---- what a building's tenants pay


def _building_taxes(leaf: Leaf) -> Iterator[Way]:
    bounds = leaf.metric.where["tax"]
    assert isinstance(bounds, Bounds) and bounds.at_least is not None
    year, enough = leaf.period.first.year, bounds.at_least * 100
    yield Way("a building reaches it", leaf, 1, 1, act=partial(_pays, year, enough))
    yield Way("a building that nearly reaches it", leaf, 0, act=partial(_pays, year, enough - 1))
    yield Way("reached in another year", leaf, 0, act=partial(_pays, year - 1, enough))
    yield Way("output is no tax", leaf, 0, act=partial(_pays, year, enough, Measured.OUTPUT))
    yield Way("a return is corrected to nothing", leaf, -1, -1, act=partial(_falls, year, enough))


def _pays(year: int, fen: int, measured: Measured = Measured.TAX) -> None:
    """The only tenant of a building that nobody has had a room in."""
    one = an_enterprise()
    _let(one, _building(), since=date(2016, 1, 4))
    _put(one, Figure(measured, Period.read(str(year)), fen))


def _falls(year: int, enough: int) -> None:
    """The one that only just reaches it does so no more."""
    reached = [taxed for taxed in building_taxes_of(Building.objects.all()) if taxed.year == year]
    least = min((taxed for taxed in reached if taxed.amount >= enough), key=lambda taxed: taxed.amount)
    held = Tenancy.objects.filter(room__building=least.building, until_day=None).values("enterprise")
    for one in Enterprise.objects.filter(pk__in=held):
        there = one.returns.filter(measured=Measured.TAX, last_day__year=year)
        for row in there:
            one.refresh_from_db()
            _put(one, Figure(Measured.TAX, Period.read(row.period), 0))


def _put(one: Enterprise, figure: Figure) -> None:
    one.refresh_from_db()
    returns.put(one, [figure], by=SYSTEM, at=LATER, seen=one.version)


# ---- who has rooms


def _tenants(leaf: Leaf) -> Iterator[Way]:
    last, a_day = leaf.period.last, timedelta(days=1)
    park = str(leaf.metric.where["building"][0])
    yield Way("one moves in on the last day", leaf, 1, 1, act=partial(_moves_in, park, last))
    yield Way("one moves in the day after", leaf, 0, act=partial(_moves_in, park, last + a_day))
    yield Way("one that is not cultural", leaf, 0, act=partial(_moves_in, park, last, "65"))
    yield Way("into another building", leaf, 0, act=partial(_moves_in, "yunlian", last))
    yield Way("one left on the last day", leaf, 0, act=partial(_moves_in, park, last - 9 * a_day, "87", last))
    yield Way("one left the day after", leaf, 1, 1, act=partial(_moves_in, park, last - 9 * a_day, "87", last + a_day))


def _moves_in(building: str, since: date, division: str = "87", until: date | None = None) -> None:
    one = an_enterprise(section="R" if division == "87" else "I", division=division)
    tenancy = _let(one, Building.objects.get(code=building), since=since)
    if until is not None:
        one.refresh_from_db()
        letting.leave(tenancy, until, by=SYSTEM, at=LATER, seen=one.version, today=_TODAY)


def _building() -> Building:
    nth = next(_nth)
    return Building.objects.create(
        code=f"trial{nth}", name_zh=f"试验楼{nth}", area_path="330106013/001/", changed_at=LATER
    )


def _let(one: Enterprise, building: Building, *, since: date) -> Tenancy:
    building.refresh_from_db()
    new = NewRoom(floor=30, number=f"30{next(_nth):03d}", area=8_000, from_day=date(2015, 1, 1))
    room: Room = letting.add_rooms(building, [new], by=SYSTEM, at=LATER, seen=building.version)[0]
    lease = Lease(from_day=since)
    return letting.let(room, one, lease, by=SYSTEM, at=LATER, seen=one.version, today=_TODAY)


_WAYS = {
    "standings": _standings,
    "traits": _traits,
    "building_taxes": _building_taxes,
    "tenants": _tenants,
}
