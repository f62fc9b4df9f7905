"""Events, fairs, teams and volunteers of 2021 to 2023, up to a moment, and what is coming after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from rixin.activities import events, fairs
from rixin.activities.events import NewEvent
from rixin.activities.facts import EventFacts
from rixin.activities.fairs import Offer
from rixin.activities.models import Event
from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.life import classes, coming, teams, volunteers
from rixin.demo.life.activity_plan import Activities, plan
from rixin.demo.life.ground import Ground
from rixin.demo.work import dealing
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

_WRITTEN_AT = time(17, 20)
_UNIT = "public-services"


@dataclass(frozen=True)
class Made:
    events: int
    volunteers: int


def store(random: Random, now: datetime, cast: Cast) -> Made:
    """The register of enterprises is there: employers come from it."""
    unit = units.by_code(_UNIT).id
    by = cast.of_unit("handler", unit, random) or SYSTEM
    ground, said, today = Ground(random), plan(), now.date()
    its_teams = teams.make(said.teams, ground, random=random, by=by, now=now)
    year = _Year(said, ground, unit, random, by, now)
    held = events.enter_all([new for new in year.cultural(its_teams) if new.said.day <= today])
    _fairs(year)
    classes.make(said, ground, unit, random=random, by=by, now=now)
    helped = volunteers.make(said.volunteers, ground, unit, random=random, by=by, now=now)
    coming.make(said.coming, ground, unit, random=random, by=by, now=now)
    return Made(len(held), helped)


@dataclass(frozen=True)
class _Year:
    said: Activities
    ground: Ground
    unit: int
    random: Random
    by: Actor
    now: datetime

    def days(self, year: int, count: int) -> list[date]:
        first = date(year, 1, 1)
        return sorted(first + timedelta(days=self.random.randrange(365)) for _nth in range(count))

    def cultural(self, its_teams: Sequence[int]) -> list[NewEvent]:
        said, random = self.said.cultural, self.random
        found = []
        for year, count in said.counts.items():
            for day in self.days(year, count):
                sort = dealing.weighed(said.weights, random)
                hour = random.choice((9, 10, 14, 15, 19))
                team = random.choice(its_teams) if sort in ("show", "sport") and its_teams else None
                facts = _facts(self, "cultural_event", sort, random.choice(said.titles[sort]), day, hour, team=team)
                found.append(_held(self, facts, random.randint(*said.people)))
        return found


def _facts(
    year: _Year, kind: str, sort: str, title: str, day: date, hour: int, *, team: int | None = None
) -> EventFacts:  # fmt: skip
    spot = year.random.choice(year.ground.quarters)
    return EventFacts(
        kind=kind,
        sort=sort,
        title=title,
        day=day,
        starts=time(hour, 0),
        ends=time(hour + 2, 0),
        area_path=spot.path,
        place_code=spot.code,
        address=spot.name,
        lat=spot.lat,
        lng=spot.lng,
        unit_id=year.unit,
        team_id=team,
    )


def _held(year: _Year, facts: EventFacts, people: int) -> NewEvent:
    at = min(datetime.combine(facts.day, _WRITTEN_AT, LOCAL), year.now)
    return NewEvent(said=facts, by=year.by, at=at, held=True, attendance=people)


def _fairs(year: _Year) -> list[Event]:
    """Posts and agreements of a year add up to its totals, employer by employer."""
    said, random, made = year.said.fairs, year.random, []
    known = list(Enterprise.objects.filter(standing__in=PRESENT, withdrawn=False).order_by("pk"))
    for number, count in said.counts.items():
        days = year.days(number, count)
        posts = dealing.dealt(said.posts[number], count, even=0.6, least=40, step=1, random=random)
        # The more posts a fair has, the more people sign there.
        dealt = iter(sorted(dealing.dealt(said.agreements[number], count, even=0.5, least=10, step=1, random=random)))
        signed = {nth: next(dealt) for nth in sorted(range(count), key=posts.__getitem__)}
        titles = dealing.distinct(said.titles, count, random)
        for nth, day in enumerate(days):
            here = [one for one in known if one.since <= day]
            least, most = said.employers
            some = random.sample(here, min(random.randint(least, most), len(here)))
            if day > year.now.date() or not some:
                continue
            facts = _facts(year, "job_fair", _sort(titles[nth]), titles[nth], day, 9)
            event = events.enter_all([_held(year, facts, random.randint(180, 900))])[0]
            offers = _offers(some, posts[nth], signed[nth], random)
            fairs.put(event, offers, by=year.by, at=event.entered_at, seen=event.version)
            made.append(event)
    return made


def _sort(title: str) -> str:
    return "online" if "直播" in title else "campus" if "高校" in title else "hall"


def _offers(some: Sequence[Enterprise], posts: int, signed: int, random: Random) -> list[Offer]:
    offered = dealing.dealt(posts, len(some), even=0.4, least=1, step=1, random=random)
    # Nobody signs for a post that is not offered.
    taken = Counter(random.sample([nth for nth, posts in enumerate(offered) for _post in range(posts)], signed))
    return [Offer(name=one.code or one.name, posts=offered[nth], agreements=taken[nth]) for nth, one in enumerate(some)]
