"""Early warning: each enterprise with each reason in words, and what can be done about it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case
from rixin.desk.visit_pages.panel import panel
from rixin.desk.visit_pages.tests.conftest import given, in_english, shown, visited
from rixin.liaison import queries
from rixin.liaison.models import LookedAt
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.registers import entering, standings
from rixin.registers.models import Enterprise, How, Standing, Tenancy
from rixin.registers.tests.builders import a_building, a_lease, a_room, an_enterprise, paid

pytestmark = pytest.mark.django_db
PAGE = "/desk/warnings"


@pytest.fixture
def enterprise() -> Enterprise:
    """Its lease ends in 78 days."""
    one = an_enterprise("杭州预警科技有限公司")
    a_lease(a_room(a_building()), one, until="2022-05-31")
    return one


class TestTheList:
    def test_names_each_fact_with_its_dates(self, leader: Player, enterprise: Enterprise) -> None:
        page = shown(leader, PAGE)

        assert enterprise.name in page
        assert "The lease of Tower 301 ends on Tue 31 May 2022, in 78 days." in page

    def test_says_what_is_paid_only_to_who_may_know(
        self, leader: Player, community_officer: Player, enterprise: Enterprise
    ) -> None:
        paid(enterprise, "2020", 2_000_000)
        paid(enterprise, "2021", 1_000_000)

        assert "Of 2021 it paid 100 ten thousand yuan" in shown(leader, PAGE)
        page = shown(community_officer, PAGE)
        assert "It paid clearly less tax" in page and "ten thousand yuan" not in page

    def test_names_a_problem_that_waits_with_its_matter(self, leader: Player) -> None:
        one = an_enterprise("杭州问题科技有限公司")
        form = {"enterprise": one.name, "subject": "parking"}
        case = a_case(type="enterprise_problem", form=form, at=MONDAY_0930 - timedelta(days=40))

        page = shown(leader, f"{PAGE}?of=unsolved")

        assert case.number in page and "1 problem is open" in page

    def test_names_whose_address_was_changed(self, leader: Player, enterprise: Enterprise) -> None:
        for address in ("文二西路1号", "古墩路2号"):
            enterprise.refresh_from_db()
            at = MONDAY_0930 - timedelta(days=3)
            entering.correct(enterprise, {"address": address}, by=SYSTEM, at=at, seen=enterprise.version)

        page = shown(leader, f"{PAGE}?of=address_changed")

        assert "its address was changed from 文二西路1号 to 古墩路2号" in page

    def test_names_who_works_elsewhere_since(self, leader: Player, enterprise: Enterprise) -> None:
        day = MONDAY_0930.date() - timedelta(days=5)
        away = (Standing.ELSEWHERE, How.CHANGED, day)
        enterprise.refresh_from_db()
        standings.stand(enterprise, *away, by=SYSTEM, at=MONDAY_0930, seen=enterprise.version, today=day)

        assert "it works elsewhere." in shown(leader, f"{PAGE}?of=address_changed")

    def test_names_who_left_its_building_and_is_still_here(self, leader: Player, enterprise: Enterprise) -> None:
        Tenancy.objects.update(until_day=date(2022, 3, 1))

        page = shown(leader, f"{PAGE}?of=moved_out")

        assert "Since Tue 1 Mar 2022 it has no rooms in Tower any more" in page

    def test_of_an_own_area_alone(self, leader: Player, community_officer: Player) -> None:
        one = an_enterprise("竞舟公司", area_path="330106013/002/")
        a_lease(a_room(a_building()), one, until="2022-05-31")

        assert "竞舟公司" in shown(leader, PAGE) and "竞舟公司" not in shown(community_officer, PAGE)

    def test_of_the_own_enterprises(self, officer: Player, enterprise: Enterprise) -> None:
        assert enterprise.name not in shown(officer, f"{PAGE}?mine=1")

        given(officer, enterprise)

        assert enterprise.name in shown(officer, f"{PAGE}?mine=1")

    def test_costs_the_same_number_of_statements_however_many_there_are(
        self, leader: Player, officer: Player, enterprise: Enterprise
    ) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                shown(leader, PAGE)
            return len(asked)

        given(officer, enterprise)
        paid(enterprise, "2021", 5_000_000)
        shown(leader, PAGE)
        few = statements()
        room = a_room(Enterprise.objects.get().tenancies.get().room.building, "900", metres=2000)
        for _nth in range(8):
            one = an_enterprise()
            a_lease(room, one, until="2022-05-31", metres=10)
            paid(one, "2021", 5_000_000)
            given(officer, one)

        assert statements() == few


class TestWhatIsDone:
    def test_a_visit_is_planned_for_its_officer(self, leader: Player, officer: Player, enterprise: Enterprise) -> None:
        given(officer, enterprise)

        answer = in_english(leader).post(f"{PAGE}/{enterprise.pk}/plan", {"of": "lease_end"})

        assert answer["Location"] == f"{PAGE}?of=lease_end"
        assert queries.planned_for(officer.account.pk).get().enterprise == enterprise
        assert "Take it off the route" in shown(leader, PAGE)

    def test_and_taken_off_again(self, leader: Player, enterprise: Enterprise) -> None:
        in_english(leader).post(f"{PAGE}/{enterprise.pk}/plan")

        in_english(leader).post(f"{PAGE}/{enterprise.pk}/drop")

        assert not queries.planned_for(leader.account.pk).exists()

    def test_looked_into_it_is_not_shown_until_a_day(self, leader: Player, enterprise: Enterprise) -> None:
        answer = self.looks(leader, enterprise, until="2022-04-30")

        assert answer.status_code == 302 and enterprise.name not in shown(leader, PAGE)
        assert LookedAt.objects.get().words == "已谈妥续租"

    def test_shown_again_from_that_day_on(self, leader: Player, enterprise: Enterprise) -> None:
        self.looks(leader, enterprise, until="2022-04-30")

        hidden = [bool(queries.looked_at([enterprise.pk], date(2022, 4, day))) for day in (29, 30)]

        assert hidden == [True, False]

    @pytest.mark.parametrize(
        "said", [{"words": ""}, {"until": "2022-03-14"}, {"until": "2024-01-01"}, {"until": "someday"}]
    )
    def test_it_is_said_what_was_found_and_until_a_day_to_come(
        self, leader: Player, enterprise: Enterprise, said: dict[str, str]
    ) -> None:
        assert self.looks(leader, enterprise, **{"until": "2022-04-30", **said}).status_code == 422
        assert not LookedAt.objects.exists()

    def test_only_its_officer_and_who_decides_answer_for_it(
        self, community_officer: Player, enterprise: Enterprise
    ) -> None:
        assert self.looks(community_officer, enterprise, until="2022-04-30").status_code == 404
        assert "Looked into" not in shown(community_officer, PAGE)

        given(community_officer, enterprise)

        assert "Looked into" in shown(community_officer, PAGE)
        assert self.looks(community_officer, enterprise, until="2022-04-30").status_code == 302

    def test_that_it_thinks_of_leaving_opens_a_matter_about_it(self, officer: Player, enterprise: Enterprise) -> None:
        address = f"/desk/new?type=enterprise_retention&amp;enterprise={enterprise.pk}"
        assert address in shown(officer, PAGE)

        page = shown(officer, address.replace("&amp;", "&"))
        assert f'value="{enterprise.name}"' in page and f'name="enterprise" value="{enterprise.pk}"' in page

        said = {"channel": "desk", "text": "租约到期后拟外迁。", "type": "enterprise_retention", "once": "k"}
        sent = {
            **said,
            "form-enterprise": enterprise.name,
            "enterprise": enterprise.pk,
            "place-area": enterprise.area_path,
        }
        assert in_english(officer).post("/desk/new", sent).status_code == 302
        assert Case.objects.get().enterprise_id == enterprise.pk

    def test_of_two_of_one_name_the_one_that_was_meant(self, officer: Player, enterprise: Enterprise) -> None:
        an_enterprise(enterprise.name)
        said = {"channel": "desk", "text": "拟外迁。", "type": "enterprise_retention", "once": "k"}
        sent = {
            **said,
            "form-enterprise": enterprise.name,
            "enterprise": enterprise.pk,
            "place-area": enterprise.area_path,
        }

        in_english(officer).post("/desk/new", sent)

        assert Case.objects.get().enterprise_id == enterprise.pk

    def looks(self, player: Player, enterprise: Enterprise, **said: Any) -> Any:
        address = f"{PAGE}/{enterprise.pk}/looked/lease_end"
        return in_english(player).post(address, {"words": "已谈妥续租", **said})


class TestThePanelOfAnEnterprise:
    def test_says_its_officer_its_warnings_and_its_visits(self, officer: Player, enterprise: Enterprise) -> None:
        given(officer, enterprise)
        visited(enterprise, date(2022, 3, 1), officer)

        shown_ = panel(officer, enterprise)

        assert shown_ is not None
        assert (shown_.context["officer"], len(shown_.context["visits"]), len(shown_.context["told"])) == (
            officer.account,
            1,
            1,
        )

    def test_is_not_there_for_one_that_left_and_was_never_visited(self, officer: Player) -> None:
        gone = an_enterprise(standing="left", how="moved_out")

        assert panel(officer, gone) is None
