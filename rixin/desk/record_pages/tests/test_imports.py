"""Tables of records at the desk: brought, looked at, imported, mended, taken back, and fetched as they are brought."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET, a_record
from rixin.people.tests.cast import GRID
from rixin.records.models import Import, Record, Status
from rixin.records.tests.brought import BAD, FAIRS, HALL, ONLINE, as_csv, as_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "wenxin_places", "own_folder")]
EACH_KIND = [
    ("fair", DEJIA, {"posts": "120", "kind": "hall", "outdoors": "1", "signed": "2022-03-07"}),
    ("visit", GRID, {"firm": "=甲“公司”,\n第二行", "note": "+1\n\n'=2"}),
    ("revenue", STREET, {"amount": "1234.5"}),
    ("tenancy", DEJIA, {"from": "2022-01-01"}),
]
SAME = ("day", "period", "area_path", "values", "unit_id", "address", "source")


def bring(player: Any, content: bytes, kind: str = "fair", name: str = "招聘会.xlsx") -> Any:
    return player.client.post(f"/records/of/{kind}/import", {"file": SimpleUploadedFile(name, content)})


def brought(player: Any, *rows: Any, kind: str = "fair") -> str:
    """The address of the page of a table that was brought."""
    return bring(player, as_xlsx(*rows), kind)["Location"]


def page(player: Any, address: str) -> str:
    answer = player.client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def counting() -> int:
    return Record.objects.exclude(status=Status.WITHDRAWN).count()


class TestBringing:
    def test_shows_what_would_be_entered_and_what_is_wrong_and_enters_nothing(self, leader):
        shown = page(leader, brought(leader, FAIRS, HALL, BAD))

        assert "2022-13-05" in shown and "许多" in shown and "第 3 行" in shown
        assert "导入 1 行" in shown and counting() == 0

    @pytest.mark.parametrize("content", [b"", b"PK broken", as_csv([])])
    def test_what_is_no_table_is_refused_beside_the_field(self, leader, content):
        answer = bring(leader, content)

        assert answer.status_code == 422 and not Import.objects.exists()

    def test_a_kind_of_another_unit_is_not_found(self, handler):
        assert bring(handler, as_xlsx(FAIRS, HALL)).status_code == 404

    def test_a_column_that_says_nothing_can_be_chosen(self, leader):
        address = brought(leader, ["举办日期", "名额", "形式"], HALL)
        before = page(leader, address)

        leader.client.post(f"{address}/columns", {"column-0": "day", "column-1": "posts", "column-2": "kind"})

        assert "导入 1 行" not in before and "导入 1 行" in page(leader, address)


class TestImporting:
    def test_enters_the_good_rows_and_keeps_the_others_to_be_mended(self, leader):
        address = brought(leader, FAIRS, HALL, BAD, ONLINE)

        leader.client.post(f"{address}/run")

        fetched = leader.client.get(f"{address}/to-mend.xlsx")
        rows = list(load_workbook(BytesIO(fetched.content)).active.values)
        assert counting() == 2
        assert [row[:3] for row in rows[1:]] == [tuple(BAD)]

    def test_pressed_twice_enters_once(self, leader):
        address = brought(leader, FAIRS, HALL)

        for _twice in range(2):
            assert leader.client.post(f"{address}/run").status_code == 302

        assert counting() == 1

    def test_its_records_can_be_listed_and_lead_back_to_it(self, leader):
        a_record("fair", "2022-03-01", posts=7, kind="hall")
        address = brought(leader, FAIRS, HALL)
        leader.client.post(f"{address}/run")
        batch = Import.objects.get()

        listed = page(leader, f"/records/of/fair?import={batch.pk}")
        record = page(leader, Record.objects.get(batch=batch).get_absolute_url())

        assert ">120<" in listed and ">7<" not in listed
        assert address in record and "招聘会.xlsx #2" in record

    def test_columns_that_say_too_little_are_refused_in_words(self, leader):
        address = brought(leader, ["举办日期", "形式"], ["2022-03-05", "现场"])

        answer = leader.client.post(f"{address}/run")

        assert answer.status_code == 409 and "岗位" in answer.content.decode() and counting() == 0


class TestUndoing:
    def test_takes_it_all_back_in_one_action(self, leader):
        address = brought(leader, FAIRS, HALL, ONLINE)
        leader.client.post(f"{address}/run")

        leader.client.post(f"{address}/undo")

        assert counting() == 0 and "周明" in page(leader, address)

    def test_may_be_done_by_who_oversees_the_area_and_nobody_else(self, community_officer, leader, outsider):
        address = brought(community_officer, FAIRS, HALL)
        community_officer.client.post(f"{address}/run")

        assert outsider.client.post(f"{address}/undo").status_code == 404
        assert leader.client.post(f"{address}/undo").status_code == 302

    def test_but_only_who_brought_a_table_goes_on_with_it_and_sees_its_rows(self, community_officer, leader):
        address = brought(community_officer, FAIRS, BAD)

        assert leader.client.post(f"{address}/run").status_code == 404
        assert leader.client.get(f"{address}/to-mend.xlsx").status_code == 404
        assert "许多" not in page(leader, address)

    def test_of_nothing_is_refused_in_words(self, leader):
        assert leader.client.post(f"{brought(leader, FAIRS, HALL)}/undo").status_code == 409


class TestFetching:
    def fetch(self, player: Any, kind: str, form: str = "xlsx", language: str = "zh-hans", **query: str) -> bytes:
        player.client.cookies["language"] = language
        answer = player.client.get(f"/records/of/{kind}/export", {"as": form, **query})
        return b"".join(answer.streaming_content)

    def rows(self, content: bytes) -> list[tuple[Any, ...]]:
        return list(load_workbook(BytesIO(content)).active.values)

    @pytest.mark.parametrize(
        ("form", "language"), [("xlsx", "zh-hans"), ("xlsx", "en"), ("csv", "zh-hans"), ("csv", "en")]
    )
    def test_what_is_fetched_is_imported_as_it_was(self, leader, form, language):
        for kind, area, values in EACH_KIND:
            record = a_record(kind, "2022-03-31", area=area, **values)
            content = self.fetch(leader, kind, form, language)
            Record.objects.filter(pk=record.pk).update(status=Status.WITHDRAWN)

            address = bring(leader, unnumbered(content, form), kind, f"a.{form}")["Location"]
            leader.client.post(f"{address}/run")

            again = Record.objects.get(type=kind, batch__isnull=False)
            assert [getattr(again, name) for name in SAME] == [getattr(record, name) for name in SAME]

    def test_what_is_fetched_and_brought_back_enters_nothing(self, leader):
        a_record("fair", "2022-03-05", posts=120, kind="hall")
        content = self.fetch(leader, "fair")

        leader.client.post(f"{bring(leader, content)['Location']}/run")

        assert counting() == 1

    def test_is_what_the_list_shows_and_the_person_may_see(self, community_officer):
        a_record("fair", "2022-03-05", posts=120, kind="hall")
        a_record("fair", "2022-04-05", posts=130, kind="hall")
        a_record("fair", "2022-03-06", posts=140, kind="hall", area=JINGZHOU)

        rows = self.rows(self.fetch(community_officer, "fair", period="2022-03"))

        assert [row[1] for row in rows[1:]] == [120]

    def test_runs_no_formula_in_a_spreadsheet(self, leader):
        a_record("visit", "2022-03-05", firm="=HYPERLINK(1)")

        cell = load_workbook(BytesIO(self.fetch(leader, "visit"))).active["B2"]

        assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")

    def test_asks_the_database_as_often_for_many_as_for_few(self, leader, django_assert_max_num_queries):
        for nth in range(30):
            a_record("visit", "2022-05-05", firm=f"第{nth}公司")
        self.fetch(leader, "visit")

        with django_assert_max_num_queries(8):
            content = self.fetch(leader, "visit")
        assert len(self.rows(content)) == 31


class TestTheEmptyTable:
    def test_has_the_headings_of_a_fetched_one_and_is_read_by_them(self, leader):
        book = load_workbook(BytesIO(leader.client.get("/records/of/fair/table.xlsx").content))
        sheet = book.worksheets[0]
        for column, value in enumerate(["2022-03-05", 120, "现场", "是", None, "文新街道 › 德加社区"], start=1):
            sheet.cell(2, column, value)
        out = BytesIO()
        book.save(out)

        leader.client.post(f"{bring(leader, out.getvalue())['Location']}/run")

        record = Record.objects.get()
        assert (record.values, record.area_path) == ({"posts": 120, "kind": "hall", "outdoors": 1}, DEJIA)

    def test_offers_what_can_be_chosen_and_only_the_own_areas(self, community_officer):
        book = load_workbook(BytesIO(community_officer.client.get("/records/of/fair/table.xlsx").content))

        offered = {str(cell) for row in book["选项"].values for cell in row if cell}
        rules = {str(rule.sqref) for rule in book.worksheets[0].data_validations.dataValidation}

        assert {"现场", "线上", "是", "否", "文新街道 › 德加社区"} <= offered
        assert not any("竞舟" in cell for cell in offered)
        assert rules == {"C2:C2000", "D2:D2000", "F2:F2000"}

    def test_explains_each_column_on_a_second_sheet(self, leader):
        book = load_workbook(BytesIO(leader.client.get("/records/of/fair/table.xlsx").content))

        explained = {row[0]: [str(cell) for cell in row] for row in book.worksheets[1].values if row[0]}
        headings = [cell.value for cell in book.worksheets[0][1]]

        assert set(headings) < set(explained)
        assert explained["岗位（个）"][1] == "是" and "整数" in explained["岗位（个）"][2]

    def test_is_for_those_who_may_enter(self, handler, auditor):
        assert handler.client.get("/records/of/fair/table.xlsx").status_code == 404
        assert auditor.client.get("/records/of/fair/table.xlsx").status_code == 404


def unnumbered(content: bytes, form: str) -> bytes:
    """A fetched table without the numbers of its records, as another office would bring it."""
    if form == "csv":
        return as_csv(*(row[:-1] for row in csv.reader(StringIO(content.decode("utf-8-sig")))))
    return as_xlsx(*(row[:-1] for row in load_workbook(BytesIO(content)).active.values))
