"""One definition, one number: the database in use, DuckDB and a real Spark over the Parquet copy, to the last digit."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from rixin.cases.tests.builders import MONDAY_0930, a_case, minutes, take
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.metrics import compute, lake
from rixin.metrics.compute import Engine
from rixin.metrics.engines import spark
from rixin.metrics.engines.database import Database
from rixin.metrics.engines.duck import Duck
from rixin.metrics.figures import Figure
from rixin.metrics.tests.ground import DEJIA, JINGZHOU, NOW, STREET, a_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street")]
YEAR = Period.read("2022")


@pytest.fixture
def a_busy_year(dispatcher: Any) -> None:
    """Rows of every kind, drawn with a fixed seed, with gaps where fields may be left out."""
    random = Random(20220101)
    for _nth in range(60):
        day = str(date(2021, 6, 1) + timedelta(days=random.randrange(600)))
        given: dict[str, Any] = {"posts": random.randrange(400), "kind": random.choice(["hall", "online"])}
        if random.random() < 0.5:
            given["outdoors"] = random.random() < 0.5
        if random.random() < 0.5:
            given["signed"] = day
        a_record("fair", day, area=random.choice([DEJIA, JINGZHOU, STREET]), **given)
        a_record("visit", day, firm=random.choice("甲乙丙丁戊己庚辛"))
        until = {"until": "2022-10-01"} if random.random() < 0.4 else {}
        a_record("tenancy", day, **{"from": day}, **until)
    for year in (2021, 2022):
        for month in range(1, 13):
            a_record("revenue", f"{year}-{month:02}-28", area=STREET, amount=f"{random.randrange(10**6)}.{month:02}")
    for nth in range(12):
        case = a_case(key=f"case-{nth}", at=MONDAY_0930 + minutes(nth * 9_000))
        if nth % 3 == 0:
            take(case, "accept", dispatcher, MONDAY_0930 + minutes(nth * 9_000 + 30))


def everything(engine: Engine) -> dict[str, Figure]:
    codes = list(versions.work().metrics)
    found = compute.figures(codes, YEAR, engine=engine, as_of=NOW)
    found |= {f"{code} in {area}": one for area in (DEJIA,) for code, one in in_area(engine, codes, area).items()}
    for by in ("month", "area", "unit"):
        for code in ("posts", "online_rate", "fairs"):
            parts = compute.split(code, YEAR, by, engine=engine, as_of=NOW)
            found |= {f"{code} by {by} {part}": one for part, one in parts.items()}
    types = compute.split("matters", YEAR, "type", engine=engine, as_of=NOW)
    return found | {f"matters by type {part}": one for part, one in types.items()}


def in_area(engine: Engine, codes: list[str], area: str) -> dict[str, Figure]:
    return compute.figures(codes, YEAR, engine=engine, as_of=NOW, area=area)


@pytest.fixture
def copied(tmp_path: Any, a_busy_year: None) -> lake.Lake:
    lake.sync(NOW, at=tmp_path)
    return lake.read(tmp_path)


def test_duckdb_over_the_copy_gives_what_the_database_gives(copied):
    assert everything(Duck(copied)) == everything(Database())


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with spark.session("local[2]") as made:
        yield made


@pytest.mark.slow
def test_spark_over_the_copy_gives_what_the_database_gives(copied, session):
    assert everything(spark.Spark(copied, session)) == everything(Database())


def test_what_was_never_written_down_is_counted_as_none_everywhere(tmp_path):
    lake.sync(NOW, at=tmp_path)

    assert everything(Duck(lake.read(tmp_path))) == everything(Database())
