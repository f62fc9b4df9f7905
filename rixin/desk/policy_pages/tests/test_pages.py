"""Policies on the pages of the desk: who qualifies and why, what was applied for, granted and paid, who sees it."""

import re
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, take
from rixin.cases.tests.statutes import DAY, received
from rixin.catalogue.periods import Period
from rixin.desk.policy_pages.panel import panel
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.tests.ground import NOW, a_record
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.policies.queries import sums
from rixin.registers import traits
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.tests.builders import a_building, a_lease, a_room, an_enterprise, paid

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
TECH, TALENT, RENT, DIGITAL = "high_tech", "talent_housing", "rent_relief", "digital_economy"


@pytest.fixture
def office(units) -> Player:
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER)


def a_high_tech(name: str = "杭州试验科技有限公司", **said: Any) -> Enterprise:
    one = an_enterprise(name, **said)
    traits.give(one, "stage", "high_tech", date(2021, 6, 1), by=SYSTEM, at=MONDAY_0930, seen=one.version)
    one.refresh_from_db()
    return one


def an_application(
    name: str = "杭州试验科技有限公司", policy: str = "高新技术企业奖励", amount: float = 100_000, at=MONDAY_0930
) -> Case:
    return received("subsidy_application", at, enterprise=name, policy=policy, amount=amount)


class TestWhoQualifies:
    def test_stands_on_the_policys_page_with_reason_and_amount(self, office):
        a_high_tech()
        an_enterprise("杭州普通贸易有限公司")

        page = shown(office, f"/desk/policies/{TECH}")

        assert "杭州试验科技有限公司" in page and "High-tech enterprise, since June 1, 2021" in page
        assert "100,000 yuan" in page
        assert "杭州普通贸易有限公司" not in page

    def test_whoever_has_left_does_not(self, office):
        a_high_tech(standing=Standing.LEFT)

        assert "杭州试验科技有限公司" not in shown(office, f"/desk/policies/{TECH}")

    def test_of_whom_something_is_not_known_stands_apart_with_what_to_ask(self, office):
        an_enterprise("杭州未报税软件有限公司")

        assert "杭州未报税软件有限公司" not in shown(office, f"/desk/policies/{DIGITAL}")
        page = shown(office, f"/desk/policies/{DIGITAL}?tab=ask")
        assert "杭州未报税软件有限公司" in page and "There is no tax return of 2021" in page

    def test_is_found_by_name(self, office):
        a_high_tech()
        a_high_tech("杭州另一智能有限公司")

        page = shown(office, f"/desk/policies/{TECH}?q=另一智能")

        assert "杭州另一智能有限公司" in page and "杭州试验科技有限公司" not in page

    def test_is_counted_among_all_policies(self, office):
        a_high_tech()

        page = shown(office, "/desk/policies")

        assert "高新技术企业奖励" not in page and "Reward for high-tech enterprises" in page
        assert "Under none of these policies" not in page

    def test_is_there_as_a_table_with_a_reason_for_every_condition(self, office):
        a_high_tech("=SUM(1)公司")

        answer: Any = in_english(office).get(f"/desk/policies/{TECH}.xlsx")

        heading, row = load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
        assert heading[:6] == (
            "Enterprise", "Unified social credit code", "Area", "Result", "Amount (yuan)", "How",
        )  # fmt: skip
        assert row[0] == "'=SUM(1)公司" and row[3:5] == ("Qualifies", 100_000)
        assert row[6:] == ("Registered and working here", "High-tech enterprise, since June 1, 2021")


class TestOneEnterprise:
    def test_is_told_condition_by_condition(self, office):
        one = an_enterprise("杭州新来软件有限公司", since="2021-12-01", how=How.MOVED_IN)
        a_lease(a_room(a_building()), one)

        page = shown(office, f"/desk/policies/{RENT}/{one.pk}")

        assert "It came on Dec. 1, 2021, 103 days before." in page and "It has rooms in a building here." in page
        assert "Qualifies" in page and "as the application says, at most 15 ten thousand yuan" in page

    def test_a_share_of_its_tax_says_how_it_comes_about(self, office):
        one = an_enterprise()
        paid(one, "2021", 500_000)
        for quarter in (1, 2, 3, 4):
            paid(one, f"2022-Q{quarter}", 150_000)

        page = shown(office, f"/desk/policies/{DIGITAL}/{one.pk}")

        assert "50 ten thousand yuan in 2021, 60 ten thousand yuan in 2022: 20.0%" in page
        assert "60,000 yuan" in page and "10% of the tax of 2022, 60 ten thousand yuan" in page

    def test_opens_a_new_application_with_all_that_is_known(self, office):
        one = a_high_tech()
        address = _apply_at(shown(office, f"/desk/policies/{TECH}/{one.pk}"))

        page = shown(office, address)

        assert 'value="杭州试验科技有限公司"' in page and 'value="Reward for high-tech enterprises"' in page
        assert 'value="100000"' in page and "applies for “Reward for high-tech enterprises”" in page
        assert '<option value="Subsidy for keeping jobs">' in page

    def test_the_application_is_linked_to_the_enterprise_and_the_policy(self, office):
        one = a_high_tech()
        sent = {
            "once": "1", "channel": "desk", "type": "subsidy_application", "text": "申请奖励",
            "place-area": "330106013/001/", "form-enterprise": one.name,
            "form-policy": "Reward for high-tech enterprises", "form-amount": "100000",
        }  # fmt: skip

        answer = in_english(office).post("/desk/new", sent)

        case = Case.objects.get()
        assert answer.status_code == 302 and case.enterprise_id == one.pk
        assert case.number in shown(office, f"/desk/policies/{TECH}?tab=applications")
        assert case.number in shown(office, f"/desk/policies/{TECH}")

    def test_of_two_of_one_name_the_one_is_meant_from_whose_page_it_was_opened(self, office):
        a_high_tech()
        one = a_high_tech()
        page = shown(office, _apply_at(shown(office, f"/desk/policies/{TECH}/{one.pk}")))

        assert re.search(rf'name="enterprise" value="{one.pk}"', page)
        assert 'value="杭州试验科技有限公司"' in page

    def test_whoever_audits_only_reads(self, office, auditor):
        one = a_high_tech()

        assert "Apply for it" in shown(office, f"/desk/policies/{TECH}/{one.pk}")
        assert "Apply for it" not in shown(auditor, f"/desk/policies/{TECH}/{one.pk}")


def _apply_at(page: str) -> str:
    start = page.index("/desk/new?")
    return page[start : page.index('"', start)].replace("&amp;", "&")


class TestTheMoney:
    def test_adds_up(self, office, leader):
        a_high_tech()
        granted = take(an_application(), "check", office, MONDAY_0930, conditions="已核对", amount=90_000)
        take(granted, "approve", leader, MONDAY_0930, where="官网")
        refused = an_application(at=MONDAY_0930 + DAY / 24, amount=50_000)
        take(refused, "refuse", office, MONDAY_0930 + DAY / 24, answer="不符合条件。")
        an_application("另一家", at=MONDAY_0930 + DAY / 20, amount=70_000.5)
        a_record("subsidy", "2022-01-20", enterprise="某公司", policy="高新技术企业奖励", paid="100000.00")

        page = " ".join(shown(office, f"/desk/policies/{TECH}").split())

        # 100,000 + 50,000 + 70,000.50 asked; 20,000,000 - 100,000 paid - 90,000 granted left
        for said in ("22 ten thousand yuan", "3 items", "9 ten thousand yuan", "1,981 ten thousand yuan"):
            assert said in page, said

    def test_what_names_no_policy_stands_below_so_that_all_add_up(self, office):
        a_record("subsidy", "2022-01-20", enterprise="某公司", policy="旧办法第九条", paid="123400.00")

        page = shown(office, "/desk/policies")

        assert "Under none of these policies" in page and "12.34 ten thousand yuan" in page


class TestTheApplicationsPage:
    def test_shows_whether_the_conditions_were_met_on_its_day(self, office):
        one = a_high_tech()
        case = an_application()
        traits.end(one.traits.get(), date(2022, 3, 15), by=SYSTEM, at=MONDAY_0930, seen=one.version)

        page = shown(office, case.get_absolute_url())

        assert "Conditions of the policy" in page and "High-tech enterprise, since June 1, 2021" in page
        assert "Amount by the rule:" in page

    def test_the_person_decides_whatever_the_register_says(self, office):
        an_enterprise("杭州普通贸易有限公司")
        case = an_application("杭州普通贸易有限公司")
        assert "Does not qualify" in shown(office, case.get_absolute_url())

        assert take(case, "check", office, MONDAY_0930, conditions="证书已核对", amount=100_000).state == "checked"

    def test_says_that_an_enterprise_is_not_in_the_register(self, office):
        assert "is not in the register" in shown(office, an_application("无名公司").get_absolute_url())

    def test_has_no_such_part_where_the_policy_is_not_known(self, office):
        page = shown(office, an_application(policy="旧办法第九条").get_absolute_url())

        assert "Conditions of the policy" not in page


class TestWhoSeesIt:
    PAGES = ("/desk/policies", f"/desk/policies/{TECH}", f"/desk/policies/{TECH}.xlsx")

    @pytest.mark.parametrize("role", ["dispatcher", "leader", "auditor"])
    def test_who_reads_what_enterprises_pay(self, role, request):
        player = request.getfixturevalue(role)
        one = a_high_tech()

        for address in (*self.PAGES, f"/desk/policies/{TECH}/{one.pk}"):
            assert in_english(player).get(address).status_code == 200, address

    @pytest.mark.parametrize("role", ["handler", "community_officer", "grid_worker", "verifier"])
    def test_for_all_others_there_is_no_such_page(self, role, request):
        player = request.getfixturevalue(role)
        one = a_high_tech()

        for address in (*self.PAGES, f"/desk/policies/{TECH}/{one.pk}"):
            assert in_english(player).get(address).status_code == 404, address

    def test_a_policy_or_an_enterprise_that_is_none_is_not_found(self, office):
        assert in_english(office).get("/desk/policies/flying").status_code == 404
        assert in_english(office).get(f"/desk/policies/{TECH}/4711").status_code == 404

    def test_an_application_only_by_whom_it_is_open_to(self, office, dispatcher):
        case = an_application()

        assert case.number in shown(office, f"/desk/policies/{TECH}?tab=applications")
        assert case.number not in shown(dispatcher, f"/desk/policies/{TECH}?tab=applications")


class TestThePartOfAnEnterprisesPage:
    def test_says_for_what_it_qualifies_what_it_applied_for_and_was_paid(self, office):
        one = a_high_tech()
        case = an_application(one.name)
        a_record("subsidy", "2022-01-20", enterprise=one.name, policy="稳岗补贴", paid="5000.00")

        with translation.override("en"):
            found = panel(office, one)

        assert found is not None
        checks = found.context["checks"]
        assert [said.policy.code for said in checks if said.qualifies] == [TECH, TALENT]
        assert [each.case.number for each in found.context["applied"]] == [case.number]
        assert [(policy, amount) for _one, policy, amount in found.context["payments"]] == [("稳岗补贴", "5,000 yuan")]

    def test_nothing_for_who_does_not_read_what_enterprises_pay(self, handler):
        assert panel(handler, a_high_tech()) is None


class TestManyEnterprises:
    @pytest.mark.parametrize("address", ["/desk/policies", f"/desk/policies/{TECH}", f"/desk/policies/{TECH}.xlsx"])
    def test_statements_do_not_grow_with_them(self, office, address):
        client = in_english(office)
        a_high_tech("杭州第零科技有限公司")
        an_application("杭州第零科技有限公司")
        client.get(address)
        counted = _statements(client, address)
        for nth in range(1, 8):
            a_high_tech(f"杭州第{nth}科技有限公司")
            an_application(f"杭州第{nth}科技有限公司", at=MONDAY_0930 + nth * DAY / 24)

        assert _statements(client, address) == counted

    def test_the_next_fifty_stand_on_the_next_page(self, office):
        for nth in range(51):
            a_high_tech(f"杭州第{nth:02}科技有限公司")

        first, second = (shown(office, f"/desk/policies/{TECH}?page={page}") for page in (1, 2))

        assert "杭州第50科技有限公司" not in first and "page=2" in first
        assert "杭州第50科技有限公司" in second


def _statements(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return len(asked)


@pytest.mark.parametrize("query", ["tab=none", "page=0", "page=x", "page=99", "q=%00", "q=%E7%A7%91"])
def test_an_address_that_says_nonsense_is_no_error(office, query):
    a_high_tech()

    assert in_english(office).get(f"/desk/policies/{TECH}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["type=flying", "type=subsidy_application&form-amount=x", "place-area=1", "channel=moon"]
)
def test_a_new_report_begun_with_nonsense_is_no_error(office, query):
    assert in_english(office).get(f"/desk/new?{query}").status_code == 200


def test_what_was_paid_is_what_the_figure_says():
    """The rows of both are the same, whichever policy they name."""
    a_record("subsidy", "2022-01-20", enterprise="某公司", policy="高新技术企业奖励", paid="123456.78")
    a_record("subsidy", "2022-02-20", enterprise="某公司", policy="旧办法", paid="1000.01")

    said = compute.figures(["subsidies_paid"], Period.read("2022"), engine=Database(), as_of=NOW)["subsidies_paid"]

    # In ten thousand yuan.
    assert said.exact == Fraction(sum(one.paid.fen for one in sums().values()), 1_000_000) == Fraction("12.445679")
