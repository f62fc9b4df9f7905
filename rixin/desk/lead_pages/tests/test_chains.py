"""Industry chains and groups of enterprises on the pages of the desk."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.catalogue import versions
from rixin.desk.lead_pages.drawing import drawing
from rixin.desk.lead_pages.panel import panel
from rixin.desk.lead_pages.tests.test_pages import in_group
from rixin.desk.tests.conftest import in_english, shown
from rixin.investment.chain import Party, Step, Tie
from rixin.investment.landing import Landing, land
from rixin.investment.models import SupplyLink
from rixin.investment.tests.builders import AT, a_lead, a_link
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.records import actions as records
from rixin.records.journal import NewRecord
from rixin.registers.tests.builders import STREET, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NOW = AT + timedelta(days=29)


@pytest.fixture(autouse=True)
def _end_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def linked(**given: Any) -> dict[str, Any]:
    known = {"way": "suppliers", "other": "苏州元件厂", "goods": "传感器", "from_day": "2022-10-01", "industry": "C39"}
    return {**known, **given}


class TestAnEnterprisesChain:
    def test_is_drawn_and_stands_in_a_table(self, officer):
        maker, middle, buyer = (
            an_enterprise("元件有限公司"),
            an_enterprise("整机有限公司"),
            an_enterprise("集成有限公司"),
        )
        a_link(maker, middle, "传感器")
        a_link(middle, buyer, "控制柜", source="走访时告知")
        a_link("苏州铜材厂", maker, "铜材")

        page = shown(officer, f"/desk/chain/{middle.pk}")

        assert '<svg class="chain"' in page and page.count("<rect") == 4
        assert "元件有限公司 buys from" in page and "走访时告知" in page
        assert f"/desk/chain/{maker.pk}" in page

    def test_a_supplier_is_written_down(self, officer):
        one = an_enterprise()

        assert in_english(officer).post(f"/desk/chain/{one.pk}/new", linked()).status_code == 302

        link = SupplyLink.objects.get()
        assert (link.supplier_name, link.customer, link.section, link.division) == ("苏州元件厂", one, "C", "39")

    def test_a_customer_that_the_register_knows_is_that_entry(self, officer):
        one, other = an_enterprise(), an_enterprise("集成有限公司")

        in_english(officer).post(f"/desk/chain/{one.pk}/new", linked(way="customers", other="集成 有限公司"))

        assert SupplyLink.objects.get().customer == other

    @pytest.mark.parametrize("wrong", [{"goods": ""}, {"way": "sideways"}, {"from_day": "2023-05-01"}, {"other": ""}])
    def test_what_is_wrong_keeps_what_was_typed(self, officer, wrong):
        one = an_enterprise()

        answer = in_english(officer).post(f"/desk/chain/{one.pk}/new", linked(source="走访时告知", **wrong))

        assert answer.status_code == 422 and "走访时告知" in answer.content.decode()
        assert not SupplyLink.objects.exists()

    def test_it_does_not_supply_itself(self, officer):
        one = an_enterprise("元件有限公司")

        answer = in_english(officer).post(f"/desk/chain/{one.pk}/new", linked(other="元件有限公司"))

        assert answer.status_code == 422 and "does not supply itself" in answer.content.decode()

    @pytest.mark.parametrize(
        ("until", "seen", "status"), [("2022-12-01", 1, 302), ("soon", 1, 422), ("2022-12-01", 2, 409)]
    )
    def test_a_link_ends(self, officer, until, seen, status):
        one = an_enterprise()
        link = a_link("苏州元件厂", one)

        answer = in_english(officer).post(f"/desk/chain/{one.pk}/end/{link.pk}", {"until": until, "seen": seen})

        link.refresh_from_db()
        assert answer.status_code == status
        assert link.until_day == (date(2022, 12, 1) if status == 302 else None)

    def test_a_link_of_others_is_not_ended_from_here(self, officer):
        link, other = a_link("苏州元件厂", an_enterprise()), an_enterprise()

        answer = in_english(officer).post(f"/desk/chain/{other.pk}/end/{link.pk}", {"until": "2022-12-01", "seen": 1})

        assert answer.status_code == 404

    def test_names_are_offered_while_one_is_typed(self, officer):
        page = shown(officer, f"/desk/chain/{an_enterprise().pk}")

        assert 'hx-get="/desk/enterprises/names?of=other"' in page

    def test_before_anything_is_known_it_says_so(self, officer):
        assert "Nothing is known of its chain" in shown(officer, f"/desk/chain/{an_enterprise().pk}")


class TestGaps:
    def test_lead_to_a_new_lead_that_knows_what_is_missing(self, officer):
        for name in "甲乙":
            a_link("上海检测公司", an_enterprise(f"企业{name}有限公司"), "第三方检测", section="M", division="74")

        page = shown(officer, "/desk/chain")

        assert "Research and technical services" in page and "上海检测公司" in page
        address = page.split('class="button small" href="')[1].split('"')[0].replace("&amp;", "&")
        asked = parse_qs(urlsplit(address).query)
        assert (asked["name"], asked["industry"]) == (["Supplier of 第三方检测"], ["M74"])
        assert "企业甲有限公司" in shown(officer, address)

    def test_fewer_buyers_are_shown_only_when_asked_for(self, officer):
        for name in "甲乙":
            a_link("上海检测公司", an_enterprise(f"企业{name}有限公司"), "第三方检测")

        assert "No gap is known" in shown(officer, "/desk/chain?least=3")

    def test_who_audits_opens_no_lead(self, auditor):
        for name in "甲乙":
            a_link("上海检测公司", an_enterprise(f"企业{name}有限公司"), "第三方检测")

        page = shown(auditor, "/desk/chain")

        assert "第三方检测" in page and "/new?" not in page


class TestGroups:
    def test_show_members_leads_projects_and_the_last_visit(self, officer):
        one, other = in_group("杭州绿城服务有限公司"), in_group("杭州绿城设计有限公司")
        a_lead(officer, name="衍生线索", parent=one.pk)
        lead = a_lead(officer, name="衍生项目", parent=one.pk)
        land(lead, Landing(day=date(2022, 12, 21)), by=officer.actor, at=NOW, seen=1)
        for day in (date(2022, 3, 1), date(2022, 9, 8)):
            visited(one, day)

        page = shown(officer, "/desk/enterprise-groups/greentown")

        assert one.name in page and other.name in page
        assert "衍生线索" in page and "衍生项目" in page
        assert "2022-09-08" in page and "2022-03-01" not in page
        assert "Greentown group" in shown(officer, "/desk/enterprise-groups")

    def test_ask_the_database_as_often_for_many_members_as_for_one(self, officer):
        visited(in_group("杭州绿城服务有限公司"), date(2022, 3, 1))
        address = "/desk/enterprise-groups/greentown"
        shown(officer, address)
        with CaptureQueriesContext(connection) as with_one:
            shown(officer, address)
        for nth in range(5):
            visited(in_group(f"杭州绿城第{nth}有限公司"), date(2022, 3, 1))

        with CaptureQueriesContext(connection) as with_many:
            shown(officer, address)

        assert len(with_many) == len(with_one)

    def test_one_that_is_not_defined_is_not_found(self, officer):
        assert in_english(officer).get("/desk/enterprise-groups/nobody").status_code == 404


def visited(one: Any, day: date) -> None:
    values = {"enterprise": one.name, "purpose": "regular", "problem": 0}
    new = NewRecord(
        version=versions.record("enterprise_visit"), day=day, area_path=STREET,
        unit=units.by_code("economy-office").id, values=values, enterprise=one.pk,
    )  # fmt: skip
    records.enter(new, by=SYSTEM, at=AT)


class TestThePanel:
    def test_says_what_is_known_of_the_chain_and_what_it_brings(self, officer):
        one = an_enterprise()
        a_link("苏州元件厂", one, "传感器")
        a_lead(officer, name="衍生线索", parent=one.pk)

        found = panel(officer, one)
        drawn = render_to_string(found.template, {**found.context, "enterprise": one})

        assert "苏州元件厂" in drawn and "衍生线索" in drawn and f"/desk/chain/{one.pk}" in drawn

    def test_is_not_there_for_who_sees_no_leads(self, community_officer):
        assert panel(community_officer, an_enterprise()) is None


def test_a_chain_is_drawn_from_left_to_right_without_empty_columns():
    def step(far: int, party: Party, supplier: Party, customer: Party) -> Step:
        tie = Tie(far, supplier, customer, "货", "货", "", "", date(2022, 1, 1), "", 1)
        return Step(far, party, tie)

    middle, maker, source = Party("甲", 1, True), Party("乙", 2, True), Party("一个名字长得放不下的原料供应商")
    suppliers = [step(1, maker, maker, middle), step(2, source, source, maker)]

    drawn = drawing("甲", 1, {"suppliers": suppliers, "customers": []})

    assert [box.name for box in sorted(drawn.boxes, key=lambda box: box.x)] == ["一个名字长得放不下的原…", "乙", "甲"]
    assert len(drawn.lines) == 2 and drawn.boxes[0].tone == "outside"
