"""Figures of matters narrowed to one kind, or to one kind at one place: what a sentence about a problem speaks of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Only:
    """A kind of matter and a place of the gazetteer, by their codes; "" for all."""

    kind: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.place)

    def of(self, rows: Any) -> Any:
        """Those of the rows of cases that are meant."""
        if self.kind:
            rows = rows.filter(rows.type == self.kind)
        return rows.filter(rows.place == self.place) if self.place else rows


ALL = Only()
