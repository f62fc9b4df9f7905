"""The rows behind a figure, from the same definition as its number, so that the two cannot disagree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models.expressions import RawSQL

from rixin.catalogue.periods import Period
from rixin.metrics.compute import Placed, asked_for
from rixin.metrics.engines.database import Database, sql_over
from rixin.metrics.expressions import Marks, belongs, reach, table, within
from rixin.metrics.only import ALL, Only
from rixin.metrics.relations import columns_of
from rixin.metrics.tallies import Holds, Question, Tally, frozen


@dataclass(frozen=True)
class Behind:
    """`ids` is a subquery of the ids of the rows, in the database in use."""

    source: str
    ids: RawSQL


def behind(
    code: str, period: Period, *, area: str = "", unit: str = "", only: Only = ALL, part: str = "rows"
) -> Behind | None:
    """The rows of a part of a metric: `rows` (all that count; of a growth or ratio those of its first figure), and of a
    rate `part` (its numerator), `rest` (the others that count), `silent` (asked, and no answer), `excluded 0` …; None
    where the metric has no such part. Raises UnknownMetric.
    """
    tally = _tally(asked_for(code, period), part)
    if tally is None:
        return None
    columns = columns_of(tally.source)
    rows = within(table(tally.source, columns), area, unit, only)
    expression = rows.filter(belongs(rows, columns, tally)).select("id")
    # Within a larger query a per cent sign that stands for itself is doubled: single ones stand for parameters.
    asked = sql_over(tally.source, expression).replace("%", "%%")
    return Behind(tally.source, RawSQL(asked, []))  # noqa: S611


def versions_behind(
    code: str, period: Period, *, area: str = "", unit: str = "", only: Only = ALL
) -> list[tuple[int, int]]:
    """(id, version) of every row behind a figure, by id: what a sealed edition keeps."""
    tally = _tally(asked_for(code, period), "rows")
    if tally is None:
        return []
    columns = columns_of(tally.source)
    rows = within(table(tally.source, columns), area, unit, only)
    expression = rows.filter(belongs(rows, columns, tally)).select("id", "version").order_by("id")
    return [(int(row["id"]), int(row["version"])) for row in Database().rows(tally.source, expression)]


def versions_behind_each(
    wanted: Iterable[Placed], *, unit: str = ""
) -> dict[tuple[Placed, str], list[tuple[int, int]]]:
    """The same of several figures at once, by figure and source: one pass over each source.

    Of a growth or ratio the rows of what it is set against are among them.
    """
    by_source: dict[str, dict[Tally, dict[str, list[Placed]]]] = defaultdict(lambda: defaultdict(dict))
    for placed in wanted:
        for tally in _counting(asked_for(placed[0], placed[1])):
            by_source[tally.source][tally].setdefault(placed[2], []).append(placed)
    found: dict[tuple[Placed, str], dict[int, int]] = defaultdict(dict)
    for source, asked in by_source.items():
        widths = {len(area) for areas in asked.values() for area in areas}
        marks = Marks(asked)
        # Rows of equal marks and one area lie behind the same figures: thousands of rows, a few hundred kinds.
        kinds: dict[tuple[int, str], list[dict[int, int]]] = {}
        for row in Database().rows(source, _marked_rows(source, marks, unit)):
            kind = (marks.read(row), row["area"])
            if kind not in kinds:
                tallies = [tally for tally in asked if marks.belongs(kind[0], tally)]
                places = [asked[tally].get(kind[1][:width], ()) for tally in tallies for width in widths]
                kinds[kind] = [found[one, source] for placed in places for one in placed]
            for rows in kinds[kind]:
                rows[int(row["id"])] = int(row["version"])
    return {placed: list(pairs.items()) for placed, pairs in found.items()}


def _counting(question: Question) -> Iterator[Tally]:
    for part in (question.of, question.over):
        if part is not None:
            yield from _counting(part)
    if "rows" in question.tallies:
        yield question.tallies["rows"]


def _marked_rows(source: str, marks: Marks, unit: str) -> Any:
    """id, version, area and marks of the rows that may belong to any of the tallies, by id."""
    columns = columns_of(source)
    rows = within(table(source, columns), "", unit)
    rows = rows.filter(reach(rows, marks.windows))
    return rows.select("id", "version", "area", **marks.columns(rows, columns)).order_by("id")


def _tally(question: Question, part: str) -> Tally | None:
    while question.of is not None:
        question = question.of
    if part == "rest" and "part" in question.tallies:
        counted = question.tallies["rows"]
        others = Holds(frozen(question.metric.part), so=False)
        return replace(counted, conditions=(*counted.conditions, others))
    return question.tallies.get(part)
