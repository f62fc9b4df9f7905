"""A report under the hands: written with a figure from the list, reviewed, sealed, and opened down to its rows."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from rixin.desk.report_pages.tests.conftest import begin
from rixin.metrics.tests.ground import DEJIA, a_record
from rixin.people.tests.cast import Player
from rixin.reports.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fairs")]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A browser in which the player is signed in. No script on any page may fail."""
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    script_errors: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def opened(player: Player, size: dict[str, int] = DESKTOP) -> Page:
            context = chromium.new_context(viewport=size, locale="zh-CN", base_url=live_server.url)
            session = player.client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            page: Page = context.new_page()
            page.on("pageerror", lambda error: script_errors.append(str(error)))
            return page

        yield opened
        chromium.close()
    assert script_errors == []


def test_a_report_is_written_reviewed_sealed_and_told_what_changed(screen, dispatcher, leader):
    begin(dispatcher)
    report = Report.objects.get()
    address = report.get_absolute_url()

    # The desk writes: a figure is found by a word and put into the text where the writer stands.
    desk = screen(dispatcher)
    desk.goto(f"{address}/edit")
    text = desk.locator("textarea[name=body]")
    text.fill("## 一、工作\n\n全年提供岗位")
    text.press("End")
    desk.locator("[data-tab=figures]").click()
    desk.locator("[data-figure-search]").fill("岗位")
    desk.locator("#figures-body button.offer[data-insert-text='{posts}']").click()
    expect(text).to_have_value("## 一、工作\n\n全年提供岗位{posts}")
    desk.locator("[data-tab=preview]").click()
    expect(desk.locator("#preview-body")).to_contain_text("全年提供岗位100个")
    desk.get_by_role("button", name="保存并查看").click()
    expect(desk.locator("article.paper")).to_contain_text("全年提供岗位100个")
    desk.get_by_role("button", name="提交审核").click()

    # A leader who did not write it opens the figure, down to a row, and seals.
    office = screen(leader)
    office.goto(address)
    office.locator("article.paper").get_by_role("link", name="100个").click()
    drawer = office.locator("#drawer")
    expect(drawer).to_contain_text("提供的岗位")
    expect(drawer.locator("#rows tbody tr")).to_have_count(2)
    drawer.locator("[data-close]").click()
    office.get_by_role("button", name="定稿", exact=True).click()
    office.locator("#confirm-dialog button.primary").click()
    expect(office.get_by_text("文字和数据与定稿时一致")).to_be_visible()

    # A row comes: the sealed report says the same, and names the figure that would differ today, and why.
    a_record("fair", "2022-05-01", posts=5, kind="hall", area=DEJIA)
    office.goto(f"{address}/changes")
    expect(office.locator(".changed h3")).to_have_text("岗位")
    expect(office.locator(".changed .then-now")).to_contain_text("100个")
    expect(office.locator(".changed .then-now")).to_contain_text("105个")
    office.goto(address)
    expect(office.locator("article.paper")).to_contain_text("全年提供岗位100个")


def test_a_figure_opens_to_its_rows_and_a_row_to_its_record_on_a_phone(screen, leader):
    phone = screen(leader, PHONE)
    phone.goto("/figures/posts?period=2022")
    expect(phone.locator("h1")).to_contain_text("100个")
    expect(phone.locator("#rows tbody tr")).to_have_count(2)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    phone.locator("#rows tbody a").first.click()

    expect(phone).to_have_url(re.compile("/records/"))
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
