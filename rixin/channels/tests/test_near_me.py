"""Residents find what is near: without an account, without script, nearest first, and whether it is open."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from rixin.catalogue.worktime import LOCAL
from rixin.channels import near_me, walks
from rixin.facilities import hours, picturing
from rixin.facilities.models import Facility, State
from rixin.facilities.tests.builders import NOW, a_facility, becomes
from rixin.facilities.tests.test_pictures import a_picture
from rixin.people.actors import SYSTEM
from rixin.places import gazetteer
from rixin.places.coordinates import Position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions", "_tuesday")]
HERE = Position(30.2839, 120.0982)
"""In 南都花园."""


@pytest.fixture
def _tuesday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def a_canteen(name: str, north: float = 0.0, **said: Any) -> Facility:
    """`north`: degrees, of which a thousandth is 111 metres."""
    return a_facility(name_en=name, lat=HERE.lat + north, lng=HERE.lng, **said)


def shown(resident: Client, address: str) -> str:
    answer = resident.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheList:
    def test_the_nearest_comes_first_with_metres_and_minutes(self, resident):
        a_canteen("Far", 0.009)
        a_canteen("Near", 0.003)

        page = shown(resident, f"/near-me?group=elder&lat={HERE.lat}&lng={HERE.lng}")

        assert page.index("Near") < page.index("Far")
        assert "<strong>330 m</strong>" in page and "about 8 minutes on foot" in page

    def test_a_quarter_does_without_script_or_position(self, resident):
        a_canteen("Near")

        page = shown(resident, "/near-me?group=elder&from=quarter-nandu-garden")

        assert "From: Nandu Garden" in page and "<strong>10 m</strong>" in page

    def test_without_knowing_where_nothing_is_called_near(self, resident):
        a_canteen("Canteen")

        page = shown(resident, "/near-me?group=elder")

        assert "Canteen" in page and "Say where you are" in page and "on foot" not in page

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("group=elder", True),
            ("group=elder&kind=canteen", True),
            ("group=elder&kind=elder_care", False),
            ("group=health", False),
            ("group=elder&open=1", False),
            ("group=nothing&kind=x&from=nowhere&lat=a&lng=b&open=%00", False),
        ],
    )
    def test_it_is_narrowed_and_nonsense_is_left_out(self, resident, query, there):
        a_canteen("Noodles", hours={"3": [["10:30", "13:00"]]})

        assert ("Noodles" in shown(resident, f"/near-me?{query}")) is there

    def test_a_position_far_away_is_told_and_the_quarter_offered(self, resident):
        page = shown(resident, "/near-me?group=elder&lat=91&lng=181")

        assert "does not exist" in page and "choose your quarter" in page

    def test_only_public_kinds_that_are_there_are_shown(self, resident):
        a_facility("isolation_site", name_en="Isolation")
        becomes(a_canteen("Gone"), State.ENDED, "2022-06-01")
        becomes(a_canteen("Painted"), State.PAUSED, "2022-06-01")

        page = shown(resident, "/near-me?group=elder") + shown(resident, "/near-me?group=epidemic")

        assert "Painted" in page and "Closed for a time" in page
        assert "Gone" not in page and "Isolation" not in page

    def test_a_call_is_one_tap(self, resident):
        a_canteen("Noodles", phone="0571-00000001")

        assert 'href="tel:0571-00000001"' in shown(resident, "/near-me?group=elder")

    def test_as_many_statements_for_many_as_for_one(self, resident):
        def count() -> int:
            with CaptureQueriesContext(connection) as statements:
                shown(resident, "/near-me?group=elder&from=quarter-nandu-garden")
            return len(statements)

        a_canteen("First")
        shown(resident, "/near-me")
        with_one = count()
        for nth in range(6):
            a_canteen(f"More {nth}")

        assert count() == with_one <= 3

    def test_the_first_page_leads_there(self, resident):
        assert 'href="/near-me"' in shown(resident, "/")


class TestWhetherItIsOpen:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("周二 09:00-17:00", "Open until 17:00"),
            ("周二 13:00-17:00", "Closed, opens at 13:00"),
            ("周三 08:30-17:00", "Closed, opens tomorrow at 08:30"),
            ("周一 08:30-17:00", "Closed, opens Mon at 08:30"),
            ("每天 全天", "Open around the clock"),
            ("周二 08:00-24:00", "Open until 24:00"),
            ("", "Hours not known"),
        ],
    )
    def test_it_is_said_in_words(self, written, said):
        one = a_facility(hours=hours.read(written))

        with translation.override("en"):
            assert near_me.opening(one, NOW).says == said

    def test_on_a_public_holiday_people_are_told_to_call(self, resident, monkeypatch):
        one = a_canteen("Noodles", hours=hours.read("每天 10:30-13:00"))
        told = "Today is a public holiday"
        assert told not in shown(resident, f"/near-me/{one.pk}")

        monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 1, 23, 10, 0, tzinfo=LOCAL))

        assert told in shown(resident, f"/near-me/{one.pk}") and told in shown(resident, "/near-me?group=elder")


class TestOne:
    def test_its_page_has_hours_and_what_it_offers(self, resident):
        one = a_canteen(
            "Noodles", hours=hours.read("周二 09:00-17:00"), about_en="Cheap meals", address="文三西路351号"
        )

        page = shown(resident, f"/near-me/{one.pk}?lat={HERE.lat}&lng={HERE.lng}")

        assert all(said in page for said in ("Tue 09:00–17:00", "Cheap meals", "文三西路351号", "on foot"))

    def test_what_is_not_public_is_not_found(self, resident):
        hidden = a_facility("isolation_site")
        gone = becomes(a_canteen("Gone"), State.ENDED, "2022-06-01")

        assert [resident.get(f"/near-me/{one.pk}").status_code for one in (hidden, gone)] == [404, 404]

    def test_its_pictures_are_shown_and_no_other_bytes(self, resident):
        one = a_canteen("Noodles")
        picturing.add(one, picturing.keep([a_picture()], "The door"), by=SYSTEM, at=NOW, seen=one.version)
        digest = one.pictures.get().digest

        assert "The door" in shown(resident, f"/near-me/{one.pk}")
        assert resident.get(f"/near-me/{one.pk}/{digest}/small")["Content-Type"] == "image/jpeg"
        assert resident.get(f"/near-me/{a_canteen('Other').pk}/{digest}").status_code == 404


def test_the_same_is_open_data(resident):
    a_canteen("Noodles", phone="0571-00000001", hours=hours.read("周二 09:00-17:00"))
    a_facility("isolation_site", lat=HERE.lat, lng=HERE.lng)

    features = resident.get("/near-me.geojson").json()["features"]

    assert [one["properties"]["title"] for one in features] == ["Noodles"]
    assert features[0]["properties"]["hours"] == "Tue 09:00–17:00"
    assert features[0]["geometry"]["coordinates"] == [HERE.lng, HERE.lat]
    assert resident.get("/near-me.geojson?group=health&only=x").json()["features"] == []


class TestHowFarItIsOnFoot:
    @pytest.mark.parametrize(("north", "metres", "minutes"), [(0.0, 10, 1), (0.001, 110, 3), (0.009, 1000, 22)])
    def test_where_no_paths_are_known_it_is_the_straight_line_with_a_detour(self, north, metres, minutes):
        ends = [Position(HERE.lat + north, HERE.lng)]

        assert walks.on_foot(HERE, ends, date(2023, 2, 21)) == [walks.Walk(metres, minutes, straight=True)]

    def test_where_paths_are_known_it_is_the_way_along_them(self, paths):
        atlas = gazetteer.current()
        start, end = (atlas.places[code].position for code in ("building-dejia-west-1", "building-xingzhou-1"))
        assert start is not None and end is not None

        walk = walks.on_foot(start, [end], date(2023, 2, 21))[0]

        assert not walk.straight
        assert walk.metres > start.metres_to(end)

    def test_what_lies_off_the_paths_is_said_to_be_in_a_straight_line(self, paths):
        start = gazetteer.current().places["building-dejia-west-1"].position
        assert start is not None

        assert walks.on_foot(start, [Position(30.4, 120.3)], date(2023, 2, 21))[0].straight
