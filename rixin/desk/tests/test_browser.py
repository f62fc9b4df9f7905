"""The inbox under the hands: keys, choosing, bulk actions, a box to type in, a form refused in place."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from rixin.cases.models import Case
from rixin.cases.tests.builders import a_case
from rixin.people.tests.cast import Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def desk(browser: Any, live_server: Any, dispatcher: Player) -> Page:
    """The dispatcher's browser, signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    session = dispatcher.client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": "language", "value": "en", "url": live_server.url},
        ]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/inbox")
    return page


@pytest.fixture
def two(dispatcher: Player) -> list[Case]:
    return [a_case(key="one", title="第一件"), a_case(key="two", title="第二件")]


def test_rows_are_chosen_by_keys_and_accepted_together(two, desk):
    for key in ("j", "x", "j", "x"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-bulk-count]")).to_have_text("2")

    desk.get_by_role("button", name="Accept").click()
    desk.get_by_role("button", name="Accept: 2 matters").click()

    expect(desk.get_by_text("Done on 2 matters.")).to_be_visible()
    assert set(Case.objects.values_list("state", flat=True)) == {"accepted"}


def test_enter_opens_the_row_and_the_slash_goes_to_the_search(two, desk):
    desk.keyboard.press("/")
    expect(desk.locator("[data-search]")).to_be_focused()
    desk.locator("h1").click()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")

    expect(desk.locator("h1")).to_have_text("第一件")


def test_a_unit_is_found_by_typing_and_the_matter_is_sent_there(two, desk, handler):
    # The page opens with the form of dispatch: no click on the action is needed.
    desk.locator("table.cases .subject a").first.click()
    box = desk.locator("#act_unit-box")
    box.fill("city")
    expect(desk.get_by_role("option").first).to_be_visible()
    desk.get_by_role("option").filter(has_text="City").first.click()
    desk.locator("#act button.primary").click()

    expect(desk.locator(".case-head .badge").first).to_have_text("To be acknowledged")


def test_a_refusal_comes_back_in_place_with_what_was_typed(two, desk):
    desk.locator("table.cases .subject a").first.click()
    desk.get_by_role("link", name="Decline").click()
    desk.locator("#act_answer").fill("请向产权单位反映。")
    desk.locator("#act button.danger").last.click()

    expect(desk.locator("#act .errorlist").first).to_be_visible()
    expect(desk.locator("#act_answer")).to_have_value("请向产权单位反映。")


def test_a_proposal_is_taken_by_one_key_and_the_matter_goes_on_by_another(desk, dispatcher):
    case = a_case(key="dark", title="楼道灯不亮", text="3幢2单元楼道灯不亮，晚上看不见台阶。", type="exposed_rubbish")
    desk.goto(f"{desk.url.split('/desk')[0]}/desk/case/{case.number}/")
    desk.get_by_role("button", name="Take this kind").wait_for()

    desk.keyboard.press("t")
    expect(desk.locator(".case-head")).to_contain_text("Lighting of a quarter")
    desk.keyboard.press("y")

    expect(desk.locator(".case-head .badge").first).to_have_text("To be acknowledged")
    case.refresh_from_db()
    assert (case.type, case.state) == ("quarter_lighting", "dispatched")


def test_a_suggested_kind_is_taken_while_the_report_is_typed(desk):
    desk.goto(f"{desk.url.split('/desk')[0]}/desk/new")
    desk.locator("#new_text").fill("3幢2单元楼道灯不亮，晚上看不见台阶。")
    expect(desk.locator("#proposed")).to_contain_text("Lighting of a quarter")

    desk.keyboard.press("Alt+1")

    expect(desk.locator("#new_type")).to_have_value("quarter_lighting")
    expect(desk.locator("#new_text")).to_have_value("3幢2单元楼道灯不亮，晚上看不见台阶。")
