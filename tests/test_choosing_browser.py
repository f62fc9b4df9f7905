"""A livelihood project in a real browser: raised on a phone, chosen by two counts of the vote, linked and rated."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rixin.choosing import judging, rounds
from rixin.choosing.models import ProjectRating, Proposal, Round
from rixin.choosing.tests.builders import STREET, a_project, called, judged, published
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.programmes.models import Project, Status, Step

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("definitions", "wenxin_places"),
]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
TITLE = "德加西区电动自行车充电棚"


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright's loop runs in this thread; the ORM is only used between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, server: Any, player: Player | None = None) -> Page:
    """A desk's browser of somebody who is signed in, or a resident's phone; both in English."""
    size = {"width": 1280, "height": 844} if player else PHONE
    context = browser.new_context(viewport=size, base_url=server.url)
    cookies = {"language": "en"}
    if player:
        cookies[settings.SESSION_COOKIE_NAME] = player.client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])
    return context.new_page()


@pytest.fixture
def row(units: Any) -> Round:
    """A round that is called until today, with two other candidates on its short list."""
    today, now = timezone.localdate(), timezone.now()
    said = called(year=today.year + 1, call_from=today - timedelta(days=20), call_until=today, places=1, deputies=60)
    made = rounds.open_round(said, by=SYSTEM, at=now)
    for title in ("口袋公园", "健身步道"):
        one = judged(published(made, title, at=now), at=now)
        judging.list_it(one, by=SYSTEM, at=now, seen=one.version)
    return made


def raise_it(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="What should be built").click()
    phone.get_by_role("link", name="Raise a proposal").click()
    phone.fill("[name=title]", TITLE)
    phone.select_option("[name=area]", "330106013/001/")
    phone.fill("[name=where]", "德加西区3幢旁")
    phone.fill("[name=why]", "雨天没有地方充电，楼道里拉线不安全。")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Received")).to_be_visible()


def choose(desk: Page, box: str, words: str) -> None:
    """Types into a box that offers what fits, and takes the first."""
    desk.get_by_role("combobox", name=box).fill(words)
    desk.get_by_role("option", name=words).click()


def publish_and_list(desk: Page) -> None:
    desk.goto("/desk/proposals?state=raised")
    desk.get_by_role("link", name=TITLE).click()
    desk.locator(".act-form").get_by_role("button", name="Publish").click()
    desk.locator("[name=feasible]").select_option("yes")
    desk.fill("[name=cost]", "86000")
    choose(desk, "Unit that would see to it", "Greening Team")
    desk.locator(".act-form").get_by_role("button", name="Judge").click()
    desk.get_by_role("link", name="Put on the short list").click()
    desk.locator(".act-form").get_by_role("button", name="Put on the short list").click()
    expect(desk.get_by_text("It is on the short list.")).to_be_visible()


def count(desk: Page, row: Round, votes: dict[str, int]) -> None:
    desk.goto(f"/desk/choices/{row.pk}/count")
    desk.fill("[name=present]", "40")
    for title, number in votes.items():
        desk.get_by_label(title, exact=True).fill(str(number))
    desk.get_by_role("button", name="Keep my count").click()


def accept(project: Project, day: date) -> None:
    """What the pages of projects do: its last step is done."""
    Step.objects.filter(project=project, done_on=None).update(done_on=day)
    Project.objects.filter(pk=project.pk).update(status=Status.DONE)


def test_a_proposal_is_raised_chosen_built_and_rated(chromium: Browser, live_server: Any, row: Round) -> None:
    keeper = a_player("lv.gui", "吕桂", "public-services", Role.HANDLER)
    second = a_player("shao.ting", "邵婷", "public-services", Role.HANDLER)
    phone = opened(chromium, live_server)
    desk, other_desk = (opened(chromium, live_server, player) for player in (keeper, second))

    raise_it(phone)
    followed = phone.url.partition("?")[0]
    publish_and_list(desk)

    neighbour = opened(chromium, live_server)
    neighbour.goto("/proposals")
    neighbour.get_by_role("link", name=TITLE).click()
    neighbour.get_by_role("button", name="I want this too").click()
    expect(neighbour.get_by_text("You stand behind it.")).to_be_visible()
    assert Proposal.objects.get(title=TITLE).supporters == 2

    desk.goto(row.get_absolute_url())
    desk.locator(".act-form").get_by_role("button", name="Put to the vote").click()
    expect(desk.get_by_text("The short list is closed.")).to_be_visible()
    count(desk, row, {TITLE: 25, "口袋公园": 10, "健身步道": 5})
    expect(desk.get_by_text("Your count is kept.")).to_be_visible()
    count(other_desk, row, {TITLE: 24, "口袋公园": 10, "健身步道": 5})
    expect(other_desk.get_by_text("The two counts differ.")).to_be_visible()
    other_desk.get_by_label(TITLE, exact=True).fill("25")
    other_desk.get_by_role("button", name="Keep my count").click()
    expect(other_desk.get_by_text("Both counts agree: the ballot is decided.")).to_be_visible()
    other_desk.locator(".act-form").get_by_role("button", name="Announce the result").click()

    phone.goto("/proposals")
    expect(phone.get_by_text("25 votes")).to_be_visible()
    project = a_project(name="德加西区充电棚建设", year=row.year, area_path=STREET)
    desk.goto(f"/desk/proposals/{Proposal.objects.get(title=TITLE).pk}/do/project")
    choose(desk, "Livelihood project", project.name)
    desk.locator(".act-form").get_by_role("button", name="Link its project").click()
    phone.goto(followed)
    phone.get_by_role("link", name="德加西区充电棚建设").click()
    expect(phone.get_by_role("button", name="Send the rating")).to_have_count(0)

    accept(project, timezone.localdate())
    phone.reload()
    phone.locator(".rating label").first.click()
    phone.fill("[name=words]", "下雨天也能充电了")
    phone.get_by_role("button", name="Send the rating").click()
    expect(phone.get_by_text("Your rating is counted.")).to_be_visible()
    assert ProjectRating.objects.get().rating == "satisfied"
    desk.goto(f"/desk/proposals/ratings/{project.pk}")
    expect(desk.get_by_text("下雨天也能充电了")).to_be_visible()


@pytest.mark.parametrize("path", ["/proposals", "/proposals/new", "/projects", "/projects/{project}"])
def test_a_page_fits_a_phone(chromium: Browser, live_server: Any, row: Round, path: str) -> None:
    project = a_project(status=Status.DONE, done_on=timezone.localdate())
    phone = opened(chromium, live_server)

    phone.goto(path.format(project=project.pk))

    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
