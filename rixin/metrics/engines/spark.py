"""Asks Apache Spark over the Parquet copy: for a city or a province. Needs the extra `spark` and Java 17."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rixin.metrics.expressions import Counting, counted
from rixin.metrics.lake import Lake, schema_of


class NoSpark(Exception):
    """Spark is not installed, or Java is missing; the message says what to do."""


class Spark:
    name = "spark"

    def __init__(self, lake: Lake, session: Any) -> None:
        import ibis

        self._lake = lake
        self._session = session
        self._ibis = ibis.pyspark.connect(session)
        self._laid_out: set[str] = set()

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over one source."""
        self._lay_out(source)
        answer = self._session.sql(str(self._ibis.compile(expression)))
        return [row.asDict() for row in answer.collect()]

    def count(self, asked: Counting) -> list[dict[str, Any]]:
        return self.rows(asked.source, counted(asked))

    def _lay_out(self, source: str) -> None:
        if source in self._laid_out:
            return
        files = [str(file) for file in self._lake.files(source)]
        if files:
            rows = self._session.read.parquet(*files)
        else:
            rows = self._session.createDataFrame([], ", ".join(_columns_of(source)))
        rows.createOrReplaceTempView(source)
        self._laid_out.add(source)


def _columns_of(source: str) -> Iterator[str]:
    """Of a source of which nothing was ever written down."""
    for column in schema_of(source):
        yield f"`{column.name}` {'bigint' if column.type == 'int64' else 'string'}"


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A Spark session: `local[2]`, `local-cluster[2,1,1024]` or the address of a master. Raises NoSpark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSpark("Spark is not installed: pip install 'rixin[spark]', and Java 17.") from None
    try:
        made = (
            SparkSession.builder.master(master)
            .appName("rixin")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.session.timeZone", "Asia/Shanghai")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
    except Exception as fault:
        raise NoSpark(f"Spark did not start at {master}: {fault}. It needs Java 17 (java -version).") from fault
    try:
        yield made
    finally:
        made.stop()
