"""Who has which rooms in the demo's buildings, quarter by quarter, and what the tenants pay."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.demo.economy.plan import Year
from rixin.people.actors import Actor
from rixin.registers import letting, returns
from rixin.registers.industries import industry
from rixin.registers.letting import Lease
from rixin.registers.models import Building, Enterprise, Measured, Room, Standing, Tenancy
from rixin.registers.returns import Figure

_WRITTEN_AT = time(15, 30)
_FIRST = date(2021, 1, 1)
_PARKS_FULL = date(2022, 10, 1)
"""By then the parks have all their cultural tenants."""
_LEAVES = 0.012
"""Share of the tenants that leave their rooms within a quarter."""
_FEN = 1_000_000
"""Of ten thousand yuan."""


@dataclass
class House:
    """One building while it is let: its rooms, and the tenancies that run."""

    building: Building
    free: list[Room]
    goal: float
    let: dict[int, Tenancy]
    area: int
    taken: int = 0

    def wants_more(self) -> bool:
        return bool(self.free) and self.taken < self.goal * self.area


class Letting:
    """Lets the rooms through the real actions, day after day."""

    def __init__(self, year: Year, buildings: Sequence[Building], *, random: Random, by: Actor, until: date) -> None:
        self._year, self._random, self._by, self._until = year, random, by, until
        self.houses = {building.code: self._house(building) for building in buildings}

    def _house(self, building: Building) -> House:
        rooms = list(Room.objects.filter(building=building, until_day=None).order_by("floor", "number"))
        self._random.shuffle(rooms)
        return House(building, rooms, self._year.occupied[building.code], {}, sum(room.area for room in rooms))

    def make(self, enterprises: Sequence[Enterprise]) -> None:
        named = {one.name: one.building for one in self._year.named}
        present = [one for one in enterprises if one.standing in (Standing.HERE, Standing.WORKING)]
        cultural = [one for one in present if _is_cultural(one) and one.since < _PARKS_FULL and one.name not in named]
        of_parks = cultural[: self._year.cultural.tenants]
        for nth, one in enumerate(of_parks):
            parks = self._year.cultural.buildings
            self._take(one, parks[nth * 2 % 5 % len(parks)], self._begun(one, max(one.since, _FIRST)))
        for one in present:
            if one.name in named:
                self._take(one, named[one.name], self._begun(one, max(one.since, _FIRST)))
        kept = {one.pk for one in of_parks} | {one.pk for one in present if one.name in named}
        others = [one for one in present if one.pk not in kept and not _is_cultural(one)]
        waiting = [one for one in others if one.since < _FIRST]
        self._random.shuffle(waiting)
        for code in self.houses:
            while waiting and self.houses[code].wants_more():
                one = waiting.pop()
                self._take(one, code, self._begun(one, _FIRST))
        for quarter in Period(_FIRST, date(2023, 12, 31), "year").parts("quarter"):
            if quarter.first <= self._until:
                self._pass(quarter, [one for one in others if quarter.first <= one.since <= quarter.last], kept)

    def _begun(self, one: Enterprise, before: date) -> date:
        """Some day since it is here, up to the day."""
        first = max(one.since, date(2016, 1, 4))
        return first + timedelta(days=self._random.randrange(max(1, (before - first).days)))

    def _pass(self, quarter: Period, came: list[Enterprise], kept: set[int]) -> None:
        """Of those that came some take what is free; then some leave, and what they leave is free the quarter after."""
        for one in came:
            open_ = [code for code, house in self.houses.items() if house.wants_more()]
            day = one.since + timedelta(days=self._random.randrange(15))
            if open_ and day <= self._until and self._random.random() < 0.5:
                self._take(one, self._random.choice(open_), day)
        for house in self.houses.values():
            for pk, tenancy in list(house.let.items()):
                day = quarter.first + timedelta(days=self._random.randrange(20, 70))
                if tenancy.enterprise_id in kept or self._random.random() > _LEAVES or day > self._until:
                    continue
                self._leave(house, pk, tenancy, day)

    def _leave(self, house: House, pk: int, tenancy: Tenancy, day: date) -> None:
        enterprise = Enterprise.objects.get(pk=tenancy.enterprise_id)
        if tenancy.from_day >= day or enterprise.standing not in (Standing.HERE, Standing.WORKING):
            return
        at = datetime.combine(day, _WRITTEN_AT, LOCAL)
        letting.leave(tenancy, day, by=self._by, at=at, seen=enterprise.version, today=self._until)
        del house.let[pk]
        house.taken -= tenancy.area
        house.free.append(tenancy.room)

    def _take(self, one: Enterprise, code: str, day: date) -> None:
        """One or several rooms of the building, all from the same day."""
        house = self.houses[code]
        for nth in range(self._random.choice([1, 1, 2, 2, 3, 5])):
            if not house.free or (nth and not house.wants_more()):
                return
            room = house.free.pop()
            at = datetime.combine(max(day, date(2021, 1, 4)), _WRITTEN_AT, LOCAL)
            lease = Lease(from_day=max(day, room.from_day), lease_end=self._lease_end(day), rent=self._rent(code))
            one.refresh_from_db()
            tenancy = letting.let(room, one, lease, by=self._by, at=at, seen=one.version, today=self._until)
            house.let[tenancy.pk] = tenancy
            house.taken += tenancy.area

    def _lease_end(self, day: date) -> date:
        """After two or three years, renewed as often as it took until now."""
        years = self._random.choice([2, 3, 3])
        ends = day
        while ends <= self._until:
            ends = _years_later(ends, years)
        return ends - timedelta(days=1)

    def _rent(self, code: str) -> int:
        return {"yunlian": 330, "xixi": 260}.get(code, 200) + self._random.randrange(-20, 40)


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _is_cultural(one: Enterprise) -> bool:
    known = industry(one.section, one.division)
    return bool(known and known.division and known.division.cultural)


def pay(year: Year, buildings: Sequence[Building], *, random: Random, by: Actor, until: date) -> None:
    """Each quarter's tax of a building, dealt out over who has rooms there on its last day: the years add up."""
    size = {pk: random.lognormvariate(0, 1.1) for pk in Enterprise.objects.order_by("pk").values_list("pk", flat=True)}
    figures: dict[int, list[Figure]] = defaultdict(list)
    for of_year, totals in year.taxes.items():
        whole = Period.of("year", date(of_year, 1, 1))
        for code, total in totals.items():
            parts = _split(int(total * _FEN), year.quarters)
            for quarter, fen in zip(whole.parts("quarter"), parts, strict=True):
                if quarter.last <= until:
                    for pk, amount in _dealt(fen, _tenants(code, quarter.last), size, random):
                        figures[pk].append(Figure(Measured.TAX, quarter, amount))
    for one in Enterprise.objects.filter(pk__in=figures).order_by("pk"):
        last = figures[one.pk][-1].period.last
        at = datetime.combine(min(last + timedelta(days=20), until), _WRITTEN_AT, LOCAL)
        returns.put(one, figures[one.pk], by=by, at=at, seen=one.version, source="税务部门季度数据")


def _tenants(code: str, day: date) -> list[int]:
    held = Tenancy.objects.filter(room__building__code=code, from_day__lte=day).exclude(until_day__lte=day)
    return sorted(set(held.values_list("enterprise_id", flat=True)))


def _split(total: int, shares: Sequence[Decimal]) -> list[int]:
    parts = [int(total * share) for share in shares]
    parts[-1] += total - sum(parts)
    return parts


def _dealt(fen: int, tenants: Sequence[int], size: dict[int, float], random: Random) -> Iterator[tuple[int, int]]:
    """By the size of each, a little up and down; the last fen goes to the largest."""
    weights = [size[pk] * random.uniform(0.8, 1.2) for pk in tenants]
    sums = sum(weights)
    parts = [int(fen * weight / sums) for weight in weights]
    parts[max(range(len(parts)), key=parts.__getitem__)] += fen - sum(parts)
    yield from zip(tenants, parts, strict=True)
