"""Positions inside are WGS-84; what Chinese maps give is converted where it comes in."""

from math import nan

import pytest
from hypothesis import given
from hypothesis.strategies import floats, sampled_from

from rixin.places.coordinates import ImpossiblePosition, Position, from_system, to_system

IN_CHINA = {"lat": floats(18, 53), "lng": floats(74, 134)}
MILLIMETRE = 0.001


class TestSystems:
    @given(**IN_CHINA, system=sampled_from(["gcj02", "bd09"]))
    def test_the_way_there_and_back_ends_where_it_began(self, lat, lng, system):
        start = Position(lat, lng)

        back = from_system(*to_system(start, system), system)

        assert start.metres_to(back) < MILLIMETRE

    @given(**IN_CHINA)
    def test_a_shifted_map_is_off_by_hundreds_of_metres_not_by_kilometres(self, lat, lng):
        start = Position(lat, lng)

        assert start.metres_to(Position(*to_system(start, "gcj02"))) < 1000

    def test_the_shift_at_tiananmen_is_the_published_one(self):
        """Coordinates of the published example: WGS-84 39.907375, 116.391349."""
        lat, lng = to_system(Position(39.907375, 116.391349), "gcj02")

        assert (round(lat, 4), round(lng, 4)) == (39.9088, 116.3976)

    def test_outside_china_nothing_is_shifted(self):
        assert to_system(Position(48.8584, 2.2945), "gcj02") == (48.8584, 2.2945)


class TestImpossiblePositions:
    @pytest.mark.parametrize(
        ("lat", "lng", "said"),
        [
            (120.1, 30.28, "changed places"),
            (91.0, 200.0, "between -90 and 90"),
            (30.28, 181.0, "between -180 and 180"),
            (nan, 120.1, "not a number"),
        ],
    )
    def test_each_is_told_in_words(self, lat, lng, said, english):
        with pytest.raises(ImpossiblePosition, match=said):
            Position(lat, lng)

    def test_the_poles_and_the_date_line_are_possible(self):
        assert Position(90, 180) and Position(-90, -180)
