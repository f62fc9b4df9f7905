"""What a form says otherwise than an earlier one: cell by cell, by what each says and not by where it stands. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rixin.reports.forms.table import Cell, Placed, Table


@dataclass(frozen=True)
class Change:
    """`then` is None for a record that the earlier form did not list."""

    now: Placed
    then: Cell | None

    @property
    def difference(self) -> Decimal | None:
        """How much more a number is."""
        return difference(self.now.cell, self.then) if self.then is not None else None


def difference(now: Cell, then: Cell) -> Decimal | None:
    if isinstance(now.value, Decimal) and isinstance(then.value, Decimal):
        return now.value - then.value
    return None


def changes(now: Table, then: Table) -> Iterator[Change]:
    """The cells that say something else, and the fields of records that are new.

    A cell that the earlier form did not have at all, for its template was another one, is no change.
    """
    for placed in now.placed():
        cell = placed.cell
        before = then.by_key.get(cell.key)
        if not cell.compared or (before is None and cell.kind != "record"):
            continue
        if before is None or before.value != cell.value:
            yield Change(placed, before)


def gone(now: Table, then: Table) -> list[int]:
    """Records that the earlier form listed and this one does not."""
    there = {cell.record for cell in now.by_key.values()}
    listed = dict.fromkeys(cell.record for cell in then.by_key.values() if cell.record is not None)
    return [record for record in listed if record not in there]


def against(now: Table, former: Table) -> dict[str, Decimal]:
    """How much more each figure is than in the form of the period before, by the key of its cell."""
    found = {}
    for key, cell in now.by_key.items():
        before = former.by_key.get(key)
        if cell.kind == "figure" and before is not None and (grown := difference(cell, before)) is not None:
            found[key] = grown
    return found


def new_cells(now: Table, then: Table | None) -> tuple[int, int]:
    """How many cells say something new, and how many of these by hand: what would have had to be typed."""
    new = [placed.cell for placed in now.placed() if placed.cell.filled and not (then and _said(then, placed.cell))]
    return len(new), sum(cell.kind == "typed" for cell in new)


def _said(then: Table, cell: Cell) -> bool:
    before = then.by_key.get(cell.key)
    return before is not None and before.value == cell.value
