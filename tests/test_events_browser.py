"""An event in a real browser, on a phone: somebody signs up, another waits and moves up; the figure moves with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from rixin.activities import events
from rixin.activities.facts import EventFacts
from rixin.activities.models import Event, SignUp
from rixin.activities.tests.builders import an_open_event
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from tests.browsing import PHONE, fits_a_phone, on_a_phone, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("definitions", "wenxin_places"),
]


def signs_up(page: Page, event: Event, name: str, phone: str) -> str:
    """As a resident does, from the first page on. Answers the address of the code's page."""
    page.goto("/")
    page.get_by_role("link", name="Events of the communities").click()
    page.get_by_role("link", name=event.title).click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your telephone").fill(phone)
    page.locator("[name=age_band]").select_option("18+")
    assert fits_a_phone(page)
    page.locator("main form[data-once] button.primary").click()
    expect(page.locator(".tracking-code")).to_be_visible()
    return page.url.partition("?")[0]


def held_today(event: Event) -> None:
    """Its day has come."""
    event.refresh_from_db()
    said = EventFacts(**{name: getattr(event, name) for name in EventFacts.__dataclass_fields__})
    now = timezone.now()
    moved = replace(said, day=timezone.localdate(now), sign_up_until=now)
    events.correct(event, moved, by=SYSTEM, at=now, seen=event.version)


def test_a_resident_signs_up_another_waits_and_moves_up_and_staff_write_down_who_came(
    live_server: Any, chromium: Browser, community_officer: Player
) -> None:
    event = an_open_event(at=timezone.now() - timedelta(hours=1), capacity=1, title="邻里手作")
    first, second = on_a_phone(chromium, live_server), on_a_phone(chromium, live_server)

    signs_up(first, event, "周小红", "13800001234")
    expect(first.get_by_text("You are signed up.")).to_be_visible()
    waiting = signs_up(second, event, "王建明", "13800005678")
    expect(second.get_by_text("It is full: you wait for a place.")).to_be_visible()

    first.get_by_role("button", name="I cannot come").click()
    first.get_by_role("button", name="Yes, go on").click()
    expect(first.get_by_text("You have withdrawn.")).to_be_visible()
    second.goto(waiting)
    expect(second.get_by_text("A place became free: you are signed up now.")).to_be_visible()
    assert list(SignUp.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "in"]

    held_today(event)
    staff = signed_in(chromium, live_server, community_officer, width=PHONE)
    year = timezone.localdate().year
    staff.goto(f"/figures/cultural_attendance?period={year}")
    expect(staff.locator("main")).not_to_contain_text("317")
    staff.goto(f"/desk/field/events/{event.pk}")
    staff.locator("[name=people]").fill("317")
    staff.get_by_role("button", name="Send").click()
    expect(staff.get_by_text("Written down: 邻里手作")).to_be_visible()
    staff.goto(f"/figures/cultural_attendance?period={year}")
    expect(staff.locator("main")).to_contain_text("317")
