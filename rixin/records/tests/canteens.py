"""Canteens that owe a return each day, for tests: one in community 001, one in 002, and an old area return."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.worktime import LOCAL
from rixin.facilities.models import Facility, State, StateSpan
from rixin.metrics.tests.ground import small
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.records import actions
from rixin.records.entry import read_values
from rixin.records.facilities import of_facility
from rixin.records.journal import NewRecord
from rixin.records.models import Record

DEJIA, JINGZHOU = "330106013/001/", "330106013/002/"
GROUPS = """\
facility_groups:
  - {code: food, name: {zh: 助餐, en: Meals}, icon: meal}
"""
MEALS = """\
facilities:
  - {code: canteen, name: {zh: 老年食堂, en: Canteen}, meaning: {zh: 食堂, en: A}, unit: public-services, group: food}
  - {code: library, name: {zh: 书房, en: Library}, meaning: {zh: 书房, en: B}, unit: public-services, group: food}
"""
RETURNS = """\
records: {code: daily, name: {zh: 日报, en: Daily}}
types:
  - code: meals
    name: {zh: 助餐日报, en: Meals}
    meaning: {zh: 一天的助餐, en: Meals of one day}
    unit: public-services
    roles: [community_officer, handler, dispatcher, leader]
    day: {zh: 日期, en: Day}
    period: day
    facility: [canteen]
    place: needed
    fields:
      - {name: eaten, label: {zh: 堂食, en: Eaten}, kind: count, unit: fair}
      - {name: delivered, label: {zh: 送餐, en: Delivered}, kind: count, unit: fair, required: false}
  - code: watch
    name: {zh: 值守日报, en: Watch}
    meaning: {zh: 一天的值守, en: The watch of one day}
    unit: city-management
    day: {zh: 日期, en: Day}
    period: day
    place: none
    chase_after: 1
    fields:
      - {name: people, label: {zh: 人数, en: People}, kind: count, unit: fair}
"""
METRICS = """\
metrics: {code: daily, name: {zh: 日报, en: Daily}}
figures:
  - code: meals_eaten
    name: {zh: 堂食, en: Meals eaten}
    meaning: {zh: 堂食份数, en: Meals eaten}
    measure: sum
    source: meals
    field: eaten
    show: {unit: fair}
  - code: canteens
    name: {zh: 供餐食堂, en: Canteens}
    meaning: {zh: 供餐的食堂, en: Canteens that served}
    measure: distinct
    source: meals
    field: facility
    show: {unit: fair}
"""


def catalogue(folder: Path) -> Catalogue:
    return small(folder, groups=GROUPS, facilities=MEALS, daily=RETURNS, daily_figures=METRICS)


@pytest.fixture(scope="session")
def daily_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("daily"))


@pytest.fixture
def daily_returns(units: Any, daily_catalogue: Catalogue) -> None:
    versions.publish(daily_catalogue, datetime(2021, 12, 1, tzinfo=LOCAL))


def a_facility(
    name: str, area: str = DEJIA, *, kind: str = "canteen", opened: str = "2022-01-01", closed: str = ""
) -> Facility:
    at = datetime(2022, 1, 1, tzinfo=LOCAL)
    state = State.PAUSED if closed else State.OPEN
    made = Facility.objects.create(
        kind=kind, name_zh=name, area_path=area, address=f"{name}路1号", state=state, entered_at=at, changed_at=at
    )
    until = date.fromisoformat(closed) if closed else None
    StateSpan.objects.create(facility=made, from_day=date.fromisoformat(opened), until_day=until, state=State.OPEN)
    if until:
        StateSpan.objects.create(facility=made, from_day=until, state=State.PAUSED)
    return made


def a_return(facility: Facility, day: str, *, type: str = "meals", **values: Any) -> Record:
    version = versions.record(type)
    stored, faults = read_values(version.type, values)
    assert not faults, faults
    new = NewRecord(
        version=version,
        day=date.fromisoformat(day),
        unit=units.by_code(version.type.unit).id,
        values=stored,
        **of_facility(facility),
    )
    return actions.enter(new, by=SYSTEM, at=datetime(2023, 1, 10, 9, 0, tzinfo=LOCAL))
