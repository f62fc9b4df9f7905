"""Places that residents name in their own words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text


def best(atlas, written):
    found = atlas.find_in_text(written)
    return found[0] if found else None


class TestBuildings:
    @pytest.mark.parametrize(
        ("written", "code", "unit", "room"),
        [
            ("德加东区三号楼二单元楼道灯坏了", "building-dejia-east-3", "2", ""),
            ("德加公寓东区3幢漏水", "building-dejia-east-3", "", ""),
            ("德加东区3幢2单元501室天花板渗水", "building-dejia-east-3", "2", "501"),
            ("德加东区12栋垃圾没人收", "building-dejia-east-12", "", ""),
            ("德加东区3-2-501", "building-dejia-east-3", "2", "501"),
            ("南都花园十二幢门口有共享单车乱停", "building-nandu-garden-12", "", ""),
            ("3幢楼下有人飞线充电,德加东区", "building-dejia-east-3", "", ""),
            ("Dejia East Quarter, Building 3: the lamp is out", "building-dejia-east-3", "", ""),
        ],
    )
    def test_a_building_is_found_however_its_number_is_written(self, wenxin_places, written, code, unit, room):
        found = best(wenxin_places, written)

        assert (found.place.code, found.precision) == (code, "building")
        assert (found.unit, found.room) == (unit, room)
        assert found.chain.finest.level == "microgrid"

    def test_a_building_that_is_not_on_record_leaves_its_quarter_certain(self, wenxin_places):
        found = best(wenxin_places, "德加东区88幢有异味")

        assert (found.place.code, found.precision, found.building) == ("quarter-dejia-east", "place", "88")

    def test_a_number_without_a_quarter_names_nothing(self, wenxin_places):
        assert best(wenxin_places, "3幢门口") is None


class TestAddresses:
    @pytest.mark.parametrize("written", ["古墩路99号门前积水", "古墩路 99 号", "古墩路99-3号店铺油烟", "古墩路99号"])
    def test_a_road_with_its_number_is_a_door(self, wenxin_places, written):
        found = best(wenxin_places, written)

        assert (found.place.code, found.precision) == ("door-gudun-99", "address")
        assert found.chain.community.name_zh == "骆家庄社区"

    def test_a_number_between_two_known_doors_lies_in_what_both_share(self, wenxin_places):
        found = best(wenxin_places, "古墩路105号")

        assert (found.precision, found.place) == ("address", None)
        assert found.chain.community.name_zh == "骆家庄社区"
        assert found.position

    def test_a_crossing_is_where_the_roads_meet(self, wenxin_places):
        found = best(wenxin_places, "文一西路与古墩路路口红绿灯坏了")

        assert found.precision == "crossing"
        assert found.position.metres_to(wenxin_places.places["office-building-xixi-kechuang"].position) < 1500

    def test_a_road_alone_lies_in_the_subdistrict(self, wenxin_places):
        found = best(wenxin_places, "星艺街很吵")

        assert (found.precision, found.chain.finest.level) == ("road", "subdistrict")


class TestWords:
    def test_full_width_digits_are_digits_and_the_deciding_words_are_told_as_written(self, wenxin_places):
        written = "在德加东区\uff13幢\uff12单元"

        found = best(wenxin_places, written)

        assert found.place.code == "building-dejia-east-3"
        assert found.words == "德加东区\uff13幢\uff12单元"
        assert written[found.start : found.end] == found.words

    def test_what_is_exact_comes_before_what_is_coarse(self, wenxin_places):
        found = wenxin_places.find_in_text("竞舟社区的古墩路旁边,南都花园5幢")

        assert [match.precision for match in found] == ["building", "area", "road"]

    def test_a_school_is_not_the_community_of_the_same_name(self, wenxin_places):
        assert best(wenxin_places, "竞舟小学门口").place.code == "school-jingzhou-school"

    def test_the_place_of_the_report_is_found_by_its_short_name(self, wenxin_places):
        assert best(wenxin_places, "新金都沿街店铺污水横流").place.code == "quarter-xinjindu"
        assert best(wenxin_places, "福地创业园停车难").place.code == "office-building-fudi"

    def test_ordinary_words_name_no_place(self, wenxin_places):
        assert wenxin_places.find_in_text("今天阳光很好,请问社保卡怎么补办?") == []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
    @given(written=text(alphabet="德加东西区三幢号楼12\uff13古墩路-单元室bB # 与\n座十百", max_size=40))
    def test_nothing_that_people_type_breaks_it(self, wenxin_places, written):
        for match in wenxin_places.find_in_text(written):
            assert written[match.start : match.end] == match.words
