"""A year's economy in a real browser: from a messy table and a visit to a moved tenant and the report."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rixin.cases.models import Case
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.records.models import Record
from rixin.registers.models import Building, Enterprise, Tenancy
from rixin.registers.tests.builders import a_building, a_lease, a_room, an_enterprise
from rixin.registers.tests.messy import Messy, messy
from tests.browsing import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("definitions", "wenxin_places"),
]
ROWS = 500


@pytest.fixture
def officer(units: Any) -> Player:
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER)


def report(page: Page) -> str:
    """What the report of 2022 says today."""
    if not page.url.rsplit("/", 1)[-1].isdigit():
        page.goto("/reports/new")
        page.get_by_role("radio", name="Yearly work report").check()
        page.locator("[name=period]").fill("2022")
        page.get_by_role("button", name="Begin").click()
        page.goto(page.url.removesuffix("/edit"))
    page.reload()
    return page.locator("main").inner_text()


def figure(page: Page, code: str) -> str:
    page.goto(f"/figures/{code}?period=2022")
    return page.locator(".big-figure, .figure-value, h1 + p, main").first.inner_text()


def bring(page: Page, table: Messy) -> None:
    """Uploads the table, mends what is flagged, decides what is doubtful, and imports all of it."""
    page.goto("/desk/enterprises/imports")
    page.set_input_files(
        "[name=file]",
        {
            "name": "企业情况汇总表.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": table.content,
        },
    )
    page.get_by_role("button", name="Look at it").click()
    for _nth in range(20):
        if not _mend(page):
            break
    page.get_by_role("button", name=re.compile(r"Import \d+ rows")).click()
    expect(page.get_by_text(re.compile("^Imported on"))).to_be_visible(timeout=60_000)


_RIGHT = {"industry": "I65", "area": "德加社区", "founded": "2018-03-05", "capital": "500"}


def _mend(page: Page) -> bool:
    """One page of rows that wait: cells are typed anew, of rows that stand there twice one is left out."""
    page.goto(f"{page.url.split('?')[0]}?kind=wrong")
    cells = page.locator("input[name^='cell-']")
    if cells.count() == 0:
        page.goto(f"{page.url.split('?')[0]}?kind=doubtful")
        if page.locator("input[type=radio][value='leave out']").count() == 0:
            return False
        for nth in range(page.locator("input[type=radio][value='leave out']").count()):
            page.locator("input[type=radio][value='leave out']").nth(nth).check()
    for nth in range(cells.count()):
        name = str(cells.nth(nth).get_attribute("name")).split("-", 2)[2]
        cells.nth(nth).fill(_RIGHT.get(name, ""))
    page.get_by_role("button", name="Keep this and check again").click()
    page.wait_for_load_state()
    return True


def test_from_a_messy_table_to_the_report(chromium, live_server, officer, leader) -> None:
    tower = a_building("yunlian", name="云联大厦")
    tenant = an_enterprise("杭州青屿软件有限公司", since="2019-03-01")
    a_lease(a_room(tower, "301", metres=100), tenant, since="2021-06-01")
    a_room(tower, "302", metres=300)
    desk, phone = signed_in(chromium, live_server, officer), signed_in(chromium, live_server, officer, 390)
    reading = signed_in(chromium, live_server, leader)
    before = report(reading)
    table = messy(ROWS)

    bring(desk, table)

    # Every fifteenth of the 500 rows repeats the one before it.
    assert Enterprise.objects.count() - 1 == 467
    after = report(reading)
    assert "Enterprises that moved in: 0; newly registered: 0" in before
    said = re.search(r"Enterprises that moved in: (\d+); newly registered: (\d+)", after)
    assert said and (said[1], said[2]) == ("107", "114")

    visited_at(phone, tenant)

    case, visit = Case.objects.get(), Record.objects.get(type="enterprise_visit")
    assert (case.type, case.enterprise, visit.enterprise) == ("enterprise_problem", tenant, tenant)
    desk.goto(tenant.get_absolute_url())
    expect(desk.get_by_text(case.number).first).to_be_visible()

    moved(desk, tower)

    assert Tenancy.objects.get(until_day=None).room.number == "302"
    desk.goto("/figures/vacancy_rate")
    expect(desk.locator("main")).to_contain_text("25.0%")


def visited_at(phone: Page, enterprise: Enterprise) -> None:
    phone.goto(f"/desk/field/visits/{enterprise.pk}")
    phone.locator("label", has=phone.locator("input[name='value-problem'][value='1']")).click()
    phone.locator("label", has=phone.locator("input[name=about][value=parking]")).click()
    phone.locator("[name=words]").fill("电梯早高峰排队二十分钟，希望协调物业错峰。")
    phone.get_by_role("button", name="Send").click()
    phone.wait_for_url(re.compile(r"/desk/field/(?!visits/\d+)"))


def moved(desk: Page, tower: Building) -> None:
    """The tenant goes from the small room to the large one: the plan and the vacancy follow."""
    desk.goto(tower.get_absolute_url())
    expect(desk.locator("main")).to_contain_text("75.0%")
    desk.get_by_role("link", name="As a table").click()
    desk.get_by_role("link", name="Move").first.click()
    desk.locator("[id$=room-box]").fill("302")
    desk.get_by_role("option").filter(has_text="302").first.click()
    desk.locator("[name=area]").fill("300")
    desk.locator("[name=from_day]").fill("2024-03-01")
    desk.get_by_role("button", name="Move it").click()
    desk.goto(tower.get_absolute_url())
    expect(desk.locator("main")).to_contain_text("25.0%")
    expect(desk.locator(".stacking")).to_contain_text("杭州青屿软件有限公司")
