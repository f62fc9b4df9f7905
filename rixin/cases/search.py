"""Finds words in cases, also words of two characters: every pair of neighbouring signs is indexed.

A list of words would miss names that it does not know; pairs miss nothing. Latin words and numbers are kept whole.
SQLite keeps the pairs in an FTS5 table, PostgreSQL in a tsvector under a GIN index; neither needs an extension.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from rixin.cases.models import Case

TABLE = "cases_search"
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"[{_HAN}]+|[a-z0-9]+")
_FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_MOST_TERMS = 2_000
_COLUMNS = ("title", "text", "address")


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


def add(cases: Sequence[Case]) -> None:
    """Indexes new cases; one statement for up to 400 of them."""
    for first in range(0, len(cases), 400):
        batch = cases[first : first + 400]
        value = "(%s, array_to_tsvector(%s::text[]))" if connection.vendor == "postgresql" else "(%s, %s)"
        params: list[Any] = []
        for case in batch:
            params += [case.pk, _stored(" ".join(getattr(case, name) for name in _COLUMNS))]
        rows = ", ".join([value] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({_KEY[connection.vendor]}, words) VALUES {rows}", params)  # noqa: S608


def replace(case: Case) -> None:
    """Indexes a case anew after its words were changed or taken out."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_KEY[connection.vendor]} = %s", [case.pk])  # noqa: S608
    add([case])


def matching(cases: QuerySet[Case], query: str) -> QuerySet[Case]:
    """Those of `cases` that hold every word of `query` (words are parted by blanks), each as one piece of text."""
    words = [word for word in query.translate(_FULL_WIDTH).split() if word]
    wanted = [pairs for word in words if (pairs := _wanted(word))]
    if wanted:
        cases = cases.filter(pk__in=RawSQL(_SELECT[connection.vendor], [_match(wanted)]))  # noqa: S611
    for word in words:
        # The pairs narrow it down to few; whether they stand side by side, the text itself tells.
        cases = cases.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(address__icontains=word))
    return cases


_KEY = {"postgresql": "case_id", "sqlite": "rowid"}
_SELECT = {
    "postgresql": f"SELECT case_id FROM {TABLE} WHERE words @@ %s::tsquery",  # noqa: S608
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",  # noqa: S608
}


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
