"""A real browser for stories that go through many pages, and people who sit before it."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from rixin.people.tests.cast import Player

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE, DESK = 390, 1280
"""Width of a screen in pixels."""


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, server: Any, player: Player, width: int = DESK) -> Page:
    """A page of somebody of the staff, in English."""
    session = player.client.cookies[settings.SESSION_COOKIE_NAME].value
    return _page(browser, server, width, {settings.SESSION_COOKIE_NAME: session})


def on_a_phone(browser: Browser, server: Any) -> Page:
    """A page of a resident, in English."""
    return _page(browser, server, PHONE, {})


def _page(browser: Browser, server: Any, width: int, cookies: dict[str, str]) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=server.url, has_touch=width == PHONE
    )
    said = {**cookies, "language": "en"}
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in said.items()])
    return context.new_page()


def fits_a_phone(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE)


def a_photo(colour: str) -> FilePayload:
    out = BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def step(page: Page, name: str, day: str, photo: FilePayload | None = None) -> None:
    """A step of a project is done: its page opens with the form of the one that is waited for."""
    expect(page.locator("#act h3")).to_have_text(name)
    page.get_by_label("Done on").fill(day)
    if photo:
        page.set_input_files("#act [name=photos]", photo)
        expect(page.locator("#act .photos li, #act .previews li, #act img").first).to_be_visible()
    page.get_by_role("button", name="Write down that it is done").click()
    expect(page.get_by_text("The step is done.")).to_be_visible()
