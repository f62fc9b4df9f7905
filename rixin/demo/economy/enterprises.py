"""The demo's enterprises: those known before, those that came in each year, and those that went."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from stdnum.cn import uscc

from rixin.catalogue.worktime import LOCAL
from rixin.demo.economy.plan import Named, Year
from rixin.demo.work import dealing
from rixin.demo.work.plan import words
from rixin.people.actors import Actor
from rixin.registers import entering, standings, traits
from rixin.registers.entering import NewEnterprise
from rixin.registers.models import Building, Enterprise, How, Standing

_BEGINNING = date(2021, 1, 4)
"""When the office began its register: whatever is older was entered then."""
_WRITTEN_AT = time(16, 20)
_ELSEWHERE = ("余杭区", "拱墅区", "滨江区", "萧山区", "上海市", "宁波市")
_OF_THE_PARKS = "R87"
_WORKING_ONLY = 0.12
"""Of those known before, the share that works here and is registered elsewhere."""


@dataclass(frozen=True)
class Ground:
    """Where enterprises are: communities by path, and the office buildings by code."""

    communities: Sequence[str]
    buildings: dict[str, Building]


def make(year: Year, ground: Ground, *, random: Random, by: Actor, until: date) -> list[Enterprise]:
    """Those that are there by `until`, in the order of their coming."""
    planned = sorted(_planned(year, ground, random), key=lambda new: new.since)
    planned = [new for new in planned if new.since <= until]
    made: list[Enterprise] = []
    for month, news in _by_month(planned).items():
        at = datetime.combine(month, _WRITTEN_AT, LOCAL)
        made += entering.enter_all(news, by=by, at=at)
    return made


def _by_month(news: Sequence[NewEnterprise]) -> dict[date, list[NewEnterprise]]:
    """By the day on which somebody wrote them down: the last of their month, the first of all for what is older."""
    found: dict[date, list[NewEnterprise]] = defaultdict(list)
    for new in news:
        ends = (new.since.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        found[ends if new.since >= _BEGINNING else _BEGINNING].append(new)
    return found


def _planned(year: Year, ground: Ground, random: Random) -> list[NewEnterprise]:
    found = [_named(one, ground, nth) for nth, one in enumerate(year.named)]
    taken = {new.name for new in found}
    known = [name for name in words()["enterprises"] if name not in taken]
    for name in known:
        since = date(2009, 1, 5) + timedelta(days=random.randrange(4_300))
        working = random.random() < _WORKING_ONLY
        away = not working and random.random() < year.elsewhere.known and year.industry_of(name) != _OF_THE_PARKS
        standing = Standing.WORKING if working else Standing.ELSEWHERE if away else Standing.HERE
        found.append(_drawn(name, since, How.FOUND, standing, year, ground, random))
    comers = dealing.distinct(words()["newcomers"], sum(_more(year).values()), random)
    for (of_year, how), count in _more(year).items():
        for _nth in range(count):
            since = date(of_year, 1, 4) + timedelta(days=random.randrange(360))
            away = random.random() < year.elsewhere.came
            standing = Standing.ELSEWHERE if away else Standing.HERE
            found.append(_drawn(comers.pop(), since, how, standing, year, ground, random))
    return [replace(new, code=_code(nth)) for nth, new in enumerate(found)]


def _more(year: Year) -> dict[tuple[int, How], int]:
    """How many come beside those that have a name of their own."""
    found: dict[tuple[int, How], int] = {}
    for of_year, arrivals in year.arrivals.items():
        for how, count in ((How.MOVED_IN, arrivals.moved_in), (How.NEW, arrivals.new)):
            own = sum(one.since.year == of_year and one.came == how for one in year.named)
            found[of_year, how] = count - own
    return found


def _named(one: Named, ground: Ground, nth: int) -> NewEnterprise:
    building = ground.buildings[one.building]
    return NewEnterprise(
        name=one.name,
        area_path=building.area_path,
        address=building.address or building.name_zh,
        place_code=building.place_code,
        section=one.industry[0],
        division=one.industry[1:],
        standing=Standing.HERE,
        how=How(one.came) if one.came else How.FOUND,
        since=one.since,
        founded_on=one.since - timedelta(days=900 if one.came == How.MOVED_IN else 0),
        capital=(5 + nth % 7) * 10_000_000,
    )


def _drawn(
    name: str, since: date, how: How, standing: Standing, year: Year, ground: Ground, random: Random
) -> NewEnterprise:
    industry = year.industry_of(name)
    older = timedelta(days=random.randrange(200, 3_000)) if how == How.MOVED_IN else timedelta(0)
    return NewEnterprise(
        name=name,
        area_path=random.choice(ground.communities),
        section=industry[0],
        division=industry[1:],
        standing=standing,
        how=how,
        since=since,
        founded_on=since - older,
        capital=random.choice([500_000, 1_000_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000]),
    )


def _code(nth: int) -> str:
    body = f"91330106MA2X{nth:05d}"
    return body + uscc.calc_check_digit(body)


# ---- what becomes of them


def give_traits(year: Year, enterprises: Sequence[Enterprise], *, random: Random, by: Actor, until: date) -> None:
    """Stages, recognitions, groups, and the lists of those that are served first."""
    by_name = {one.name: one for one in enterprises}
    planned = [(one.enterprise, one.trait, one.value, one.from_, one.until) for one in year.traits]
    planned += [(one.name, "group", one.group, max(one.since, _BEGINNING), None) for one in year.named if one.group]
    young = [one.name for one in enterprises if one.section in ("I", "M", "C")]
    for of_year, count in year.high_tech.items():
        for name in random.sample(young, count):
            young.remove(name)
            planned.append((name, "stage", "high_tech", max(date(of_year, 12, 16), by_name[name].since), None))
    for value, count in year.listed_for_service.items():
        known = [one.name for one in enterprises if one.since < date(2022, 3, 1)]
        planned += [(name, "campaign", value, date(2022, 3, 1), None) for name in random.sample(known, count)]
    for name, trait, value, first, ends in sorted(planned, key=lambda one: one[3]):
        one = by_name.get(name)
        if one is None or first > until:
            continue
        at = datetime.combine(max(first, _BEGINNING), _WRITTEN_AT, LOCAL)
        traits.give(
            one, trait, value, first, until_day=ends if ends and ends <= until else None, by=by, at=at, seen=one.version
        )


def let_go(year: Year, enterprises: Sequence[Enterprise], *, random: Random, by: Actor, until: date) -> None:
    """Some of each year move away or close."""
    staying = {one.name for one in year.named}
    offered = [one for one in enterprises if one.name not in staying and one.building_id is None]
    random.shuffle(offered)
    for of_year, gone in year.gone.items():
        ways = [(How.MOVED_OUT, Standing.LEFT)] * gone.moved_out + [(How.CLOSED, Standing.CLOSED)] * gone.closed
        for how, standing in ways:
            day = date(of_year, 1, 4) + timedelta(days=random.randrange(360))
            nth = next((nth for nth, one in enumerate(offered) if one.since < day - timedelta(days=120)), None)
            if nth is None or day > until:
                continue
            one = offered.pop(nth)
            where = random.choice(_ELSEWHERE) if how == How.MOVED_OUT else ""
            at = datetime.combine(day, _WRITTEN_AT, LOCAL)
            standings.stand(one, standing, how, day, where=where, by=by, at=at, seen=one.version, today=day)
