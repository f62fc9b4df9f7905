"""Asks DuckDB over the Parquet copy."""

from typing import Any

import duckdb
import ibis

from rixin.metrics.expressions import Counting, counting_sql
from rixin.metrics.lake import Lake, schema_of


class Duck:
    name = "duckdb"

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._connection = duckdb.connect()
        self._laid_out: set[str] = set()

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over one source."""
        return self._asked(source, str(ibis.to_sql(expression, dialect="duckdb")))

    def count(self, asked: Counting) -> list[dict[str, Any]]:
        return self._asked(asked.source, counting_sql(asked, "duckdb"))

    def _asked(self, source: str, sql: str) -> list[dict[str, Any]]:
        self._lay_out(source)
        answer = self._connection.execute(sql)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def _lay_out(self, source: str) -> None:
        if source in self._laid_out:
            return
        files = [str(file) for file in self._lake.files(source)]
        if files:
            self._connection.from_parquet(files).create_view(source)
        else:
            self._connection.from_arrow(schema_of(source).empty_table()).create(source)
        self._laid_out.add(source)
