"""Tables of records as offices keep them: found, read kindly, and every wrong cell named."""

from datetime import date

import pytest
from django.utils import translation

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET
from rixin.people.tests.cast import COMMUNITY, GRID
from rixin.places import gazetteer
from rixin.places.area_names import AreaNames
from rixin.records.tests.brought import FAIRS, HALL, as_csv, as_xlsx, read
from rixin.sheets import FileFault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "wenxin_places", "own_folder")]


def results(plan):
    return [(outcome.line.number, outcome.result) for outcome in plan.outcomes]


def first(plan):
    return next(outcome.new for outcome in plan.outcomes if outcome.new)


def told(plan):
    return [str(problem) for problem in plan.problems]


class TestHeadings:
    @pytest.mark.parametrize(
        "heading", [FAIRS, ["Held on", "Posts", "Form"], ["day", "posts", "kind"], ["日期", "岗位（个）", "形 式"]]
    )
    def test_are_known_in_both_languages_by_alias_and_by_code(self, leader, heading):
        assert first(read(as_csv(heading, HALL), leader, name="a.csv")).values == {"posts": 120, "kind": "hall"}

    def test_stand_below_a_title_and_a_note(self, leader):
        plan = read(as_xlsx(["2022年招聘会台账"], ["填报单位：公共服务办"], [], FAIRS, HALL, merge=["A1:C1"]), leader)

        assert results(plan) == [(5, "ready")]

    def test_in_two_lines_are_read_together(self, leader):
        heading = [["举办日期", "招聘情况", None], [None, "岗位", "形式"]]

        assert results(read(as_xlsx(*heading, HALL, merge=["A1:A2", "B1:C1"]), leader)) == [(3, "ready")]
        assert results(read(as_csv(*heading, HALL), leader, name="a.csv")) == [(3, "ready")]

    def test_that_say_nothing_are_told_and_not_read(self, leader):
        plan = read(as_xlsx([*FAIRS, "天气", "序号"], [*HALL, "晴", 1]), leader)

        assert results(plan) == [(2, "ready")] and any("天气" in note for note in plan.notes)
        assert not any("序号" in note for note in plan.notes)

    def test_without_a_needed_column_stop_the_whole_and_name_it(self, leader):
        plan = read(as_xlsx(["举办日期", "形式", "名额"], ["2022-03-05", "现场", "120"]), leader)

        assert plan.counts["ready"] == 0 and any("岗位" in fault for fault in plan.faults)

    def test_of_two_columns_for_the_same_one_has_to_be_chosen(self, leader):
        plan = read(as_xlsx([*FAIRS, "Posts"], [*HALL, "130"]), leader)

        assert any("岗位" in fault and "Posts" in fault for fault in plan.faults)


class TestCells:
    def test_are_read_as_people_write_them(self, leader):
        content = as_xlsx(
            [*FAIRS, "户外", "签约日期"],
            ["２０２２年３月５日", "１，２００个", "线上", "是", 44626],
            [date(2022, 3, 6), 80.0, "on site", "无", "2022/3/7"],
        )

        values = [outcome.new.values for outcome in read(content, leader).outcomes]

        assert values == [
            {"posts": 1200, "kind": "online", "outdoors": 1, "signed": 20220306},
            {"posts": 80, "kind": "hall", "outdoors": 0, "signed": 20220307},
        ]

    def test_every_wrong_one_is_told_with_row_column_and_what_stood_there(self, leader):
        plan = read(as_xlsx(FAIRS, HALL, ["2022-13-05", "许多", "现场"], ["2022-03-06", "", "云上"]), leader)

        assert results(plan) == [(2, "ready"), (3, "bad"), (4, "bad")]
        assert [(problem.row, problem.column) for problem in plan.problems] == [
            (3, "举办日期"), (3, "岗位"), (4, "岗位"), (4, "形式"),
        ]  # fmt: skip
        assert "2022-13-05" in told(plan)[0] and "许多" in told(plan)[1] and "云上" in told(plan)[3]

    def test_a_day_that_has_not_come_is_refused(self, leader):
        assert results(read(as_xlsx(FAIRS, ["2090-01-01", "1", "现场"]), leader)) == [(2, "bad")]

    def test_a_merged_day_stands_for_each_of_its_rows(self, leader):
        plan = read(as_xlsx(FAIRS, HALL, [None, "80", "线上"], merge=["A2:A3"]), leader)

        assert [outcome.new.day for outcome in plan.outcomes] == [date(2022, 3, 5), date(2022, 3, 5)]

    def test_a_merged_number_is_not_counted_several_times(self, leader):
        plan = read(as_xlsx(FAIRS, HALL, ["2022-03-06", None, "线上"], merge=["B2:B3"]), leader)

        assert results(plan) == [(2, "bad"), (3, "bad")]

    def test_a_guarded_formula_is_the_text_that_it_was(self, leader):
        plan = read(as_xlsx(["走访日期", "企业"], ["2022-03-05", "'=1+1"]), leader, kind="visit")

        assert first(plan).values == {"firm": "=1+1"}


class TestLinesThatAreNone:
    def test_blank_ones_sums_repeated_headings_and_notes_are_left_out(self, leader):
        content = as_xlsx(
            FAIRS, HALL, [], FAIRS, ["2022-03-06", "80", "线上"], ["合　计", "200"], ["填报人：张三", "审核人：李四"]
        )

        plan = read(content, leader)

        assert results(plan) == [(2, "ready"), (4, "skipped"), (5, "ready"), (6, "skipped"), (7, "skipped")]

    def test_a_sum_is_no_row_also_where_a_merged_day_reaches_over_it(self, leader):
        plan = read(as_xlsx(FAIRS, HALL, [None, "120", "小计"], merge=["A2:A3"]), leader)

        assert results(plan) == [(2, "ready"), (3, "skipped")]

    def test_a_sum_that_does_not_agree_with_the_rows_is_told(self, leader):
        agreeing = read(as_xlsx(FAIRS, HALL, ["合计", "120"]), leader)
        differing = read(as_xlsx(FAIRS, HALL, ["合计", "1,250"]), leader)

        assert not any("1,250" in note for note in agreeing.notes)
        assert any("1,250" in note and "120" in note for note in differing.notes)


class TestAreas:
    def heading(self, *more):
        return [*FAIRS, *more]

    @pytest.mark.parametrize(
        "written", ["德加社区", "德加", "330106013/001/", "330106013001", "文新街道 › 德加社区", "文新街道 > 德加社区"]
    )
    def test_by_name_alias_path_code_or_from_the_whole_to_the_part(self, leader, written):
        assert first(read(as_xlsx(self.heading("区域"), [*HALL, written]), leader)).area_path == DEJIA

    def test_in_columns_of_their_own_from_the_whole_to_the_part(self, leader):
        plan = read(
            as_xlsx(self.heading("社区", "网格"), [*HALL, "德加社区", "德加第1网格"], [*HALL, "德加社区", ""]), leader
        )

        assert [outcome.new.area_path for outcome in plan.outcomes] == [GRID, COMMUNITY]

    def test_that_do_not_hold_each_other_are_refused(self, leader):
        plan = read(as_xlsx(self.heading("社区", "网格"), [*HALL, "竞舟社区", "德加第1网格"]), leader)

        assert results(plan) == [(2, "bad")]

    def test_a_misspelt_one_is_told_with_what_may_be_meant(self, leader):
        assert "德加社区" in told(read(as_xlsx(self.heading("区域"), [*HALL, "德家社区"]), leader))[0]

    def test_are_told_by_the_address_where_none_is_written(self, leader):
        new = first(read(as_xlsx(self.heading("地址"), [*HALL, "德加东区3幢"]), leader))

        assert new.area_path.startswith(DEJIA) and new.place_code == "building-dejia-east-3"

    def test_without_any_it_is_the_whole_area_of_the_unit(self, leader):
        assert first(read(as_xlsx(FAIRS, HALL), leader)).area_path == STREET

    def test_nobody_enters_outside_the_own_area(self, community_officer):
        content = as_xlsx(self.heading("区域"), [*HALL, "德加社区"], [*HALL, "竞舟社区"], [*HALL, JINGZHOU])

        assert results(read(content, community_officer)) == [(2, "ready"), (3, "bad"), (4, "bad")]

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_every_area_is_found_by_the_label_that_a_fetched_table_has(self, language):
        atlas = gazetteer.current()
        names = AreaNames(atlas, lambda path: True)
        with translation.override(language):
            for area in atlas.areas.values():
                assert names.find([atlas.label(area.path)]) == area.path


class TestUnits:
    def test_it_is_the_work_of_the_unit_of_who_imports(self, leader, community_officer, units):
        content = as_xlsx(FAIRS, HALL)

        assert first(read(content, leader)).unit == units["public-services"].pk
        assert first(read(content, community_officer)).unit == units["community-001"].pk

    def test_who_oversees_an_area_may_name_another_unit_and_others_may_not(self, leader, community_officer, units):
        content = as_xlsx([*FAIRS, "单位"], [*HALL, units["economy-office"].name_zh])

        assert first(read(content, leader)).unit == units["economy-office"].pk
        assert results(read(content, community_officer)) == [(2, "bad")]


class TestReturns:
    def months(self, *written, amount="5"):
        return as_xlsx(["月份", "收入（万元）"], *([month, amount] for month in written))

    def test_months_that_the_table_does_not_have_are_named(self, leader):
        plan = read(self.months("2022-01", "2022年2月", "2022-05"), leader, kind="revenue")

        assert plan.counts["ready"] == 3
        assert any("2022-03、2022-04" in note for note in plan.notes)

    def test_one_that_stands_there_twice_is_refused_with_the_first_row(self, leader):
        plan = read(self.months("2022-01", "2022-01"), leader, kind="revenue")

        assert results(plan) == [(2, "ready"), (3, "bad")] and "2" in plan.problems[0].message

    def test_an_amount_in_another_unit_is_converted(self, leader):
        assert first(read(self.months("2022-01", amount="52,300元"), leader, kind="revenue")).values == {"amount": 523}


class TestFiles:
    @pytest.mark.parametrize("content", [b"", as_csv([]), b"PK\x03\x04"])
    def test_that_hold_no_table_are_refused_as_a_whole(self, leader, content):
        with pytest.raises(FileFault):
            read(content, leader)

    def test_with_headings_and_nothing_under_them_say_so(self, leader):
        assert read(as_xlsx(FAIRS), leader).faults

    def test_of_chinese_excel_are_read(self, leader):
        content = as_csv(FAIRS, HALL).decode().encode("gb18030")

        assert results(read(content, leader, name="台账.csv")) == [(2, "ready")]
