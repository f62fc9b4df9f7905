"""The demo's homes: dwellings of all residential buildings, and what was counted in each half year. All made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from rixin.history import line
from rixin.homes import queries
from rixin.homes.layout import Planned, laid_out
from rixin.homes.models import Dwelling, HeadCount, HeadReturn, HomeEvent
from rixin.homes.queries import Building
from rixin.homes.sums import judged
from rixin.homes.terms import Term
from rixin.people.actors import Actor

SINCE = date(2000, 1, 1)
FIRST_COUNT = date(2021, 6, 30)
_LATE = 0.04
"""Share of buildings that have not returned the latest period yet."""
_AT_ONCE = 2_000


@dataclass(frozen=True)
class _House:
    """How many people of each age live there changes little from half year to half year."""

    building: Building
    planned: list[Planned]
    by_unit: dict[str, int]
    full: float
    old: float


def make(random: Random, by: Actor, at: datetime, now: datetime) -> int:
    """`at`: when the dwellings were entered. Answers how many there are."""
    houses = [_house(random, one) for one in queries.buildings_in("")]
    rows = [
        Dwelling(
            building=house.building.code,
            area_path=house.building.area_path,
            unit=one.unit,
            number=one.number,
            floor=one.floor,
            from_day=SINCE,
            changed_at=at,
        )
        for house in houses
        for one in house.planned
    ]
    Dwelling.objects.bulk_create(rows, batch_size=_AT_ONCE)
    HomeEvent.objects.bulk_create(
        [
            line(
                HomeEvent, "enter", by, at, building=house.building.code,
                changes={"dwellings": [0, len(house.planned)], "from_day": [None, SINCE]},
            )
            for house in houses
        ],
        batch_size=_AT_ONCE,
    )  # fmt: skip
    _count(random, houses, by, now)
    return len(rows)


def _house(random: Random, building: Building) -> _House:
    """Six floors without a lift, or a tower: as the quarters of the nineties and of later years are."""
    tower = random.random() < 0.2
    floors, units, on_each = (random.randint(11, 17), 1, 3) if tower else (random.choice([5, 6, 6, 7]), 3, 2)
    planned = laid_out(units=f"1-{units}" if units > 1 else "", floors=f"1-{floors}", on_each=on_each)
    by_unit: dict[str, int] = {}
    for one in planned:
        by_unit[one.unit] = by_unit.get(one.unit, 0) + 1
    return _House(building, planned, by_unit, random.uniform(0.86, 0.97), random.uniform(0.17, 0.31))


def terms(months: int, now: datetime) -> Iterator[Term]:
    """Oldest first."""
    term, found = Term.last_over(months, now.date()), []
    while term.last >= FIRST_COUNT:
        found.append(term)
        term = term.before()
    yield from reversed(found)


def _count(random: Random, houses: list[_House], by: Actor, now: datetime) -> None:
    kept = queries.definition()
    if kept is None:
        return
    all_terms = list(terms(kept.months, now))
    returns: list[HeadReturn] = []
    said: list[dict[str, int]] = []
    for house in houses:
        mine = all_terms[:-1] if random.random() < _LATE and len(all_terms) > 1 else all_terms
        for nth, term in enumerate(mine):
            until = mine[nth + 1].last if nth + 1 < len(mine) else None
            for unit, dwellings in house.by_unit.items():
                totals = _totals(random, house, dwellings)
                if judged(kept, totals, dwellings).refused:
                    continue
                returns.append(
                    HeadReturn(
                        building=house.building.code,
                        unit=unit,
                        area_path=house.building.area_path,
                        period=str(term),
                        from_day=term.last,
                        until_day=until,
                        changed_at=now,
                    )
                )
                said.append(totals)
    HeadReturn.objects.bulk_create(returns, batch_size=_AT_ONCE)
    HeadCount.objects.bulk_create(
        [
            HeadCount(ret=ret, counted=name, number=number)
            for ret, totals in zip(returns, said, strict=True)
            for name, number in totals.items()
        ],
        batch_size=_AT_ONCE,
    )
    latest = [ret for ret in returns if ret.until_day is None]
    HomeEvent.objects.bulk_create(
        [line(HomeEvent, "count", by, now, building=ret.building, ret=ret) for ret in latest], batch_size=_AT_ONCE
    )


def _totals(random: Random, house: _House, dwellings: int) -> dict[str, int]:
    empty = sum(random.random() > house.full for _nth in range(dwellings))
    households = dwellings - empty
    let = sum(random.random() < 0.22 for _nth in range(households))
    residents = sum(random.choice([1, 2, 2, 3, 3, 3, 4, 5]) for _nth in range(households))
    aged_60 = _share(random, residents, house.old)
    under_18 = _share(random, residents - aged_60, 0.17)
    return {
        "households": households,
        "residents": residents,
        "aged_60": aged_60,
        "aged_80": _share(random, aged_60, 0.16),
        "under_18": under_18,
        "under_3": _share(random, under_18, 0.13),
        "let": let,
        "empty": empty,
    }


def _share(random: Random, number: int, share: float) -> int:
    return sum(random.random() < share for _nth in range(number))
