"""The Parquet copy: what is in it, when it is written anew, and that nothing that happens to it leaves it half."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from django.db import connection

from rixin.cases.tests.builders import LOCAL, a_case
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

    def test_a_month_begins_and_ends_at_midnight_in_china(self, tmp_path):
        moments = [(3, 31, 23, 59, 59, 999_000), (4, 1, 0, 0, 0, 0), (4, 30, 23, 59, 59, 999_000), (5, 1, 0, 0, 0, 0)]
        for nth, moment in enumerate(moments):
            a_case(key=str(nth), at=datetime(2022, *moment, tzinfo=LOCAL))

        lake.sync(NOW, at=tmp_path)

        copied = lake.read(tmp_path)
        rows = {month: pq.read_table(tmp_path / part.file) for month, part in copied.partitions["cases"].items()}
        assert {month: table.num_rows for month, table in rows.items()} == {"202203": 1, "202204": 2, "202205": 1}
        assert rows["202204"]["opened_day"].to_pylist() == [20220401, 20220430]

    def test_what_is_withdrawn_leaves_the_copy(self, record, tmp_path):
        lake.sync(NOW, at=tmp_path)
        actions.withdraw(record, by=SYSTEM, at=NOW, seen=record.version, reason="twice")

        assert lake.sync(NOW, at=tmp_path).dropped == 1
        assert posts(tmp_path) == 80
        lake.sync(NOW, at=tmp_path)
        assert len(list(tmp_path.rglob("*.parquet"))) == 1

    def test_who_began_to_read_before_a_copying_reads_to_the_end(self, record, tmp_path):
        lake.sync(NOW, at=tmp_path)
        before = lake.read(tmp_path)
        actions.withdraw(record, by=SYSTEM, at=NOW, seen=record.version, reason="twice")

        lake.sync(NOW, at=tmp_path)

        assert all(file.exists() for file in before.files("fair"))

    def test_two_copyings_at_once_are_one(self, record, tmp_path):
        with lake._alone(tmp_path), pytest.raises(lake.LakeBusy):
            lake.sync(NOW, at=tmp_path)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestBeingKilled:
    """By the kernel, in a process of its own that reads the same database."""

    def test_at_any_moment_the_copy_is_whole_and_the_next_one_goes_on(self, record, tmp_path):
        lake.sync(NOW, at=tmp_path)
        a_record("fair", "2022-03-02", posts=1000, kind="hall")
        a_record("fair", "2022-05-02", posts=5000, kind="hall")
        seen = []
        with a_dying_process(tmp_path) as dies_at:
            for moment in count(1):
                ended = dies_at(moment)
                seen.append(posts(tmp_path))
                if ended == "done":
                    break
                lists_what_is_there(tmp_path)

        assert len(seen) > 15
        assert seen == sorted(seen) and set(seen) == {100, 6100}
        lake.sync(NOW, at=tmp_path)
        lake.sync(NOW, at=tmp_path)
        assert {str(file) for file in tmp_path.rglob("*.parquet")} == {str(file) for file in all_files(tmp_path)}
        assert not list(tmp_path.rglob("*.unfinished"))
        assert rows_of(tmp_path) == rows_of(a_fresh_copy(tmp_path / "fresh"))


@contextmanager
def a_dying_process(folder: Path) -> Iterator[Callable[[int], str]]:
    command = [sys.executable, "-m", "rixin.metrics.tests.dying", connection.settings_dict["NAME"], str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def dies_at(moment: int) -> str:
            process.stdin.write(f"{moment}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield dies_at
        process.stdin.close()


def all_files(folder: Path) -> list[Path]:
    copy = lake.read(folder)
    return [file for source in copy.partitions for file in copy.files(source)]


def lists_what_is_there(folder: Path) -> None:
    """Every file that the list names can be read, and has as many rows as the list says."""
    for months in lake.read(folder).partitions.values():
        for part in months.values():
            assert pq.read_metadata(folder / part.file).num_rows == part.rows


def rows_of(folder: Path) -> dict[str, list[Any]]:
    copy = lake.read(folder)
    return {
        source: [row for file in copy.files(source) for row in pq.read_table(file).to_pylist()]
        for source in copy.partitions
    }


def a_fresh_copy(folder: Path) -> Path:
    lake.sync(NOW, at=folder)
    return folder


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
