"""Which rows behind a cell were added, removed or changed since it was handed in."""

from dataclasses import dataclass

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.metrics.rows import versions_behind_each
from rixin.reports.forms.table import Cell
from rixin.reports.models import FormSubmission
from rixin.reports.packing import unpack


@dataclass(frozen=True)
class Rows:
    """Ids of the rows of one source. `kept`: they were not too many to be kept."""

    source: str
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    altered: tuple[int, ...] = ()
    kept: bool = True

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered) or not self.kept


def changed_rows(submission: FormSubmission, cell: Cell) -> list[Rows]:
    """By source; nothing where the same rows in the same versions lie behind it."""
    known = versions.work().metrics
    said = [one for one in cell.figures if one["id"] in known]
    wanted = dict.fromkeys((one["id"], Period.read(one["period"]), one["area"]) for one in said)
    then: dict[str, dict[int, int]] = {}
    lost: set[str] = set()
    for metric, period, area in wanted:
        for row in submission.rows.filter(metric=metric, period=str(period), area_path=area):
            if row.packed is None:
                lost.add(row.source)
            else:
                then.setdefault(row.source, {}).update(unpack(bytes(row.packed)))
    now: dict[str, dict[int, int]] = {}
    for (_placed, source), pairs in versions_behind_each(wanted, unit=submission.unit_code).items():
        now.setdefault(source, {}).update(pairs)
    found = [
        Rows(source, kept=False) if source in lost else _compared(source, then.get(source, {}), now.get(source, {}))
        for source in sorted({*then, *now, *lost})
    ]
    return [one for one in found if one]


def _compared(source: str, then: dict[int, int], now: dict[int, int]) -> Rows:
    return Rows(
        source,
        added=tuple(sorted(now.keys() - then.keys())),
        removed=tuple(sorted(then.keys() - now.keys())),
        altered=tuple(key for key in sorted(then.keys() & now.keys()) if then[key] != now[key]),
    )
