"""A resident's phone of 390 pixels: what script adds, what it saves, and that nothing depends on it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from rixin.cases.models import Case
from rixin.channels.tests.conftest import LAMP, Phone, a_photo, only_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SCREEN = {"width": 390, "height": 844}


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def screen(browser: Any, live_server: Any, phone: Phone) -> Page:
    page = browser.new_context(viewport=SCREEN).new_page()
    page.goto(f"{live_server.url}/c/{phone.code.token}")
    return page


def test_a_report_with_a_photo_takes_few_taps_and_ends_at_its_code(screen):
    photo = {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": a_photo().read()}
    screen.fill("textarea[name=text]", LAMP)
    screen.set_input_files("input[name=photos]", [photo])
    expect(screen.locator("ul.photos img")).to_have_count(1)

    screen.get_by_role("button", name="提交").click()

    expect(screen.get_by_role("heading", name="已收到")).to_be_visible()
    expect(screen.locator(".tracking-code")).to_be_visible()
    assert only_case().photos.count() == 1


def test_a_kind_is_found_by_a_word_and_brings_its_questions(screen):
    screen.fill("#kind-search", "狗叫")
    screen.locator("[data-kinds-found] input").first.check()

    expect(screen.get_by_text("有人被咬伤吗")).to_be_visible()


def test_what_sounds_alike_is_shown_while_typing_and_joined_with_one_tap(screen, phone):
    phone.reported()

    screen.fill("textarea[name=text]", "楼道灯坏了，晚上看不见")
    screen.locator(".alike button[name=join]").click()

    expect(screen.get_by_role("heading", name="已登记")).to_be_visible()
    assert Case.objects.count() == 1


def test_the_map_comes_only_when_it_is_asked_for(screen):
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))

    expect(screen.locator("rixin-map")).to_have_count(0)
    screen.get_by_role("button", name="在地图上看").click()

    expect(screen.locator("rixin-map")).to_be_visible()
    assert any("/map-" in url for url in asked)


def test_too_many_reports_are_let_through_by_a_sum_that_the_phone_solves(screen, phone, settings):
    settings.REPORTS_PER_HOUR_CODE = 1
    phone.report(once="somebody-elses-filling-in")
    screen.fill("textarea[name=text]", LAMP)
    screen.get_by_role("button", name="提交").click()
    expect(screen.get_by_text("验证完成")).to_be_visible(timeout=60_000)

    screen.get_by_role("button", name="提交").click()

    expect(screen.locator(".tracking-code")).to_be_visible()


def test_without_script_a_report_is_sent_all_the_same(browser, live_server, phone):
    page = browser.new_context(viewport=SCREEN, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/c/{phone.code.token}")
    page.fill("textarea[name=text]", LAMP)

    page.get_by_role("button", name="提交").click()

    expect(page.locator(".tracking-code")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/report", "/t", "/near", "/your-data", "/c/nosuch1"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_is_wider_than_the_phone_in_large_type(browser, live_server, phone, path, language):
    context = browser.new_context(viewport=SCREEN)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": live_server.url}
            for name, value in (("type", "large"), ("language", language))
        ]
    )
    page = context.new_page()

    page.goto(f"{live_server.url}{path}")

    assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]
