"""Giving officers their enterprises at the desk: some, or all that a filter finds."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.desk.visit_pages.tests.conftest import TODAY, given, in_english, shown
from rixin.liaison import queries
from rixin.people.tests.cast import Player
from rixin.registers.tests.builders import a_building, a_lease, a_room, an_enterprise

pytestmark = pytest.mark.django_db
PAGE = "/desk/visits/officers"


def gives(by: Player, to: Player | str, query: str = "", **said: Any) -> Any:
    officer = to if isinstance(to, str) else str(to.account.pk)
    return in_english(by).post(f"{PAGE}?{query}", {"officer": officer, "day": "2022-03-14", **said})


def whose(enterprise: Any) -> int | None:
    return queries.officer_of(enterprise.pk, TODAY)


def test_those_ticked_go_to_the_officer(officer: Player, leader: Player) -> None:
    one, other = an_enterprise("甲公司"), an_enterprise("乙公司")

    answer = gives(officer, leader, chosen=[one.pk])

    assert answer.status_code == 302
    assert (whose(one), whose(other)) == (leader.account.pk, None)


def test_all_of_a_building_at_once(officer: Player, leader: Player) -> None:
    inside, outside = [an_enterprise() for _two in range(2)], an_enterprise()
    room = a_room(a_building())
    for one in inside:
        a_lease(room, one, metres=40)

    gives(officer, leader, "building=tower", all="1")

    assert [whose(one) for one in (*inside, outside)] == [leader.account.pk, leader.account.pk, None]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=甲", {"甲公司"}),
        ("of=nobody", {"乙公司"}),
        ("section=I", {"甲公司", "乙公司"}),
        ("section=J", set()),
        ("building=nowhere", {"甲公司", "乙公司"}),
        ("area=330106013/002/", set()),
        ("trait=stage.unicorn", set()),
    ],
)
def test_the_filter_finds(officer: Player, query: str, found: set[str]) -> None:
    one = an_enterprise("甲公司")
    an_enterprise("乙公司")
    given(officer, one)

    page = shown(officer, f"{PAGE}?{query}")

    assert {name for name in ("甲公司", "乙公司") if name in page} == found


def test_they_can_be_nobodys_any_more(officer: Player) -> None:
    one = an_enterprise()
    given(officer, one, since=date(2022, 1, 1))

    gives(officer, "end", chosen=[one.pk])

    assert whose(one) is None


def test_what_was_ticked_and_typed_comes_back_with_a_refusal(officer: Player, leader: Player) -> None:
    one = an_enterprise()

    answer = gives(officer, "", chosen=[one.pk], reason="分工调整")

    page = answer.content.decode()
    assert answer.status_code == 422 and "Please choose an officer." in page
    assert "分工调整" in page and f'value="{one.pk}" aria-label="{one.name}" checked' in page
    assert gives(officer, leader, reason="分工调整").status_code == 422  # nothing ticked


def test_only_those_who_may_write_down_visits_are_offered(officer: Player, handler: Player, auditor: Player) -> None:
    an_enterprise()

    page = shown(officer, PAGE)

    assert officer.name in page and f">{handler.name}</option>" not in page
    assert f">{auditor.name}</option>" not in page


def test_who_only_visits_does_not_decide(community_officer: Player, leader: Player) -> None:
    assert in_english(community_officer).get(PAGE).status_code == 404
    assert in_english(leader).get(PAGE).status_code == 200


def test_the_list_costs_the_same_however_long_it_is(officer: Player) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(officer, PAGE)
        return len(asked)

    given(officer, an_enterprise())
    shown(officer, PAGE)
    few = statements()
    given(officer, *(an_enterprise() for _nth in range(9)))

    assert statements() == few
