"""The grid worker's phone in a real browser, with the network taken away and given back."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from rixin.cases.models import Case
from rixin.cases.tests.builders import MICROGRID, a_case
from rixin.desk.tests.conftest import press, unit_of
from rixin.people.tests.cast import Player
from rixin.records.models import Record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def a_photo(colour: str) -> dict[str, Any]:
    out = BytesIO()
    Image.new("RGB", (2400, 1800), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch, live_server: Any, grid_worker: Player) -> Iterator[Page]:
    """The worker's phone, signed in, with the service worker at work."""
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    call_command("places", "load", verbosity=0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url, has_touch=True)
        session = grid_worker.client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, "language": "en"}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.goto("/desk/field/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.reload()
        yield page
        browser.close()


def kept_on_the_phone(page: Page, address: str) -> None:
    """Waits until the service worker has the page."""
    for _nth in range(100):
        if page.evaluate("async (address) => Boolean(await caches.match(address, {ignoreVary: true}))", address):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{address} is not kept on the phone")


def test_a_report_made_without_a_network_arrives_once_with_its_photo(phone):
    kept_on_the_phone(phone, "/desk/field/report")
    phone.context.set_offline(True)
    phone.goto("/desk/field/report")
    phone.fill("#spot_text", "楼道里堆满纸箱，堵住了消防通道")
    phone.set_input_files("input[name=photos]", [a_photo("grey")])
    expect(phone.locator(".photos li")).to_have_count(1)
    phone.get_by_role("button", name="Send").last.click()

    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()
    assert not Case.objects.exists()

    phone.context.set_offline(False)
    expect(phone.locator("rixin-outbox")).to_be_hidden()
    phone.goto("/desk/field/?list=area")
    expect(phone.locator("a.task")).to_have_count(1)
    case = Case.objects.get()
    assert (case.channel, case.photos.count()) == ("grid", 1)


def test_a_task_is_handled_in_a_basement_with_photos_of_before_and_after(phone, dispatcher, grid_worker):
    case = a_case(area_path=MICROGRID)
    press(dispatcher, case, "dispatch", unit=unit_of(grid_worker))
    phone.goto("/desk/field/")
    phone.locator("a.task").click()
    phone.locator("#do-acknowledge button.primary").click()
    expect(phone.get_by_text("Done: ")).to_be_visible()
    phone.context.set_offline(True)

    form = phone.locator("#do-handle")
    form.locator("textarea[name=answer]").fill("纸箱已清走。")
    form.locator("input[name=photos_before]").set_input_files([a_photo("grey")])
    form.locator("input[name=photos_after]").set_input_files([a_photo("green")])
    expect(form.locator(".photos li")).to_have_count(2)
    form.locator("button.primary").click()
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.locator("rixin-outbox")).to_be_hidden()
    phone.reload()
    expect(phone.locator(".case-head .badge").first).to_have_text("To be verified")
    stages = Case.objects.get(pk=case.pk).photos.values_list("stage", flat=True)
    assert set(stages) == {"photos_before", "photos_after"}


def test_work_written_down_without_a_network_begins_with_the_day_of_the_phone_and_arrives_once(phone):
    phone.locator("summary", has_text="Write work down").click()
    patrol = phone.get_by_role("link", name="River patrol")
    kept_on_the_phone(phone, patrol.get_attribute("href") or "")
    phone.context.set_offline(True)
    patrol.click()
    expect(phone.locator("[name=day]")).to_have_value(phone.evaluate("new Date().toLocaleDateString('sv')"))
    # The house's clock stands in 2022 here, the phone's does not.
    phone.fill("[name=day]", "2022-03-01")
    phone.fill("[name=value-river]", "莲花港")
    phone.fill("[name=value-found]", "2")
    phone.get_by_role("button", name="Send").last.click()
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()
    expect(phone.locator("rixin-outbox").get_by_text("莲花港")).to_be_visible()
    assert not Record.objects.exists()

    phone.context.set_offline(False)
    expect(phone.locator("rixin-outbox")).to_be_hidden()
    phone.goto("/desk/field/work")

    expect(phone.locator("a.task")).to_have_count(1)
    assert Record.objects.get().values == {"river": "莲花港", "found": 2}


def test_what_was_refused_stays_with_its_reason_until_it_is_mended(phone, dispatcher):
    case = a_case(area_path=MICROGRID)
    phone.goto(f"/desk/field/task/{case.number}/")
    phone.context.set_offline(True)
    form = phone.locator("#do-note")
    form.locator("summary").click()
    form.locator("textarea[name=note]").fill("现场无人")
    form.locator("button.primary").click()
    expect(phone.get_by_text("1 waiting to be sent")).to_be_visible()
    press(dispatcher, case, "note", note="请注意安全")

    phone.context.set_offline(False)
    expect(phone.locator("rixin-outbox").get_by_text("Somebody acted on this matter")).to_be_visible()
    phone.locator("rixin-outbox").get_by_role("link", name="Open").click()
    expect(phone.locator("textarea[name=note]")).to_have_value("现场无人")
    phone.locator("form.act-form button.primary").click()

    expect(phone.locator("rixin-outbox")).to_be_hidden()
    expect(phone.get_by_text("Done: ")).to_be_visible()
    assert [event.given.get("note") for event in case.events.filter(action="note").order_by("seq")] == [
        "请注意安全",
        "现场无人",
    ]


def test_an_entry_outlives_the_end_of_the_session(phone, grid_worker):
    phone.goto("/desk/field/report")
    grid_worker.client.logout()
    phone.fill("#spot_text", "路灯不亮")
    phone.get_by_role("button", name="Send").last.click()
    expect(phone.get_by_text("Please sign in again").first).to_be_visible()

    grid_worker.client.force_login(grid_worker.account)
    session = grid_worker.client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": phone.url}])
    # The page sends by itself; the answer shows once the lists are read again.
    with phone.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        phone.goto("/desk/field/")

    expect(phone.locator("rixin-outbox")).to_be_hidden()
    assert Case.objects.get().text == "路灯不亮"
