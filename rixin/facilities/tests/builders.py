"""Facilities as tests need them, entered through the real actions."""

from datetime import date, datetime
from itertools import count
from typing import Any

from rixin.catalogue.worktime import LOCAL
from rixin.facilities import actions
from rixin.facilities.actions import Deed, Facts
from rixin.facilities.models import Facility, State
from rixin.people.actors import SYSTEM

NOW = datetime(2023, 1, 10, 10, 0, tzinfo=LOCAL)
"""A Tuesday."""
TODAY = NOW.date()
JINGZHOU, DEJIA = "330106013/002/", "330106013/001/"
_nth = count(1)


def day(written: str) -> date:
    return date.fromisoformat(written)


def a_facility(kind: str = "canteen", *, since: str = "2022-03-01", state: State = State.OPEN, **said: Any) -> Facility:
    said = {"name_zh": f"第{next(_nth)}食堂", "area_path": JINGZHOU, **said}
    return actions.enter(Facts(kind=kind, **said), state, day(since), by=SYSTEM, at=NOW, today=TODAY)


def deed(facility: Facility, today: date = TODAY) -> Deed:
    return Deed(by=SYSTEM, at=NOW, seen=facility.version, today=today)


def becomes(facility: Facility, state: State, on: str, **said: Any) -> Facility:
    return actions.change_state(facility, state, day(on), deed(facility), **said)
