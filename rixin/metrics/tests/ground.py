"""A small street for the tests of figures: record types and metrics of its own, and rows that fit in a head."""

from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.records import actions
from rixin.records.entry import read_values
from rixin.records.journal import NewRecord
from rixin.records.models import Record

NOW = datetime(2023, 1, 10, 9, 0, tzinfo=LOCAL)
STREET, DEJIA, JINGZHOU = "330106013/", "330106013/001/", "330106013/002/"


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("catalogue"))


def small(folder: Path, **more: str) -> Catalogue:
    """The bundled matters, with the records and metrics of this folder; `more`: further files by name."""
    for part in ("matters", "lifecycles"):
        copytree(catalogue_dir() / part, folder / part)
    (folder / "working_time.yaml").write_bytes((catalogue_dir() / "working_time.yaml").read_bytes())
    copytree(Path(__file__).parent / "definitions", folder / "small")
    for name, text in more.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder)


@pytest.fixture
def small_street(units: Any, small_catalogue: Catalogue) -> None:
    versions.publish(small_catalogue, datetime(2021, 12, 1, tzinfo=LOCAL))


def a_record(type: str, day: str, *, area: str = DEJIA, at: datetime = NOW, **values: Any) -> Record:
    """A record that counts, entered through the real action."""
    version = versions.record(type)
    stored, faults = read_values(version.type, values)
    assert not faults, faults
    new = NewRecord(
        version=version,
        day=date.fromisoformat(day),
        area_path=area,
        unit=units.by_code(version.type.unit).id,
        values=stored,
    )
    record = actions.enter(new, by=SYSTEM, at=at)
    return actions.confirm(record, by=SYSTEM, at=at, seen=record.version)
