"""Who keeps the rolls, and a second grid worker of the same grid."""

import pytest

from rixin.people.roles import Role
from rixin.people.tests.cast import GRID, Player, a_player


@pytest.fixture
def keeper(units: dict[str, object]) -> Player:
    return a_player(
        "lv.fang", "吕芳", "public-services", Role.HANDLER, title_zh="养老助残专员", title_en="Care officer"
    )


@pytest.fixture
def second_grid_worker(units: dict[str, object]) -> Player:
    return a_player(
        "zhao.lan", "赵兰", "community-001", Role.GRID_WORKER, GRID, title_zh="网格员", title_en="Grid worker"
    )
