"""The cultural teams of the demonstration: 6 of the sub-district, 15 of communities, 80 of quarters."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random

from rixin.activities import teams
from rixin.activities.teams import TeamFacts
from rixin.catalogue.worktime import LOCAL
from rixin.demo.life.activity_plan import Many, Teams
from rixin.demo.life.ground import Ground, Spot
from rixin.people.actors import Actor

_KIND = "cultural_event"
_BEGAN = date(2019, 3, 1)
_WRITTEN = date(2021, 1, 4)
"""When those that were there already were entered."""
_LATER = date(2022, 2, 10)


def make(said: Teams, ground: Ground, *, random: Random, by: Actor, now: datetime) -> list[int]:
    """Answers the ids of those that began first."""
    news = [
        (_team(one.name, "subdistrict", one.art, ground.whole, _BEGAN, ground), random.randint(28, 60))
        for one in said.subdistrict
    ]
    for level, many, spots in (
        ("community", said.community, ground.communities),
        ("quarter", said.quarter, ground.quarters),
    ):
        news += _many(level, many, spots, ground, random)
    news = [(facts, members) for facts, members in news if facts.from_day <= now.date()]
    first: list[int] = []
    for day, some in groupby(sorted(news, key=lambda new: new[0].from_day), key=lambda new: new[0].from_day):
        at = min(datetime.combine(max(day, _WRITTEN), time(10, 0), LOCAL), now)
        made = teams.enter_all(list(some), by=by, at=at)
        first += [team.pk for team in made if day == _BEGAN]
    return first


def _many(level: str, many: Many, spots: list[Spot], ground: Ground, random: Random) -> list[tuple[TeamFacts, int]]:
    """In each place one after the other, and then again with the next name, until there are as many as wanted."""
    found = []
    for nth in range(many.wanted):
        spot = spots[nth % len(spots)]
        name = many.names[(nth // len(spots) + nth) % len(many.names)]
        late = nth - (many.wanted - many.later)
        began = _LATER + timedelta(days=14 * late) if late >= 0 else _BEGAN
        facts = _team(f"{spot.name}{name}", level, name.rstrip("队团社会"), spot, began, ground)
        found.append((facts, random.randint(10, 32)))
    return found


def _team(name: str, level: str, art: str, spot: Spot, began: date, ground: Ground) -> TeamFacts:
    return TeamFacts(
        name=name,
        kind=_KIND,
        level=level,
        art=art,
        area_path=spot.path,
        place_code=spot.code,
        leader_name=ground.person(),
        leader_phone=ground.phone(),
        from_day=began,
    )
