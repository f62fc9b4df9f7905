"""How many enterprises were called at: by officer, building and month, each number with the rows behind it."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import load_workbook

from rixin.desk.visit_pages import covering
from rixin.desk.visit_pages.tests.conftest import given, in_english, shown, visited
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.registers import standings
from rixin.registers.models import How, Standing
from rixin.registers.tests.builders import JINGZHOU, NOW, a_building, a_lease, a_room, an_enterprise

pytestmark = pytest.mark.django_db
VISITS, BEHIND = "/desk/visits", "/desk/visits/enterprises"


@pytest.fixture
def three(officer: Player, leader: Player) -> Any:
    """Two of the officer's, of which one was visited twice; one of the leader's in a building, not visited."""
    one, two, three = an_enterprise("甲公司"), an_enterprise("乙公司"), an_enterprise("丙公司")
    a_lease(a_room(a_building()), three)
    given(officer, one, two)
    given(leader, three)
    visited(one, date(2022, 1, 20), officer)
    visited(one, date(2022, 3, 1), leader, problem=True)
    return one, two, three


def lines(staff: Player, period: str = "2022") -> dict[str, tuple[int, int, int]]:
    """By name: enterprises, visited, visits."""
    page = covering.coverage(staff, covering.read_period(period, date(2022, 3, 14)), date(2022, 3, 14))
    return {
        one.name: (one.line.enterprises, one.line.visited, one.line.visits)
        for shown_ in (page.officers, page.buildings, page.months, [page.total])
        for one in shown_
    }


class TestTheNumbers:
    def test_are_of_officers_buildings_and_months(self, officer: Player, three: Any) -> None:
        with override("en"):
            found = lines(officer)

        assert found == {
            "金英": (2, 1, 2),
            "周明": (1, 0, 0),
            "Tower": (1, 0, 0),
            "In no office building": (2, 1, 2),
            "2022-01": (3, 1, 1),
            "2022-02": (3, 0, 0),
            "2022-03": (3, 1, 1),
            "All": (3, 1, 2),
        }

    def test_of_a_quarter_hold_its_visits_and_its_officers_alone(self, officer: Player, three: Any) -> None:
        visited(three[1], date(2021, 12, 31))

        with override("en"):
            found = lines(officer, "2021-Q4")

        assert found["All"] == (3, 1, 1) and found["Nobody yet"] == (3, 1, 1) and "金英" not in found

    def test_leave_out_who_was_gone_by_the_end(self, officer: Player, three: Any) -> None:
        two = three[1]
        two.refresh_from_db()
        standings.stand(
            two, Standing.LEFT, How.MOVED_OUT, date(2022, 2, 1), by=SYSTEM, at=NOW, seen=two.version, today=NOW.date()
        )

        assert lines(officer)["金英"] == (1, 1, 2)
        assert lines(officer, "2021-Q4")["2021-10"][0] == 3

    def test_of_other_areas_are_not_counted(self, community_officer: Player, officer: Player, three: Any) -> None:
        an_enterprise("竞舟公司", area_path=JINGZHOU)

        with override("en"):
            counts = [lines(one)["All"][0] for one in (community_officer, officer)]

        assert counts == [3, 4]


class TestThePage:
    def test_compares_officers_for_those_who_decide_and_shows_others_their_own(
        self, officer: Player, community_officer: Player, three: Any
    ) -> None:
        assert "周明" in shown(officer, VISITS)

        page = shown(community_officer, VISITS)

        assert "周明" not in page and "Tower" in page

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("state=missed", {"乙公司", "丙公司"}),
            ("state=visited", {"甲公司"}),
            ("month=2022-02&state=missed", {"甲公司", "乙公司", "丙公司"}),
            ("building=tower", {"丙公司"}),
            ("building=nowhere", {"甲公司", "乙公司"}),
            ("officer=nobody", set()),
            ("period=2021-Q4&state=visited", set()),
        ],
    )
    def test_each_number_opens_the_enterprises_behind_it(
        self, officer: Player, three: Any, query: str, names: set[str]
    ) -> None:
        page = shown(officer, f"{BEHIND}?period=2022&{query}" if "period" not in query else f"{BEHIND}?{query}")

        assert {name for name in ("甲公司", "乙公司", "丙公司") if name in page} == names

    def test_an_officers_line_leads_to_the_own_enterprises(self, officer: Player, three: Any) -> None:
        page = shown(officer, f"{BEHIND}?officer={officer.account.pk}")

        assert "甲公司" in page and "丙公司" not in page

    def test_costs_the_same_number_of_statements_however_many_there_are(self, officer: Player, three: Any) -> None:
        def statements(address: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                shown(officer, address)
            return len(asked)

        shown(officer, VISITS)
        few = [statements(VISITS), statements(BEHIND)]
        for _nth in range(10):
            one = an_enterprise()
            given(officer, one)
            visited(one, date(2022, 3, 2), officer)

        assert [statements(VISITS), statements(BEHIND)] == few

    def test_is_a_table_to_take_along(self, officer: Player, three: Any) -> None:
        client = in_english(officer)
        lines: Any = client.get(f"{VISITS}/coverage.csv?period=2022-Q1")
        csv = b"".join(lines.streaming_content).decode("utf-8-sig")
        book = load_workbook(BytesIO(client.get(f"{BEHIND}.xlsx?state=missed").content))

        assert "By officer,金英,2,1,50.0%,2,1,1" in csv
        assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["丙公司", "乙公司"]
        assert client.get(f"{VISITS}/coverage.pdf").status_code == 404
