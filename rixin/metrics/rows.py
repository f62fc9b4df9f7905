"""The rows behind a figure, from the same definition as its number, so that the two cannot disagree."""

from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from rixin.catalogue.sources import CASES
from rixin.metrics.compute import asked_for
from rixin.metrics.engines.database import Database, sql_over
from rixin.metrics.expressions import belongs, table, within
from rixin.metrics.only import ALL, Only
from rixin.metrics.relations import columns_of
from rixin.metrics.tallies import Question, Tally
from rixin.records.periods import Period


@dataclass(frozen=True)
class Behind:
    """`ids` is a subquery of the ids of the rows, in the database in use."""

    source: str
    ids: RawSQL

    @property
    def cases(self) -> bool:
        return self.source == CASES


def behind(
    code: str, period: Period, *, area: str = "", unit: str = "", only: Only = ALL, part: str = "rows"
) -> Behind | None:
    """The rows of a part of a metric: `rows` (all that count; of a growth or ratio those of its first figure),
    `part` (a rate's numerator), `excluded 0` …; None where the metric has no such part. Raises UnknownMetric.
    """
    tally = _tally(asked_for(code, period), part)
    if tally is None:
        return None
    columns = columns_of(tally.source)
    rows = within(table(tally.source, columns), area, unit, only)
    expression = rows.filter(belongs(rows, columns, tally)).select("id")
    return Behind(tally.source, RawSQL(sql_over(tally.source, expression), []))  # noqa: S611


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


def _tally(question: Question, part: str) -> Tally | None:
    while question.of is not None:
        question = question.of
    return question.tallies.get(part)
