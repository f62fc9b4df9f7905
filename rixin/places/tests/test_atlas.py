"""From a point to its areas, from memory."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import floats
from shapely.geometry import Point, shape

from rixin.places import gazetteer, stamp
from rixin.places.bundled import load_wenxin
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.places.models import Area, Place

DEJIA_EAST_3 = "building-dejia-east-3"
FAR_AWAY = Position(31.2304, 121.4737)  # Shanghai
ACROSS_THE_STREET = Position(30.2700, 120.0950)


@pytest.fixture
def outlines(wenxin_places):
    rows = Area.objects.exclude(boundary=None).values_list("level", "code", "boundary")
    return [(level, code, shape(boundary)) for level, code, boundary in rows]


class TestTheBundledGround:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
    @given(east=floats(0, 1), north=floats(0, 1))
    def test_every_point_of_the_subdistrict_has_exactly_one_chain_down_to_a_microgrid(
        self, wenxin_places, outlines, east, north
    ):
        whole = next(outline for level, _code, outline in outlines if level == "subdistrict")
        west, south, far_east, far_north = whole.bounds
        spot = Point(west + east * (far_east - west), south + north * (far_north - south))
        chain = wenxin_places.chain_at(Position(spot.y, spot.x))
        holding = [code for level, code, outline in outlines if level == "grid" and outline.contains(spot)]

        assert (chain is not None) == whole.intersects(spot)
        if chain:
            assert [area.level for area in chain.areas] == [
                "district",
                "subdistrict",
                "community",
                "grid",
                "microgrid",
            ]
            assert holding in ([chain.grid.code], [])  # none: on a line that two grids share

    @pytest.mark.parametrize("level", ["community", "grid", "microgrid"])
    def test_areas_of_one_level_tile_the_whole_without_overlap(self, outlines, level):
        whole = next(outline.area for name, _code, outline in outlines if name == "subdistrict")
        parts = [outline for name, _code, outline in outlines if name == level]

        assert sum(part.area for part in parts) == pytest.approx(whole, rel=1e-9)
        assert all(part.is_valid for part in parts)

    def test_it_says_that_its_boundaries_are_drawn(self, wenxin_places):
        sources = set(Area.objects.exclude(boundary=None).values_list("boundary_source", flat=True))

        assert sources == {"drawn for this product, not surveyed"}

    def test_loading_it_again_changes_nothing(self, wenxin_places):
        again = load_wenxin()

        assert (again.areas.count("unchanged"), again.lines, again.places.count("unchanged")) == (309, 0, 871)


class TestAsking:
    def test_no_question_goes_to_the_database(self, wenxin_places, django_assert_num_queries):
        spot = wenxin_places.places[DEJIA_EAST_3].position
        with django_assert_num_queries(0):
            atlas = gazetteer.current()
            atlas.chain_at(spot)
            atlas.find_in_text("德加东区三号楼二单元门口路灯不亮,古墩路99号对面")
            atlas.chain_of_address("德加东区3幢")
            atlas.chain_of(DEJIA_EAST_3)
            atlas.nearby(spot, 200)
            atlas.label("330106013/001/")
            atlas.suggest("德加")

    def test_a_building_lies_in_a_microgrid_of_the_grid_of_its_quarter(self, wenxin_places):
        building, quarter = wenxin_places.chain_of(DEJIA_EAST_3), wenxin_places.chain_of("quarter-dejia-east")

        assert quarter.finest.level == "grid"
        assert building.finest.level == "microgrid"
        assert building.is_within(quarter.path)

    def test_an_area_is_known_by_path_and_by_code(self, wenxin_places):
        assert wenxin_places.area("330106013/001/") is wenxin_places.area("330106013001")
        assert wenxin_places.area("330106013/999/") is None

    def test_a_label_is_in_the_language_of_the_reader(self, wenxin_places):
        with translation.override("zh-hans"):
            assert wenxin_places.label("330106013/001/01/") == "文新街道 › 德加社区 › 德加第1网格"
        with translation.override("en"):
            assert wenxin_places.label("330106013/001/") == "Wenxin Sub-district › Dejia Community"

    def test_nearby_places_come_nearest_first_and_no_further_than_asked(self, wenxin_places):
        spot = wenxin_places.places[DEJIA_EAST_3].position

        near = wenxin_places.nearby(spot, 120)

        assert near[0][0].code == DEJIA_EAST_3
        assert [metres for _place, metres in near] == sorted(metres for _place, metres in near)
        assert near[-1][1] <= 120

    def test_across_the_border_is_outside_and_another_city_is_impossible(self, wenxin_places, english):
        where = wenxin_places.where(ACROSS_THE_STREET)

        assert where.inside is False
        assert 100 < where.metres_outside < 1000
        with pytest.raises(ImpossiblePosition, match="Wenxin Sub-district"):
            wenxin_places.where(FAR_AWAY)


class TestChangesAndHistory:
    def test_a_retired_area_keeps_its_name_and_chain_but_holds_no_new_points(self, wenxin_places):
        code = wenxin_places.chain_of(DEJIA_EAST_3).code
        spot = wenxin_places.places[DEJIA_EAST_3].position
        Area.objects.filter(code=code).update(retired_on=date(2022, 6, 1))

        after: Any = gazetteer.load()

        assert after.chain_of(code).finest.retired
        assert after.label(after.areas[code].path) == wenxin_places.label(wenxin_places.areas[code].path)
        assert after.chain_at(spot).finest.level == "grid"

    def test_a_retired_place_is_found_by_its_code_but_not_by_words(self, wenxin_places):
        Place.objects.filter(code="quarter-kangle").update(retired_on=date(2022, 6, 1))

        after: Any = gazetteer.load()

        assert after.chain_of("quarter-kangle").community.name_zh == "五联社区"
        assert not any(match.place and match.place.code == "quarter-kangle" for match in after.find_in_text("康乐新村"))

    def test_another_process_is_told_of_a_change(self, wenxin_places):
        before = gazetteer.current()
        Area.objects.filter(code="330106013001").update(name_zh="德加新社区")
        assert gazetteer.current() is before

        stamp.renew()

        assert gazetteer.current().areas["330106013001"].name_zh == "德加新社区"
