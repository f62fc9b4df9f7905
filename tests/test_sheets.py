"""Tables that people send: rows numbered as their editor numbers them, cells that no spreadsheet runs as a formula."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook

from rixin.sheet_writing import written
from rixin.sheets import Block, FileFault, harmless, merged, plain_heading, rows, without_guard

SIGNS = some.text(alphabet="'=+-@＝\t\r1甲 ", max_size=8)


def a_book(*cells: tuple[str, object], merge: str = "") -> BytesIO:
    book = Workbook()
    sheet = book.active
    for name, value in cells:
        sheet[name] = value
    if merge:
        sheet.merge_cells(merge)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


class TestReading:
    def test_the_nth_row_is_the_one_that_an_editor_numbers_n(self):
        read = list(rows(a_book(("A3", "日期"), ("A5", "2022-03-05")), "a.xlsx"))

        assert [nth for nth, row in enumerate(read, start=1) if any(row)] == [3, 5]

    def test_a_cell_keeps_its_column_where_the_first_ones_are_empty(self):
        [row] = rows(a_book(("C1", "日期")), "a.xlsx")

        assert row[2] == "日期"

    def test_merged_cells_are_told_by_their_corners(self):
        assert merged(a_book(("B3", "助餐"), merge="B3:C4"), "a.xlsx") == [Block((2, 1), (3, 2))]

    def test_a_csv_has_no_merged_cells(self):
        assert merged(BytesIO("日期\n".encode()), "a.csv") == []

    @pytest.mark.parametrize("content", [b"PK\x03\x04 no book", b"\x1f\x8b\x08 cut off"])
    def test_what_is_no_table_is_said(self, content):
        with pytest.raises(FileFault):
            list(rows(BytesIO(content), "a.xlsx"))

    @pytest.mark.parametrize("heading", ["走访日期", " 走访 日期：", "走访\n日期", "走访日期（必填）"])
    def test_a_heading_has_one_spelling(self, heading):
        assert plain_heading(heading) == "走访日期"

    def test_what_is_in_brackets_is_no_part_of_a_heading(self):
        assert plain_heading("财政总收入（万元）") == plain_heading("财政总收入 [万元]") == "财政总收入"


class TestWriting:
    @given(text=SIGNS)
    def test_no_cell_is_run_as_a_formula_and_every_one_comes_back(self, text):
        safe = harmless(text)

        assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert without_guard(safe) == text

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_sign_that_no_sheet_can_hold_is_left_out(self, form, tmp_path):
        file = tmp_path / f"a.{form}"
        with written(file, form) as sheet:
            sheet.row(["甲\x0b乙"])

        with file.open("rb") as content:
            assert list(rows(content, file.name)) == [["甲乙"]]
