"""The ways in which rows of facilities behind a figure can change: what opens, is awarded, measured or closed."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from rixin.catalogue.work import Work
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way
from rixin.facilities import actions
from rixin.facilities.actions import Deed, Facts
from rixin.facilities.models import Facility, StarSpan, State, StateSpan
from rixin.facilities.tables import STARS, STATES
from rixin.people.actors import SYSTEM

_nth = count(1)
_TODAY, _A_DAY = LATER.date(), timedelta(days=1)
_LONG_AGO = date(2015, 3, 2)
_AREA = "330106013/001/"


def facility_ways(leaf: Leaf, _work: Work) -> Iterator[Way]:
    yield from _WAYS[leaf.source](leaf)


def _kind(leaf: Leaf) -> str:
    meant = leaf.metric.where["kind"]
    return str(meant[0] if isinstance(meant, list) else meant)


def _new(kind: str, state: State, day: date) -> Facility:
    facts = Facts(kind=kind, name_zh=f"试验设施{next(_nth)}", area_path=_AREA)
    return actions.enter(facts, state, day, by=SYSTEM, at=LATER, today=_TODAY)


def _deed(facility: Facility) -> Deed:
    return Deed(by=SYSTEM, at=LATER, seen=facility.version, today=_TODAY)


def _on_edges(leaf: Leaf, act: Callable[[date], object]) -> Iterator[Way]:
    """What happens on the first and the last day counts, and what happens beside them does not."""
    period = leaf.period
    for name, day, rows in (
        ("on the first day", period.first, 1),
        ("on the last day", period.last, 1),
        ("the day before the first", period.first - _A_DAY, 0),
        ("the day after the last", period.last + _A_DAY, 0),
    ):
        yield Way(name, leaf, rows, rows, act=partial(act, day))


# ---- openings


def _openings(leaf: Leaf) -> Iterator[Way]:
    kind, day = _kind(leaf), leaf.period.first + timedelta(days=80)
    other = "legal_station"
    yield from _on_edges(leaf, lambda day: _new(kind, State.OPEN, day))
    yield Way("one of another kind", leaf, 0, act=partial(_new, other, State.OPEN, day))
    yield Way("one that is only prepared", leaf, 0, act=partial(_new, kind, State.PLANNED, day))
    yield Way("one that opens again", leaf, 0, act=partial(_opens_again, kind, day))
    yield Way("one was open long before", leaf, -1, -1, act=partial(_was_open_before, kind, leaf))
    yield Way("an opening is taken back", leaf, -1, -1, act=partial(_taken_back, kind, leaf))
    yield Way("it is of another kind", leaf, -1, -1, act=partial(_of_another_kind, kind, other, leaf))


def _opens_again(kind: str, day: date) -> None:
    one = _new(kind, State.OPEN, _LONG_AGO)
    for state, on in ((State.PAUSED, day - 9 * _A_DAY), (State.OPEN, day)):
        one = actions.change_state(one, state, on, _deed(one))


def _opened(kind: str, leaf: Leaf) -> StateSpan:
    spans = StateSpan.objects.filter(first=True, facility__kind=kind)
    return spans.filter(from_day__range=(leaf.period.first, leaf.period.last)).order_by("pk")[0]


def _was_open_before(kind: str, leaf: Leaf) -> None:
    """What was taken for the first opening is one more; the day between is a pause."""
    one = _opened(kind, leaf).facility
    for state, on in ((State.PAUSED, leaf.period.first - 9 * _A_DAY), (State.OPEN, _LONG_AGO)):
        one = actions.change_state(one, state, on, _deed(one))


def _taken_back(kind: str, leaf: Leaf) -> None:
    span = _opened(kind, leaf)
    one = actions.change_state(span.facility, State.PLANNED, _LONG_AGO, _deed(span.facility))
    actions.take_back(one, STATES, span.pk, _deed(one), reason="误登")


def _of_another_kind(kind: str, other: str, leaf: Leaf) -> None:
    one = _opened(kind, leaf).facility
    one.star_spans.all().delete()
    one.area_spans.all().delete()
    facts = {**Facts.of(one).columns(), "kind": other}
    actions.correct(one, Facts(**facts), by=SYSTEM, at=LATER, seen=one.version)


# ---- stars


def _stars(leaf: Leaf) -> Iterator[Way]:
    kind, stars = _kind(leaf), int(str(leaf.metric.where["stars"]))
    day = leaf.period.first + timedelta(days=80)
    other = "service_station" if kind == "service_centre" else "service_centre"
    yield from _on_edges(leaf, partial(_awarded, kind, stars))
    yield Way("one star less", leaf, 0, act=partial(_awarded, kind, stars - 1, day))
    yield Way("one of another kind", leaf, 0, act=partial(_awarded, other, stars, day))
    yield Way("an award is taken back", leaf, -1, -1, act=partial(_not_awarded, kind, stars, leaf))


def _awarded(kind: str, stars: int, day: date) -> None:
    one = _new(kind, State.OPEN, _LONG_AGO)
    actions.give_stars(one, stars, day, _deed(one))


def _not_awarded(kind: str, stars: int, leaf: Leaf) -> None:
    spans = StarSpan.objects.filter(facility__kind=kind, stars=stars)
    span = spans.filter(from_day__range=(leaf.period.first, leaf.period.last)).order_by("pk")[0]
    actions.take_back(span.facility, STARS, span.pk, _deed(span.facility), reason="误登")


# ---- floor area


def _areas(leaf: Leaf) -> Iterator[Way]:
    kind, last = _kind(leaf), leaf.period.last
    yield Way("measured on the last day", leaf, 1, 1, act=partial(_measured, kind, last))
    yield Way("measured the day after", leaf, 0, act=partial(_measured, kind, last + _A_DAY))
    yield Way("closed for good on the last day", leaf, 0, act=partial(_measured, kind, last - 9 * _A_DAY, last))
    yield Way("closed the day after", leaf, 1, 1, act=partial(_measured, kind, last - 9 * _A_DAY, last + _A_DAY))
    yield Way("one of another kind", leaf, 0, act=partial(_measured, "culture_home", last))


def _measured(kind: str, day: date, closed: date | None = None) -> None:
    one: Any = _new(kind, State.OPEN, _LONG_AGO)
    one = actions.measure(one, 120_000, day, _deed(one))
    if closed is not None:
        actions.change_state(one, State.ENDED, closed, _deed(one))


_WAYS: dict[str, Callable[[Leaf], Iterator[Way]]] = {
    "facilities": _openings,
    "facility_stars": _stars,
    "facility_floor_area": _areas,
}
