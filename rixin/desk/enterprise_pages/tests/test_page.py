"""The page of one enterprise: what is known of it with its dates, and to whom which part is shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.cases.tests.builders import a_case
from rixin.desk.enterprise_pages import others
from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.enterprise_pages.tests.conftest import english, shown
from rixin.people.actors import SYSTEM
from rixin.privacy.models import Opening
from rixin.registers import entering, letting, standings, traits
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.tests.builders import (
    JINGZHOU,
    NOW,
    TODAY,
    a_building,
    a_code,
    a_lease,
    a_room,
    an_enterprise,
    paid,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Enterprise:
    return an_enterprise(
        "甲公司", code=a_code(), contact_name="王小明", contact_phone="13800001234", contact_post="经理"
    )


class TestReading:
    def test_its_standings_stand_with_their_days(self, leader, one):
        standings.stand(
            one, Standing.LEFT, How.MOVED_OUT, date(2022, 5, 2), where="余杭区", by=SYSTEM, at=NOW, seen=1, today=TODAY
        )

        text = shown(leader, one.get_absolute_url())

        assert "2021-03-01 – 2022-05-02" in text and "余杭区" in text and "Moved away" in text

    def test_a_ladder_shows_the_steps_that_hold_and_those_that_held(self, leader, one):
        traits.give(one, "stage", "high_tech", date(2021, 6, 1), until_day=date(2022, 6, 1), by=SYSTEM, at=NOW, seen=1)
        traits.give(one, "stage", "specialised", date(2022, 6, 1), by=SYSTEM, at=NOW, seen=2)

        steps = english(leader).get(one.get_absolute_url()).context["page"].traits[0].steps

        assert [state for _name, state in steps] == ["", "", "held", "holds", "", "", "", ""]

    def test_returns_are_summed_by_year_and_compared_with_the_same_months(self, leader, one):
        for period, yuan in (("2021-Q1", 100_000), ("2021-Q2", 300_000), ("2022-Q1", 120_000)):
            paid(one, period, yuan)

        years = english(leader).get(one.get_absolute_url()).context["page"].years

        assert [(line.year.year, line.year.amount, line.change) for line in years] == [
            (2022, 12_000_000, "+20.0%"),
            (2021, 40_000_000, ""),
        ]

    def test_what_it_paid_only_for_who_may_read_it_also_in_the_history(self, leader, community_officer, one):
        paid(one, "2022", 123_456)

        assert "12.35" in shown(leader, one.get_absolute_url())
        text = shown(community_officer, one.get_absolute_url())
        assert "12.35" not in text and "Returns entered" in text

    def test_rooms_that_it_has_stand_before_those_that_it_had_and_lead_to_their_building(self, leader, one):
        tower = a_building("tower")
        left = a_lease(a_room(tower, "301"), one)
        one.refresh_from_db()
        letting.leave(left, date(2022, 5, 1), by=SYSTEM, at=NOW, seen=one.version, today=TODAY)
        a_lease(a_room(tower, "302"), one, since="2022-05-01", until="2025-04-30")

        rooms = english(leader).get(one.get_absolute_url()).context["page"].rooms

        assert [(line.room, line.has, str(line.until or "")) for line in rooms] == [
            ("302", True, ""),
            ("301", False, "2022-05-01"),
        ]
        assert f'href="{tower.get_absolute_url()}"' in shown(leader, one.get_absolute_url())

    def test_matters_that_a_person_may_see_are_linked(self, leader, other_handler, one):
        case = a_case(enterprise=one.pk)

        assert case.number in shown(leader, one.get_absolute_url())
        assert case.number not in shown(other_handler, one.get_absolute_url())

    def test_other_chapters_show_their_part(self, leader, one, monkeypatch):
        entry = {"entry": {"what": "走访一次"}}
        shows = (
            lambda staff, enterprise: Panel("走访", "enterprises/entry.html", entry),
            lambda staff, enterprise: None,
        )
        monkeypatch.setattr(others, "PANELS", shows)

        page = shown(leader, one.get_absolute_url())
        assert "<h2>走访</h2>" in page and "走访一次" in page

    def test_one_of_another_area_is_not_found(self, leader, community_officer):
        away = an_enterprise(area_path=JINGZHOU)

        assert english(leader).get(away.get_absolute_url()).status_code == 200
        assert english(community_officer).get(away.get_absolute_url()).status_code == 404

    def test_a_double_leads_to_the_entry_that_goes_on_and_a_mistake_is_not_found(self, leader, one):
        double, mistake = an_enterprise("甲公司"), an_enterprise("乙公司")
        entering.merge(double, one, by=SYSTEM, at=NOW, seen=1, into_seen=1)
        entering.withdraw(mistake, by=SYSTEM, at=NOW, seen=1, reason="录错")

        assert english(leader).get(double.get_absolute_url())["Location"] == one.get_absolute_url()
        assert english(leader).get(mistake.get_absolute_url()).status_code == 404


class TestContact:
    def test_it_is_masked(self, leader, one):
        text = shown(leader, one.get_absolute_url())

        assert "王**" in text and "138****1234" in text and "13800001234" not in text

    def test_it_is_opened_for_a_purpose_that_is_put_on_record(self, keeper, one):
        address = f"{one.get_absolute_url()}contact"

        without = english(keeper).post(address, {"purpose": ""})
        answer = english(keeper).post(address, {"purpose": "visit"})

        assert (without.status_code, answer.status_code) == (422, 200)
        assert "王小明" in answer.content.decode() and "13800001234" in answer.content.decode()
        assert [(row.number, row.purpose) for row in Opening.objects.all()] == [(f"E{one.pk}", "visit")]

    @pytest.mark.parametrize(("role", "status"), [("keeper", 200), ("leader", 200), ("auditor", 404), ("handler", 404)])
    def test_by_who_keeps_the_register_only(self, request, role, status, one):
        player = request.getfixturevalue(role)

        assert english(player).post(f"{one.get_absolute_url()}contact", {"purpose": "visit"}).status_code == status


def test_a_page_asks_the_database_as_often_for_much_as_for_little(leader, one):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(leader, one.get_absolute_url())
        return len(captured)

    a_case(enterprise=one.pk)
    paid(one, "2022-Q1", 1)
    traits.give(one, "stage", "high_tech", date(2021, 6, 1), by=SYSTEM, at=NOW, seen=2)
    shown(leader, one.get_absolute_url())
    little = asked()
    for nth in range(1, 5):
        a_case(enterprise=one.pk, key=f"key-{nth + 1}")
        paid(one, f"2021-Q{nth}", nth)
    one.refresh_from_db()
    traits.give(one, "group", "greentown", date(2021, 6, 1), by=SYSTEM, at=NOW, seen=one.version)

    assert asked() == little <= 36
