"""An office brings its own areas and addresses: by command and by page, all rows or none."""

import copy
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook

from rixin.places import gazetteer
from rixin.places.coordinates import Position, to_system
from rixin.places.models import Area, Place

GRID = "33010601300101"


def run(*arguments):
    out = io.StringIO()
    call_command("places", *map(str, arguments), stdout=out)
    return out.getvalue()


def the_place(**by: str) -> Any:
    return Place.objects.get(**by)


def the_area(**by: str) -> Any:
    return Area.objects.get(**by)


def found_first(written: str) -> Any:
    return gazetteer.current().find_in_text(written)[0]


def square(west, south, side=0.001):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code="33010601300199", ring=None, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring or square(120.05, 30.25)]}
    named = {"code": code, "name": "试点网格", "level": "grid", "parent": "330106013001"}
    return {"type": "Feature", "properties": {**named, **properties}, "geometry": geometry}


@pytest.fixture
def a_map(tmp_path):
    def write(*features, **more):
        file = tmp_path / "areas.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), encoding="utf-8")
        return file

    return write


@pytest.fixture
def a_table(tmp_path):
    def write(*lines, encoding="utf-8"):
        file = tmp_path / "addresses.csv"
        file.write_text("\n".join(lines), encoding=encoding)
        return file

    return write


@pytest.fixture
def spot(wenxin_places):
    """In the building 德加东区3幢."""
    return wenxin_places.places["building-dejia-east-3"].position


@pytest.fixture
def existing(wenxin_places):
    """A grid on record as the feature that would export it."""
    area = the_area(code=GRID)
    return {
        "type": "Feature",
        "properties": {"编码": area.code, "网格名称": area.name_zh, "层级": "网格", "上级编码": "330106013001"},
        "geometry": area.boundary,
    }


class TestAreas:
    def test_the_same_area_again_changes_nothing(self, existing, a_map, english):
        assert "0 new, 0 changed, 1 unchanged" in run("import-areas", a_map(existing))

    def test_a_new_name_is_taken_and_known_at_once(self, existing, a_map, english):
        existing["properties"]["网格名称"] = "德加第\uff11\uff11网格"

        assert "1 changed" in run("import-areas", a_map(existing))
        assert gazetteer.current().areas[GRID].name_zh == "德加第11网格"

    def test_a_preview_writes_nothing(self, existing, a_map, english):
        existing["properties"]["网格名称"] = "改名网格"

        assert "Would be 0 new, 1 changed" in run("import-areas", a_map(existing), "--dry-run")
        assert not Area.objects.filter(name_zh="改名网格").exists()

    def test_a_map_in_gcj02_lands_in_the_same_place(self, existing, a_map, english):
        shifted = copy.deepcopy(existing)
        shifted["geometry"]["coordinates"] = [
            [list(reversed(to_system(Position(lat, lng), "gcj02"))) for lng, lat in ring]
            for ring in existing["geometry"]["coordinates"]
        ]

        assert "1 unchanged" in run("import-areas", a_map(shifted), "--crs", "gcj02")
        with pytest.raises(CommandError):
            run("import-areas", a_map(shifted), "--crs", "wgs84")

    def test_parts_may_stand_before_the_whole(self, wenxin_places, a_map, english):
        ring = square(120.02, 30.30, 0.01)
        whole = feature("330106099", ring, name="他镇", level="街道", parent="330106")
        part = feature("330106099001", ring, name="他社区", level="", parent="330106099")

        run("import-areas", a_map(part, whole))

        assert the_area(code="330106099001").path == "330106099/001/"
        assert the_area(code="330106099001").level == "community"

    @pytest.mark.parametrize(
        ("ring", "said"),
        [
            ([[120.09, 30.28], [120.091, 30.28], [120.091, 30.281], [120.09, 30.281]], "Ring 1 is not closed"),
            (
                [[120.09, 30.28], [120.091, 30.281], [120.091, 30.28], [120.09, 30.281], [120.09, 30.28]],
                "crosses itself near latitude 30.2805",
            ),
            ([[120.09, 30.28], [120.091, 30.28], [120.09, 30.28]], "fewer than four points"),
            ([[30.28, 120.09], [30.28, 120.1], [30.3, 120.1], [30.28, 120.09]], "changed places"),
            (["a", "b", "c", "a"], "is no point"),
            (square(120.05, 30.25), "lies outside Dejia Community"),
        ],
    )
    def test_a_bad_outline_is_told_with_its_row_and_name(self, wenxin_places, a_map, ring, said, english, capsys):
        before = Area.objects.count()
        out = io.StringIO()

        with pytest.raises(CommandError, match="1 row cannot be used, so nothing was written"):
            call_command("places", "import-areas", str(a_map(feature(ring=ring))), stdout=out)

        assert "Row 1, column 试点网格: " in out.getvalue()
        assert said in out.getvalue()
        assert Area.objects.count() == before

    def test_areas_that_overlap_are_told_and_none_is_written(self, existing, a_map, english):
        taken = feature(ring=existing["geometry"]["coordinates"][0])
        out = io.StringIO()

        with pytest.raises(CommandError, match="The other 1 row is ready"):
            call_command("places", "import-areas", str(a_map(taken, existing)), stdout=out)

        assert "Row 1, column 试点网格: Overlaps Dejia Grid 1 (33010601300101) by " in out.getvalue()
        assert not Area.objects.filter(name_zh="试点网格").exists()

    @pytest.mark.parametrize(
        ("properties", "said"),
        [
            ({"parent": "999"}, "The parent 999 is neither in the file nor known"),
            ({"level": "省"}, "“省” is no level"),
            ({"name": ""}, "The name is missing"),
            ({"code": ""}, "The code is missing"),
            ({"code": "33/01"}, "A code has up to 20 digits"),
            ({"level": "community"}, "A Community cannot lie in Dejia Community"),
            ({"retired_on": "2022-13-05"}, "“2022-13-05” is not a date"),
            ({"retired_on": "2999-01-01"}, "not ahead"),
            ({"code": GRID, "parent": "330106013002"}, "belongs to 330106013001. Retire it"),
            ({"code": GRID, "level": "microgrid"}, "is a Grid. Retire it"),
            ({"level": "district", "parent": ""}, "serves Xihu District already"),
        ],
    )
    def test_a_bad_property_is_told(self, wenxin_places, a_map, properties, said, english):
        out = io.StringIO()

        with pytest.raises(CommandError):
            call_command("places", "import-areas", str(a_map(feature(**properties))), stdout=out)

        assert said in out.getvalue()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("{not json", "no GeoJSON: it cannot be read further than line 1, column 2"),
            ('{"type": "Feature"}', "no GeoJSON FeatureCollection"),
            ('{"type": "FeatureCollection", "features": []}', "holds no features"),
            (
                '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:4547"}}, "features": [1]}',
                "EPSG:4547",
            ),
        ],
    )
    def test_a_file_that_is_no_map_is_told(self, wenxin_places, tmp_path, content, said, english):
        file = tmp_path / "areas.geojson"
        file.write_text(content)

        with pytest.raises(CommandError, match=said):
            run("import-areas", file)

    def test_retiring_an_area_keeps_it_and_moves_its_places_to_what_holds_them_now(self, existing, a_map, english):
        parts = Area.objects.filter(parent__code=GRID)
        retired = [{"code": part.code, "retired_on": "2022/6/1"} for part in parts]
        features = [{"type": "Feature", "properties": each, "geometry": None} for each in retired]
        existing["properties"]["停用日期"] = "2022年6月1日"

        with pytest.raises(CommandError):
            run("import-areas", a_map(existing))
        told = run("import-areas", a_map(existing, *features))

        assert "places now lie in another area" in told
        assert the_area(code=GRID).retired_on.isoformat() == "2022-06-01"
        assert the_place(code="building-dejia-west-3").area.code == "330106013001"


class TestAddresses:
    def test_a_plain_list_of_buildings_is_enough(self, a_table, spot, english):
        file = a_table("所属小区,楼幢号,经度,纬度", f"德加东区,\uff19\uff10号楼,{spot.lng},{spot.lat}")

        assert "1 new" in run("import-addresses", file)
        found = found_first("德加东区九十幢")
        assert (found.place.code, found.place.name_zh) == ("building-dejia-east-90", "德加东区90幢")
        assert found.chain.finest.level == "microgrid"

    def test_the_same_table_again_changes_nothing(self, a_table, spot, english):
        door = f"门牌,,文二西路7777号,{spot.lng},{spot.lat}"
        school = f"学校,日新学校,,{spot.lng},{spot.lat}"
        file = a_table("类型,名称,地址,经度,纬度", door, school)

        assert "2 new" in run("import-addresses", file)
        assert "0 new, 0 changed, 2 unchanged" in run("import-addresses", file)

    def test_a_quarter_and_its_buildings_may_come_in_one_table_in_any_order(self, a_table, spot, english):
        file = a_table(
            "类型,名称,小区,幢号,经度,纬度",
            f",,日新苑,1幢,{spot.lng},{spot.lat}",
            f"小区,日新苑,,,{spot.lng},{spot.lat}",
        )

        run("import-addresses", file)

        building = the_place(name_zh="日新苑1幢")
        assert building.parent.name_zh == "日新苑"
        assert building.parent.area.level == "grid"

    def test_a_spreadsheet_with_a_title_above_its_headings_is_read(self, tmp_path, spot, english):
        book = Workbook()
        sheet: Any = book.active
        sheet.append(["文新街道楼幢登记表"])
        sheet.append(["小区名称", "楼幢号(如3幢)", "经度 *", "纬度", "备注"])
        sheet.append(["德加东区", 91, spot.lng, spot.lat, "新建"])
        book.save(tmp_path / "a.xlsx")

        told = run("import-addresses", tmp_path / "a.xlsx")

        assert "Columns not used: 备注" in told
        assert Place.objects.filter(code="building-dejia-east-91").exists()

    def test_a_table_as_chinese_excel_saves_it_is_read(self, a_table, spot, english):
        run(
            "import-addresses", a_table("小区;幢号;经度;纬度", f"德加东区;92;{spot.lng};{spot.lat}", encoding="gb18030")
        )

        assert Place.objects.filter(code="building-dejia-east-92").exists()

    def test_baidu_coordinates_are_converted(self, a_table, spot, english):
        lat, lng = to_system(spot, "bd09")

        run("import-addresses", a_table("小区,幢号,经度,纬度", f"德加东区,93,{lng},{lat}"), "--crs", "bd09")

        stored = the_place(code="building-dejia-east-93").position
        assert stored.metres_to(spot) < 0.2

    def test_without_a_position_a_building_lies_where_its_quarter_does(self, a_table, wenxin_places, english):
        run("import-addresses", a_table("小区,幢号", "德加东区,94"))

        assert the_place(code="building-dejia-east-94").area.level == "grid"

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("德加东区,3,,120.1,abc,", "Row 3, column 纬度: “abc” is not a number of degrees"),
            ("德加东区,3,,30.28,120.1,", "Row 3, column 纬度: Latitude 120.1 does not exist. Latitude and longitude"),
            ("德加东区,3,,116.4,39.9,", "Row 3: This position is"),
            ("月光城,3,,120.1,30.28,", "Row 3: The quarter “月光城” is neither known nor in this file"),
            ("德加东区,3,,,,月亮社区", "Row 3: The area “月亮社区” is not known"),
            (",,,120.1,30.28,", "Row 3: The kind of place is missing"),
            ("德加东区,2,,120.1,30.28,", "Row 3: This place stands in row 2 too (building-dejia-east-2)"),
            ("德加东区,3,,{lng},{lat},星洲社区", "but the row says Xingzhou Community"),
        ],
    )
    def test_a_bad_row_is_told_and_nothing_is_written(self, a_table, spot, row, said, english):
        good = f"德加东区,2,新地址1号,{spot.lng},{spot.lat},德加社区"
        out = io.StringIO()
        file = a_table("小区,楼幢号,地址,经度,纬度,网格", good, row.format(lat=spot.lat, lng=spot.lng))

        with pytest.raises(CommandError, match="The other 1 row is ready: mend the file"):
            call_command("places", "import-addresses", str(file), stdout=out)

        assert said in out.getvalue()
        assert the_place(code="building-dejia-east-2").address == ""

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (("甲,乙", "1,2"), "No row of headings was found"),
            (("名称,类型", "德加,小区"), "does not say where the places are"),
            (("经度,纬度", "120.1,30.28"), "does not name the places"),
            (("名称,地点名称,经度,纬度",), "mean the same"),
        ],
    )
    def test_wrong_columns_are_told(self, a_table, wenxin_places, lines, said, english):
        with pytest.raises(CommandError, match=said):
            run("import-addresses", a_table(*lines))

    def test_a_file_that_is_no_spreadsheet_is_told(self, tmp_path, wenxin_places, english):
        (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

        with pytest.raises(CommandError, match="cannot be read as a spreadsheet"):
            run("import-addresses", tmp_path / "a.xlsx")

    def test_a_place_beyond_the_border_is_kept_without_an_area_and_noted(self, a_table, wenxin_places, english):
        told = run("import-addresses", a_table("类型,名称,经度,纬度", "学校,对岸小学,120.0950,30.2700"))

        assert "Row 2: Outside our areas, by " in told
        assert the_place(name_zh="对岸小学").area is None


class TestOnThePage:
    URL = "/places/import"

    def upload(self, client, content, name="a.csv", what="addresses", crs="wgs84"):
        file = SimpleUploadedFile(name, content.encode())
        client.cookies["language"] = "en"
        return client.post(self.URL, {"what": what, "file": file, "crs": crs})

    def test_the_administrator_sees_the_preview_and_then_imports(self, administrator, spot):
        table = f"小区,幢号,经度,纬度\n德加东区,95,{spot.lng},{spot.lat}"

        preview = self.upload(administrator.client, table)
        assert preview.status_code == 200
        assert "1 new, 0 changed" in preview.content.decode()
        assert not Place.objects.filter(code="building-dejia-east-95").exists()
        ticket = {"ticket": preview.context["ticket"]}
        done = administrator.client.post(reverse("places:import_confirmed"), ticket)

        assert done.status_code == 302
        assert Place.objects.filter(code="building-dejia-east-95").exists()
        again = administrator.client.post(reverse("places:import_confirmed"), ticket)
        assert again.status_code == 409

    def test_a_file_with_faults_shows_them_and_offers_no_import(self, administrator, wenxin_places):
        answer = self.upload(administrator.client, "小区,幢号,经度,纬度\n德加东区,96,x,30.28")

        assert answer.status_code == 422
        assert "“x” is not a number of degrees" in answer.content.decode()
        assert not answer.context["ticket"]

    def test_a_map_with_an_open_ring_is_explained(self, administrator, wenxin_places):
        ring = square(120.09, 30.28)[:-1]
        content = json.dumps({"type": "FeatureCollection", "features": [feature(ring=ring)]})

        answer = self.upload(administrator.client, content, "a.geojson", "areas")

        assert answer.status_code == 422
        assert "Ring 1 is not closed" in answer.content.decode()

    def test_a_file_of_another_sort_is_explained_at_its_field(self, administrator, wenxin_places):
        answer = self.upload(administrator.client, "%PDF-1.7", "a.pdf", "areas")

        assert answer.status_code == 422
        assert "no GeoJSON" in answer.content.decode()

    def test_only_the_administrator_may_import(self, dispatcher, wenxin_places):
        assert dispatcher.client.get(self.URL).status_code == 403
        assert dispatcher.client.post(reverse("places:import_confirmed")).status_code == 403

    def test_the_present_table_can_be_imported_again(self, administrator, wenxin_places, tmp_path, english):
        table = b"".join(administrator.client.get("/places/places.csv").streaming_content)
        (tmp_path / "back.csv").write_bytes(table)

        assert "0 new, 0 changed, 871 unchanged" in run("import-addresses", tmp_path / "back.csv")
