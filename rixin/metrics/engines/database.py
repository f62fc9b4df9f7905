"""Asks the database in use, SQLite or PostgreSQL, on the connection that everything else uses."""

from typing import Any

import ibis
from django.db import connection

from rixin.metrics.expressions import Counting, counting_sql
from rixin.metrics.relations import relation

_DIALECTS = {"postgresql": "postgres", "sqlite": "sqlite"}


class Database:
    """Sees what the running transaction sees."""

    name = "database"

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over one source."""
        return _asked(sql_over(source, expression))

    def count(self, asked: Counting) -> list[dict[str, Any]]:
        return _asked(_laid_out(asked.source, counting_sql(asked, _DIALECTS[connection.vendor])))


def _asked(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sql_over(source: str, expression: Any) -> str:
    """The expression in the SQL of the database in use, with the source laid out in front of it."""
    asked = str(ibis.to_sql(expression, dialect=_DIALECTS[connection.vendor], pretty=False))
    return _laid_out(source, asked)


def _laid_out(source: str, sql: str) -> str:
    rows = f'WITH "{source}" AS ({relation(connection.vendor, source)})'
    return f"{rows}, {sql.removeprefix('WITH ')}" if sql.startswith("WITH ") else f"{rows} {sql}"
