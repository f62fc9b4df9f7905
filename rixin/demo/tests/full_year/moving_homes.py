"""The ways in which homes, head counts and service rolls behind a figure can change."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue.work import Work
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way
from rixin.homes import actions, counting, queries
from rixin.homes.layout import Planned
from rixin.homes.models import Dwelling, HeadReturn
from rixin.homes.terms import Term
from rixin.people.actors import SYSTEM
from rixin.people.models import Account
from rixin.rolls import actions as rolls
from rixin.rolls import queries as roll_queries
from rixin.rolls.actions import Joining
from rixin.rolls.drafts import Said
from rixin.rolls.models import Consent, Entry, Status, Visit

OF_HOMES = ("dwellings_here", "residents_counted", "aged_60_counted", "care_users", "service_calls")
"""Figures that no report has yet, and that are to move with their rows all the same."""
_nth = count(1)
_A_DAY = timedelta(days=1)


def _house() -> queries.Building:
    return queries.buildings_in("330106013/001/")[0]


# ---- dwellings


def _dwellings(leaf: Leaf) -> Iterator[Way]:
    last = leaf.period.last
    yield Way("one is there from the last day on", leaf, 1, 1, act=partial(_enter, last))
    yield Way("one is there from the day after", leaf, 0, act=partial(_enter, last + _A_DAY))
    yield Way("one ends on the last day", leaf, -1, -1, act=partial(_end, last))
    yield Way("one ends the day after", leaf, 0, silent=0, act=partial(_enter_and_end, last))


def _enter(day: date) -> None:
    actions.enter(_house(), [Planned("90", f"90{next(_nth)}", 9)], day, by=SYSTEM, at=LATER)


def _end(day: date) -> None:
    """One of a stairwell whose others stay, so that no count ends with it."""
    one = Dwelling.objects.filter(building=_house().code, until_day=None).order_by("pk")[0]
    actions.end(_house(), [one], day, reason="改建", by=SYSTEM, at=LATER)


def _enter_and_end(last: date) -> None:
    """There for some days before the period ended, and gone before its last day was over."""
    room = Planned("91", f"91{next(_nth)}", 9)
    actions.enter(_house(), [room], last - 9 * _A_DAY, by=SYSTEM, at=LATER)
    one = Dwelling.objects.get(building=_house().code, unit=room.unit, number=room.number)
    actions.end(_house(), [one], last, reason="改建", by=SYSTEM, at=LATER)


# ---- head counts


def _head_counts(leaf: Leaf) -> Iterator[Way]:
    """A building of its own stairwell, counted for the half year that ends the period or for another."""
    last = leaf.period.last
    during, after = Term.of(6, last), Term.of(6, last + _A_DAY)
    yield Way("one more stairwell is counted", leaf, 1, 1, act=partial(_count_new, during))
    if after.last < LATER.date():
        yield Way("counted for the half year after", leaf, 0, act=partial(_count_new, after))
    yield Way("counted again for the same period", leaf, 0, do="correct", act=partial(_recount, last))


def _count_new(term: Term) -> None:
    house = queries.buildings_in("330106013/001/")[1]
    unit = f"8{next(_nth)}"
    actions.enter(house, [Planned(unit, "101", 1)], date(2001, 1, 1), by=SYSTEM, at=LATER)
    there = queries.per_unit(house.code, term.last)
    said = {}
    for one in there:
        ret = HeadReturn.objects.filter(building=house.code, unit=one, period=str(term)).first()
        said[one] = {count.counted: count.number for count in ret.counts.all()} if ret else _totals(1)
    counting.put(house, term, said, by=SYSTEM, at=LATER, looked_again=True)


def _totals(heads: int) -> dict[str, int]:
    ages = {"aged_60": 1, "aged_80": 0, "under_18": 0, "under_3": 0}
    return {"households": 1, "residents": heads, **ages, "let": 0, "empty": 0}


def _recount(last: date) -> None:
    ret = HeadReturn.objects.filter(from_day=last, building=_house().code).order_by("pk")[0]
    house = queries.building(ret.building)
    assert house is not None
    said = {
        one.unit: {count.counted: count.number for count in one.counts.all()}
        for one in HeadReturn.objects.filter(building=ret.building, period=ret.period)
    }
    said[ret.unit] |= {"residents": said[ret.unit]["residents"] + 1, "aged_60": said[ret.unit]["aged_60"] + 1}
    counting.put(house, Term.read(ret.period), said, by=SYSTEM, at=LATER, looked_again=True)


# ---- rolls


def _roll_entries(leaf: Leaf) -> Iterator[Way]:
    last = leaf.period.last
    yield Way("somebody joins on the last day", leaf, 1, 1, act=partial(_join, "elder_care", last))
    yield Way("somebody joins the day after", leaf, 0, act=partial(_join, "elder_care", last + _A_DAY))
    yield Way("somebody joins another roll", leaf, 0, act=partial(_join, "meals", last))
    yield Way("somebody leaves on the last day", leaf, 0, act=partial(_join_and_leave, last, last))
    yield Way("somebody leaves the day after", leaf, 1, 1, act=partial(_join_and_leave, last, last + _A_DAY))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), LOCAL)


def _join(code: str, day: date) -> Entry:
    roll = roll_queries.rolls()[code]
    values = {field.name: field.options[0].code for field in roll.fields if field.required}
    said = Said(name=f"试{next(_nth)}", area_path="330106013/001/01/", address="某处", values=values)
    new = Joining(said=said, consent_how=Consent.PAPER, consent_on=day)
    return rolls.join(roll, new, by=SYSTEM, at=_at(day)).entry


def _join_and_leave(last: date, until: date) -> None:
    entry = _join("elder_care", last - 9 * _A_DAY)
    rolls.leave(entry, by=SYSTEM, at=_at(until), seen=entry.version)


def _roll_visits(leaf: Leaf) -> Iterator[Way]:
    period = leaf.period
    yield Way("a call on the first day", leaf, 1, 1, act=partial(_call, period.first))
    yield Way("a call on the last day", leaf, 1, 1, act=partial(_call, period.last))
    yield Way("a call the day before the first", leaf, 0, act=partial(_call, period.first - _A_DAY))
    yield Way("a call the day after the last", leaf, 0, act=partial(_call, period.last + _A_DAY))


def _call(day: date) -> None:
    entry = Entry.objects.filter(status=Status.ON).order_by("pk")[0]
    account = Account.objects.filter(demo=True).order_by("pk")[0]
    Visit.objects.create(entry=entry, day=day, outcome="met", by=account, at=_at(day))


_WAYS = {
    "dwellings": _dwellings,
    "head_counts": _head_counts,
    "roll_entries": _roll_entries,
    "roll_visits": _roll_visits,
}


def home_ways(leaf: Leaf, _work: Work) -> Iterator[Way]:
    yield from _WAYS[leaf.source](leaf)
