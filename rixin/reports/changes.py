"""What has changed since an edition was sealed: which figures would be others today, and because of which rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rixin.catalogue import versions
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.rows import versions_behind
from rixin.records.periods import Period
from rixin.reports.models import Edition
from rixin.reports.packing import unpack


@dataclass(frozen=True)
class Changed:
    """`then` is what the edition says of the figure. Rows are ids; None where too many were behind it to keep them.

    `gone`: there is no such metric any more.
    """

    code: str
    then: dict[str, Any]
    now: Figure | None
    added: tuple[int, ...] | None = ()
    removed: tuple[int, ...] | None = ()
    altered: tuple[int, ...] | None = ()
    gone: bool = False

    @property
    def differs(self) -> bool:
        """Whether its number would be another one; otherwise only rows behind it changed."""
        return self.now is None or self.then["exact"] != (str(self.now.exact) if self.now.exact is not None else None)

    @property
    def unexplained(self) -> bool:
        """Another number, and yet the same rows in the same versions: its definition changed since."""
        return self.differs and not self.gone and self.added == self.removed == self.altered == ()


def since(edition: Edition, as_of: datetime) -> Iterator[Changed]:
    """Every figure of which the number or the rows changed, those of which the number changed first."""
    report = edition.report
    known = versions.work().metrics
    kept = {(row.metric, row.period): row.packed for row in edition.rows.all()}
    there = [said for said in edition.figures if said["id"] in known]
    asked = [(said["id"], Period.read(said["period"])) for said in there]
    figures = compute.ask(asked, engine=Database(), as_of=as_of, area=report.area_path, unit=report.unit_code)
    found = [Changed(said["id"], said, None, gone=True) for said in edition.figures if said["id"] not in known]
    for said, key in zip(there, asked, strict=True):
        now = figures[key]
        if now.digest != said["digest"]:
            found.append(_changed(said, now, kept.get((said["id"], said["period"]))))
    yield from sorted(found, key=lambda one: not one.differs)


def _changed(said: dict[str, Any], now: Figure, packed: bytes | memoryview | None) -> Changed:
    if packed is None:
        return Changed(said["id"], said, now, None, None, None)
    then = unpack(bytes(packed))
    today = dict(versions_behind(now.code, now.period, area=now.area, unit=now.unit))
    return Changed(
        said["id"],
        said,
        now,
        added=tuple(sorted(today.keys() - then.keys())),
        removed=tuple(sorted(then.keys() - today.keys())),
        altered=tuple(key for key in sorted(then.keys() & today.keys()) if then[key] != today[key]),
    )
