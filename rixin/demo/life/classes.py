"""Summer classes and skills trainings of the demonstration, session by session."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from rixin.activities import events
from rixin.activities.facts import EventFacts
from rixin.activities.models import Event, Session
from rixin.catalogue.worktime import LOCAL
from rixin.demo.life.activity_plan import Activities
from rixin.demo.life.ground import Ground, Spot
from rixin.people.actors import Actor

_SESSIONS = 4
"""Of a training."""
_PLANNED_BEFORE = timedelta(days=20)


def make(said: Activities, ground: Ground, unit: int, *, random: Random, by: Actor, now: datetime) -> None:
    maker = _Classes(ground, unit, random, by, now)
    for one in said.summer:
        span = [one.first + timedelta(days=nth) for nth in range((one.last - one.first).days + 1)]
        days = [day for day in span if day.weekday() < 5]
        spot = next(spot for spot in ground.communities if spot.path.replace("/", "") == one.community)
        facts = maker.facts("summer_class", "", one.title, days[0], spot, room=one.room)
        maker.run(facts, days, (one.room // 2, one.room))
    for year, count in said.trainings.counts.items():
        for _nth in range(count):
            first = date(year, random.randint(1, 12), random.randint(1, 7))
            sort = random.choice(list(said.trainings.titles))
            days = [first + timedelta(days=7 * nth) for nth in range(_SESSIONS)]
            spot = random.choice(ground.communities)
            facts = maker.facts("skills_training", sort, said.trainings.titles[sort], first, spot)
            maker.run(facts, days, said.trainings.people)


class _Classes:
    def __init__(self, ground: Ground, unit: int, random: Random, by: Actor, now: datetime) -> None:
        self._unit, self._random, self._by, self._now = unit, random, by, now

    def facts(self, kind: str, sort: str, title: str, day: date, spot: Spot, room: int | None = None) -> EventFacts:
        return EventFacts(
            kind=kind,
            sort=sort,
            title=title,
            day=day,
            starts=time(9, 0),
            ends=time(16, 0),
            area_path=spot.path,
            address=f"{spot.name}文化家园",
            unit_id=self._unit,
            capacity=room,
        )

    def run(self, facts: EventFacts, days: Sequence[date], people: tuple[int, int]) -> None:
        """Planned three weeks before, and attended on each day that has come."""
        planned = datetime.combine(facts.day, time(10, 0), LOCAL) - _PLANNED_BEFORE
        if planned > self._now:
            return
        event = events.plan(facts, days=days, by=self._by, at=planned)
        for session in event.sessions.filter(day__lte=self._now.date()):
            self._attend(event, session, people)

    def _attend(self, event: Event, session: Session, people: tuple[int, int]) -> None:
        event.refresh_from_db()
        session.event = event
        at = min(datetime.combine(session.day, time(16, 10), LOCAL), self._now)
        events.attend(session, self._random.randint(*people), by=self._by, at=at, seen=event.version)
