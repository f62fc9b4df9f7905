"""Finds words in rows, also words of two characters: every pair of neighbouring signs is indexed.

A list of words would miss names that it does not know; pairs miss nothing. Latin words and numbers are kept whole.
SQLite keeps the pairs in an FTS5 table, PostgreSQL in a tsvector under a GIN index; neither needs an extension.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

Row = TypeVar("Row", bound=models.Model)
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"[{_HAN}]+|[a-z0-9]+")
_FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_MOST_TERMS = 2_000
_BATCH = 400


def terms(text: str) -> list[str]:
    """What is indexed of a text: pairs of Han signs (and each run's single signs at its ends), Latin words, numbers."""
    found: dict[str, None] = {}
    for run in _RUNS.findall(text.translate(_FULL_WIDTH).lower()):
        if run.isascii() or len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
            # The last sign starts no pair; alone it keeps a search for one sign complete.
            found[run[-1]] = None
    return list(found)[:_MOST_TERMS]


@dataclass(frozen=True)
class Pairs:
    """The index of one kind of row. `table` and `key` (the column of the row's id, on PostgreSQL) are constants."""

    table: str
    key: str
    columns: tuple[str, ...]

    def create(self, vendor: str) -> list[str]:
        """The statements that make the table: each database has its own kind, which no model can say."""
        if vendor == "postgresql":
            return [
                f"CREATE TABLE {self.table} ({self.key} bigint PRIMARY KEY, words tsvector NOT NULL)",
                f"CREATE INDEX {self.table}_words ON {self.table} USING gin (words)",
            ]
        return [f"CREATE VIRTUAL TABLE {self.table} USING fts5(words)"]

    def add(self, rows: Sequence[models.Model]) -> None:
        """Indexes new rows; one statement for up to 400 of them."""
        for first in range(0, len(rows), _BATCH):
            batch = rows[first : first + _BATCH]
            value = "(%s, array_to_tsvector(%s::text[]))" if connection.vendor == "postgresql" else "(%s, %s)"
            params: list[Any] = []
            for row in batch:
                params += [row.pk, _stored(" ".join(getattr(row, name) for name in self.columns))]
            values = ", ".join([value] * len(batch))
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self.table} ({self._id()}, words) VALUES {values}", params)  # noqa: S608

    def replace(self, row: models.Model) -> None:
        """Indexes a row anew after its words were changed or taken out."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE {self._id()} = %s", [row.pk])  # noqa: S608
        self.add([row])

    def matching(self, rows: QuerySet[Row], query: str) -> QuerySet[Row]:
        """Those of `rows` that hold every word of `query` (words are parted by blanks), each as one piece of text."""
        words = [word for word in query.translate(_FULL_WIDTH).split() if word]
        wanted = [pairs for word in words if (pairs := _wanted(word))]
        if wanted:
            rows = rows.filter(pk__in=RawSQL(self._select(), [_match(wanted)]))  # noqa: S611
        for word in words:
            # The pairs narrow it down to few; whether they stand side by side, the text itself tells.
            rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.columns)))
        return rows

    def _id(self) -> str:
        return self.key if connection.vendor == "postgresql" else "rowid"

    def _select(self) -> str:
        if connection.vendor == "postgresql":
            return f"SELECT {self.key} FROM {self.table} WHERE words @@ %s::tsquery"  # noqa: S608
        return f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s"  # noqa: S608


def _wanted(word: str) -> list[tuple[str, bool]]:
    """Terms that a word asks for, each with whether it is only the start of one."""
    wanted: list[tuple[str, bool]] = []
    for run in _RUNS.findall(word.lower()):
        if run.isascii() or len(run) == 1:
            wanted.append((run, True))
        else:
            wanted += [(run[at : at + 2], False) for at in range(len(run) - 1)]
    return wanted


def _match(wanted: Iterable[list[tuple[str, bool]]]) -> str:
    """The query in the database's own words. Terms hold only Han signs, Latin letters and digits: nothing to escape."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{term}'{':*' if start else ''}" for pairs in wanted for term, start in pairs)
    return " AND ".join(f'"{term}"{"*" if start else ""}' for pairs in wanted for term, start in pairs)


def _stored(text: str) -> Any:
    return terms(text) if connection.vendor == "postgresql" else " ".join(terms(text))
