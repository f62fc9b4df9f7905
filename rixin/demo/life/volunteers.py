"""Volunteers of the demonstration: groups that were called in 2022, and residents with entries of their own."""

from datetime import date, datetime, time, timedelta
from random import Random

from rixin.activities import events, volunteers
from rixin.activities.events import NewEvent
from rixin.activities.facts import EventFacts
from rixin.activities.models import Event, Hours
from rixin.activities.volunteers import Joining, NewHours
from rixin.catalogue.worktime import LOCAL
from rixin.demo.life import activity_plan
from rixin.demo.life.ground import Ground, Spot
from rixin.demo.work import dealing
from rixin.people.actors import Actor
from rixin.tracking_codes import tracking_code

_KIND = "practice_action"
_AGAIN = 2
"""How often a resident helped after the first time, on average."""


def make(said: activity_plan.Volunteers, ground: Ground, unit: int, *, random: Random, by: Actor, now: datetime) -> int:
    """Answers how many came for the first time. Nothing lies after `now`."""
    until = min(said.until, now.date())
    if until <= said.first:
        return 0
    calls = _calls(said, ground, unit, random, by, now)
    hours = _of_groups(said, calls, random) + _of_residents(said, calls, ground, random, by)
    rows = volunteers.write_all([one for one in hours if one.day <= now.date()], by=by, at=now)
    return sum(row.newcomers for row in rows)


def _calls(
    said: activity_plan.Volunteers, ground: Ground, unit: int, random: Random, by: Actor, now: datetime
) -> list[Event]:  # fmt: skip
    """Occasions on which volunteers helped."""
    span = (said.until - said.first).days
    days = sorted(said.first + timedelta(days=random.randrange(span)) for _nth in range(said.calls))
    news = []
    for day in days:
        spot, sort = random.choice(ground.communities), random.choice(list(said.what))
        if day <= now.date():
            at = min(datetime.combine(day, time(17, 30), LOCAL), now)
            facts = _facts(sort, said.what[sort], day, spot, unit)
            news.append(NewEvent(said=facts, by=by, at=at, held=True, attendance=random.randint(20, 200)))
    return events.enter_all(news)


def _facts(sort: str, title: str, day: date, spot: Spot, unit: int) -> EventFacts:
    return EventFacts(
        kind=_KIND, sort=sort, title=title, day=day, starts=time(9, 0), ends=time(12, 0),
        area_path=spot.path, address=spot.name, unit_id=unit,
    )  # fmt: skip


def _of_groups(said: activity_plan.Volunteers, calls: list[Event], random: Random) -> list[NewHours]:
    """Counted without names: as many newcomers as the year has beside its named ones."""
    some = dealing.dealt(said.newcomers - said.named, said.calls, even=0.3, least=1, step=1, random=random)
    found = []
    for call, newcomers in zip(calls, some, strict=False):
        origin = random.choice(list(said.groups))
        people = newcomers + random.randint(0, 6)
        found.append(
            NewHours(
                day=call.day,
                hours=people * random.choice((200, 300, 400)),
                area_path=call.area_path,
                unit_id=call.unit_id,
                group=random.choice(said.groups[origin]),
                origin=Hours.Origin(origin),
                people=people,
                newcomers=newcomers,
                event_id=call.pk,
                what=call.title,
            )
        )
    return found


def _of_residents(
    said: activity_plan.Volunteers, calls: list[Event], ground: Ground, random: Random, by: Actor
) -> list[NewHours]:  # fmt: skip
    """Each joined on the day of a call and helped there; most came again."""
    if not calls:
        return []
    phones = random.sample(range(10_000), said.named)
    firsts = sorted((random.choice(calls) for _nth in range(said.named)), key=lambda call: (call.day, call.pk))
    joined = volunteers.enter_all(
        [
            Joining(
                name=ground.person(),
                phone=f"1380001{phone:04d}",
                area_path=first.area_path,
                once=f"demo volunteer {nth}",
                code=tracking_code(random),
            )
            for nth, (first, phone) in enumerate(zip(firsts, phones, strict=True))
        ],
        by=by,
        at=datetime.combine(said.first, time(9, 0), LOCAL),
    )
    return [
        _hours(volunteer.pk, call, random)
        for volunteer, first in zip(joined, firsts, strict=True)
        for call in [first, *_again(first, calls, random)]
    ]


def _again(first: Event, calls: list[Event], random: Random) -> list[Event]:
    later = [call for call in calls if call.day > first.day]
    return random.sample(later, min(len(later), random.randint(0, 2 * _AGAIN)))


def _hours(volunteer: int, call: Event, random: Random) -> NewHours:
    return NewHours(
        day=call.day,
        hours=random.choice((150, 200, 250, 300, 400)),
        area_path=call.area_path,
        unit_id=call.unit_id,
        volunteer_id=volunteer,
        event_id=call.pk,
        what=call.title,
    )
