"""A resident's phone of 390 pixels: finding the nearest canteen by the phone's own position, or without script."""

from typing import Any

import pytest
from playwright.sync_api import expect

from rixin.channels.tests.test_browser import SCREEN, browser
from rixin.facilities import hours
from rixin.facilities.tests.builders import a_facility

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = {"latitude": 30.2839, "longitude": 120.0982}


@pytest.fixture
def canteens(wenxin_places: Any, definitions: None) -> None:
    daily = hours.read("每天 全天")
    for name, north, phone in (("远处食堂", 0.008, ""), ("南都食堂", 0.001, "0571-00000001")):
        place = {"lat": HERE["latitude"] + north, "lng": HERE["longitude"], "hours": daily, "phone": phone}
        a_facility(name_zh=name, since="2020-03-01", **place)
    a_facility("health_station", name_zh="卫生站", lat=HERE["latitude"], lng=HERE["longitude"])


def test_the_nearest_canteen_is_three_taps_away(browser, live_server, canteens):
    context = browser.new_context(viewport=SCREEN, geolocation=HERE, permissions=["geolocation"], locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url)

    page.get_by_role("link", name="附近设施").click()
    page.get_by_role("link", name="养老助餐").click()
    page.get_by_role("button", name="使用我的定位").click()

    first = page.locator("ol.facilities li").first
    expect(first).to_contain_text("南都食堂")
    expect(first).to_contain_text("110 米")
    expect(first).to_contain_text("全天开放")
    expect(first.locator("a.call")).to_have_attribute("href", "tel:0571-00000001")
    first.get_by_role("link", name="南都食堂").first.click()
    expect(page.get_by_role("heading", name="南都食堂")).to_be_visible()


def test_the_map_has_the_same_places(browser, live_server, canteens):
    page = browser.new_context(viewport=SCREEN).new_page()
    page.goto(f"{live_server.url}/near-me?group=elder&from=quarter-nandu-garden")

    with page.expect_response(lambda answer: "near-me.geojson" in answer.url) as pins:
        page.get_by_role("button", name="在地图上看").click()

    assert {one["properties"]["title"] for one in pins.value.json()["features"]} == {"远处食堂", "南都食堂"}


def test_without_script_a_quarter_is_chosen(browser, live_server, canteens):
    page = browser.new_context(viewport=SCREEN, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/near-me?group=elder")

    page.select_option("#from", "quarter-nandu-garden")
    page.locator("form:has(#from) button").click()

    expect(page.locator("ol.facilities li").first).to_contain_text("南都食堂")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_touch_targets_are_large_and_nothing_is_wider_than_the_phone(browser, live_server, canteens, language):
    context = browser.new_context(viewport=SCREEN)
    for name, value in (("type", "large"), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"{live_server.url}/near-me?group=elder&from=quarter-nandu-garden")

    assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]
    for box in (one.bounding_box() for one in page.locator(".group-tiles a, .call, .from-where select").all()):
        assert box is not None and box["height"] >= 44
