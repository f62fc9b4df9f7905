"""Figures of matters narrowed to one kind, to one kind at one place, or to one topic: what a problem speaks of."""

from dataclasses import dataclass
from typing import Any

from rixin.topics.queries import ids_of


@dataclass(frozen=True)
class Only:
    """A kind of matter and a place of the gazetteer, by their codes, and a topic by its number; "" for all."""

    kind: str = ""
    place: str = ""
    topic: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.place or self.topic)

    def of(self, rows: Any) -> Any:
        """Those of the rows of cases that are meant."""
        if self.kind:
            rows = rows.filter(rows.type == self.kind)
        if self.place:
            rows = rows.filter(rows.place == self.place)
        return rows.filter(rows.id.isin(list(ids_of(int(self.topic))))) if self.topic else rows

    def said(self) -> list[str]:
        """As a part of what stands for a figure; the same as ever where no topic is meant."""
        return [self.kind, self.place, *([self.topic] if self.topic else [])] if self else []


ALL = Only()
