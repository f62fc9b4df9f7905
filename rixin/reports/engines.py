"""Which engine a report is computed by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from rixin.metrics import lake
from rixin.metrics.compute import Engine
from rixin.metrics.engines import spark
from rixin.metrics.engines.database import Database
from rixin.metrics.engines.duck import Duck

ENGINES = ("database", "duckdb", "spark")


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Raises NoLake where the Parquet copy is needed and not there, NoSpark where Spark cannot start."""
    if name == "database":
        yield Database()
    elif name == "duckdb":
        yield Duck(lake.read())
    else:
        copy = lake.read()
        with spark.session(settings.SPARK_MASTER) as session:
            yield spark.Spark(copy, session)
