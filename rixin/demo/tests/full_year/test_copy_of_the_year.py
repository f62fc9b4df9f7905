"""The full year on four engines to the last digit, and what of it leaves the database for the Parquet copy."""

import re
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import models

from rixin.cases.models import Case, Receipt
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.sources import can_split
from rixin.demo.tests.full_year.moving import LATER
from rixin.metrics import compute, lake
from rixin.metrics.compute import Engine
from rixin.metrics.engines import spark
from rixin.metrics.engines.database import Database
from rixin.metrics.engines.duck import Duck
from rixin.metrics.figures import Figure
from rixin.people.models import Account
from rixin.records.models import Record

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]
DEJIA = "330106013/001/"
PHONE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
SPLITS = ("month", "area", "unit", "type")
TAKEN_APART = ("xihu_code_satisfaction", "on_time_rate", "enterprises_visited", "people_transferred", "subsidies_paid")


@pytest.fixture(scope="module")
def copied(full_year: str, tmp_path_factory: pytest.TempPathFactory) -> lake.Lake:
    folder = tmp_path_factory.mktemp("lake")
    lake.sync(LATER, at=folder)
    return lake.read(folder)


@pytest.fixture(scope="module")
def by_the_database(full_year: str) -> dict[str, Figure]:
    return everything(Database())


@pytest.fixture(scope="module")
def words(copied: lake.Lake) -> set[str]:
    """Every word that stands anywhere in the copy."""
    return set().union(*(words_of(copied, source) for source in copied.partitions))


def everything(engine: Engine) -> dict[str, Figure]:
    """Every bundled figure of two years, a month and a community, and some apart by all that they can be."""
    metrics = versions.work().metrics
    known: dict[str, Any] = {"engine": engine, "as_of": LATER}
    whole = compute.ask(
        [(code, Period.read(period)) for period in ("2022", "2021", "2022-03") for code in metrics], **known
    )
    part = compute.ask([(code, Period.read("2022-Q4")) for code in metrics], area=DEJIA, **known)
    found = {f"{code} {period}": figure for (code, period), figure in [*whole.items(), *part.items()]}
    for by in SPLITS:
        asked = [(code, Period.read("2022")) for code in TAKEN_APART if can_split(metrics[code].metric, by)]
        for (code, _period), parts in compute.splits(asked, by, **known).items():
            found |= {f"{code} by {by}: {name}": figure for name, figure in parts.items()}
    return found


class TestTheSameOnEveryEngine:
    """On SQLite or PostgreSQL, whichever the tests run on; `test_figures_move` holds it to what plain Python counts."""

    def test_duckdb_over_the_copy(self, copied, by_the_database):
        assert everything(Duck(copied)) == by_the_database

    @pytest.mark.any_database  # the copy is Parquet, and another test holds it to the database
    def test_spark_over_the_copy(self, copied, by_the_database):
        with spark.session("local[2]") as session:
            assert everything(spark.Spark(copied, session)) == by_the_database


class TestWhatLeavesTheDatabase:
    def test_no_telephone_number(self, words):
        assert not [word for word in words if PHONE.search(word)]

    def test_no_name_of_a_resident_or_of_staff(self, words):
        names = set(Receipt.objects.values_list("name", flat=True)) | set(
            Account.objects.values_list("name", flat=True)
        )
        names -= {None, ""}

        assert len(names) > 100
        assert not {name for name in names for word in words if name in word}

    def test_no_tracking_code(self, words):
        assert not words & {receipt.code for receipt in Receipt.objects.all()}

    @pytest.mark.parametrize("name", ["title", "text", "address", "answer", "rating_reason"])
    def test_nothing_that_anybody_wrote_about_a_matter(self, name, words):
        assert not words & written(Case.objects.all(), name)

    def test_of_records_no_long_text_and_no_text_that_no_figure_asks_for(self, copied):
        """Told by what stands in a record type's own files: one type's project may be another's enterprise."""
        kept = {"quarter", "enterprise"}
        for code, kind in versions.work().records.items():
            names = [one.name for one in kind.type.fields if one.kind in ("text", "long_text")]
            rows = list(Record.objects.filter(type=code).values_list("values", flat=True))
            known = {row[name] for row in rows for name in names if name in kept and name in row}
            left = {row[name] for row in rows for name in names if name not in kept and name in row}
            assert not words_of(copied, code) & (left - known), code


def words_of(copied: lake.Lake, source: str) -> set[str]:
    """Every word that stands in the files of one source."""
    columns = [column for file in copied.files(source) for column in pq.read_table(file).columns]
    return {value for column in columns for value in column.to_pylist() if isinstance(value, str)}


def written(rows: "models.QuerySet[Any]", name: str) -> set[str]:
    return set(rows.values_list(name, flat=True)) - {""}
