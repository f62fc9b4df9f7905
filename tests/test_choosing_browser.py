"""A livelihood project in a real browser: raised on a phone, chosen by vote, built with evidence, accepted, rated."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from rixin.choosing import judging, rounds
from rixin.choosing.models import ProjectRating, Proposal, Round
from rixin.choosing.tests.builders import a_project, called, judged, published
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.programmes.models import Project, Status
from tests.browsing import a_photo, fits_a_phone, on_a_phone, signed_in, step

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("definitions", "wenxin_places"),
]
TITLE = "德加西区电动自行车充电棚"


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


def build(desk: Page, project: Project) -> None:
    """Its steps are done, each with what shows it. It was opened weeks ago, so that the plan was shown long enough."""
    Project.objects.filter(pk=project.pk).update(opened_on=timezone.localdate() - timedelta(days=90))
    desk.goto(project.get_absolute_url())
    for ago, name, photo in (
        (80, "Plan settled", None),
        (75, "Plan shown", a_photo("white")),
        (60, "Works begun", a_photo("grey")),
        (20, "Built", a_photo("green")),
        (0, "Accepted", None),
    ):
        if name == "Built":
            desk.get_by_role("link", name="Built").first.click()
        if name == "Accepted":
            desk.get_by_role("radio", name="yes").check()
        step(desk, name, (timezone.localdate() - timedelta(days=ago)).isoformat(), photo)


def test_a_proposal_is_raised_chosen_built_and_rated(chromium: Browser, live_server: Any, row: Round) -> None:
    keeper = a_player("lv.gui", "吕桂", "public-services", Role.HANDLER)
    second = a_player("shao.ting", "邵婷", "public-services", Role.HANDLER)
    builder = a_player("lin.shu", "林树", "greening", Role.HANDLER)
    phone = on_a_phone(chromium, live_server)
    desk, other_desk = (signed_in(chromium, live_server, player) for player in (keeper, second))

    raise_it(phone)
    followed = phone.url.partition("?")[0]
    publish_and_list(desk)

    neighbour = on_a_phone(chromium, live_server)
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
    desk.goto(f"/desk/proposals/{Proposal.objects.get(title=TITLE).pk}/do/begin")
    desk.locator(".act-form").get_by_role("button", name="Open its project").click()
    expect(desk.get_by_text("The project is open, with its steps planned")).to_be_visible()
    project = Proposal.objects.get(title=TITLE).project
    assert project is not None
    phone.goto(followed)
    phone.get_by_role("link", name=TITLE).last.click()
    expect(phone.get_by_role("button", name="Send the rating")).to_have_count(0)

    build(signed_in(chromium, live_server, builder), project)
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
    phone = on_a_phone(chromium, live_server)

    phone.goto(path.format(project=project.pk))

    assert fits_a_phone(phone)
