"""What a report asks of the data, answered for one period and place. What was answered once is not asked again."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Split
from rixin.metrics import compute
from rixin.metrics.compute import Asked, Engine
from rixin.metrics.figures import Figure
from rixin.metrics.only import Only


@dataclass(frozen=True)
class Frame:
    """For which period and place a report is made, on which engine, as of when. `area` is a path, `unit` a code."""

    period: Period
    engine: Engine
    as_of: datetime
    area: str = ""
    unit: str = ""


Question = tuple[str, Period, Only]
"""A metric by code, its period, and what it is narrowed to."""
Kept = dict[Hashable, Any]
Answer = TypeVar("Answer")


class Answers:
    """`kept` may outlive these answers: it belongs to one period, place and language."""

    def __init__(self, frame: Frame, kept: Kept | None = None) -> None:
        self.frame = frame
        self._kept: Kept = {} if kept is None else kept

    def figures(self, wanted: Iterable[Question]) -> dict[Question, Figure]:
        """One pass over each source for all that is asked of the whole, and one for each narrowing."""
        asked = dict.fromkeys(wanted)
        missing: dict[Only, list[Asked]] = defaultdict(list)
        for code, period, only in asked:
            if (code, period, only) not in self._kept:
                missing[only].append((code, period))
        for only, questions in missing.items():
            found = compute.ask(questions, **self._of_place(), only=only)
            self._kept |= {(code, period, only): figure for (code, period), figure in found.items()}
        return {question: self._kept[question] for question in asked}

    def parts(self, code: str, by: Split) -> dict[str, Figure]:
        """The parts of a figure of the report's own period."""
        return self.remembered(
            ("parts", code, by), lambda: compute.split(code, self.frame.period, by, **self._of_place())
        )

    def remembered(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What `make` gives, once."""
        if key not in self._kept:
            self._kept[key] = make()
        answer: Answer = self._kept[key]
        return answer

    def _of_place(self) -> dict[str, Any]:
        frame = self.frame
        return {"engine": frame.engine, "as_of": frame.as_of, "area": frame.area, "unit": frame.unit}
