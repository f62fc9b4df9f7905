"""The list of enterprises: found by words, standing, industry, place, trait, on a past day, by what happened."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from rixin.desk.enterprise_pages.tests.conftest import english, shown
from rixin.people.actors import SYSTEM
from rixin.registers import entering, industries, standings, tables, traits
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
LIST = "/desk/enterprises"


def names(page: str) -> list[str]:
    return [one.name for one in Enterprise.objects.order_by("plain_name") if f">{one.name}</a>" in page]


def leaves(one: Enterprise, day: str, standing: Standing = Standing.LEFT, how: How = How.MOVED_OUT) -> None:
    standings.stand(one, standing, how, date.fromisoformat(day), by=SYSTEM, at=NOW, seen=one.version, today=TODAY)


class TestFinding:
    def test_at_first_there_are_those_that_are_here(self, leader):
        here, gone = an_enterprise("甲公司"), an_enterprise("乙公司")
        leaves(gone, "2022-05-02")

        assert names(shown(leader, LIST)) == [here.name]
        assert names(shown(leader, LIST, standing="left")) == [gone.name]
        assert len(names(shown(leader, LIST, standing="any"))) == 2

    def test_by_a_part_of_the_name(self, leader):
        an_enterprise("杭州青屿软件有限公司")
        an_enterprise("杭州山月光电有限公司")

        assert names(shown(leader, LIST, q="青屿")) == ["杭州青屿软件有限公司"]

    def test_by_a_former_name_which_is_said(self, leader):
        one = an_enterprise("青屿贸易")
        entering.rename(one, "山月光电", on=date(2022, 1, 1), by=SYSTEM, at=NOW, seen=one.version)

        page = shown(leader, LIST, q="青屿")

        assert names(page) == ["山月光电"] and "formerly 青屿贸易" in page

    def test_by_the_beginning_of_the_credit_code(self, leader):
        one, _other = an_enterprise("甲公司", code=a_code(7_000_000)), an_enterprise("乙公司", code=a_code(1_000_000))

        assert names(shown(leader, LIST, q=one.code[:14].lower())) == ["甲公司"]

    def test_by_section_and_by_division(self, leader):
        an_enterprise("甲公司", section="I", division="65")
        an_enterprise("乙公司", section="I", division="64")
        an_enterprise("丙公司", section="R", division="87")

        assert names(shown(leader, LIST, industry="I")) == ["乙公司", "甲公司"]
        assert names(shown(leader, LIST, industry="I65")) == ["甲公司"]

    def test_by_area_and_by_building(self, leader):
        one = an_enterprise("甲公司", area_path=JINGZHOU)
        other = an_enterprise("乙公司")
        a_lease(a_room(a_building("tower")), other)

        assert names(shown(leader, LIST, area=JINGZHOU)) == [one.name]
        assert names(shown(leader, LIST, building="tower")) == [other.name]

    def test_by_trait_as_it_holds_today_or_held_on_a_day(self, leader):
        one = an_enterprise("甲公司")
        traits.give(
            one, "stage", "specialised", date(2021, 6, 1), until_day=date(2022, 6, 1), by=SYSTEM, at=NOW, seen=1
        )
        an_enterprise("乙公司")

        assert names(shown(leader, LIST, trait="stage:specialised")) == []
        assert names(shown(leader, LIST, trait="stage:specialised", on="2021-12-31")) == ["甲公司"]
        assert names(shown(leader, LIST, trait="stage", on="2021-12-31")) == ["甲公司"]

    def test_as_of_a_day_everybody_stands_as_on_that_day(self, leader):
        gone = an_enterprise("甲公司", since="2020-01-01")
        leaves(gone, "2022-05-02")
        an_enterprise("乙公司", since="2022-01-01")

        page = shown(leader, LIST, on="2021-12-31", standing="registered")

        assert names(page) == ["甲公司"] and "Registered and working here" in page and "2020-01-01" in page
        assert names(shown(leader, LIST, on="2022-12-31", standing="registered")) == ["乙公司"]

    def test_by_what_happened_in_a_period(self, leader):
        an_enterprise("甲公司", since="2022-02-01", how=How.NEW)
        an_enterprise("乙公司", since="2022-05-01", how=How.MOVED_IN)
        an_enterprise("丙公司", since="2022-05-01", how=How.FOUND)
        leaves(an_enterprise("丁公司"), "2022-02-03")

        assert names(shown(leader, LIST, period="2022")) == ["乙公司", "甲公司"]
        assert names(shown(leader, LIST, period="2022-Q1")) == ["甲公司"]
        assert names(shown(leader, LIST, period="2022", how="moved_in")) == ["乙公司"]
        assert names(shown(leader, LIST, period="2022", how="moved_out")) == ["丁公司"]

    @pytest.mark.parametrize(
        "wrong",
        [{"on": "gestern"}, {"period": "去年"}, {"industry": "Z99"}, {"trait": "stage:king"}, {"standing": "x"}],
    )
    def test_what_cannot_be_read_is_said_and_narrows_nothing(self, leader, wrong):
        an_enterprise("甲公司")

        page = shown(leader, LIST, **wrong)

        assert names(page) == ["甲公司"] and next(iter(wrong.values())) in page

    def test_who_has_a_part_of_the_street_sees_that_part(self, leader, community_officer):
        an_enterprise("甲公司")
        an_enterprise("乙公司", area_path=JINGZHOU)

        assert names(shown(leader, LIST)) == ["乙公司", "甲公司"]
        assert names(shown(community_officer, LIST)) == ["甲公司"]

    def test_what_was_taken_out_is_not_there(self, leader):
        one = an_enterprise("甲公司")
        entering.withdraw(one, by=SYSTEM, at=NOW, seen=1, reason="录错")

        assert names(shown(leader, LIST, standing="any")) == []


class TestPages:
    @pytest.fixture
    def many(self) -> None:
        for nth in range(120):
            an_enterprise(f"第{nth:03d}公司", since=f"2021-03-{nth % 9 + 1:02d}")

    @pytest.mark.parametrize("sort", ["", "since"])
    def test_forward_and_back_each_stands_on_one_page(self, leader, many, sort):
        seen, address = [], f"{LIST}?sort={sort}"
        pages = []
        while address:
            page = english(leader).get(address)
            pages.append([row.name for row in page.context["rows"]])
            seen += pages[-1]
            address = page.context["after"] and f"{LIST}?{page.context['after']}"
        back = english(leader).get(f"{LIST}?{page.context['before']}")

        assert len(pages) == 3 and len(set(seen)) == 120
        assert [row.name for row in back.context["rows"]] == pages[1]

    def test_an_edge_that_is_none_begins_at_the_beginning(self, leader, many):
        assert names(shown(leader, LIST, at="nonsense")) == names(shown(leader, LIST))

    def test_a_page_asks_the_database_as_often_for_fifty_as_for_one(self, leader):
        def asked() -> int:
            with CaptureQueriesContext(connection) as captured:
                shown(leader, LIST, q="公司", on="2022-01-01")
            return len(captured)

        an_enterprise("第一公司")
        shown(leader, LIST)
        one = asked()
        for nth in range(60):
            an_enterprise(f"第{nth}公司")

        assert asked() == one <= 12

    def test_each_standing_says_how_many(self, leader):
        an_enterprise("甲公司")
        leaves(an_enterprise("乙公司"), "2022-05-02")

        folders = english(leader).get(LIST).context["folders"]

        assert [one["count"] for one in folders] == ["1", "1", "1", "0", "0", "1", "0", "2"]


class TestTable:
    def fetched(self, player, **asked: str) -> list[tuple]:
        answer = english(player).get(f"{LIST}/table.xlsx", asked)
        sheet = load_workbook(io.BytesIO(answer.getvalue())).active
        return list(sheet.iter_rows(values_only=True))

    def test_it_has_the_list_as_it_is_filtered(self, leader):
        an_enterprise("甲公司", code=a_code(7), section="I", division="65", capital=12_345_600, address="古墩路99号")
        an_enterprise("乙公司")

        head, *rows = self.fetched(leader, q="甲")

        assert head[: len(tables.HEADINGS)] == tables.HEADINGS and len(rows) == 1
        said = dict(zip(head, rows[0], strict=True))
        assert said["企业名称"] == "甲公司" and said["行业"] == "软件和信息技术服务业"
        assert said["注册资本（万元）"] == 1234.56 and said["登记日期"].date() == date(2021, 3, 1)

    def test_what_a_single_enterprise_paid_only_for_who_may_read_it(self, leader, community_officer):
        paid(an_enterprise("甲公司"), "2022-Q1", 120_000)

        assert self.fetched(leader)[1][-2:] == (12, None)
        assert len(self.fetched(community_officer)[0]) == len(tables.HEADINGS)

    def test_brought_back_it_is_understood_and_changes_nothing(self, leader, own_folder):
        one = an_enterprise(
            "甲公司", code=a_code(), capital=5_000_000, founded_on=date(2018, 3, 5), business="软件开发"
        )
        paid(one, "2022", 120_000)
        leaves(an_enterprise("乙公司", code=a_code(), standing=Standing.WORKING), "2022-05-02")
        an_enterprise("丙公司", code=a_code(), standing=Standing.ELSEWHERE, section="I", division="")
        table = SimpleUploadedFile(
            "企业.xlsx", english(leader).get(f"{LIST}/table.xlsx", {"standing": "any"}).getvalue()
        )

        address = english(leader).post("/desk/enterprises/imports", {"file": table})["Location"]
        plan = english(leader).get(address).context["plan"]

        assert not plan.faults
        assert [outcome.kind for outcome in plan.outcomes] == ["same", "same", "same"]

    def test_whom_to_call_is_in_no_table(self, keeper):
        an_enterprise("甲公司", contact_name="王小明", contact_phone="13800001234")

        assert not any("王小明" in str(cell) or "1380" in str(cell) for row in self.fetched(keeper) for cell in row)

    def test_a_name_that_a_spreadsheet_would_run_stays_text(self, leader):
        an_enterprise("=1+1公司")

        assert self.fetched(leader)[1][0] == "'=1+1公司"


def test_every_industry_is_read_back_from_its_cell():
    for section in industries.sections():
        for division in ("", *(one.code for one in section.divisions)):
            an_enterprise(section=section.code, division=division)

    cells = [row[2] for row in tables.rows(Enterprise.objects.all(), today=TODAY, money=False)]

    read = [industries.read_industry(str(cell)) for cell in cells]
    assert [one.code for one in read if one] == [
        one.section + one.division for one in Enterprise.objects.order_by("pk")
    ]
