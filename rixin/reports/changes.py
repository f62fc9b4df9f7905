"""What has changed since an edition was sealed: which figures would be others today, and because of which rows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.metrics import compute, wording
from rixin.metrics.compute import Asked
from rixin.metrics.engines.database import Database
from rixin.metrics.only import Only
from rixin.reports import editions
from rixin.reports.cited import Cited, Counted, cite
from rixin.reports.models import Edition
from rixin.reports.packing import unpack
from rixin.reports.words import spoken


@dataclass(frozen=True)
class RowsChanged:
    """Ids of the rows of one count that came, went or were altered; None where too many were behind it to keep them.

    `source`: as the metric names it.
    """

    count: Counted
    source: str
    added: tuple[int, ...] | None = ()
    removed: tuple[int, ...] | None = ()
    altered: tuple[int, ...] | None = ()

    def __bool__(self) -> bool:
        return self.added is None or bool(self.added or self.removed or self.altered)


@dataclass(frozen=True)
class Changed:
    """`then` is what the edition says of a figure, `now` what it would say; None: there is no such metric any more."""

    then: Cited
    now: Cited | None
    rows: tuple[RowsChanged, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether its number would be another one; otherwise only what is behind it changed."""
        return self.now is None or self.then.exact != self.now.exact

    @property
    def redefined(self) -> bool:
        """Whether another definition counts today."""
        return self.now is not None and self.then.definition != self.now.definition

    @property
    def remarks(self) -> bool:
        """Whether something else is said beside the number today: what was left out, who did not answer."""
        return self.now is not None and self.then.remarks != self.now.remarks

    @property
    def told(self) -> bool:
        return self.differs or self.redefined or self.remarks or bool(self.rows)


def since(edition: Edition, as_of: datetime) -> list[Changed]:
    """Every figure of which number, definition or rows changed, those of which the number changed first.

    In the words of the report's language.
    """
    document = editions.document_of(edition)
    kept = {(rows.metric, rows.period, rows.scope): rows.packed for rows in edition.rows.all()}
    with spoken(document.language):
        today = dict(_today(document.cited, as_of))
    found = [_changed(then, today.get(then.key), kept) for then in document.cited]
    return sorted((one for one in found if one.told), key=lambda one: not one.differs)


def _today(cited: tuple[Cited, ...], as_of: datetime) -> Iterator[tuple[str, Cited]]:
    """(key, figure) as it would be cited now, of every metric that is still there."""
    known = versions.work().metrics
    groups: dict[tuple[str, str, Only], dict[str, Asked]] = defaultdict(dict)
    for one in cited:
        if one.id in known:
            groups[one.area, one.office, one.only][one.key] = (one.id, Period.read(one.period))
    for (area, unit, only), asked in groups.items():
        found = compute.ask(
            dict.fromkeys(asked.values()), engine=Database(), as_of=as_of, area=area, unit=unit, only=only
        )
        yield from ((key, cite(found[question])) for key, question in asked.items())


KeptRows = dict[tuple[str, str, str], bytes | memoryview | None]


def _changed(then: Cited, now: Cited | None, kept: KeptRows) -> Changed:
    if now is None or now.digest == then.digest:
        return Changed(then, now)
    known = versions.work().metrics
    rows = (_rows_changed(count, then, kept) for count in then.counted if count.metric in known)
    return Changed(then, now, tuple(one for one in rows if one))


def _rows_changed(count: Counted, then: Cited, kept: KeptRows) -> RowsChanged:
    source = wording.metric_of(count.metric).source or ""
    packed = kept.get((count.metric, count.period, then.scope))
    if packed is None:
        return RowsChanged(count, source, None, None, None)
    before, today = unpack(bytes(packed)), dict(editions.rows_now(count, then))
    return RowsChanged(
        count,
        source,
        added=tuple(sorted(today.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - today.keys())),
        altered=tuple(key for key in sorted(before.keys() & today.keys()) if before[key] != today[key]),
    )
