"""Tables of records by command: `rixin import records KIND FILE --by NAME`, and back: `rixin import undo`."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from rixin.records.models import Import, Record, Status
from rixin.records.tests.brought import BAD, FAIRS, HALL, ONLINE, as_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "own_folder")]


@pytest.fixture
def a_file(tmp_path: Path) -> Any:
    def write(*rows: list[str]) -> Path:
        file = tmp_path / "fairs.xlsx"
        file.write_bytes(as_xlsx(*rows))
        return file

    return write


def run(*words: Any, by: Any) -> str:
    """What is said; also where rows were bad."""
    out = io.StringIO()
    try:
        call_command("import", *map(str, words), "--by", by.account.username, "--language", "en", stdout=out)
    except CommandError as refused:
        return f"{out.getvalue()}{refused}"
    return out.getvalue()


def counting() -> int:
    return Record.objects.exclude(status=Status.WITHDRAWN).count()


def test_good_rows_are_entered_and_bad_ones_named_and_kept_beside_the_file(leader, a_file, tmp_path):
    said = run("records", "fair", a_file(FAIRS, HALL, BAD), by=leader)

    rows = list(load_workbook(tmp_path / "fairs.xlsx.to-mend.xlsx").active.values)
    assert counting() == 1 and "Row 3, column 举办日期: “2022-13-05” has no month 13." in said
    assert rows[1][:3] == tuple(BAD)


def test_a_preview_writes_nothing(leader, a_file):
    said = run("records", "fair", a_file(FAIRS, HALL), "--preview", by=leader)

    assert "1 rows ready" in said and counting() == 0 and not Import.objects.exists()


def test_a_column_holds_what_is_said(leader, a_file):
    said = run("records", "fair", a_file(["日期", "名额", "形式"], HALL), "--columns", "名额=posts", by=leader)

    assert "名额 → posts" in said and Record.objects.get().values["posts"] == 120


@pytest.mark.parametrize("columns", ["名额=seats", "座位=posts", "名额"])
def test_what_names_no_column_is_refused_and_enters_nothing(leader, a_file, columns):
    said = run("records", "fair", a_file(["日期", "名额", "形式"], HALL), "--columns", columns, by=leader)

    assert columns.partition("=")[0] in said and counting() == 0


def test_the_same_again_enters_nothing_unless_it_is_said_to_be_further_work(leader, a_file):
    for _twice in range(2):
        run("records", "fair", a_file(FAIRS, HALL), by=leader)
    once = counting()
    run("records", "fair", a_file(FAIRS, HALL), "--again", by=leader)

    assert (once, counting()) == (1, 2)


def test_nobody_enters_what_his_or_her_unit_does_not(handler, auditor, a_file):
    for who in (handler, auditor):
        assert who.name in run("records", "fair", a_file(FAIRS, HALL), by=who)
    assert counting() == 0


def test_an_import_is_taken_back_by_its_number(leader, outsider, a_file):
    run("records", "fair", a_file(FAIRS, HALL, ONLINE), by=leader)
    number = Import.objects.get().pk

    refused = run("undo", number, by=outsider)
    kept = counting()
    said = run("undo", number, by=leader)

    assert outsider.name in refused and kept == 2
    assert "2 records withdrawn" in said and counting() == 0


def test_a_kind_that_is_not_known_names_those_that_are(leader, a_file):
    assert "fair" in run("records", "fairs", a_file(FAIRS, HALL), by=leader)
