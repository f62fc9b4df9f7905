"""Builders of the cases' tests: they go through the real actions, with only what matters named."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Model

from rixin.cases import actions, queries
from rixin.cases.history import NewCase, Reporter
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.catalogue.models import DefinitionVersion
from rixin.people.actors import Actor, resident
from rixin.people.staff import Staff
from rixin.places.tests.written import write_again

LOCAL = ZoneInfo("Asia/Shanghai")
MONDAY_0930 = datetime(2022, 3, 14, 9, 30, tzinfo=LOCAL)
FRIDAY_1650 = datetime(2022, 3, 18, 16, 50, tzinfo=LOCAL)
PUBLISHED_AT = datetime(2021, 12, 1, tzinfo=LOCAL)
MICROGRID = "330106013/001/01/01/"


@lru_cache(maxsize=1)
def bundled() -> Catalogue:
    return load(catalogue_dir())


@pytest.fixture
def definitions(units: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled units and matter types, published."""
    if DefinitionVersion.objects.exists():
        versions.publish(bundled(), PUBLISHED_AT)
        return
    write_again(published())
    monkeypatch.setattr(versions, "_known", KNOWN)
    KNOWN.look_again()


KNOWN = versions.Known()
"""What tests with the bundled definitions know: their rows have the same ids each time, and are read once."""


@lru_cache(maxsize=1)
def published() -> dict[type[Model], list[Any]]:
    """The rows as publishing writes them, taken out again: making them anew takes longer than most tests."""
    with transaction.atomic():
        versions.publish(bundled(), PUBLISHED_AT)
        rows: dict[type[Model], list[Any]] = {DefinitionVersion: list(DefinitionVersion.objects.order_by("pk"))}
        transaction.set_rollback(True)
    return rows


def a_new_case(*, key: str = "key-1", type: str = "exposed_rubbish", **given: Any) -> NewCase:
    version = versions.current(type)
    area_path = given.pop("area_path", MICROGRID)
    known = {
        "channel": "code",
        "title": "单元门口垃圾没人清",
        "text": "3幢2单元门口的垃圾堆了三天，天热味道很大。",
        "reporter": Reporter(submission_key=key, phone=given.pop("phone", "")),
    }
    owner = queries.owner_unit(version.rules.type.unit, area_path)
    return NewCase(version=version, area_path=area_path, owner_unit=owner, **{**known, **given})


def a_case(*, at: datetime = MONDAY_0930, by: Actor | None = None, **given: Any) -> Case:
    return actions.open_case(a_new_case(**given), by=by or resident(), at=at).case


def take(case: Case, action: str, by: Staff | Actor, at: datetime, **given: Any) -> Case:
    return actions.act(case, action, by=by, given=given, seen=case.version, at=at)


def minutes(amount: float) -> timedelta:
    return timedelta(minutes=amount)
