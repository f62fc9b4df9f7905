"""Tables of enterprises at the desk: brought, looked at, mended, decided, imported, fetched, taken back."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from rixin.people.actors import SYSTEM
from rixin.records.tests.brought import as_csv, as_xlsx
from rixin.registers import entering, traits
from rixin.registers.imports import files
from rixin.registers.models import Enterprise, RegisterImport, Return, Room, Tenancy, TraitSpan
from rixin.registers.tests.builders import (
    DEJIA,
    NOW,
    a_building,
    a_code,
    a_lease,
    a_room,
    an_enterprise,
    paid,
)
from rixin.registers.tests.messy import messy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places", "own_folder")]
HEADS = ["企业名称", "统一社会信用代码"]
CODE, OTHER = a_code(1), a_code(2)
GOOD, BAD = ["杭州云深科技有限公司", CODE], ["杭州海川文化有限公司", OTHER[:-1] + ("1" if OTHER[-1] != "1" else "2")]


def bring(player: Any, content: bytes, name: str = "企业.xlsx") -> Any:
    return player.client.post("/desk/enterprises/imports", {"file": SimpleUploadedFile(name, content)})


def brought(player: Any, *rows: Sequence[Any]) -> str:
    """The address of the page of a table that was brought."""
    answer = bring(player, as_xlsx(*rows))
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def page(player: Any, address: str, **asked: str) -> str:
    answer = player.client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def plan_of(player: Any, address: str) -> Any:
    return player.client.get(address).context["plan"]


def run(player: Any, address: str, seen: str | None = None) -> Any:
    seen = plan_of(player, address).fingerprint if seen is None else seen
    return player.client.post(f"{address}/run", {"seen": seen})


def imported(player: Any, *rows: Sequence[Any]) -> str:
    address = brought(player, *rows)
    assert run(player, address).status_code == 302
    return address


def say(player: Any, address: str, **said: str) -> None:
    names = {name.replace("__", "-"): value for name, value in said.items()}
    assert player.client.post(f"{address}/rows", names).status_code == 302


def kinds(player: Any, address: str) -> list[str]:
    return [outcome.kind for outcome in plan_of(player, address).outcomes]


def names() -> set[str]:
    return set(Enterprise.objects.filter(withdrawn=False).values_list("name", flat=True))


def results(player: Any, address: str) -> list[tuple[Any, ...]]:
    fetched = player.client.get(f"{address}/result.xlsx")
    return list(load_workbook(BytesIO(fetched.content)).active.values)


class TestBringing:
    def test_shows_what_would_be_written_and_what_is_wrong_and_writes_nothing(self, leader):
        shown = page(leader, brought(leader, HEADS, GOOD, BAD))

        assert BAD[1] in shown and 'name="cell-3-code"' in shown
        assert names() == set()

    @pytest.mark.parametrize("content", [b"", b"PK broken", as_csv([])])
    def test_what_is_no_table_is_refused_beside_the_field(self, leader, content):
        assert bring(leader, content).status_code == 422 and not RegisterImport.objects.exists()

    def test_a_csv_will_do(self, leader):
        assert bring(leader, as_csv(HEADS, GOOD), "a.csv").status_code == 302

    def test_a_table_without_a_name_says_so_and_the_column_can_be_chosen(self, leader):
        address = brought(leader, ["甲方", "代码"], GOOD)
        before = plan_of(leader, address)

        leader.client.post(f"{address}/columns", {"column-0": "name", "column-1": "code"})

        assert before.faults and kinds(leader, address) == ["new"]

    def test_a_heading_chosen_once_is_known_the_next_time(self, leader):
        address = brought(leader, ["甲方", "统一社会信用代码"], GOOD)
        leader.client.post(f"{address}/columns", {"column-0": "name", "column-1": "code"})
        run(leader, address)

        assert kinds(leader, brought(leader, ["甲方", "统一社会信用代码"], GOOD)) == ["same"]

    def test_the_empty_table_can_be_filled_in_and_brought(self, leader):
        fetched = leader.client.get("/desk/enterprises/imports/table.xlsx")
        book = load_workbook(BytesIO(fetched.content))
        sheet = book.worksheets[0]
        sheet["A2"], sheet["B2"] = GOOD
        file = BytesIO()
        book.save(file)

        address = bring(leader, file.getvalue())["Location"]

        plan = plan_of(leader, address)
        assert kinds(leader, address) == ["new"] and plan.columns.unknown() == []

    @pytest.mark.parametrize("line", [["合计", 2], ["合计：2家", ""], ["填表人：张三", ""], HEADS])
    def test_sums_notes_and_headings_printed_again_are_no_rows(self, leader, line):
        assert kinds(leader, brought(leader, HEADS, GOOD, line)) == ["new", "skipped"]


class TestWho:
    def test_does_not_keep_the_register_finds_no_import(self, grid_worker, leader):
        address = brought(leader, HEADS, GOOD)

        assert grid_worker.client.get("/desk/enterprises/imports").status_code == 404
        assert grid_worker.client.get(address).status_code == 404
        assert leader.client.get(address).status_code == 200

    def test_another_person_goes_on_with_no_table_that_is_not_the_own_one(self, leader, dispatcher):
        address = brought(leader, HEADS, GOOD)
        seen = plan_of(leader, address).fingerprint

        assert run(dispatcher, address, seen).status_code == 404
        assert run(leader, address, seen).status_code == 302

    def test_a_community_writes_its_own_and_no_other(self, community_officer):
        heads = [*HEADS, "社区"]
        own, other = [*GOOD, "德加社区"], ["杭州海川文化有限公司", OTHER, "竞舟社区"]
        address = brought(community_officer, heads, own, other)

        found = plan_of(community_officer, address).outcomes

        assert sorted(outcome.kind for outcome in found) == ["new", "wrong"]

    def test_an_enterprise_of_another_area_is_not_changed(self, community_officer, leader):
        an_enterprise(GOOD[0], code=CODE, area_path="330106013/002/")
        address = brought(community_officer, [*HEADS, "地址"], [*GOOD, "竞舟路1号"])
        same = brought(leader, [*HEADS, "地址"], [*GOOD, "竞舟路1号"])

        assert kinds(community_officer, address) == ["wrong"] and kinds(leader, same) == ["changed"]


class TestMending:
    def test_a_cell_typed_anew_is_checked_again_and_kept(self, leader):
        address = brought(leader, HEADS, GOOD, BAD)

        say(leader, address, **{"cell-3-code": OTHER})

        assert kinds(leader, address) == ["new", "new"]
        run(leader, address)
        assert Enterprise.objects.get(name=BAD[0]).code == OTHER

    def test_what_is_wrong_once_more_stays_with_what_was_typed(self, leader):
        address = brought(leader, HEADS, BAD)

        say(leader, address, **{"cell-2-code": "123"})

        assert 'value="123"' in page(leader, address)

    def test_a_row_can_be_left_out_and_taken_in_again(self, leader):
        address = brought(leader, HEADS, GOOD, BAD)
        say(leader, address, **{"row-3": "leave out"})
        left = kinds(leader, address)

        say(leader, address, **{"row-3": ""})

        assert left == ["new", "left_out"] and kinds(leader, address) == ["new", "wrong"]

    def test_what_waits_is_imported_another_time_from_the_same_table(self, leader):
        address = imported(leader, HEADS, GOOD, BAD)
        say(leader, address, **{"cell-3-code": OTHER})

        run(leader, address)

        assert names() == {GOOD[0], BAD[0]}
        assert [row["kind"] for row in RegisterImport.objects.get().result] == ["new", "new"]


class TestDeciding:
    def test_a_name_that_is_nearly_the_same_is_asked_about(self, leader):
        known = an_enterprise("云深科技有限责任公司")
        address = brought(leader, ["企业名称"], ["杭州云深科技有限公司"])

        assert kinds(leader, address) == ["doubt"] and f'value="{known.pk}"' in page(leader, address)

    def test_one_that_it_is_goes_on_and_is_found_by_that_name_from_now_on(self, leader):
        known = an_enterprise("云深科技有限责任公司")
        address = brought(leader, HEADS, GOOD)

        say(leader, address, **{"row-2": str(known.pk)})
        run(leader, address)

        known.refresh_from_db()
        assert (known.name, known.code, Enterprise.objects.count()) == ("云深科技有限责任公司", CODE, 1)
        assert kinds(leader, brought(leader, ["企业名称"], GOOD[:1])) == ["same"]

    def test_one_that_it_is_not_is_entered(self, leader):
        an_enterprise("云深科技有限责任公司")
        address = brought(leader, HEADS, GOOD)

        say(leader, address, **{"row-2": "new"})
        run(leader, address)

        assert Enterprise.objects.count() == 2

    @pytest.mark.parametrize(("decision", "name"), [("{pk} rename", GOOD[0]), ("{pk}", "杭州旧名科技有限公司")])
    def test_another_name_of_a_known_code_is_a_new_one_or_one_more(self, leader, decision, name):
        known = an_enterprise("杭州旧名科技有限公司", code=CODE)
        address = brought(leader, HEADS, GOOD)
        asked = kinds(leader, address)

        say(leader, address, **{"row-2": decision.format(pk=known.pk)})
        run(leader, address)

        known.refresh_from_db()
        assert asked == ["doubt"] and known.name == name
        assert kinds(leader, brought(leader, HEADS, GOOD)) == ["same"]

    def test_two_rows_of_one_code_that_differ_are_decided_by_a_person(self, leader):
        address = brought(leader, [*HEADS, "注册资本（万元）"], [*GOOD, 500], [*GOOD, 600])
        asked = kinds(leader, address)

        say(leader, address, **{"row-3": "leave out"})

        assert asked == ["doubt", "doubt"] and kinds(leader, address) == ["new", "left_out"]

    def test_two_rows_that_say_the_same_are_one(self, leader):
        assert kinds(leader, brought(leader, HEADS, GOOD, GOOD)) == ["new", "joined"]


class TestImporting:
    def test_writes_all_that_a_row_says(self, leader):
        said = {
            "行业": "I65", "社区": "德加社区", "注册资本（万元）": 500, "成立日期": "2018年3月5日", "迁入日期": 44626,
            "状态": "异地经营", "方式": "迁入", "2022年税收(万元)": 12.5, "资质": "专精特新、绿城系", "联系人": "李四",
            "联系电话": "13800000000",
        }  # fmt: skip
        heads, row = [*HEADS, *said], [*GOOD, *said.values()]

        imported(leader, heads, row)

        one = Enterprise.objects.get()
        assert (one.section, one.division, one.area_path, one.capital) == ("I", "65", DEJIA, 5_000_000)
        assert (str(one.founded_on), str(one.since), one.standing) == ("2018-03-05", "2022-03-06", "elsewhere")
        assert (one.contact_name, one.contact_phone, one.standings.get().how) == ("李四", "13800000000", "moved_in")
        assert {(span.trait, span.value) for span in TraitSpan.objects.all()} == {
            ("stage", "specialised"), ("group", "greentown"),
        }  # fmt: skip
        assert [(one.period, one.amount) for one in Return.objects.all()] == [("2022", 12_500_000)]

    def test_blank_cells_change_nothing_of_what_is_known(self, leader):
        an_enterprise(GOOD[0], code=CODE, address="文二西路1号", capital=100)

        imported(leader, [*HEADS, "地址", "注册资本（万元）"], [*GOOD, "", 5])

        one = Enterprise.objects.get()
        assert (one.address, one.capital) == ("文二西路1号", 50_000)

    def test_a_table_that_would_do_something_else_by_now_is_refused_and_shown_anew(self, leader):
        address = brought(leader, HEADS, GOOD)
        seen = plan_of(leader, address).fingerprint
        an_enterprise(GOOD[0], code=CODE)

        answer = run(leader, address, seen)

        assert answer.status_code == 409 and answer.context["plan"].counts == {"same": 1}

    def test_the_same_table_again_changes_nothing(self, leader):
        table = messy(40)
        first = bring(leader, table.content)["Location"]
        run(leader, first)
        before = list(Enterprise.objects.order_by("pk").values())

        again = bring(leader, table.content)["Location"]

        plan = plan_of(leader, again)
        assert plan.ready == 0 and run(leader, again).status_code == 409
        assert list(Enterprise.objects.order_by("pk").values()) == before

    def test_each_wrong_cell_of_a_messy_table_is_named_and_the_rest_is_written(self, leader):
        table = messy(80)
        address = bring(leader, table.content)["Location"]

        plan = plan_of(leader, address)
        run(leader, address)

        wrong = {outcome.row: list(outcome.problems) for outcome in plan.of("wrong")}
        assert wrong == {row: [cell] for row, cell in table.wrong.items()}
        assert names() == {table.names[row] for row in table.good}
        assert [outcome.row for outcome in plan.of("joined")] == table.repeated

    def test_the_result_stays_and_can_be_fetched(self, leader):
        address = imported(leader, HEADS, GOOD, BAD)

        rows = results(leader, address)

        assert ([row[2] for row in rows[1:]] == [2, 3] and "结果" in rows[0]) or "Result" in rows[0]
        assert GOOD[0] in page(leader, address)

    def test_the_file_is_deleted_once_all_of_it_is_imported(self, leader, django_capture_on_commit_callbacks):
        whole, part = brought(leader, HEADS, GOOD), brought(leader, HEADS, GOOD, BAD)
        batches = [RegisterImport.objects.get(pk=int(address.rsplit("/", 1)[1])) for address in (whole, part)]

        with django_capture_on_commit_callbacks(execute=True):
            run(leader, whole)
            run(leader, part)

        assert [files.path_of(batch).exists() for batch in batches] == [False, True]

    def test_a_discarded_table_leaves_nothing(self, leader):
        address = brought(leader, HEADS, GOOD)

        leader.client.post(f"{address}/discard")

        assert not RegisterImport.objects.exists() and leader.client.get(address).status_code == 404


class TestRooms:
    HEADS = [*HEADS, "楼宇", "房号", "面积", "租约到期日", "入驻日期"]

    def test_a_room_that_is_there_is_let(self, leader):
        room = a_room(a_building(name="云联大厦"), "301")

        imported(leader, self.HEADS, [*GOOD, "云联大厦", "301室", 60, "2024-12-31", "2022-05-01"])

        tenancy = Tenancy.objects.get()
        assert (tenancy.room, tenancy.area, str(tenancy.lease_end)) == (room, 6_000, "2024-12-31")

    def test_a_room_that_is_not_there_is_made_with_its_area(self, leader):
        a_building(name="云联大厦")

        imported(leader, self.HEADS, [*GOOD, "云联大厦", "1205", "88.5㎡", "", ""])

        room = Room.objects.get()
        assert (room.number, room.floor, room.area, room.tenancies.count()) == ("1205", 12, 8_850, 1)

    @pytest.mark.parametrize(
        ("cells", "wrong"),
        [
            (["没有的大厦", "301", 60], "building"),
            (["云联大厦", "301", 160], "size"),
            (["云联大厦", "999", ""], "size"),
            (["", "301", 60], "building"),
        ],
    )
    def test_what_does_not_fit_is_named_at_its_cell(self, leader, cells, wrong):
        a_room(a_building(name="云联大厦"), "301", metres=100)

        good = brought(leader, self.HEADS, [*GOOD, "云联大厦", "301", 60, "", ""])
        address = brought(leader, self.HEADS, [*GOOD, *cells, "", ""])

        assert kinds(leader, good) == ["new"]
        assert [list(outcome.problems) for outcome in plan_of(leader, address).outcomes] == [[wrong]]

    def test_two_that_share_a_room_have_not_more_than_there_is(self, leader):
        a_room(a_building(name="云联大厦"), "301", metres=100)
        other = ["杭州海川文化有限公司", OTHER]

        address = brought(
            leader, self.HEADS, [*GOOD, "云联大厦", "301", 60, "", ""], [*other, "云联大厦", "301", 60, "", ""]
        )

        assert kinds(leader, address) == ["new", "wrong"]

    def test_an_enterprise_with_two_rooms_in_two_lines_has_both(self, leader):
        building = a_building(name="云联大厦")
        a_room(building, "301")
        a_room(building, "302")

        imported(leader, self.HEADS, [*GOOD, "云联大厦", "301", "", "", ""], [*GOOD, "云联大厦", "302", "", "", ""])

        assert Enterprise.objects.count() == 1 and Tenancy.objects.count() == 2


class TestUndoing:
    def test_takes_back_what_nobody_changed_since(self, leader):
        a_building(name="云联大厦")
        heads = [*HEADS, "楼宇", "房号", "面积", "2022年税收(万元)", "资质"]
        address = imported(leader, heads, [*GOOD, "云联大厦", "1205", 88, 12, "高新技术企业"])

        leader.client.post(f"{address}/undo")

        assert names() == set()
        assert not any(model.objects.exists() for model in (Tenancy, Room, Return, TraitSpan))

    def test_puts_back_what_was_there_before(self, leader):
        one = an_enterprise(GOOD[0], code=CODE, address="文二西路1号")
        paid(one, "2021", 100)
        room = a_room(a_building(name="云联大厦"), "301")
        a_lease(room, one, since="2021-06-01")
        before = self.said(one)
        heads = [*HEADS, "地址", "社区", "2021年税收(元)", "2022年税收(万元)", "资质", "状态", "迁出日期"]
        address = imported(leader, heads, [*GOOD, "竞舟路9号", "竞舟社区", 250, 12, "已上市", "迁出", "2022-11-01"])
        changed = self.said(one)

        leader.client.post(f"{address}/undo")

        assert changed != before and self.said(one) == before

    @staticmethod
    def said(one: Enterprise) -> list[Any]:
        one.refresh_from_db()
        return [
            (one.name, one.address, one.area_path, one.standing, one.since, one.building_id),
            list(one.standings.order_by("from_day").values_list("standing", "from_day", "until_day")),
            list(one.returns.order_by("period").values_list("period", "amount")),
            list(one.traits.values_list("value", "until_day")),
            list(one.tenancies.values_list("room", "until_day")),
        ]

    def test_a_new_name_is_the_old_one_again(self, leader):
        known = an_enterprise("杭州旧名科技有限公司", code=CODE)
        address = brought(leader, HEADS, GOOD)
        say(leader, address, **{"row-2": f"{known.pk} rename"})
        run(leader, address)

        leader.client.post(f"{address}/undo")

        known.refresh_from_db()
        assert known.name == "杭州旧名科技有限公司" and not known.former_names.exists()

    def test_what_somebody_changed_since_stays_and_is_told(self, leader):
        known = an_enterprise("杭州海川文化有限公司", code=OTHER, address="一路1号")
        address = imported(leader, [*HEADS, "地址"], [*GOOD, "二路2号"], ["杭州海川文化有限公司", OTHER, "三路3号"])
        new = Enterprise.objects.get(code=CODE)
        traits.give(new, "stage", "unicorn", NOW.date(), by=SYSTEM, at=NOW, seen=new.version)
        known.refresh_from_db()
        entering.correct(known, {"address": "四路4号"}, by=SYSTEM, at=NOW, seen=known.version)

        leader.client.post(f"{address}/undo")

        known.refresh_from_db()
        assert new.name in names() and known.address == "四路4号"
        assert [row["undone"] for row in RegisterImport.objects.get().result] == ["stays", "stays"]

    def test_twice_is_refused(self, leader):
        address = imported(leader, HEADS, GOOD)

        first, second = (leader.client.post(f"{address}/undo").status_code for _time in range(2))

        assert (first, second) == (302, 409)

    def test_the_same_table_can_be_imported_afterwards(self, leader):
        address = imported(leader, HEADS, GOOD)
        leader.client.post(f"{address}/undo")

        imported(leader, HEADS, GOOD)

        assert names() == {GOOD[0]}


class TestHowManyStatements:
    @pytest.fixture
    def counted(self, leader):
        """Statements of looking at a table, of importing it, and of looking at it once more."""

        def count(table: bytes) -> tuple[int, int, int]:
            address = bring(leader, table)["Location"]
            looked = self.of(lambda: leader.client.get(address))
            seen = plan_of(leader, address).fingerprint
            wrote = self.of(lambda: leader.client.post(f"{address}/run", {"seen": seen}))
            again = bring(leader, table)["Location"]
            return looked, wrote, self.of(lambda: leader.client.get(again))

        return count

    @staticmethod
    def of(act: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            act()
        return len(found)

    def test_do_not_grow_with_the_rows(self, counted):
        counted(messy(5, first=900, faults=False).content)

        few = counted(messy(10, faults=False).content)
        many = counted(messy(100, first=100, faults=False).content)

        assert (many[0], many[2]) == (few[0], few[2])
        # A database takes so many values in one statement: a few more of them for ten times the rows.
        assert many[1] <= few[1] + 5


def test_people_s_names_are_on_no_page_and_sealed_in_the_register(leader):
    address = brought(leader, [*HEADS, "联系人", "联系电话"], [*GOOD, "李四某", "13812345678"])
    shown = page(leader, address)

    run(leader, address)

    assert "李四某" not in shown + page(leader, address) and "13812345678" not in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_name, contact_phone FROM registers_enterprise")
        assert all("李四某" not in str(cell) for cell in cursor.fetchone())


def test_old_tables_are_forgotten(leader):
    address = brought(leader, HEADS, GOOD)
    batch = RegisterImport.objects.get()

    files.purge(batch.made_at.replace(year=batch.made_at.year + 9))

    assert leader.client.get(address).status_code == 404 and not files.path_of(batch).exists()
