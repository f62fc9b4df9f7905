"""Tables as people send them, for the tests of importing."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue import versions
from rixin.people.staff import Staff
from rixin.records.imports import actions
from rixin.records.imports.plan import Plan
from rixin.records.models import Import

HALL, ONLINE, BAD = ["2022-03-05", "120", "现场"], ["2022-03-06", "80", "线上"], ["2022-13-05", "许多", "现场"]
NOW = datetime(2023, 1, 10, 9, 0, tzinfo=LOCAL)
FAIRS = ["举办日期", "岗位", "形式"]


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Tables that are brought lie in a folder of this test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def as_csv(*rows: Sequence[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(*rows: Sequence[Any], merge: Sequence[str] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merge:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(content: bytes, by: Staff, *, kind: str = "fair", name: str = "招聘会.xlsx") -> Import:
    return actions.bring(content, name, versions.record(kind), by=by, at=NOW)


def looked_at(batch: Import, by: Staff) -> Plan:
    return actions.looked_at(batch, versions.record(batch.type), by)


def imported(content: bytes, by: Staff, *, kind: str = "fair", name: str = "招聘会.xlsx") -> Import:
    batch = brought(content, by, kind=kind, name=name)
    return actions.carry_out(batch, versions.record(kind), by=by, at=NOW)


def read(content: bytes, by: Staff, **more: Any) -> Plan:
    """What an import would do."""
    return looked_at(brought(content, by, **more), by)
