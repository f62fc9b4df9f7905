"""From tallies to Ibis expressions that give the same whole numbers on every engine.

Each row is marked once with what it meets: a bit for each window of days and each condition that any tally names. Equal
marks are grouped, and what is in a group is counted and added up; which tallies a group belongs to follows from its
bits. So one pass over a source answers all figures that are asked of it, and no condition is looked at twice, however
many tallies share it: engines do not see by themselves that two CASEs ask the same. Only whole numbers are compared,
counted and added; whatever is divided is divided afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

import ibis

from rixin.catalogue.columns import Column
from rixin.catalogue.report_text import Split
from rixin.catalogue.work_schema import Bounds
from rixin.metrics.only import ALL, Only
from rixin.metrics.tallies import Criterion, Holds, Tally, Window

Columns = Mapping[str, Column]
BITS = 60
"""Criteria that fit into one mark, a whole number of 63 bits."""
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


class Marks:
    """Which bit of a row's mark stands for which criterion: those of windows first."""

    def __init__(self, tallies: Iterable[Tally]) -> None:
        criteria = dict.fromkeys(one for tally in tallies for one in tally.criteria())
        self.windows = [one for one in criteria if isinstance(one, Window)]
        others = [one for one in criteria if not isinstance(one, Window)]
        self._all: list[Criterion] = [*self.windows, *others]
        self._bits = {one: 1 << nth for nth, one in enumerate(self._all)}

    def columns(self, rows: Any, columns: Columns) -> dict[str, Any]:
        """mark0, mark1 …: the bits of what each row meets, added up."""
        found = {}
        for first in range(0, len(self._all), BITS):
            bundle = enumerate(self._all[first : first + BITS])
            bits = [ibis.ifelse(_met(rows, columns, one), 1 << nth, 0) for nth, one in bundle]
            found[f"mark{first // BITS}"] = reduce(lambda total, bit: total + bit, bits)
        return found

    def read(self, row: Mapping[str, Any]) -> int:
        """All bits of a group, out of its columns."""
        return sum(int(row[f"mark{nth}"]) << nth * BITS for nth in range(-(-len(self._all) // BITS)))

    def belongs(self, mark: int, tally: Tally) -> bool:
        """Whether the rows of this mark are among those that the tally counts."""
        return bool(mark & self._bits[tally.window]) and all(
            all(mark & self._bits[one] for one in block.where) == block.so for block in tally.conditions
        )


@dataclass(frozen=True)
class Cut:
    """Which rows are meant, as `within` has it, and whether they are counted whole or apart `by` something."""

    area: str = ""
    unit: str = ""
    only: Only = ALL
    by: Split | None = None
    wide: int = 0
    """By areas: the length of the paths by which they are told apart; 0: communities, and the grids of one."""


@dataclass(frozen=True)
class Counting:
    """What is asked of one source in one pass: these tallies, over the rows of the cut."""

    source: str
    columns: tuple[tuple[str, Column], ...]
    tallies: tuple[Tally, ...]
    cut: Cut = Cut()


def counted(asked: Counting) -> Any:
    """Groups of equal marks: mark0 …, split (with `by`), fields told apart, rows, check, and a sum of each field."""
    columns, tallies = dict(asked.columns), asked.tallies
    marks = Marks(tallies)
    rows = within(table(asked.source, columns), asked.cut.area, asked.cut.unit, asked.cut.only)
    rows = rows.filter(reach(rows, marks.windows))
    keys = marks.columns(rows, columns)
    if asked.cut.by is not None:
        keys["split"] = _split(rows, asked)
    keys |= {f"apart_{name}": rows[name] for name in sorted({one.tells_apart for one in tallies if one.tells_apart})}
    sums = {f"sum_{name}": rows[name].fill_null(0).sum() for name in sorted({one.adds for one in tallies if one.adds})}
    return rows.group_by(**keys).aggregate(rows=rows.count(), check=rows.mark.sum(), **sums)


@lru_cache(maxsize=2_000)
def counting_sql(asked: Counting, dialect: str) -> str:
    """The same in the SQL of an engine.

    Kept, since the same few dozen are asked again and again, and compiling those of a report takes longer than asking
    them over the rows of a sub-district.
    """
    return str(ibis.to_sql(counted(asked), dialect=dialect))


def belongs(rows: Any, columns: Columns, tally: Tally) -> Any:
    """Whether a row is one of those that the tally counts."""
    return reduce(
        and_, [_met(rows, columns, tally.window), *(_holds(rows, columns, block) for block in tally.conditions)]
    )


def reach(rows: Any, windows: Sequence[Window]) -> Any:
    """What every row of any of the windows meets: it decides about none, and spares the engine those of other years."""
    by_day: dict[str, list[Window]] = {}
    for window in windows:
        by_day.setdefault(window.day, []).append(window)
    return reduce(or_, (_between(rows[day], _hull(group)) for day, group in by_day.items()))


def _hull(windows: Sequence[Window]) -> tuple[int | None, int]:
    firsts = [window.first for window in windows if window.first is not None]
    return min(firsts) if len(firsts) == len(windows) else None, max(window.last for window in windows)


def _between(day: Any, reach: tuple[int | None, int]) -> Any:
    first, last = reach
    return day <= last if first is None else (day >= first) & (day <= last)


def _split(rows: Any, asked: Counting) -> Any:
    cut = asked.cut
    if cut.by == "month":
        return rows[asked.tallies[0].window.day] // 100
    if cut.by == "area":
        return rows.area.substr(0, cut.wide or (GRID if len(cut.area) >= COMMUNITY else COMMUNITY))
    return rows[cut.by]


def _holds(rows: Any, columns: Columns, block: Holds) -> Any:
    met = reduce(and_, (_met(rows, columns, condition) for condition in block.where))
    # Where a field is not filled in, a condition is neither true nor false: such a row does not meet it.
    return met if block.so else ibis.ifelse(met, 1, 0) == 0


def _met(rows: Any, columns: Columns, criterion: Criterion) -> Any:
    if not isinstance(criterion, Window):
        name, condition = criterion
        return _meets(rows, columns, name, condition)
    met = _between(rows[criterion.day], (criterion.first, criterion.last))
    if criterion.until is None:
        return met
    until = rows[criterion.until]
    return met & (until.isnull() | (until > criterion.last))


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
