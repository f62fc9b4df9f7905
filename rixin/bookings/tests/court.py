"""A dispute that is mediated, and rooms of the shared court, for tests."""

from datetime import date, datetime
from typing import Any

from rixin.bookings.booking import Wanted
from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, take
from rixin.cases.tests.statutes import on, received
from rixin.catalogue import versions
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.records import actions
from rixin.records.journal import NewRecord
from rixin.records.models import Record

AT = on(2022, 12, 5)
FORM = {"origin": "court", "dispute": "property", "other_side": "某物业公司", "people": 14}


def mediated(centre: Any, at: datetime = AT, key: str = "") -> Case:
    case = take(received("mediation", at, **FORM), "accept", centre, at, willing=True)
    return take(case, "appoint", centre, at, mediator="周大姐", kind="committee", free=True)


def a_room(name: str = "共享法庭一室", *, seats: int = 20, works: int = 1, until: int | None = None) -> Record:
    version = versions.record("court_room")
    values: dict[str, Any] = {"name": name, "seats": seats, "works": works}
    if until is not None:
        values["until_day"] = until
    unit = units.by_code("mediation-centre")
    new = NewRecord(version=version, day=date(2022, 1, 1), area_path=unit.area_path, unit=unit.id, values=values)
    return actions.enter(new, by=SYSTEM, at=AT)


def moment(hour: int, minute: int = 0, day: int = 8) -> datetime:
    return datetime(2022, 12, day, hour, minute, tzinfo=LOCAL)


NINE, TEN = moment(9), moment(10)


def wanted(room: Record, starts: datetime = NINE, ends: datetime = TEN, people: int = 14) -> Wanted:
    return Wanted(room.pk, starts, ends, people)
