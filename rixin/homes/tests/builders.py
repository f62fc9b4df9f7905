"""Dwellings and counts made through the real actions, with only what matters named."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from rixin.catalogue.worktime import LOCAL
from rixin.homes import actions, counting, queries
from rixin.homes.layout import Planned, read_room
from rixin.homes.models import Dwelling, HeadReturn
from rixin.homes.queries import Building
from rixin.homes.terms import Term
from rixin.people.actors import SYSTEM

AT = datetime(2023, 1, 10, 9, 0, tzinfo=LOCAL)
HOUSE, OTHER_HOUSE = "building-dejia-east-1", "building-dejia-east-2"
TOTALS = {
    "households": 2,
    "residents": 5,
    "aged_60": 2,
    "aged_80": 1,
    "under_18": 1,
    "under_3": 0,
    "let": 1,
    "empty": 0,
}


def house(code: str = HOUSE) -> Building:
    found = queries.building(code)
    assert found is not None
    return found


def rooms(*written: str) -> list[Planned]:
    return [room for text in written if (room := read_room(text))]


def entered(*written: str, code: str = HOUSE, since: date = date(2000, 1, 1), at: datetime = AT) -> list[Dwelling]:
    actions.enter(house(code), rooms(*written), since, by=SYSTEM, at=at)
    return list(Dwelling.objects.filter(building=code).order_by("unit", "number"))


def returned(
    period: str, *, code: str = HOUSE, units: Sequence[str] = ("1",), looked_again: bool = False, **totals: Any
) -> list[HeadReturn]:
    said = {unit: {**TOTALS, **totals} for unit in units}
    return counting.put(house(code), Term.read(period), said, by=SYSTEM, at=AT, looked_again=looked_again)
