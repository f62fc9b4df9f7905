"""The rows behind sealed figures, and what changed in them since, with links to those that the person may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import pgettext

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.desk.figure_pages.row import Row
from rixin.desk.figure_pages.seen import seen
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.reports import editions, page
from rixin.reports.changes import Changed, RowsChanged
from rixin.reports.cited import Cited
from rixin.reports.models import Edition

MOST = 30
"""Rows of one kind of change that are named; how many there are is always said."""


@dataclass(frozen=True)
class Rows:
    """Rows that came, went or were altered: how many, those that the person may see, how many of them are not named."""

    what: str
    count: int
    rows: list[Row]

    @property
    def unnamed(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Shown:
    changed: Changed
    rows: list[Rows]
    too_many: bool
    """The rows were too many to be kept one by one."""
    today: str


def shown(staff: Staff, changed: Changed) -> Shown:
    rows = [rows for one in changed.rows for rows in _rows(staff, one)]
    too_many = any(one.added is None for one in changed.rows)
    return Shown(changed, rows, too_many, page.address_of(changed.now) if changed.now else "")


def _rows(staff: Staff, one: RowsChanged) -> Iterator[Rows]:
    kinds = {
        pgettext("rows behind a figure", "came in"): one.added,
        pgettext("rows behind a figure", "went"): one.removed,
        pgettext("rows behind a figure", "were altered"): one.altered,
    }
    for what, ids in kinds.items():
        if ids:
            yield Rows(what, len(ids), _named(staff, ids, one.source))


def _named(staff: Staff, ids: tuple[int, ...], source: str) -> list[Row]:
    return [row for _id, row in seen(staff, source, ids[:_LOOKED_AT]).page(0, MOST)]


def at_sealing(staff: Staff, edition: Edition, one: Cited) -> Iterator[Rows]:
    """The rows that were behind a sealed figure, of each of its counts; of metrics that are no more, none are named."""
    for count, rows in editions.rows_then(edition, one):
        known = versions.work().metrics.get(count.metric)
        if known is not None and rows is not None:
            what = wording.period(Period.read(count.period)) if len(one.counted) > 1 else ""
            ids = tuple(sorted(rows))
            yield Rows(what, len(ids), _named(staff, ids, known.metric.source or ""))


_LOOKED_AT = 900
"""More ids than this do not fit into one statement on every database."""
