"""The Parquet copy: what is in it, when it is written anew, and that nothing that happens to it leaves it half."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from rixin.cases.tests.builders import a_case
from rixin.metrics import lake
from rixin.metrics.tests.ground import NOW, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street")]


@pytest.fixture
def record() -> Any:
    a_record("fair", "2022-03-01", posts=80, kind="hall")
    return a_record("fair", "2022-04-01", posts=20, kind="hall")


def posts(folder: Path) -> int:
    files = [str(file) for file in lake.read(folder).files("fair")]
    found = duckdb.sql("SELECT SUM(posts) FROM read_parquet($files)", params={"files": files}).fetchall()
    return int(found[0][0])


class TestKeepingUp:
    def test_the_first_copying_writes_all_and_the_second_nothing(self, record, tmp_path):
        first, second = lake.sync(NOW, at=tmp_path), lake.sync(NOW, at=tmp_path)

        assert (first.written, first.rows) == (2, 2)
        assert (second.written, second.kept) == (0, 2)

    def test_only_the_month_that_changed_is_written_anew(self, record, tmp_path):
        lake.sync(NOW, at=tmp_path)
        values = {**record.values, "posts": 25}
        actions.correct(record, by=SYSTEM, at=NOW, seen=record.version, reason="", values=values, day=record.day)

        again = lake.sync(NOW, at=tmp_path)

        assert (again.written, again.kept) == (1, 1)
        assert posts(tmp_path) == 105

    def test_what_is_withdrawn_leaves_the_copy(self, record, tmp_path):
        lake.sync(NOW, at=tmp_path)
        actions.withdraw(record, by=SYSTEM, at=NOW, seen=record.version, reason="twice")

        assert lake.sync(NOW, at=tmp_path).dropped == 1
        assert posts(tmp_path) == 80
        assert len(list(tmp_path.rglob("*.parquet"))) == 1

    def test_two_copyings_at_once_are_one(self, record, tmp_path):
        with lake._alone(tmp_path), pytest.raises(lake.LakeBusy):
            lake.sync(NOW, at=tmp_path)


class TestBeingKilled:
    @pytest.mark.parametrize("where", ["pq.ParquetWriter", "_replace_list", "_sweep"])
    def test_at_any_moment_the_copy_is_whole_and_the_next_one_mends_it(self, where, record, tmp_path, monkeypatch):
        lake.sync(NOW, at=tmp_path)
        a_record("fair", "2022-04-02", posts=1000, kind="hall")
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(f"rixin.metrics.lake.{where}", _killed)
            lake.sync(NOW, at=tmp_path)

        left = posts(tmp_path)
        lake.sync(NOW, at=tmp_path)

        assert left in (100, 1100)
        assert posts(tmp_path) == 1100
        named = {str(file) for file in lake.read(tmp_path).files("fair")}
        assert {str(file) for file in tmp_path.rglob("*.parquet")} == named
        assert not list(tmp_path.rglob("*.unfinished"))


def _killed(*_args: Any, **_named: Any) -> None:
    raise KeyboardInterrupt


class TestWhatLeavesTheDatabase:
    def test_no_words_of_anybody_and_nothing_personal(self, tmp_path):
        a_case(phone="13812345678", text="张三说门口的垃圾没人清")
        a_record("visit", "2022-05-05", firm="甲公司", note="联系人李四")

        lake.sync(NOW, at=tmp_path)

        copied = json.dumps(
            [pq.read_table(file).to_pydict() for file in tmp_path.rglob("*.parquet")], ensure_ascii=False
        )
        assert "甲公司" in copied
        for never in ("张三", "李四", "13812345678", "垃圾没人清"):
            assert never not in copied
