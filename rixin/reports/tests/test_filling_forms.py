"""A form is filled from figures and records: what each cell says, and that it stays the table that it was."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl.styles import Border, Font, Side

from rixin.catalogue.form_sheet import Block
from rixin.catalogue.tests.sheets import workbook
from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET, a_record
from rixin.records.models import Record
from rixin.reports.forms.growth import Growth
from rixin.reports.forms.growth import Side as Lines
from rixin.reports.forms.missing import missing_returns
from rixin.reports.forms.sources import workbook_of
from rixin.reports.forms.standing import today
from rixin.reports.forms.table import FilledSheet, Line, as_data, from_data
from rixin.reports.tests.forming import (
    a_form,
    cell_at,
    filled,
    order,
    page_of,
    said,
    tiny_catalogue,
    tiny_street,
    values,
)

__all__ = ["a_form", "tiny_catalogue", "tiny_street"]


@pytest.fixture
def rows(tiny_street):
    a_record("fair", "2022-03-01", posts=80, kind="online", area=DEJIA)
    a_record("fair", "2022-03-20", posts=120, kind="hall", area=JINGZHOU)
    a_record("fair", "2022-02-10", posts=30, kind="hall", area=DEJIA)
    a_record("fair", "2021-03-10", posts=50, kind="hall", area=DEJIA)
    for month, amount in (("2021-02", "90"), ("2021-03", "100"), ("2022-02", "95.5"), ("2022-03", "123.45")):
        a_record("revenue", f"{month}-28", area=STREET, amount=amount)


@pytest.mark.django_db
@pytest.mark.usefixtures("rows")
class TestNumbers:
    def test_each_figure_stands_in_its_cell_for_its_period(self, a_form):
        form = a_form([["{posts}", "{posts@before}", "{posts@last}", "{posts@so_far}", "{posts@last_so_far}"]])

        assert list(said(filled(form)).values()) == ["200", "30", "50", "230", "50"]

    def test_it_is_a_number_with_the_digits_of_the_figure(self, a_form):
        page = page_of(a_form([["{revenue_total}", "{online_rate}"]]))

        assert values(page) == [[123.45, 50.0]]
        assert [cell.number_format for cell in page[1]] == ["0.00", "0.0"]

    def test_or_with_those_of_its_cell_rounded_once(self, a_form):
        def dressed(book):
            for name, number_format in (("A1", "#,##0"), ("B1", "0.0000"), ("C1", "0.0%")):
                book.worksheets[0][name].number_format = number_format

        form = a_form([["{revenue_total in yuan}", "{revenue_growth}", "{online_rate}"]], dressed)

        assert list(said(filled(form)).values()) == ["1,234,500", "23.4500", "50.0%"]
        assert values(page_of(form)) == [[1_234_500, 23.45, 0.5]]

    def test_it_never_says_more_than(self, a_form):
        a_record("fair", "2022-03-30", posts=11, kind="hall")

        assert said(filled(a_form([["{posts_said}"]]))) == {"A1": "211"}

    def test_a_rate_opens_into_its_two_numbers(self, a_form):
        form = a_form([["{online_rate:numerator}", "{online_rate:denominator}"]])

        assert list(said(filled(form)).values()) == ["1", "2"]

    def test_among_words_a_figure_has_its_unit(self, a_form, wenxin_places):
        form = a_form([["{area}{year}年{month}月：招聘会{fairs}，岗位{posts:number}个，收入{revenue_growth:change}"]])

        assert said(filled(form)) == {"A1": "文新街道2022年3月：招聘会2场，岗位200个，收入增长23.45%"}

    def test_all_figures_of_one_source_are_one_statement(self, a_form, django_assert_num_queries):
        form = a_form([["{posts}", "{posts@last}", "{fairs@so_far}", "{online_rate}", "{big_fairs@before}"]])
        filled(form)

        with django_assert_num_queries(1):
            filled(form)


@pytest.mark.django_db
@pytest.mark.usefixtures("rows")
class TestWhatIsNotKnown:
    def test_a_return_that_is_missing_leaves_the_cell_empty_and_says_why(self, a_form):
        form = a_form([["{revenue_total}", "{posts}"]])

        table, page = filled(form, "2022-04"), page_of(form, "2022-04", bare=False)

        assert (cell_at(table, "A1").value, said(table)) == (None, {"A1": "—", "B1": "0"})
        assert (page["A1"].value, page["A1"].comment.text) == (None, "本期没有报送")
        assert page["B1"].value == 0 and page["B1"].comment is None

    def test_a_sum_that_lacks_a_return_is_no_sum(self, a_form):
        table = filled(a_form([["{revenue_total@so_far}"]]))

        assert cell_at(table, "A1").value is None
        assert "2022-01" in "".join(cell_at(table, "A1").remarks)

    def test_the_missing_returns_are_named(self, a_form):
        table = filled(a_form([["{revenue_total@so_far}", "{revenue_total}", "{posts}"]]), "2022-05")

        missing = missing_returns(table)

        assert {code: list(map(str, periods)) for code, periods in missing.items()} == {
            "revenue_total": ["2022-01", "2022-04..2022-05"]
        }

    def test_nothing_is_divided_by_zero(self, a_form):
        assert said(filled(a_form([["{online_rate}", "{posts_per_fair}"]]), "2022-06")) == {"A1": "—", "B1": "—"}


@pytest.mark.django_db
@pytest.mark.usefixtures("rows", "wenxin_places")
class TestRepeating:
    def test_a_row_for_each_community_with_its_own_figures(self, a_form):
        form = a_form([["序号", "社区", "岗位"], ["{for area}{nth}", "{area}", "{posts}"], ["合计", None, "{posts}"]])

        page = values(page_of(form))

        assert page[1:4] == [[1, "德加社区", 80], [2, "竞舟社区", 120], [3, "五联社区", 0]]
        assert (len(page), page[-1]) == (8, ["合计", None, 200])

    def test_in_a_community_a_row_for_each_of_its_grids(self, a_form):
        table = filled(a_form([["{for area}{area}", "{posts}"]]), area=DEJIA)

        assert all("网格" in table_row for name, table_row in said(table).items() if name.startswith("A"))

    def test_a_column_for_each_month_and_rows_for_areas_cross(self, a_form):
        form = a_form(
            [["社区", "{for month across}{month}月", "合计"], ["{for area}{area}", "{posts}", "{posts}"]],
            period="quarter",
        )

        page = values(page_of(form, "2022-Q1"))

        assert page[0] == ["社区", "1月", "2月", "3月", "合计"]
        assert page[1:3] == [["德加社区", 0, 30, 80, 110], ["竞舟社区", 0, 0, 120, 120]]


@pytest.mark.django_db
@pytest.mark.usefixtures("rows", "wenxin_places")
class TestLists:
    def test_a_row_for_each_record_downwards(self, a_form):
        form = a_form([["清单"], ["{list fair: nth, day, area, kind, posts}"], ["以上"]])

        page = page_of(form)

        assert values(page)[1:] == [
            [1, datetime.fromisoformat("2022-03-01"), "德加社区", "线上", 80],
            [2, datetime.fromisoformat("2022-03-20"), "竞舟社区", "现场", 120],
            ["以上", None, None, None, None],
        ]
        assert page["B2"].number_format == "yyyy-mm-dd"

    def test_or_for_each_behind_a_figure_so_that_list_and_count_agree(self, a_form):
        table = filled(a_form([["{big_fairs}"], ["{list fair of big_fairs: posts}"]]))

        assert said(table) == {"A1": "1", "A2": "120"}

    def test_a_list_without_records_says_so(self, a_form):
        assert said(filled(a_form([["{list fair: nth, day}"]]), "2022-09")) == {"A1": "无"}

    def test_records_out_of_sight_are_not_listed_but_counted(self, a_form):
        form = a_form([["{list fair: area}"]])

        table = filled(form, seen=Record.objects.filter(area_path=DEJIA))

        assert (said(table), table.hidden) == ({"A1": "德加社区"}, 1)

    def test_a_text_that_looks_like_a_formula_stays_text(self, a_form):
        a_record("visit", "2022-03-05", firm="=1+1")

        page = page_of(a_form([["{list visit: firm}"]]))

        assert (page["A1"].value, page["A1"].data_type) == ("'=1+1", "s")


@pytest.mark.django_db
@pytest.mark.usefixtures("rows", "wenxin_places")
class TestTheSpreadsheet:
    @pytest.fixture
    def dressed(self, a_form):
        def dress(book):
            page = book.worksheets[0]
            page.merge_cells("A1:C1")
            page.merge_cells("A2:A3")
            page["A1"].font = Font(name="黑体", size=20)
            for name in ("A4", "B4", "C4"):
                page[name].border = Border(left=Side(style="thin"))
            page.row_dimensions[4].height = 31
            page.row_dimensions[5].height = 47
            page.column_dimensions["B"].width = 22
            page.print_area = "A1:C5"
            page.print_title_rows = "1:3"
            page.page_setup.orientation = "landscape"
            page.freeze_panes = "B4"

        rows = [
            ["标题"],
            ["区", "社区", "岗位"],
            [],
            ["{for area}{nth}", "{area}", "{posts}"],
            ["合计", None, "{posts}"],
        ]
        return page_of(a_form(rows, dress))

    def test_styles_and_heights_grow_with_their_rows(self, dressed):
        assert [dressed.row_dimensions[row].height for row in (4, 9, 10)] == [31, 31, 47]
        assert dressed["B9"].border.left.style == "thin" and dressed["A1"].font.size == 20

    def test_merged_cells_stay_merged(self, dressed):
        assert sorted(map(str, dressed.merged_cells.ranges)) == ["A1:C1", "A2:A3"]

    def test_widths_print_and_panes_stay(self, dressed):
        assert (dressed.column_dimensions["B"].width, dressed.freeze_panes) == (22, "B4")
        assert dressed.page_setup.orientation == "landscape"
        assert (dressed.print_title_rows, dressed.print_area) == ("$1:$3", "'表1'!$A$1:$C$10")

    def test_a_title_over_columns_that_repeat_is_stretched(self, a_form):
        def dress(book):
            book.worksheets[0].merge_cells("A1:C1")
            book.worksheets[0].column_dimensions["B"].width = 17

        rows = [["标题"], ["社区", "{for month across}{month}", "合计"], ["岗位", "{posts}", "{posts}"]]
        page = page_of(a_form(rows, dress, period="quarter"), "2022-Q1")

        assert [str(block) for block in page.merged_cells.ranges] == ["A1:E1"]
        assert [page.column_dimensions[name].width for name in "BCD"] == [17, 17, 17]

    def test_it_opens_with_the_sources_of_every_cell(self, a_form):
        form = a_form(workbook([["{posts}"], ["{list fair: posts}"], ["{ask: 填表人}"]], titles=("岗位表",)))

        sources = page_of(form, sheet=1, bare=False)
        rows = [row for row in values(sources) if row[0] == "岗位表"]
        first, second = Record.objects.filter(type="fair").order_by("pk").values_list("pk", flat=True)[:2]

        assert sources.title == "来源"
        assert [row[1:5] for row in rows] == [
            ["A1", "岗位", 200, "posts"],
            ["A2", f"招聘会 {first} · 岗位", 80, "台账"],
            ["A3", f"招聘会 {second} · 岗位", 120, "台账"],
            ["A4", "填表人", None, "手工填写"],
        ]
        assert rows[0][5:8] == ["2022年3月", "文新街道", 2]

    def test_the_same_table_gives_the_same_bytes(self, a_form):
        form = a_form([["{posts}"]])

        assert workbook_of(today(order(form))) == workbook_of(today(order(form)))


@pytest.mark.django_db
@pytest.mark.usefixtures("rows")
def test_a_table_is_kept_and_read_again_whole(a_form):
    form = a_form(
        [["{posts}", "{revenue_total@so_far}", "{year}"], ["{list fair: day, kind}"], ["{ask? number: 人数}"]]
    )

    table = filled(form, typed={"{ask? number: 人数}": Decimal("12.5")})

    assert from_data(as_data(table)) == table


LINES = some.lists(some.integers(0, 4), min_size=1, max_size=6).map(
    lambda times: [Line(of, str(nth)) for of, count in enumerate(times, start=1) for nth in range(count or 1)]
)


@given(lines=LINES, more=some.integers(0, 3))
def test_every_line_of_the_template_has_its_place_and_none_has_two(lines, more):
    side = Lines(lines)
    last = lines[-1].of + more

    places = [place for of in range(1, last + 1) for place in side.places(of)]

    assert places == list(range(1, len(lines) + more + 1))


@given(lines=LINES, top=some.integers(1, 6), tall=some.integers(0, 5))
def test_what_spans_several_lines_spans_all_that_they_became(lines, top, tall):
    last = min(top + tall, lines[-1].of)
    top = min(top, last)

    blocks = list(Growth(FilledSheet("", tuple(lines), (Line(1),))).blocks(Block(top, 1, last, 1)))

    covered = [place for block in blocks for place in range(block.top, block.bottom + 1)]
    assert covered == [place for of in range(top, last + 1) for place in Lines(lines).places(of)]
