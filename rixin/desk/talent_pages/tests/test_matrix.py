"""The matrix of talents: numbers of people by class and year, recognised centres, and teams with their enterprise."""

from datetime import date

import pytest
from django.utils import timezone

from rixin.desk.tests.conftest import _published, in_english
from rixin.metrics.tests.ground import a_record
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.registers import traits
from rixin.registers.tests.builders import NOW, an_enterprise

__all__ = ["_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]


@pytest.fixture(autouse=True)
def _in_2023(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def officer(units):
    return a_player("shen.yue", "沈悦", "economy-office", Role.HANDLER)


def cells(player, address: str = "/desk/talents") -> str:
    response = in_english(player).get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_people_are_added_up_by_class_and_year(officer):
    a_record("talent", "2022-03-31", people=21, grade="e", from_abroad=False)
    a_record("talent", "2022-05-18", people=4, grade="e", from_abroad=True)
    a_record("talent", "2021-05-18", people=2, grade="d", from_abroad=True)

    page = cells(officer)

    assert '<th scope="row">Class E</th>' in page
    row = page.split('<th scope="row">Class E</th>')[1].split("</tr>")[0]
    assert [
        cell.split("<")[0] for cell in row.replace('<span class="muted">', "").split('<td class="number">')[1:]
    ] == [
        "0",
        "0",
        "25",
        "0",
        "25",
    ]
    assert "period=2022" in page and ">25</a>" in page and ">2</a>" in page


def test_a_team_leads_to_the_enterprise_that_it_came_to(officer):
    one = an_enterprise("杭州青屿软件有限公司")
    a_record("startup_team", "2022-05-27", team="微纳传感团队", enterprise="杭州青屿软件有限公司")

    page = cells(officer)

    assert "微纳传感团队" in page and f'<a href="/desk/enterprises/{one.pk}/">杭州青屿软件有限公司</a>' in page


def test_a_centre_counts_in_the_year_of_its_recognition(officer):
    one = an_enterprise()
    traits.give(one, "rd_centre", "city", date(2022, 4, 8), by=SYSTEM, at=NOW, seen=one.version)

    row = cells(officer).split('<th scope="row">City</th>')[1].split("</tr>")[0]

    assert row.count(">1</td>") == 2  # the year, and all years together


def test_of_an_earlier_year_only_what_was_until_then(officer):
    a_record("talent", "2022-03-31", people=21, grade="e", from_abroad=False)

    assert ">21</a>" in cells(officer) and ">21</a>" not in cells(officer, "/desk/talents?year=2021")
