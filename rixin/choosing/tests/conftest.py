"""Who keeps the rounds, and a second person there."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player


@pytest.fixture
def keeper(units: dict[str, object]) -> Player:
    return a_player("lv.gui", "吕桂", "public-services", Role.HANDLER, title_zh="民生专员", title_en="Officer")


@pytest.fixture
def second_keeper(units: dict[str, object]) -> Player:
    return a_player("shao.ting", "邵婷", "public-services", Role.HANDLER, title_zh="民生专员", title_en="Officer")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are read in the words of the source."""
    with translation.override("en"):
        yield
