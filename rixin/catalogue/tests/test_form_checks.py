"""What a form's spreadsheet may not say. Each fault names file, sheet, cell and reason."""

from io import StringIO
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.worksheet import Worksheet

from rixin.catalogue.form_checks import form_faults
from rixin.catalogue.loader import catalogue_dir
from rixin.catalogue.tests.sheets import workbook
from rixin.catalogue.work_schema import FormTemplate
from tools import form_templates


def form(**given) -> FormTemplate:
    known = {"code": "small", "name": {"zh": "小表", "en": "Small"}, "asked_by": {"zh": "区", "en": "District"}}
    return FormTemplate(**{**known, "period": "quarter", "file": "small.xlsx", **given})


@pytest.fixture
def faults(small_catalogue):
    """What is wrong with a form of these rows, or of these bytes, in English."""

    def found(content, dress=None, **given) -> list[str]:
        made = content if isinstance(content, bytes) else workbook(content, dress=dress)
        with translation.override("en"):
            return [reason for _loc, reason in form_faults(form(**given), made, small_catalogue.work.known())]

    return found


class TestAFormThatIsFine:
    def test_every_kind_of_mark(self, faults):
        rows = [
            ["{office}{year}年第{quarter}季度", None, "{for month across}{month}月"],
            ["合计", "{posts@so_far}", "{posts}"],
            ["{for area}{nth}", "{area}{posts}", "{online_rate:numerator}"],
            ["收入{revenue_growth:change}", "{revenue_total@before in yuan}", "{ask number: 人数}"],
        ]
        assert faults(rows) == []
        assert faults([["{list fair of big_fairs: nth, day, kind}"]]) == []


class TestFigures:
    def test_one_that_is_not_defined(self, faults):
        rows = [["收入"], [None, None, "{happiness}"]]

        assert faults(rows) == ["small.xlsx, sheet “表1”, cell C2: there is no metric “happiness”"]

    @pytest.mark.parametrize(
        ("mark", "reason"),
        [
            ("{posts:change}", "“posts” is no growth and has no change"),
            ("{posts:numerator}", "“posts” is no rate and has no numerator"),
            ("{revenue_total in firm}", "“revenue_total” cannot be told in “firm”"),
            ("{revenue_total in pound}", "there is no unit of measure “pound”"),
            ("{Posts}", "“{Posts}” is no mark"),
        ],
    )
    def test_one_that_cannot_be_told_so(self, mark, reason, faults):
        assert [reason in fault for fault in faults([[mark]])] == [True]

    def test_a_number_that_is_no_share_in_a_cell_of_percent(self, faults):
        def percent(book):
            book.worksheets[0]["A1"].number_format = "0.0%"

        assert "shown as a percentage" in faults([["{posts}"]], percent)[0]
        assert faults([["{online_rate}"]], percent) == []

    def test_a_return_that_is_made_more_seldom_than_it_is_asked_for(self, faults):
        (fault,) = faults([["{revenue_growth}"]], period="day")

        assert faults([["{revenue_total}"]], period="month") == []
        assert "is returned for each month, and here it is asked for each day" in fault


class TestRepeating:
    def test_months_of_a_month(self, faults):
        assert "a form for each month has no month" in faults([["{for month across}{posts}"]], period="month")[0]
        assert faults([["{for month across}{posts}"]], period="year") == []

    def test_a_month_that_is_named_in_a_form_of_a_quarter(self, faults):
        assert "leave {month} out" in faults([["{month}月{posts}"]])[0]

    def test_two_loops_over_one_row(self, faults):
        assert "repeated already by {for area}" in faults([["{for area}{posts}", "{for month}{posts}"]])[0]

    def test_a_list_and_a_loop_over_one_row(self, faults):
        assert "repeated already" in faults([["{for area}{posts}", "{list fair: day}"]])[0]

    def test_a_number_of_a_row_that_is_not_repeated(self, faults):
        assert "this one is not" in faults([["{nth}", "{posts}"]])[0]

    def test_a_cell_that_is_merged_beyond_its_repeated_row(self, faults):
        def merged(book):
            book.worksheets[0].merge_cells("A1:A2")

        (fault,) = faults([["{for area}{area}", "{posts}"], [None, None]], merged)
        assert fault.endswith("cell A1: it is merged with cells that are not repeated with it: part them")

    def test_rules_that_would_stay_behind(self, faults):
        def ruled(book):
            book.worksheets[0].conditional_formatting.add("A1:B9", CellIsRule(operator="lessThan", formula=["0"]))

        assert "cannot have conditional formats" in faults([["{for area}{area}", "{posts}"]], ruled)[0]
        assert faults([["{posts}"]], ruled) == []


class TestLists:
    @pytest.mark.parametrize(
        ("mark", "reason"),
        [
            ("{list party: day}", "there is no record type “party”"),
            ("{list fair: day, sponsor}", "there is no field “sponsor” (there are nth, day, area, unit, place, posts"),
            ("{list visit: note}", "there is no field “note”"),
            ("{list fair of happiness: day}", "there is no metric “happiness”"),
            ("{list fair of firms_visited: day}", "“firms_visited” is no figure over “fair”"),
        ],
    )
    def test_what_cannot_be_listed(self, mark, reason, faults):
        assert reason in faults([[mark]])[0]

    def test_what_stands_in_its_way(self, faults):
        assert "would cover what stands in B1" in faults([["{list fair: nth, day}", "备注"]])[0]

    def test_a_mark_beside_it(self, faults):
        assert "it can hold words only" in faults([["{list fair: nth}", "{posts}"]])[0]


class TestTheSpreadsheet:
    def test_a_formula(self, faults):
        assert faults([["{posts}", "=A1*2"]]) == [
            "small.xlsx, sheet “表1”, cell B1: a formula has no source: write the figure that it should give"
        ]

    def test_a_blank_that_is_asked_for_twice(self, faults):
        assert "“电话” is asked for twice" in faults([["{ask: 电话}"], ["{ask: 电话}"]])[0]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "there is no spreadsheet small.xlsx beside this file"),
            (b"PK\x03\x04 and then nothing", "cannot be read as a spreadsheet"),
            (b"name,number\n", "cannot be read as a spreadsheet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is protected by a password, or of an old format"),
            (b"PK" + b"0" * 1_000_001, "is too large for a form"),
        ],
    )
    def test_one_that_cannot_be_used(self, content, reason, faults):
        assert [reason in fault for fault in faults(content)] == [True]

    def test_one_that_unpacks_to_more_than_it_seems(self, faults):
        content = workbook([["{posts}"]], dress=lambda book: book.worksheets[0].append(["长" * 30_000] * 800))

        assert len(content) < 1_000_000 and "is too large for a form" in faults(content)[0]

    def test_one_without_any_mark(self, faults):
        assert "no cell of small.xlsx has a mark" in faults([["收入", 12]])[0]


@pytest.mark.django_db
class TestChecking:
    @pytest.fixture
    def folder(self, tmp_path, units):
        return copytree(catalogue_dir(), tmp_path / "catalogue")

    def check(self, folder) -> str:
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("check", str(folder), "--language=en", stdout=out)
        return out.getvalue()

    def test_the_command_names_file_line_sheet_and_cell(self, folder):
        book = load_workbook(folder / "forms" / "economy_monthly.xlsx")
        book.worksheets[0]["D5"] = "{fiscal_revenu_total}"
        book.save(folder / "forms" / "economy_monthly.xlsx")

        assert self.check(folder).splitlines()[0] == (
            "forms/economy_monthly.yaml:7: economy_monthly.xlsx, sheet “主要经济指标”, cell D5: "
            "there is no metric “fiscal_revenu_total”"
        )

    def test_a_spreadsheet_that_is_missing(self, folder):
        (folder / "forms" / "economy_monthly.xlsx").unlink()

        assert "forms/economy_monthly.yaml:7: there is no spreadsheet economy_monthly.xlsx" in self.check(folder)


@pytest.mark.parametrize("name", form_templates.FORMS)
def test_the_bundled_spreadsheets_are_those_that_are_drawn(name):
    kept, drawn = load_workbook(form_templates.FOLDER / name), form_templates.FORMS[name]()

    assert list(map(told, kept.worksheets)) == list(map(told, drawn.worksheets))


def told(page: Worksheet) -> list[object]:
    cells = [cell for row in page.iter_rows() for cell in row if cell.value]
    said = [(cell.coordinate, cell.value, cell.number_format) for cell in cells]
    return [page.title, said, sorted(map(str, page.merged_cells.ranges))]
