"""What is kept of a report when it is sealed, and whether it is still as it was sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rixin.catalogue.periods import Period
from rixin.chain import digest
from rixin.metrics.engines.database import Database
from rixin.metrics.rows import versions_behind
from rixin.reports.cited import Cited, Counted
from rixin.reports.document import Document
from rixin.reports.freezing import freeze, thaw
from rixin.reports.models import Edition
from rixin.reports.packing import MOST, pack, unpack
from rixin.reports.parts import with_parts


@dataclass(frozen=True)
class KeptRows:
    """The rows of one count, packed; None where there were too many."""

    metric: str
    period: str
    scope: str
    packed: bytes | None


@dataclass(frozen=True)
class Kept:
    document: dict[str, Any]
    rows: tuple[KeptRows, ...]


def make(document: Document) -> Kept:
    """The document with every figure's parts, and the rows behind each figure, as they are now."""
    counts = dict.fromkeys((count, one.scope) for one in document.cited for count in one.counted)
    places = {one.scope: one for one in document.cited}
    rows = tuple(_rows(count, scope, places[scope]) for count, scope in counts)
    return Kept(freeze(with_parts(document, Database())), rows)


def document_of(edition: Edition) -> Document:
    return thaw(edition.document)


def digest_of(title: str, body: str, document: dict[str, Any]) -> str:
    return digest([title, body, document])


def is_intact(edition: Edition) -> bool:
    """Whether title, text and document are as they were sealed."""
    return digest_of(edition.title, edition.body, edition.document) == edition.digest


def rows_then(edition: Edition, one: Cited) -> Iterator[tuple[Counted, dict[int, int] | None]]:
    """Of each count of a figure the rows that were behind it, version by id; None where they were too many to keep."""
    kept = edition.rows.filter(metric__in={count.metric for count in one.counted}, scope=one.scope)
    packed = {(rows.metric, rows.period): rows.packed for rows in kept}
    for count in one.counted:
        rows = packed.get((count.metric, count.period))
        yield count, unpack(bytes(rows)) if rows is not None else None


def rows_now(count: Counted, one: Cited) -> list[tuple[int, int]]:
    """(id, version) of the rows of one count of a figure, as they are now."""
    period = Period.read(count.period)
    return versions_behind(count.metric, period, area=one.area, unit=one.office, only=one.only)


def _rows(count: Counted, scope: str, one: Cited) -> KeptRows:
    pairs = rows_now(count, one)
    return KeptRows(count.metric, count.period, scope, pack(pairs) if len(pairs) <= MOST else None)
