"""Importing tables of records: the good rows once, the bad ones kept apart, all of it taken back in one action."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError
from openpyxl import load_workbook

from rixin.catalogue import versions
from rixin.metrics.tests.ground import a_record
from rixin.records import actions as record_actions
from rixin.records import journal, queries
from rixin.records.imports import actions, files, mending
from rixin.records.imports.actions import ImportRefused
from rixin.records.models import Import, Record, Status
from rixin.records.tests.brought import BAD, FAIRS, HALL, NOW, ONLINE, as_csv, as_xlsx, brought, imported, looked_at
from rixin.records.verification import verify
from rixin.sheets import FileFault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "own_folder")]


def undone(batch: Import, by: Any) -> tuple[int, int]:
    return actions.undo(batch, by=by, at=NOW)


def counting() -> int:
    return Record.objects.exclude(status=Status.WITHDRAWN).count()


def mend(batch: Import, by: Any, path: Any) -> list[list[Any]]:
    """The table of the bad rows, as it is fetched."""
    mending.write(looked_at(batch, by), versions.record(batch.type).type, path)
    return [list(row) for row in load_workbook(path).active.values]


class TestBringing:
    def test_a_table_is_looked_at_before_anything_is_entered(self, leader):
        batch = brought(as_xlsx(FAIRS, HALL, BAD), leader)

        assert (looked_at(batch, leader).counts["ready"], counting()) == (1, 0)

    def test_what_is_no_table_leaves_nothing_behind(self, leader, tmp_path):
        with pytest.raises(FileFault):
            brought(b"PK no table", leader)

        assert not Import.objects.exists() and not [file for file in tmp_path.rglob("*") if file.is_file()]


class TestImporting:
    def test_good_rows_are_entered_and_bad_ones_counted(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL, BAD, ONLINE), leader)

        assert (batch.status, batch.entered, batch.bad) == (Import.Status.DONE, 2, 1)
        assert sorted(Record.objects.values_list("values__posts", flat=True)) == [80, 120]

    def test_its_history_names_the_file_and_the_row_and_verifies(self, leader):
        imported(as_xlsx(FAIRS, HALL), leader, name="三月.xlsx")

        event = Record.objects.get().events.get()
        assert (event.action, event.reason, event.by_name) == ("import", "三月.xlsx #2", leader.name)
        assert [found for _record, found in verify(Record.objects.all()) if found] == []

    def test_what_a_second_person_confirms_is_a_draft_first(self, leader):
        imported(as_xlsx(["月份", "收入"], ["2022-01", "5"]), leader, kind="revenue")

        assert Record.objects.get().status == Status.DRAFT

    def test_a_column_holds_what_the_person_says_and_the_next_table_knows_it(self, leader):
        table = as_xlsx(["举办日期", "名额", "形式"], HALL)
        batch = brought(table, leader)
        actions.choose(batch, ["举办日期", "名额", "形式"], ["day", "posts", "kind"], again=False)
        actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)

        plan = looked_at(brought(as_xlsx(["举办日期", "名额", "形式"], ONLINE), leader), leader)

        assert Record.objects.get().values["posts"] == 120
        assert plan.counts["ready"] == 1

    def test_columns_that_say_too_little_enter_nothing(self, leader):
        with pytest.raises(ImportRefused):
            imported(as_xlsx(["举办日期", "形式"], ["2022-03-05", "现场"]), leader)

        assert counting() == 0


class TestTwice:
    def test_the_same_table_enters_nothing_more(self, leader):
        imported(as_xlsx(FAIRS, HALL, ONLINE), leader)

        again = imported(as_xlsx(FAIRS, HALL, ONLINE), leader)

        assert (again.entered, again.already, counting()) == (0, 2, 2)

    def test_nor_does_the_same_in_another_form_and_order(self, leader):
        imported(as_xlsx(FAIRS, HALL, ONLINE), leader)

        again = imported(
            as_csv(["形式", "日期", "Posts"], ["线上", "2022年3月6日", "80.0"], ["hall", "2022/3/5", "１２０"]),
            leader,
            name="a.csv",
        )

        assert (again.entered, again.already) == (0, 2)

    def test_two_rows_of_one_table_that_say_the_same_are_two(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL, HALL), leader)
        again = imported(as_xlsx(FAIRS, HALL, HALL), leader)
        third = imported(as_xlsx(FAIRS, HALL, HALL, HALL), leader)

        assert (batch.entered, again.entered, third.entered) == (2, 0, 1)

    def test_a_row_is_known_again_after_its_record_was_corrected(self, leader):
        imported(as_xlsx(FAIRS, HALL), leader)
        record = Record.objects.get()
        record_actions.correct(
            record, by=leader.actor, at=NOW, seen=1, reason="误", values={**record.values, "posts": 130}, day=record.day
        )

        assert imported(as_xlsx(FAIRS, HALL), leader).entered == 0

    def test_what_was_entered_by_hand_is_not_imported_beside_it(self, leader):
        a_record("fair", "2022-03-05", posts="120", kind="hall", area="330106013/")

        assert imported(as_xlsx(FAIRS, HALL), leader).already == 1

    def test_unless_it_is_said_to_be_other_work(self, leader):
        a_record("fair", "2022-03-05", posts="120", kind="hall", area="330106013/")
        batch = brought(as_xlsx(FAIRS, HALL), leader)
        actions.choose(batch, FAIRS, ["day", "posts", "kind"], again=True)

        for _twice in range(2):
            actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)

        assert counting() == 2

    def test_a_return_that_is_there_and_says_otherwise_is_refused_with_its_number(self, leader):
        there = a_record("revenue", "2022-01-31", amount="5", area="330106013/")
        months = ["月份", "收入"]

        same = imported(as_xlsx(months, ["2022-01", "5"]), leader, kind="revenue")
        other = imported(as_xlsx(months, ["2022-01", "7"]), leader, kind="revenue")

        assert (same.already, other.bad, counting()) == (1, 1, 1)
        assert str(there.pk) in looked_at(other, leader).problems[0].message

    def test_a_fetched_row_that_was_changed_is_no_further_work(self, leader):
        record = a_record("fair", "2022-03-05", posts="120", kind="hall", area="330106013/")
        head = [*FAIRS, "台账编号"]

        assert imported(as_xlsx(head, [*HALL, record.pk]), leader).already == 1
        assert imported(as_xlsx(head, ["2022-03-05", "125", "现场", record.pk]), leader).bad == 1


class TestMending:
    def test_the_bad_rows_come_back_with_what_is_wrong_and_nothing_else(self, leader, tmp_path):
        batch = imported(as_xlsx(FAIRS, HALL, BAD), leader)

        head, *rows = mend(batch, leader, tmp_path / "bad.xlsx")

        assert head[:3] == FAIRS and len(rows) == 1
        assert rows[0][:4] == ["2022-13-05", "许多", "现场", 3]
        assert "举办日期" in rows[0][4] and "岗位" in rows[0][4]

    def test_mended_they_are_imported_again_also_where_a_column_was_chosen(self, leader, tmp_path):
        batch = brought(as_xlsx(["举办日期", "名额", "形式"], HALL, BAD), leader)
        actions.choose(batch, ["举办日期", "名额", "形式"], ["day", "posts", "kind"], again=False)
        actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)
        path = tmp_path / "bad.xlsx"
        mend(batch, leader, path)
        book = load_workbook(path)
        book.active["A2"], book.active["B2"] = "2022-12-05", 60
        out = BytesIO()
        book.save(out)

        mended = imported(out.getvalue(), leader)

        assert (mended.entered, mended.bad, counting()) == (1, 0, 2)

    def test_a_cell_that_a_spreadsheet_would_run_is_harmless_in_it(self, leader, tmp_path):
        batch = imported(as_xlsx(FAIRS, ["2022-13-05", "'=HYPERLINK(1)", "现场"]), leader)

        assert mend(batch, leader, tmp_path / "bad.xlsx")[1][1] == "'=HYPERLINK(1)"


class TestCutOff:
    def test_it_goes_on_where_it_was_and_enters_nothing_twice(self, leader, monkeypatch):
        table = as_xlsx(FAIRS, *([f"2022-03-{day:02}", day, "现场"] for day in range(1, 10)))
        monkeypatch.setattr(actions, "BATCH", 4)
        batch = brought(table, leader)
        stored = journal.store
        monkeypatch.setattr(journal, "store", lambda rows: stored(rows) if counting() < 4 else _broken())

        with pytest.raises(DatabaseError):
            actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)
        cut_off = counting()
        monkeypatch.setattr(journal, "store", stored)
        batch = actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)

        assert (cut_off, counting()) == (4, 9)
        assert (batch.entered, batch.already) == (9, 0)

    def test_what_somebody_enters_meanwhile_is_not_entered_beside_it(self, leader, monkeypatch):
        months = as_xlsx(["月份", "收入"], ["2022-01", "5"], ["2022-02", "6"])
        batch = brought(months, leader, kind="revenue")
        stored = journal.store

        def slower(rows: Any) -> Any:
            monkeypatch.setattr(journal, "store", stored)
            a_record("revenue", "2022-01-31", amount="9", area="330106013/")
            return stored(rows)

        monkeypatch.setattr(journal, "store", slower)
        batch = actions.carry_out(batch, versions.record("revenue"), by=leader, at=NOW)

        assert (batch.entered, batch.bad, counting()) == (1, 1, 2)


class TestUndoing:
    def test_withdraws_what_it_entered_and_the_table_can_be_imported_again(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL, ONLINE), leader)

        assert undone(batch, leader) == (2, 0)
        assert counting() == 0
        assert imported(as_xlsx(FAIRS, HALL, ONLINE), leader).entered == 2

    def test_leaves_what_somebody_changed_since(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL, ONLINE), leader)
        record = Record.objects.get(values__posts=120)
        record_actions.correct(
            record, by=leader.actor, at=NOW, seen=1, reason="误", values={**record.values, "posts": 130}, day=record.day
        )

        assert undone(batch, leader) == (1, 1)

    def test_leaves_what_was_there_before(self, leader):
        imported(as_xlsx(FAIRS, HALL), leader)

        undone(imported(as_xlsx(FAIRS, HALL, ONLINE), leader), leader)

        assert counting() == 1

    def test_stands_in_each_history_and_verifies(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL), leader, name="三月.xlsx")
        undone(batch, leader)

        last = Record.objects.get().events.order_by("-seq").first()
        assert (last.action, last.by_name) == ("withdraw", leader.name) and "三月.xlsx" in last.reason
        assert [found for _record, found in verify(Record.objects.all()) if found] == []

    def test_of_what_was_never_imported_is_refused(self, leader):
        with pytest.raises(ImportRefused):
            undone(brought(as_xlsx(FAIRS, HALL), leader), leader)

    def test_cannot_be_followed_by_going_on(self, leader):
        batch = imported(as_xlsx(FAIRS, HALL), leader)
        undone(batch, leader)

        with pytest.raises(ImportRefused):
            actions.carry_out(batch, versions.record("fair"), by=leader, at=NOW)


class TestWhoSeesAnImport:
    def test_who_made_it_and_who_oversees_its_area(self, community_officer, leader, handler, outsider):
        batch = imported(as_xlsx(FAIRS, HALL), community_officer)

        seen = [batch in queries.imports_visible_to(who) for who in (community_officer, leader, handler, outsider)]

        assert seen == [True, True, False, False]


class TestKeeping:
    def test_files_go_after_a_week_and_with_them_what_was_never_imported(self, leader, tmp_path):
        done, never = imported(as_xlsx(FAIRS, HALL), leader), brought(as_xlsx(FAIRS, ONLINE), leader)
        Import.objects.update(made_at=NOW)

        files.purge(NOW + timedelta(days=3650))

        assert list(Import.objects.all()) == [done]
        assert not files.path_of(done).exists() and not files.path_of(never).exists()


def _broken() -> Any:
    raise DatabaseError("the power went")
