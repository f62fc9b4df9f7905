"""Where what stood in the template stands in a filled sheet, whose rows and columns were repeated. Pure."""

from collections.abc import Iterator, Sequence
from itertools import product

from rixin.catalogue.form_sheet import Block
from rixin.reports.forms.table import FilledSheet, Line


class Side:
    """Rows, or columns. What the template has beyond those that were filled follows as it is."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._places: dict[int, list[int]] = {}
        for place, line in enumerate(lines, start=1):
            self._places.setdefault(line.of, []).append(place)
        self._more = len(lines) - max(self._places, default=0)

    @property
    def grown(self) -> bool:
        return self._more != 0 or any(len(places) != 1 for places in self._places.values())

    def places(self, of: int) -> list[int]:
        return self._places.get(of) or [of + self._more]

    def spans(self, first: int, last: int) -> list[tuple[int, int]]:
        """What lies in one line is there as often as the line is; what spans several is stretched."""
        if first == last:
            return [(place, place) for place in self.places(first)]
        return [(self.places(first)[0], self.places(last)[-1])]


class Growth:
    def __init__(self, sheet: FilledSheet) -> None:
        self.rows, self.columns = Side(sheet.rows), Side(sheet.columns)

    @property
    def grown(self) -> bool:
        return self.rows.grown or self.columns.grown

    def blocks(self, block: Block) -> Iterator[Block]:
        """A merged block of the template as it is in the filled sheet, once or several times."""
        tall, wide = self.rows.spans(block.top, block.bottom), self.columns.spans(block.left, block.right)
        for (top, bottom), (left, right) in product(tall, wide):
            yield Block(top, left, bottom, right)
