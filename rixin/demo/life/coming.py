"""What is coming after the moment up to which the demonstration goes, with people who signed up."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from rixin.activities import events, signing
from rixin.activities.facts import EventFacts
from rixin.activities.models import SignUp
from rixin.activities.signing import Guest
from rixin.catalogue import versions
from rixin.demo.life.activity_plan import Coming
from rixin.demo.life.ground import Ground
from rixin.people.actors import Actor
from rixin.tracking_codes import tracking_code

_OPENED = timedelta(days=4)
_AGES = list(SignUp.AgeBand.values)


def make(said: Sequence[Coming], ground: Ground, unit: int, *, random: Random, by: Actor, now: datetime) -> None:
    for nth, one in enumerate(said):
        spot = ground.quarters[nth * 7 % len(ground.quarters)]
        day = now.date() + timedelta(days=one.in_days)
        rules = versions.work().activities[one.kind].sign_up
        opens = now - _OPENED
        facts = EventFacts(
            kind=one.kind,
            sort=one.sort,
            title=one.title,
            about=one.about,
            day=day,
            starts=time(14, 0),
            ends=time(16, 0),
            area_path=spot.path,
            place_code=spot.code,
            address=spot.name,
            lat=spot.lat,
            lng=spot.lng,
            unit_id=unit,
            capacity=one.room or None,
            sign_up_from=opens if rules else None,
            sign_up_until=opens + timedelta(days=one.in_days + 3) if rules else None,
        )
        event = events.plan(facts, by=by, at=opens - timedelta(days=1), origin=f"demo coming {nth}")
        for party, people in enumerate(one.parties):
            guest = Guest(
                name=ground.person(),
                phone=f"1380002{nth * 100 + party:04d}",
                people=people,
                code=tracking_code(random),
                age_band=_AGES[(nth + party) % len(_AGES)],
            )
            at = opens + timedelta(hours=2 * party + 1)
            signing.sign_up(event, guest, once=f"demo sign-up {nth} {party} 0123456789", at=at)
