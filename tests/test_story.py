"""The whole story in one go, in Chinese, on a phone and on desktops: from the scanned code to the rating."""

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from rixin.cases.models import Case
from rixin.cases.verification import verify
from rixin.channels import codes
from rixin.people.tests.cast import Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("definitions")]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
COMPLAINT = "3幢2单元门口的垃圾堆了三天没人清,天热味道很大,请尽快处理。"


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Any, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A new browser of the given size; signed in, if a player is named. No script on any page may fail."""
    script_errors: list[str] = []

    def opened(size: dict[str, int], player: Player | None = None) -> Page:
        context = chromium.new_context(viewport=size, locale="zh-CN", base_url=live_server.url)
        if player:
            session = player.client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
            context.add_cookies([cookie])
        page: Page = context.new_page()
        page.on("pageerror", lambda error: script_errors.append(str(error)))
        return page

    yield opened
    assert script_errors == []


@pytest.fixture
def poster(db: None) -> codes.Code:
    """The code that hangs in a residential quarter."""
    call_command("places", "load", verbosity=0)
    return codes.make(codes.all_of("quarter")[:1], by=None, at=timezone.now())[0]


def a_photo() -> dict[str, Any]:
    out = BytesIO()
    Image.new("RGB", (2400, 1800), (120, 140, 90)).save(out, "JPEG")
    return {"name": "rubbish.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def act(page: Page, name: str) -> None:
    """Opens the form of an action on the case page."""
    page.locator("#act .act-bar").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#act .act-form h3")).to_have_text(name)


def send(page: Page) -> None:
    page.locator("#act .act-form .form-actions button").click()


def the_state_is(page: Page, name: str) -> None:
    expect(page.locator(".case-head .badge").first).to_have_text(name)


def nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_scanned_code_to_the_rated_answer(screen, poster, dispatcher, community_officer, verifier):
    # The resident scans the poster and reports, without an account.
    resident = screen(PHONE)
    resident.goto(f"/c/{poster.token}")
    expect(resident.locator("html")).to_have_attribute("lang", "zh-hans")
    nothing_sticks_out(resident)
    resident.locator("textarea[name=text]").fill(COMPLAINT)
    resident.locator("input[type=file]").first.set_input_files([a_photo()])
    resident.locator("input[name=phone]").fill("13812345678")
    resident.locator(".sticky-send button").click()
    expect(resident.locator(".tracking-code")).to_be_visible()
    tracking_code = resident.locator(".tracking-code").inner_text()
    nothing_sticks_out(resident)
    case = Case.objects.get()
    assert case.text == COMPLAINT and case.photos.count() == 1
    assert len(tracking_code.replace("-", "")) == 8

    # The dispatcher finds it in the inbox and sends it to the community.
    desk = screen(DESKTOP, dispatcher)
    desk.goto("/desk/inbox")
    desk.locator("table.cases .subject a").first.click()
    expect(desk.get_by_text(COMPLAINT)).to_be_visible()
    act(desk, "派遣")
    unit = community_officer.main_post.unit.name_zh
    desk.locator("#act_unit-box").fill(unit)
    desk.get_by_role("option").filter(has_text=unit).first.click()
    send(desk)
    the_state_is(desk, "待签收")

    # The community acknowledges, handles and answers, on a phone.
    handler = screen(PHONE, community_officer)
    handler.goto(f"/desk/case/{case.number}/")
    nothing_sticks_out(handler)
    act(handler, "签收")
    send(handler)
    the_state_is(handler, "处置中")
    act(handler, "处置反馈")
    handler.locator("#act_answer").fill("您好!垃圾已清运完毕,并加派保洁每日两次巡查。")
    handler.locator("#act_photos_after").set_input_files([a_photo()])
    send(handler)
    the_state_is(handler, "待核查")

    # Somebody else verifies, and the desk closes.
    checker = screen(DESKTOP, verifier)
    checker.goto(f"/desk/case/{case.number}/")
    act(checker, "核查通过")
    send(checker)
    the_state_is(checker, "待结案")
    desk.goto(f"/desk/case/{case.number}/")
    act(desk, "结案")
    send(desk)
    the_state_is(desk, "已结案")

    # The resident comes back with the tracking code, reads the answer and rates.
    resident.goto("/t")
    resident.locator("input[name=code]").fill(tracking_code.lower())
    resident.locator("main form button").first.click()
    expect(resident.get_by_text("垃圾已清运完毕").first).to_be_visible()
    resident.locator("#rate .rating label").first.click()
    resident.locator("#rate input[name=resolved][value=yes], #rate input[name=resolved][value=True]").first.check()
    resident.locator("#rate .form-actions button").click()
    expect(resident.locator("#rate")).to_have_count(0)
    nothing_sticks_out(resident)

    case.refresh_from_db()
    assert (case.state, case.rating, case.channel) == ("rated", "satisfied", "code")
    facts = [case.answered_at, case.verified_at, case.closed_at, case.rated_at, case.resolved_at]
    assert None not in facts
    assert all(not found for _case, found in verify(Case.objects.all()))
