"""The ways in which rows of activities behind a figure can change: what is held, who comes, helps or begins."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from rixin.activities import events, fairs, teams, volunteers
from rixin.activities.events import NewEvent
from rixin.activities.facts import EventFacts
from rixin.activities.fairs import Offer
from rixin.activities.models import Employer, Event, Hours, Team
from rixin.activities.teams import TeamFacts
from rixin.activities.volunteers import NewHours
from rixin.catalogue import versions
from rixin.catalogue.work import Work
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way, edges
from rixin.people import units
from rixin.people.actors import SYSTEM

_nth = count(1)
AREA = "330106013/001/"


def activity_ways(leaf: Leaf, _work: Work) -> Iterator[Way]:
    yield from _WAYS[leaf.source](leaf)


def _unit() -> int:
    return units.by_code("public-services").id


def an_event(kind: str, day: date, *, held: bool = True) -> Event:
    options = versions.work().activities[kind].options
    said = EventFacts(
        kind=kind,
        sort=options[0].code if options else "",
        title=f"第{next(_nth)}场试验活动",
        day=day,
        area_path=AREA,
        unit_id=_unit(),
    )
    return events.enter_all([NewEvent(said=said, by=SYSTEM, at=LATER, held=held, attendance=7)])[0]


def _events(leaf: Leaf) -> Iterator[Way]:
    kind = str(leaf.metric.where["kind"])
    other = "summer_class"
    yield Way("one is held", leaf, 1, act=partial(an_event, kind, leaf.period.last))
    for name, day, rows in edges(leaf.period):
        yield Way(name, leaf, rows, act=partial(an_event, kind, day))
    yield Way("one is only planned", leaf, 0, act=partial(an_event, kind, leaf.period.last, held=False))
    yield Way("one of another kind", leaf, 0, act=partial(an_event, other, leaf.period.last))
    yield Way("one moves to the year before", leaf, -1, act=partial(_move, leaf))


def _move(leaf: Leaf) -> None:
    held = Event.objects.filter(kind=leaf.metric.where["kind"], day__range=(leaf.period.first, leaf.period.last))
    event = held.filter(state="held").order_by("pk")[0]
    said = EventFacts(**{name: getattr(event, name) for name in EventFacts.__dataclass_fields__})
    moved = EventFacts(**{**said.columns(), "day": leaf.period.first - timedelta(days=3)})
    events.correct(event, moved, by=SYSTEM, at=LATER, seen=event.version)


def _employers(leaf: Leaf) -> Iterator[Way]:
    come = partial(_comes, str(leaf.metric.where["kind"]))
    for name, day, rows in edges(leaf.period):
        yield Way(name, leaf, rows, act=partial(come, day))
    yield Way("one at a fair that is planned", leaf, 0, act=partial(come, leaf.period.last, held=False))
    yield Way("one was written down by mistake", leaf, -1, act=partial(_goes, leaf))


def _comes(kind: str, day: date, *, held: bool = True) -> None:
    event = an_event(kind, day, held=held)
    fairs.put(event, [Offer(name="试验用人单位", posts=9, agreements=4)], by=SYSTEM, at=LATER, seen=event.version)


def _goes(leaf: Leaf) -> None:
    first, last = leaf.period.first, leaf.period.last
    one = Employer.objects.filter(event__kind="job_fair", event__day__range=(first, last)).order_by("pk")[0]
    fairs.remove(one, by=SYSTEM, at=LATER, seen=one.event.version)


def _hours(leaf: Leaf) -> Iterator[Way]:
    for name, day, rows in edges(leaf.period):
        yield Way(name, leaf, rows, act=partial(_help, day))
    yield Way("some are taken back", leaf, -1, act=partial(_take_back, leaf))


def _help(day: date) -> None:
    new: dict[str, Any] = {"day": day, "hours": 600, "people": 3, "newcomers": 2, "group": "试验志愿队"}
    volunteers.write(NewHours(area_path=AREA, unit_id=_unit(), **new), by=SYSTEM, at=LATER)


def _take_back(leaf: Leaf) -> None:
    rows = Hours.objects.filter(volunteer=None, day__range=(leaf.period.first, leaf.period.last)).order_by("pk")
    volunteers.take_back(rows[0], "重复登记", by=SYSTEM, at=LATER, seen=rows[0].version)


def _teams(leaf: Leaf) -> Iterator[Way]:
    last, a_day, level = leaf.period.last, timedelta(days=1), str(leaf.metric.where["level"])
    yield Way("one begins on the last day", leaf, 1, act=partial(_begins, level, last))
    yield Way("one begins the day after", leaf, 0, act=partial(_begins, level, last + a_day))
    yield Way("one ends on the last day", leaf, -1, act=partial(_ends, level, last))


def _begins(level: str, day: date) -> None:
    said = TeamFacts(name="试验队", kind="cultural_event", level=level, area_path=AREA, from_day=day)
    teams.enter(said, by=SYSTEM, at=LATER)


def _ends(level: str, day: date) -> None:
    team = Team.objects.filter(level=level, until_day=None, from_day__lt=day).order_by("pk")[0]
    teams.end(team, day, by=SYSTEM, at=LATER, seen=team.version)


_WAYS = {"events": _events, "event_employers": _employers, "volunteer_hours": _hours, "teams": _teams}
