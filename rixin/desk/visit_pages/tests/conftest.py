"""An office that keeps the register, its officer, and enterprises at a known day."""

from datetime import date, datetime
from typing import Any

import pytest

from rixin.catalogue import versions
from rixin.catalogue.worktime import LOCAL
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.liaison import actions
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.people.units import by_code
from rixin.records import actions as records
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.registers.models import Enterprise

__all__ = ["_monday", "_published", "in_english", "shown"]
TODAY = date(2022, 3, 14)


@pytest.fixture(autouse=True)
def _ground(wenxin_places: Any) -> None:
    """Enterprises lie somewhere."""


@pytest.fixture
def officer(units: Any) -> Player:
    """Of the office that keeps the register: decides who has which enterprise, and has some."""
    title = {"title_zh": "企业服务专员", "title_en": "Enterprise officer"}
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER, **title)


def given(officer: Player, *enterprises: Enterprise, since: date = date(2022, 1, 1)) -> None:
    actions.assign(enterprises, officer.account, since, by=SYSTEM, at=_at(since), today=TODAY)


def visited(enterprise: Enterprise, day: date, by: Player | None = None, *, problem: bool = False) -> Record:
    new = NewRecord(
        version=versions.record("enterprise_visit"),
        day=day,
        area_path=enterprise.area_path,
        unit=by_code("economy-office").id,
        values={"enterprise": enterprise.name, "purpose": "regular", "problem": int(problem)},
        enterprise=enterprise.pk,
    )
    return records.enter(new, by=by.actor if by else SYSTEM, at=_at(day))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=LOCAL)
