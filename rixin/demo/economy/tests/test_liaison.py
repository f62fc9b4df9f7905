"""The demonstration's officers and their enterprises."""

from datetime import date
from random import Random

import pytest

from rixin.demo.economy.liaison import make
from rixin.liaison import queries
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.registers.tests.builders import NOW, a_building, a_lease, a_room, an_enterprise

pytestmark = pytest.mark.django_db


def test_all_of_a_building_have_one_officer_and_nobody_who_left_has_any(handler: Player, leader: Player) -> None:
    room = a_room(a_building(), metres=500)
    inside = [an_enterprise() for _three in range(3)]
    for one in inside:
        a_lease(room, one, metres=50)
    gone = an_enterprise(standing="left", how="moved_out")

    make(Random(1), [handler.account, leader.account], SYSTEM, NOW, [*inside, gone])

    assert len({queries.officer_of(one.pk, date(2023, 1, 1)) for one in inside} - {None}) == 1
    assert queries.officer_of(gone.pk, date(2023, 1, 1)) is None


@pytest.mark.usefixtures("definitions")
def test_of_late_each_called_at_half_of_the_own_ones_once_the_years_are_over(handler: Player) -> None:
    room = a_room(a_building(), metres=500)
    inside = [an_enterprise() for _four in range(4)]
    for one in inside:
        a_lease(room, one, metres=50)
        one.refresh_from_db()

    make(Random(1), [handler.account], SYSTEM, NOW, inside)
    assert not queries.visits().exists() and queries.planned_for(handler.account.pk).count() == 3

    make(Random(1), [handler.account], SYSTEM, NOW.replace(year=2025), inside)
    assert queries.visits().count() == 2
