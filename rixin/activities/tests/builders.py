"""Events, teams and volunteers for tests, made through the real actions, with only what matters named."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from rixin.activities import events, signing, teams, volunteers
from rixin.activities.facts import EventFacts
from rixin.activities.models import Event, SignUp, Team, Volunteer
from rixin.activities.signing import Guest
from rixin.activities.teams import TeamFacts
from rixin.activities.volunteers import Joining
from rixin.people import units
from rixin.people.actors import SYSTEM

LOCAL = ZoneInfo("Asia/Shanghai")
NOW = datetime(2022, 6, 1, 9, 0, tzinfo=LOCAL)
TODAY = NOW.date()
COMMUNITY = "330106013/001/"
_nth = count(1)


def facts(**said: Any) -> EventFacts:
    known: dict[str, Any] = {
        "kind": "cultural_event",
        "sort": "craft",
        "title": "香囊制作",
        "day": TODAY + timedelta(days=7),
        "starts": time(14, 0),
        "ends": time(16, 0),
        "area_path": COMMUNITY,
        "unit_id": units.by_code("public-services").id,
    }
    return EventFacts(**{**known, **said})


def an_event(*, at: datetime = NOW, days: list[date] | None = None, **said: Any) -> Event:
    return events.plan(facts(**said), by=SYSTEM, at=at, days=days or ())


def an_open_event(*, at: datetime = NOW, **said: Any) -> Event:
    """One for which residents sign up from a day before `at` to the day before it is held."""
    day = said.get("day", timezone_day(at) + timedelta(days=7))
    until = datetime.combine(day, time(0, 0), LOCAL)
    return an_event(at=at, **{"sign_up_from": at - timedelta(days=1), "sign_up_until": until, "day": day, **said})


def timezone_day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def guest(**said: Any) -> Guest:
    phone = f"1380000{next(_nth):04d}"
    return Guest(**{"name": "周小红", "phone": phone, "age_band": "18+", **said})


def signed_up(event: Event, *, at: datetime = NOW, **said: Any) -> SignUp:
    return signing.sign_up(event, guest(**said), once=f"test sign-up {next(_nth):08d}", at=at)


def a_team(**said: Any) -> Team:
    known: dict[str, Any] = {
        "name": "德加合唱队",
        "kind": "cultural_event",
        "level": "community",
        "area_path": COMMUNITY,
        "from_day": date(2020, 1, 1),
    }
    members = said.pop("members", None)
    return teams.enter(TeamFacts(**{**known, **said}), by=SYSTEM, at=NOW, members=members)


def a_volunteer(**said: Any) -> Volunteer:
    nth = next(_nth)
    known = {
        "name": "周小红",
        "phone": f"1380001{nth:04d}",
        "area_path": COMMUNITY,
        "once": f"test volunteer {nth:08d}",
    }
    return volunteers.enter(Joining(**{**known, **said}), by=SYSTEM, at=NOW)
