"""Asks the database in use, SQLite or PostgreSQL, on the connection that everything else uses."""

from typing import Any

import ibis
import sqlglot
from django.db import connection
from sqlglot import exp

from rixin.metrics.relations import relation

_DIALECTS = {"postgresql": "postgres", "sqlite": "sqlite"}


class Database:
    """Sees what the running transaction sees."""

    name = "database"

    def rows(self, source: str, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over one source."""
        with connection.cursor() as cursor:
            cursor.execute(sql_over(source, expression))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tuples(self, source: str, expression: Any) -> list[tuple[Any, ...]]:
        """The same without names, in the order of the expression's columns: for many rows."""
        with connection.cursor() as cursor:
            cursor.execute(sql_over(source, expression))
            return cursor.fetchall()


def sql_over(source: str, expression: Any) -> str:
    """The expression in the SQL of the database in use, with the source laid out in front of it."""
    dialect = _DIALECTS[connection.vendor]
    asked = sqlglot.parse_one(str(ibis.to_sql(expression, dialect=dialect)), dialect=dialect)
    # The rows of the source are written as this product writes them: parsing them would only be a risk.
    rest = asked.sql(dialect=dialect)
    if isinstance(asked, exp.Query) and asked.ctes:
        return f'WITH "{source}" AS ({relation(connection.vendor, source)}), {rest.removeprefix("WITH ")}'
    return f'WITH "{source}" AS ({relation(connection.vendor, source)}) {rest}'
