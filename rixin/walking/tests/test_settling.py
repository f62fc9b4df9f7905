"""Reaches follow what opens, closes, is built and is brought: for each day, as it was on that day."""

import json
from datetime import date, timedelta

import pytest

from rixin.facilities.models import Facility, StateSpan
from rixin.homes.models import Dwelling
from rixin.places import gazetteer
from rixin.places.models import Place
from rixin.walking import bringing, settling
from rixin.walking.models import Reach, ReachEvent, Ring
from rixin.walking.tests.builders import NOW, SINCE, a_facility, at_place, some_dwellings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paths")]
NEAR, FAR = "building-dejia-west-1", "building-dejia-east-3"
OPENED, CLOSED = date(2022, 4, 1), date(2022, 10, 1)


@pytest.fixture
def _dwellings():
    some_dwellings(NEAR, 30)


def told(circle: str, building: str = NEAR) -> list[tuple[date, date | None, int | None, bool]]:
    """(from, until, facility, covered)"""
    rows = Reach.objects.filter(ring__circle=circle, building=building)
    return [(row.from_day, row.until_day, row.facility_id, row.covered) for row in rows]


@pytest.mark.usefixtures("_dwellings")
class TestWhatOpensAndCloses:
    def test_a_facility_is_within_from_the_day_on_which_it_opens_until_it_closes(self):
        canteen = a_facility("canteen", *at_place(NEAR), since=OPENED, until=CLOSED)

        settling.settle(NOW)

        assert told("canteen") == [
            (SINCE, OPENED, None, False),
            (OPENED, CLOSED, canteen.pk, True),
            (CLOSED, None, None, False),
        ]

    def test_while_two_are_open_the_nearer_one_counts(self):
        farther = a_facility("canteen", *at_place(FAR))
        nearer = a_facility("canteen", *at_place(NEAR), since=OPENED)

        settling.settle(NOW)

        assert told("canteen") == [(SINCE, OPENED, farther.pk, True), (OPENED, None, nearer.pk, True)]

    def test_a_circle_of_several_kinds_takes_the_nearest_of_any(self):
        centre = a_facility("health_centre", *at_place(FAR))
        station = a_facility("health_station", *at_place(NEAR), since=OPENED)

        settling.settle(NOW)

        assert [row[2] for row in told("health")] == [centre.pk, station.pk]
        assert [row[2] for row in told("health_station")] == [None, station.pk]

    def test_what_opened_last_month_and_is_entered_today_counts_from_last_month(self):
        settling.settle(NOW)
        before = Reach.objects.get(ring__circle="canteen")

        canteen = a_facility("canteen", *at_place(NEAR), since=OPENED)
        settling.settle(NOW)

        assert told("canteen") == [(SINCE, OPENED, None, False), (OPENED, None, canteen.pk, True)]
        assert Reach.objects.get(pk=before.pk).version == before.version + 1

    def test_a_facility_without_a_position_is_near_to_nobody(self):
        a_facility("canteen", None, None)

        settling.settle(NOW)

        assert told("canteen") == [(SINCE, None, None, False)]


class TestDwellings:
    def test_dwellings_count_from_the_day_on_which_they_are_there(self):
        some_dwellings(NEAR, 30)
        some_dwellings(NEAR, 6, since=OPENED, until=CLOSED)

        settling.settle(NOW)

        rows = Reach.objects.filter(ring__circle="canteen").values_list("from_day", "dwellings")
        assert list(rows) == [(SINCE, 30), (OPENED, 36), (CLOSED, 30)]

    def test_a_building_without_dwellings_is_not_looked_at(self):
        some_dwellings(NEAR, 30, until=OPENED)

        settling.settle(NOW)

        assert told("canteen") == [(SINCE, OPENED, None, False)]

    def test_a_building_that_nobody_has_put_on_the_map_is_said_to_be_off_the_network(self):
        some_dwellings("building-unheard-of", 4)
        a_facility("canteen", *at_place(NEAR))

        settling.settle(NOW)

        row = Reach.objects.get(ring__circle="canteen")
        assert (row.on_network, row.covered, row.metres, row.dwellings) == (False, False, None, 4)


@pytest.mark.usefixtures("_dwellings")
class TestHistory:
    def test_settling_again_writes_nothing(self):
        a_facility("canteen", *at_place(NEAR), since=OPENED)
        settling.settle(NOW)
        rows, lines = list(Reach.objects.values()), ReachEvent.objects.count()

        done = settling.settle(NOW + timedelta(days=1))

        assert list(Reach.objects.values()) == rows and ReachEvent.objects.count() == lines
        assert all(one.changed == 0 for one in done)

    def test_each_circle_that_changed_has_a_line_that_says_how_much(self):
        settling.settle(NOW)
        a_facility("canteen", *at_place(NEAR), since=OPENED)

        settling.settle(NOW)

        line = ReachEvent.objects.order_by("-pk")[0]
        assert (line.ring.circle, line.changes) == ("canteen", {"altered": ["", 1], "gone": ["", 0], "new": ["", 1]})
        assert ReachEvent.objects.filter(ring__circle="health").count() == 1

    def test_without_dwellings_nothing_is_written(self):
        Dwelling.objects.all().delete()

        settling.settle(NOW)

        assert not Reach.objects.exists() and not ReachEvent.objects.exists()

    def test_a_new_network_counts_from_its_day_and_leaves_the_days_before_as_they_were(self):
        canteen = a_facility("canteen", *at_place(NEAR))
        settling.settle(NOW)
        (lat, lng), (to_lat, to_lng) = at_place(NEAR), at_place(FAR)
        bringing.bring(_lines([lng, lat], [to_lng, to_lat]), "own.geojson", system="wgs84", at=NOW)
        later = NOW + timedelta(days=30)

        bringing.bring(_lines([0.0, 0.0], [0.0, 1.0]), "elsewhere.geojson", system="wgs84", at=later)
        settling.settle(later)

        assert told("canteen") == [
            (SINCE, later.date(), canteen.pk, True),
            (later.date(), None, None, False),
        ]


@pytest.mark.usefixtures("_dwellings")
class TestComputingWhenSomethingChanged:
    def test_nothing_is_computed_twice(self):
        assert settling.settle_if_stale(NOW)
        assert not settling.settle_if_stale(NOW + timedelta(minutes=10))

    @pytest.mark.parametrize("change", ["facility", "state", "dwelling", "network"])
    def test_any_change_is_noticed(self, change):
        facility = a_facility("canteen", *at_place(NEAR))
        settling.settle(NOW)
        changes = {
            "facility": lambda: Facility.objects.filter(pk=facility.pk).update(lat=30.2, version=2),
            "state": lambda: StateSpan.objects.update(until_day=CLOSED, version=2),
            "dwelling": lambda: some_dwellings(NEAR, 1),
            "network": lambda: bringing.bring(_lines([120.0, 30.0], [120.1, 30.0]), "a", system="wgs84", at=NOW),
        }
        assert not settling.settle_if_stale(NOW)

        changes[change]()

        assert settling.settle_if_stale(NOW)

    def test_after_a_night_it_is_computed_in_any_case(self):
        settling.settle(NOW)
        Place.objects.filter(code=NEAR).update(lat=31.0)
        gazetteer.forget()

        assert settling.settle_if_stale(NOW + timedelta(hours=24))
        assert not Reach.objects.filter(on_network=True).exists()

    def test_a_circle_that_is_no_more_leaves_no_reaches(self):
        settling.settle(NOW)
        gone = Ring.objects.create(circle="gone")
        row = Reach.objects.filter(ring__circle="canteen")[0]
        Reach.objects.filter(pk=row.pk).update(ring=gone)

        settling.settle(NOW)

        assert not Reach.objects.filter(ring=gone).exists()


def _lines(*line: list[float]) -> bytes:
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": list(line)}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
