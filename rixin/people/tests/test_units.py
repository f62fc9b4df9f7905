"""Units from memory, and who works in them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from rixin.people import staffing, units
from rixin.people.models import Unit
from rixin.people.roles import Role
from rixin.people.tests.cast import COMMUNITY, ELSEWHERE, GRID, a_post, a_unit, an_account
from rixin.people.units import UnknownUnit

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 1)


@pytest.fixture(name="loaded", autouse=True)
def loaded_units(units):
    return units


class TestAUnit:
    def test_is_known_by_code_and_by_id_without_asking_the_database_again(self, loaded, django_assert_num_queries):
        with django_assert_num_queries(1):
            greening = units.by_code("greening")
            again = [units.by_id(loaded["greening"].pk) for _nth in range(50)]

        assert set(again) == {greening}
        assert greening.name_zh == "绿化养护所"

    def test_that_does_not_exist_is_named_in_the_complaint(self):
        with pytest.raises(UnknownUnit, match="fly-tipping"):
            units.by_code("fly-tipping")
        with pytest.raises(UnknownUnit):
            units.by_id(0)

    def test_that_changes_is_known_anew_at_once(self, loaded):
        units.by_code("greening")
        loaded["greening"].name_zh = "园林所"
        loaded["greening"].save()

        assert units.by_code("greening").name_zh == "园林所"

    def test_that_another_process_changes_is_known_some_seconds_later(self, loaded, monkeypatch):
        units.by_code("greening")
        Unit.objects.filter(code="greening").update(name_zh="园林所")  # no signal tells of it

        assert units.by_code("greening").name_zh == "绿化养护所"
        monkeypatch.setattr(units, "RENEWED_AFTER", -1)
        assert units.by_code("greening").name_zh == "园林所"

    def test_that_is_no_more_is_known_but_not_offered(self, loaded):
        loaded["greening"].retired_on = TODAY
        loaded["greening"].save()

        assert units.by_code("greening")
        assert "greening" in {unit.code for unit in units.all_open(TODAY - timedelta(days=1))}
        assert "greening" not in {unit.code for unit in units.all_open(TODAY)}

    def test_has_a_name_in_both_languages(self):
        assert all(unit.name_zh and unit.name_en for unit in units.all_open())


class TestTheCommittee:
    @pytest.mark.parametrize("area", [COMMUNITY, GRID, f"{GRID}07/"])
    def test_of_an_area_is_the_one_of_its_community(self, area):
        committee = units.community_of(area)

        assert committee and committee.code == "community-001"

    @pytest.mark.parametrize("area", ["", "330106013/", "330106013/999/", f"{ELSEWHERE}001/"])
    def test_of_an_area_above_or_outside_is_nobody(self, area):
        assert units.community_of(area) is None


class TestTheStaffOfAUnit:
    def test_are_those_who_hold_a_post_of_it_on_the_day(self, loaded):
        now, past, closed = (an_account(name) for name in ("now", "past", "closed"))
        a_post(now, loaded["greening"], Role.HANDLER)
        a_post(now, loaded["greening"], Role.LEADER)
        a_post(past, loaded["greening"], Role.HANDLER, until=TODAY)
        a_post(closed, loaded["greening"], Role.HANDLER)
        closed.is_active = False
        closed.save()

        assert staffing.accounts_of(loaded["greening"].pk, None, TODAY) == [now]
        assert staffing.accounts_of(loaded["greening"].pk, Role.HANDLER, TODAY - timedelta(days=1)) == [now, past]
        assert staffing.accounts_of(loaded["greening"].pk, Role.VERIFIER, TODAY) == []

    def test_are_found_in_one_statement(self, loaded, django_assert_num_queries):
        for nth in range(20):
            a_post(an_account(f"officer{nth}"), loaded["greening"], Role.HANDLER)

        with django_assert_num_queries(1):
            assert len(staffing.accounts_of(loaded["greening"].pk, Role.HANDLER, TODAY)) == 20

    def test_of_an_area_are_those_whose_post_holds_it(self, loaded):
        here, around, beside = (an_account(name) for name in ("here", "whole", "beside"))
        committee = loaded["community-001"]
        a_post(here, committee, Role.GRID_WORKER, GRID)
        a_post(around, committee, Role.GRID_WORKER, COMMUNITY)
        a_post(beside, committee, Role.GRID_WORKER, f"{COMMUNITY}011/")

        assert staffing.accounts_in(f"{GRID}03/", Role.GRID_WORKER, TODAY) == [here, around]

    def test_of_a_closed_demonstration_are_left_out(self, loaded, settings):
        a_post(an_account("greening1", demo=True), loaded["greening"], Role.HANDLER)

        settings.DEMO = False
        assert staffing.accounts_of(loaded["greening"].pk, None, timezone.localdate()) == []
        settings.DEMO = True
        assert len(staffing.accounts_of(loaded["greening"].pk, None, timezone.localdate())) == 1


def test_an_office_elsewhere_is_a_unit_like_any_other():
    a_unit("elsewhere-office", area_path=ELSEWHERE)

    assert units.by_code("elsewhere-office").area_path == ELSEWHERE
