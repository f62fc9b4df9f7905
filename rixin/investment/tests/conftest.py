"""Who keeps the pipelines, and a second person there."""

import pytest

from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player


@pytest.fixture
def officer(units: dict[str, object]) -> Player:
    return a_player("ye.qing", "叶青", "economy-office", Role.HANDLER, title_zh="招商专员", title_en="Officer")


@pytest.fixture
def second_officer(units: dict[str, object]) -> Player:
    return a_player("jin.yu", "金雨", "economy-office", Role.HANDLER, title_zh="招商专员", title_en="Officer")
