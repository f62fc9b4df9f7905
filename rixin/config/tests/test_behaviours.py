"""What scripts do on a page, in a real browser on a phone's screen: photos, kept entries, drafts, map, lifecycle."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from rixin.config.tests import bench

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("rixin.config.tests.bench"),
]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, live_server: Any, dispatcher: Any, settings: Any) -> Iterator[Page]:
    """A signed-in phone in English; no script may fail on it."""
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    bench.received.clear()
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
        session = dispatcher.client.cookies[settings.SESSION_COOKIE_NAME].value
        given = {settings.SESSION_COOKIE_NAME: session, "language": "en"}
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in given.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        browser.close()
    assert errors == []


def a_photo(name: str = "lamp.png", size: tuple[int, int] = (3000, 2000)) -> dict[str, Any]:
    file = BytesIO()
    Image.effect_noise(size, 80).save(file, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}


class TestPhotos:
    def test_a_large_photo_travels_small_and_as_jpeg(self, page: Page):
        page.goto("/desk/field/bench")
        page.set_input_files("[data-shrink]", [a_photo()])
        expect(page.get_by_text("1 of at most 2 photos")).to_be_visible()
        width = page.evaluate("createImageBitmap(document.querySelector('[data-shrink]').files[0]).then(p => p.width)")
        assert width == 1600

        page.fill("textarea", "The lamp is out")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Thanks")).to_be_visible()
        assert bench.received[0]["heads"] == [b"\xff\xd8\xff"]

    def test_a_file_that_is_no_photo_is_refused_by_name_and_the_others_stay(self, page: Page):
        page.goto("/desk/field/bench")
        page.set_input_files("[data-shrink]", [a_photo(size=(20, 20))])
        expect(page.get_by_alt_text("Photo 1")).to_be_visible()
        page.set_input_files("[data-shrink]", [{"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}])

        expect(page.get_by_text("“a.png” is not a photo")).to_be_visible()
        expect(page.locator(".photos li")).to_have_count(1)

    def test_too_many_are_left_out_and_one_can_be_removed(self, page: Page):
        page.goto("/desk/field/bench")
        page.set_input_files("[data-shrink]", [a_photo(f"{n}.png", (20, 20)) for n in range(3)])
        expect(page.get_by_text("At most 2 photos fit")).to_be_visible()

        page.get_by_role("button", name="Remove photo 1").click()
        expect(page.get_by_text("1 of at most 2 photos")).to_be_visible()


class TestWithoutNetwork:
    def test_an_entry_is_kept_and_sent_once_when_the_network_is_back(self, page: Page):
        page.goto("/desk/field/bench")
        page.set_input_files("[data-shrink]", [a_photo(size=(40, 40))])
        expect(page.locator(".photos li")).to_have_count(1)
        page.fill("textarea", "The lamp is out")
        page.context.set_offline(True)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("1 waiting to be sent")).to_be_visible()
        expect(page.locator("rixin-outbox strong")).to_have_text("The lamp is out")

        page.context.set_offline(False)
        expect(page.locator("rixin-outbox")).to_be_hidden()
        page.reload()
        assert [(one["text"], len(one["heads"])) for one in bench.received] == [("The lamp is out", 1)]

    def test_a_repeated_sending_carries_the_same_key(self, page: Page):
        """The server took it, but its answer was lost on the way."""
        page.goto("/desk/field/bench")
        lost = {"n": 0}

        def lose_first_answer(route: Any) -> None:
            lost["n"] += 1
            if lost["n"] == 1:
                route.fetch(max_redirects=0)
                route.abort()
            else:
                route.continue_()

        page.route(
            "**/desk/field/bench", lambda r: lose_first_answer(r) if r.request.method == "POST" else r.continue_()
        )
        page.fill("textarea", "The lamp is out")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("1 waiting to be sent")).to_be_visible()
        page.get_by_role("button", name="Send now").click()
        expect(page.locator("rixin-outbox")).to_be_hidden()

        assert len(bench.received) == 2
        assert bench.received[0]["once"] == bench.received[1]["once"]

    def test_what_the_server_refuses_comes_back_with_everything_typed(self, page: Page):
        page.goto("/desk/field/bench")
        page.set_input_files("[data-shrink]", [a_photo(size=(20, 20))])
        expect(page.locator(".photos li")).to_have_count(1)
        page.fill("textarea", "Lamp")
        page.get_by_role("button", name="Send").click()

        expect(page.get_by_text("Too short")).to_be_visible()
        expect(page.locator("textarea")).to_have_value("Lamp")
        expect(page.locator(".photos li")).to_have_count(1)

    def test_a_page_seen_before_opens_and_says_how_old_it_is(self, page: Page):
        page.goto("/desk/field/bench")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.reload()
        page.context.set_offline(True)
        page.reload()

        expect(page.get_by_text("No network: copy from")).to_be_visible()
        expect(page.locator("textarea")).to_be_visible()


class TestDrafts:
    def test_what_was_typed_comes_back_after_a_break(self, page: Page):
        page.goto("/desk/field/bench")
        page.fill("textarea", "Half a sent")
        page.goto("/bench/done")
        page.goto("/desk/field/bench")
        expect(page.locator("textarea")).to_have_value("Half a sent")

    def test_an_accepted_form_leaves_no_draft(self, page: Page):
        page.goto("/desk/field/bench")
        page.fill("textarea", "The lamp is out")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Thanks")).to_be_visible()
        page.goto("/desk/field/bench")
        expect(page.locator("textarea")).to_have_value("")


class TestMap:
    def test_a_press_puts_the_pin_and_arrow_keys_move_it(self, page: Page):
        page.goto("/bench/map")
        page.locator("rixin-map[data-ready]").wait_for()
        page.locator("rixin-map canvas").click(position={"x": 60, "y": 60})
        expect(page.locator("#lat")).not_to_have_value("")
        before = page.input_value("#lng")

        page.locator(".map-pin").focus()
        page.keyboard.press("ArrowRight")
        assert float(page.input_value("#lng")) > float(before)

    def test_typed_numbers_move_the_pin(self, page: Page):
        page.goto("/bench/map")
        page.locator("rixin-map[data-ready]").wait_for()
        page.fill("#lat", "30.28")
        page.fill("#lng", "120.11")
        page.locator("#lng").blur()
        expect(page.locator(".map-pin")).to_be_visible()

    def test_without_webgl_a_sentence_says_what_to_do_instead(self, page: Page):
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto("/bench/map")
        expect(page.get_by_text("This browser cannot draw the map.")).to_be_visible()
        expect(page.locator("#lat")).to_be_editable()


def test_a_lifecycle_is_drawn_and_its_caption_names_it(page: Page):
    page.goto("/bench/graph")
    expect(page.get_by_role("img", name="From a to b")).to_be_visible()
