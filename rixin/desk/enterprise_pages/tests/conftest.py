"""What the tests of the enterprise pages share: published definitions, the ground, a day, who keeps the register."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rixin.people.models import Unit
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.registers.models import Enterprise
from rixin.registers.tests.builders import NOW


@pytest.fixture(autouse=True)
def _ground(definitions: None, wenxin_places: Any) -> None:
    """Every page reads the definitions and names areas."""


@pytest.fixture(autouse=True)
def _tenth_of_january(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look is a second after the last."""
    looks = count()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=next(looks)))


@pytest.fixture
def keeper(units: dict[str, Unit]) -> Player:
    """A handler of the unit that keeps the register."""
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER, title_zh="经济专员", title_en="Economy officer")


def english(player: Player) -> Client:
    player.client.cookies["language"] = "en"
    return player.client


def shown(player: Player, address: str, **asked: str) -> str:
    answer = english(player).get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def do(player: Player, one: Enterprise, act: str, /, **typed: Any) -> Any:
    """Sends the form of an act as its page does; the entry is looked at first, unless `seen` says otherwise."""
    now = Enterprise.objects.get(pk=one.pk)
    return english(player).post(f"{one.get_absolute_url()}do/{act}", {"seen": now.version, **typed})
