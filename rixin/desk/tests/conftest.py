"""What the desk's tests share: published definitions, and a browserless way to press the buttons of a case."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case
from rixin.people.tests.cast import Player


@pytest.fixture(autouse=True)
def _published(definitions: None) -> None:
    """Every page of the desk reads the definitions."""


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are opened two hours after the matters came in, each look a second after the last."""
    looks = count()
    monkeypatch.setattr(timezone, "now", lambda: MONDAY_0930 + timedelta(hours=2, seconds=next(looks)))


def in_english(player: Player) -> Client:
    player.client.cookies["language"] = "en"
    return player.client


def press(player: Player, case: Case, action: str, seen: int | None = None, **typed: Any) -> Any:
    """Sends the form of an action as the page does; the case is looked at first, unless `seen` says otherwise."""
    now = Case.objects.get(pk=case.pk)
    data = {"seen": now.version if seen is None else seen, **typed}
    return in_english(player).post(f"/desk/case/{case.number}/do/{action}", data)


def shown(player: Player, address: str, **headers: Any) -> str:
    response = in_english(player).get(address, **headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def unit_of(player: Player) -> int:
    assert player.main_post is not None
    return player.main_post.unit_id


@pytest.fixture
def case() -> Case:
    return a_case()
