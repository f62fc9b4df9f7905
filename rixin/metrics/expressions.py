"""From tallies to Ibis expressions that give the same whole numbers on every engine.

Each row is marked once with the tallies that it belongs to, a bit for each; equal marks are grouped, and what is in a
group is counted and added up. So one pass over a source answers all figures that are asked of it. Only whole numbers
are compared, counted and added; whatever is divided is divided afterwards.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis

from rixin.catalogue.report_text import Split
from rixin.catalogue.sources import Column
from rixin.catalogue.work_schema import Bounds
from rixin.metrics.only import ALL, Only
from rixin.metrics.tallies import Holds, Tally, Window

Columns = Mapping[str, Column]
BITS = 60
"""Tallies that fit into one mark, a whole number of 63 bits."""
COMMUNITY = len("330106013/001/")
GRID = len("330106013/001/01/")


def table(source: str, columns: Columns) -> Any:
    """The source as a table that no engine is bound to yet."""
    kinds = {name: "string" if column.kind in ("code", "text") else "int64" for name, column in columns.items()}
    return ibis.table(kinds, name=source)


def within(rows: Any, area: str, unit: str, only: Only = ALL) -> Any:
    """Those rows that lie in an area (a path; "" for all) and belong to a unit (a code; "" for all)."""
    if area:
        rows = rows.filter(rows.area.substr(0, len(area)) == area)
    if unit:
        rows = rows.filter(rows.unit == unit)
    return only.of(rows)


def marked(rows: Any, columns: Columns, tallies: Sequence[Tally]) -> list[Any]:
    """For each bundle of tallies the sum of their bits, of those that the row belongs to."""
    marks = []
    for first in range(0, len(tallies), BITS):
        bundle = tallies[first : first + BITS]
        bits = [ibis.ifelse(belongs(rows, columns, tally), 1 << nth, 0) for nth, tally in enumerate(bundle)]
        marks.append(reduce(lambda total, bit: total + bit, bits))
    return marks


def counted(rows: Any, columns: Columns, tallies: Sequence[Tally], by: Split | None = None, wide: int = 0) -> Any:
    """Groups of equal marks: mark0 …, split (with `by`), the fields told apart, rows, mark, and a sum of each field.

    `wide` is the length of the area paths by which areas are told apart.
    """
    keys = {f"mark{nth}": mark for nth, mark in enumerate(marked(rows, columns, tallies))}
    if by is not None:
        keys["split"] = _split(rows, tallies[0].window, by, wide)
    apart = sorted({tally.tells_apart for tally in tallies if tally.tells_apart})
    adds = sorted({tally.adds for tally in tallies if tally.adds})
    keys |= {f"apart_{name}": rows[name] for name in apart}
    chosen = rows.select(**keys, check=rows.mark, **{f"add_{name}": rows[name].fill_null(0) for name in adds})
    # What belongs to no tally is dropped before it is grouped.
    chosen = chosen.filter(reduce(or_, (chosen[name] > 0 for name in keys if name.startswith("mark"))))
    sums = {f"sum_{name}": chosen[f"add_{name}"].sum() for name in adds}
    return chosen.group_by(list(keys)).aggregate(rows=chosen.count(), check=chosen["check"].sum(), **sums)


def belongs(rows: Any, columns: Columns, tally: Tally) -> Any:
    """Whether a row is one of those that the tally counts."""
    conditions = [_holds(rows, columns, block) for block in tally.conditions]
    return reduce(and_, [*_in_window(rows, tally.window), *conditions])


def _split(rows: Any, window: Window, by: Split, wide: int) -> Any:
    if by == "month":
        return rows[window.day] // 100
    if by == "area":
        return rows.area.substr(0, wide)
    return rows[by]


def _in_window(rows: Any, window: Window) -> list[Any]:
    found = [rows[window.day] <= window.last]
    if window.first is not None:
        found.append(rows[window.day] >= window.first)
    if window.until is not None:
        found.append(rows[window.until].isnull() | (rows[window.until] > window.last))
    return found


def _holds(rows: Any, columns: Columns, block: Holds) -> Any:
    met = reduce(and_, (_meets(rows, columns, name, condition) for name, condition in block.where))
    # Where a field is not filled in, a condition is neither true nor false: such a row does not meet it.
    return met if block.so else ibis.ifelse(met, 1, 0) == 0


def _meets(rows: Any, columns: Columns, name: str, condition: object) -> Any:
    column, said = columns[name], rows[name]
    if isinstance(condition, Bounds):
        return _bounded(rows, column, said, condition)
    if isinstance(condition, tuple):
        return said.isin([_stored(column, value) for value in condition])
    return said == _stored(column, condition)


def _bounded(rows: Any, column: Column, said: Any, bounds: Bounds) -> Any:
    found = []
    if bounds.at_least is not None:
        found.append(said >= _stored(column, bounds.at_least))
    if bounds.at_most is not None:
        found.append(said <= _stored(column, bounds.at_most))
    if bounds.filled is not None:
        words = column.kind in ("code", "text")
        found.append((said != "") == bounds.filled if words else said.notnull() == bounds.filled)
    if bounds.other_than is not None:
        found.append((said != _stored(column, bounds.other_than)) | said.isnull())
    if bounds.by is not None:
        found.append(said <= rows[bounds.by])
    return reduce(and_, found)


def _stored(column: Column, value: object) -> Any:
    """A value of the catalogue as the column keeps it: amounts in their last digit, flags as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int) and column.kind == "number":
        return value * 10**column.decimals
    return value
