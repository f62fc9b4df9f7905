"""What the pages of circles show: numbers that open to their buildings, and what one more facility would change."""

import re
from fractions import Fraction
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.desk.tests.conftest import in_english
from rixin.facilities.models import Facility
from rixin.people.tests.cast import Player
from rixin.places import gazetteer
from rixin.walking import settling
from rixin.walking.models import Network, Reach, ReachEvent
from rixin.walking.tests.builders import NOW, a_facility, at_place, some_dwellings
from rixin.walking.tests.test_bundled import bellman_ford

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("street")]
CIRCLE, BUILDINGS = "/desk/circle", "/desk/circle/buildings"


def page(player: Player, address: str = CIRCLE, status: int = 200, **asked: object) -> str:
    answer = in_english(player).get(f"{address}?{urlencode({'circle': 'canteen', **asked}, doseq=True)}")
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


def tile(told: str, name: str) -> str:
    found = re.search(rf'<span class="muted">{name}</span><strong>(.*?)</strong>', told)
    assert found, name
    return re.sub("<.*?>", "", found[1])


def row_of(told: str, spot: str) -> tuple[str, int]:
    """(coverage after, dwellings newly within)"""
    cells = told.split(f'data-spot="{spot}"')[1].split("</tr>")[0]
    after, won = (re.search(rf"<strong data-{name}>(.*?)</strong>", cells) for name in ("after", "won"))
    assert after and won
    return after[1], int(won[1])


class TestNumbers:
    def test_dwellings_within_beyond_and_off_the_network_add_up_and_open_to_their_buildings(self, dispatcher):
        told = page(dispatcher)

        within, beyond, off = (
            int(tile(told, name)) for name in ("Dwellings within", "Dwellings beyond", "Not on the path network")
        )
        rows = Reach.objects.filter(ring__circle="canteen", until_day=None)
        assert (within, beyond, off) == (
            sum(row.dwellings for row in rows if row.covered),
            sum(row.dwellings for row in rows if not row.covered and row.on_network),
            8,
        )
        assert within and beyond
        assert tile(told, "Coverage") == f"{float(Fraction(within, within + beyond + off) * 100):.1f}%"
        for state, number in (("within", within), ("beyond", beyond), ("off", off)):
            assert f"with {number} dwellings" in page(dispatcher, BUILDINGS, **{"is": state})

    def test_each_community_has_its_numbers_and_they_open_too(self, dispatcher):
        told = page(dispatcher)

        line = told.split('<th scope="row" class="subject">Dejia Community</th>')[1].split("</tr>")[0]
        assert "area=330106013%2F001%2F&is=beyond" in line.replace("&amp;", "&")
        assert "dwellings" in page(dispatcher, BUILDINGS, area="330106013/001/", **{"is": "beyond"})

    def test_an_earlier_day_shows_what_was_open_then(self, dispatcher):
        before, after = (
            int(tile(page(dispatcher, day=day), "Dwellings within")) for day in ("2022-08-31", "2022-09-01")
        )

        assert before < after

    def test_a_community_officer_sees_the_own_community_only(self, community_officer, dispatcher):
        own = page(community_officer, BUILDINGS)

        assert "Dejia West Quarter" in own
        assert "Zijing" not in own and "Zijing" in page(dispatcher, BUILDINGS)

    def test_an_administrator_is_told_for_whom_the_page_is(self, administrator):
        page(administrator, status=403)

    @pytest.mark.parametrize(
        "asked",
        [{"circle": "moon"}, {"day": "2022-13-45"}, {"day": "1066-10-14"}, {"point": "nowhere"}, {"point": "91,181"}],
    )
    def test_what_cannot_be_read_becomes_what_is_usual(self, dispatcher, asked):
        page(dispatcher, **asked)
        page(dispatcher, BUILDINGS, **asked, area="x/y", page="z", **{"is": "?"})

    def test_without_dwellings_the_page_says_what_to_do(self, dispatcher):
        assert "No dwellings on this day" in page(dispatcher, day="2019-01-01")

    def test_without_paths_the_page_says_who_brings_them(self, dispatcher):
        Network.objects.all().delete()
        settling.settle(NOW)

        told = page(dispatcher, point="quarter-zhongxing", best="1")

        assert "There is no path network yet" in told

    def test_a_facility_without_a_position_is_told(self, dispatcher):
        a_facility("canteen", None, None)

        assert "Its position is not known" in page(dispatcher)

    @pytest.mark.parametrize("address", [CIRCLE, BUILDINGS])
    def test_more_rows_ask_no_more_of_the_database(self, dispatcher, address):
        page(dispatcher, address)
        with CaptureQueriesContext(connection) as many:
            page(dispatcher, address)
        Reach.objects.exclude(building="building-zhongxing-1").delete()
        with CaptureQueriesContext(connection) as one:
            page(dispatcher, address)

        assert len(many) == len(one) <= 24


class TestMap:
    def test_buildings_are_told_apart_by_how_far_they_are(self, dispatcher):
        answer = dispatcher.client.get("/desk/circle/buildings.geojson?circle=canteen&point=quarter-dejia-west").json()

        dots = {one["properties"]["title"]: one["properties"]["dot"] for one in answer["features"]}
        assert {"beyond", "won"} <= set(dots.values()) <= {"near", "middle", "edge", "beyond", "won"}
        assert len(dots) == Reach.objects.filter(ring__circle="canteen", until_day=None).count() - 1

    def test_the_facilities_that_are_open_on_the_day_are_pins(self, dispatcher):
        def pins(day: str) -> int:
            address = f"/desk/circle/facilities.geojson?circle=canteen&day={day}"
            return len(dispatcher.client.get(address).json()["features"])

        assert (pins("2022-08-31"), pins("2022-09-01")) == (1, 2)


class TestOneMore:
    def test_a_typed_point_brings_what_a_facility_there_would_bring(self, dispatcher):
        before = int(tile(page(dispatcher), "Dwellings within"))
        lat, lng = at_place("quarter-zhongxing")

        told = page(dispatcher, lat=lat, lng=lng)

        after, won = row_of(told, f"{lat:.6f},{lng:.6f}")
        a_facility("canteen", lat, lng)
        settling.settle(NOW)
        assert won == int(tile(page(dispatcher), "Dwellings within")) - before > 0
        assert after == tile(page(dispatcher), "Coverage")

    def test_it_is_what_a_plain_computation_says(self, dispatcher):
        """The buildings that were beyond, gone through one by one with another way of finding the shortest way."""
        lat, lng = at_place("quarter-dejia-west")

        told = page(dispatcher, point="quarter-dejia-west")

        metres = bellman_ford({1: (lat, lng)})
        beyond = Reach.objects.filter(ring__circle="canteen", until_day=None, covered=False, on_network=True)
        assert row_of(told, "quarter-dejia-west")[1] == sum(
            row.dwellings for row in beyond if metres[row.building] < 1005.5
        )

    def test_nothing_of_it_is_stored(self, dispatcher):
        rows = list(Reach.objects.values())

        page(dispatcher, point="quarter-dejia-west", best="1")

        assert list(Reach.objects.values()) == rows and Facility.objects.count() == 2

    def test_several_spots_stand_side_by_side_and_can_be_left_out(self, dispatcher):
        told = page(dispatcher, point=["quarter-dejia-west", "quarter-zhongxing"], quarter="quarter-yuegui")

        assert told.count("data-spot=") == 3
        assert "point=quarter-dejia-west&amp;point=quarter-yuegui" in told.replace("&point", "&amp;point")

    def test_the_quarter_that_would_gain_most_is_computed(self, dispatcher):
        told = page(dispatcher, best="1")

        found = re.findall(r"<li><strong>(.*?)</strong><span class=\"small\">(\d+) dwellings? newly within", told)
        quarters = [one for one in gazetteer.current().places.values() if one.kind == "quarter" and one.position]
        won = {one.name_en: row_of(page(dispatcher, point=one.code), one.code)[1] for one in quarters}
        assert len(found) == 5
        assert [int(number) for _name, number in found] == sorted(won.values(), reverse=True)[:5]
        assert all(won[name] == int(number) for name, number in found)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"lat": "", "lng": ""}, "This field is required."),
            ({"lat": "north", "lng": "120.1"}, "Enter a number."),
            ({"lat": "120.1", "lng": "30.28"}, "Latitude and longitude seem to have changed places."),
            ({"lat": "nan", "lng": "120.1"}, "Enter a number."),
            ({"quarter": "quarter-of-the-moon"}, "is not one of the available choices"),
        ],
    )
    def test_a_spot_that_cannot_be_is_refused_and_what_was_typed_stays(self, dispatcher, typed, said):
        told = page(dispatcher, status=422, **typed)

        assert said in told
        assert all(f'value="{value}"' in told for name, value in typed.items() if value and name != "quarter")

    def test_a_spot_far_from_every_path_brings_nothing_and_says_why(self, dispatcher):
        told = page(dispatcher, point="30.5,120.5")

        assert "No path leads here" in told and row_of(told, "30.500000,120.500000")[1] == 0

    def test_only_the_part_is_sent_where_the_part_is_asked_for(self, dispatcher):
        answer = in_english(dispatcher).get(
            f"{CIRCLE}?circle=canteen&point=quarter-zhongxing", headers={"HX-Request": "true"}
        )

        told = answer.content.decode()
        assert told.lstrip().startswith('<div id="what-if"') and "<html" not in told


class TestComputingAnew:
    def test_a_change_is_told_until_the_walks_follow(self, dispatcher):
        some_dwellings("building-zhongxing-1", 1)
        assert "have changed since" in page(dispatcher)

        answer = in_english(dispatcher).post("/desk/circle/settle", {"circle": "canteen"}, follow=True)

        told = answer.content.decode()
        assert "Computed anew" in told and "have changed since" not in told
        assert ReachEvent.objects.order_by("-pk")[0].by_name == dispatcher.name

    def test_an_auditor_reads_and_does_not_compute(self, auditor):
        some_dwellings("building-zhongxing-1", 1)

        assert "Compute anew now" not in page(auditor)
        assert auditor.client.post("/desk/circle/settle", {}).status_code == 403
