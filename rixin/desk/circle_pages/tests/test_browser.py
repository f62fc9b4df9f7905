"""The map under the hands: a click tries one more facility, and the numbers are those of a plain computation."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from rixin.people.tests.cast import Player
from rixin.walking.models import Reach
from rixin.walking.tests.test_bundled import bellman_ford

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("street")]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LONGEST = 1005.5
"""Metres that are rounded to a walk of fifteen minutes."""


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


def click_on_map(page: Page, x: float, y: float) -> tuple[float, float]:
    """Clicks on a share of the map's width and height; the position that the page says was clicked."""
    box = page.locator("rixin-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    return float(page.locator("#id_lat").input_value()), float(page.locator("#id_lng").input_value())


def won_by(spot: tuple[float, float]) -> int:
    metres = bellman_ford({1: spot})
    beyond = Reach.objects.filter(ring__circle="canteen", until_day=None, covered=False, on_network=True)
    return sum(row.dwellings for row in beyond if metres[row.building] < LONGEST)


def test_a_click_on_the_map_tries_one_more_and_the_next_stands_beside_it(screen, dispatcher):
    page = screen(dispatcher)
    page.goto("/desk/circle?circle=canteen")
    page.wait_for_selector("rixin-map[data-ready]")

    first = click_on_map(page, 0.36, 0.42)

    rows = page.locator("#what-if tbody tr")
    expect(rows).to_have_count(1)
    gained = won_by(first)
    assert gained > 0
    expect(rows.locator("[data-won]")).to_have_text(str(gained))

    second = click_on_map(page, 0.30, 0.22)

    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("[data-won]")).to_have_text(str(won_by(second)))
    expect(rows.nth(0).locator("[data-won]")).to_have_text(str(gained))
    rows.nth(0).get_by_role("link").click()
    expect(rows).to_have_count(1)
    expect(rows.locator("[data-won]")).to_have_text(str(won_by(second)))


def test_on_a_phone_a_quarter_is_chosen_and_nothing_runs_over_the_side(screen, dispatcher):
    page = screen(dispatcher, PHONE)
    page.goto("/desk/circle?circle=canteen&best=1")
    page.wait_for_selector("rixin-map[data-ready]")

    page.locator("ol.circle-list li").first.get_by_role("link").click()

    expect(page.locator("#what-if tbody tr")).to_have_count(1)
    expect(page.locator("#what-if [data-won]")).not_to_have_text("0")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_faulty_position_is_told_in_place(screen, dispatcher):
    page = screen(dispatcher)
    page.goto("/desk/circle?circle=canteen")
    page.locator("#id_lat").fill("north")
    page.locator("#id_lng").fill("120.09")
    page.locator("#try-point").get_by_role("button").click()

    expect(page.locator("#what-if [role=alert]")).to_have_text(re.compile("."))
    assert page.url.endswith("/desk/circle?circle=canteen")
