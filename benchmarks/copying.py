"""Very many facts out of few: copies of the demonstration's cases and records, made by the database itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, models
from tqdm import tqdm

_BATCH = 500_000
"""Rows of one statement, so that progress is seen."""


def multiply_cases(wanted: int) -> int:
    """Copies all cases, each with the clocks that rates ask about, until there are at least `wanted`; how many then.

    A copy is what its original is, on the same day: it counts in every figure in which the original does.
    """
    from rixin.cases.models import Case, CaseClock

    have, span = _size(Case)
    for first, last in tqdm(list(_rounds(have, wanted)), desc="cases", disable=None):
        _copy(Case, first, last, {"id": f"base.id + nth * {span}"})
        clocks = _size(CaseClock)[1]
        changed = {"id": f"base.id + nth * {clocks}", "case_id": f"base.case_id + nth * {span}"}
        _copy(CaseClock, first, last, changed, "code IN ('handle', 'acknowledge')")
    return Case.objects.count()


def multiply_records(wanted: int) -> int:
    """The same of records. Returns are not copied: of each there is one for a period and a place."""
    from rixin.records.models import Record

    work = Record.objects.filter(period="")
    have, span = work.count(), _size(Record)[1]
    for first, last in tqdm(list(_rounds(have, wanted)), desc="records", disable=None):
        _copy(Record, first, last, {"id": f"base.id + nth * {span}", "origin": "''"}, "period = ''")
    return Record.objects.count()


def _size(model: type[models.Model]) -> tuple[int, int]:
    """How many rows there are at first, and by how much a copy's id is above its original's."""
    rows = model._default_manager.aggregate(rows=models.Count("pk"), last=models.Max("pk"))
    base = _base_of(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_regclass('{base}') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(f"SELECT count(*), max(id) FROM {base}")
            kept: tuple[int, int] = cursor.fetchone()
            return kept
        cursor.execute(f"CREATE TABLE {base} AS SELECT * FROM {model._meta.db_table}")
    return rows["rows"], rows["last"]


def _base_of(model: type[models.Model]) -> str:
    return f"bench_base_{model._meta.db_table}"


def _rounds(have: int, wanted: int) -> Iterator[tuple[int, int]]:
    """(first, last) numbers of copies of the whole, some _BATCH rows at a time."""
    copies, at_once = -(-wanted // have) - 1, max(1, _BATCH // have)
    for first in range(1, copies + 1, at_once):
        yield first, min(first + at_once - 1, copies)


def _copy(model: type[models.Model], first: int, last: int, changed: Mapping[str, str], where: str = "true") -> None:
    columns: list[Any] = list(model._meta.concrete_fields)
    names = ", ".join(f'"{field.column}"' for field in columns)
    values = ", ".join(changed.get(field.column, f'base."{field.column}"') for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values}"
            f" FROM {_base_of(model)} AS base, generate_series(%s, %s) AS nth WHERE {where}",
            [first, last],
        )
