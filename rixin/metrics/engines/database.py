"""Asks the database in use, SQLite or PostgreSQL, on the connection that everything else uses."""

from typing import Any

import ibis
from django.db import connection

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


def sql_over(source: str, expression: Any) -> str:
    """The expression in the SQL of the database in use, with the source laid out in front of it."""
    asked = str(ibis.to_sql(expression, dialect=_DIALECTS[connection.vendor], pretty=False))
    # A query begins with WITH only where it has parts of its own, which then follow the source.
    own = asked.removeprefix("WITH ")
    return f'WITH "{source}" AS ({relation(connection.vendor, source)}){" " if own == asked else ", "}{own}'
