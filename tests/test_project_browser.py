"""A project in a real browser, from its opening to its acceptance with photos, on a desk and on a telephone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.programmes.models import Evidence, Project, Status
from tests.browsing import PHONE, a_photo, fits_a_phone, signed_in, step

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("definitions", "wenxin_places"),
]


@pytest.fixture
def officer(units: Any) -> Player:
    return a_player("jiang.zhi", "蒋志", "public-services", Role.HANDLER)


def opened(page: Page) -> None:
    """Opened on a day long enough ago for all of its steps."""
    page.goto("/desk/projects/new")
    page.get_by_role("link", name=re.compile("^Facility")).click()
    page.get_by_label("Name of the project").fill("阳光社区老年活动室提升")
    page.get_by_label("Opened on").fill("2023-01-09")
    page.get_by_role("button", name="Count the dates anew").click()
    expect(page.get_by_label("Site settled")).to_have_value("2023-02-02")
    expect(page.get_by_label("Name of the project")).to_have_value("阳光社区老年活动室提升")
    page.locator("[name='place-address']").fill("阳光地带")
    page.get_by_label("Budget (yuan)").fill("880,000")
    page.get_by_role("button", name="Open the project").click()
    expect(page.get_by_role("heading", name="阳光社区老年活动室提升")).to_be_visible()


def test_from_the_opening_to_the_acceptance_with_photos(chromium, live_server, officer) -> None:
    desk = signed_in(chromium, live_server, officer)

    opened(desk)
    step(desk, "Site settled", "2023-02-06")
    step(desk, "Design completed", "2023-03-06")
    desk.get_by_role("button", name="Write down that it is done").click()
    expect(desk.get_by_text("At least 1 photo is needed; there are 0.").first).to_be_visible()
    phone = signed_in(chromium, live_server, officer, PHONE)
    phone.goto(Project.objects.get().get_absolute_url())
    step(phone, "Works begun", "2023-04-03", a_photo("grey"))
    assert fits_a_phone(phone)
    desk.reload()
    desk.goto(Project.objects.get().get_absolute_url())
    step(desk, "Completed", "2023-07-03", a_photo("green"))
    step(desk, "Accepted", "2023-07-17")

    project = Project.objects.get()
    assert project.steps.get(milestone="accepted").done_on is not None
    assert project.status == Status.OPEN and Evidence.objects.count() == 2
    expect(desk.get_by_role("heading", name="Before and after")).to_be_visible()
    step(desk, "In use", "2023-08-01", a_photo("blue"))
    assert Project.objects.get().status == Status.DONE
    desk.goto("/desk/projects/gantt")
    expect(desk.get_by_role("img", name=re.compile("100 % done"))).to_be_visible()
