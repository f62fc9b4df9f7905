"""From metrics to tallies: which rows of which source are counted, and what of them is added up. Pure.

A tally is the smallest question: the rows of one source that meet all conditions within a window of days. Every metric
is made of one or a few of them, and all tallies over one source are answered in one pass.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rixin.catalogue.periods import Period, day_number
from rixin.catalogue.sources import own_day
from rixin.catalogue.work_schema import Metric, Step, Where

Condition = tuple[str, object]
"""A field, and what is asked of it."""


@dataclass(frozen=True)
class Holds:
    """A block of conditions on fields. All of them are met; or, with `so` false, not all of them are."""

    where: tuple[Condition, ...]
    so: bool = True


@dataclass(frozen=True)
class Window:
    """Days that decide whether a row counts: `day` lies between `first` and `last`, both included, as 20221231.

    With `until`, a point in time: the row has begun by `last` and has not ended by then.
    """

    day: str
    first: int | None
    last: int
    until: str | None = None


Criterion = Window | Condition
"""What can be told of a row by itself, and once for all tallies that ask it."""


@dataclass(frozen=True)
class Tally:
    """`conditions`: every one of them must hold."""

    source: str
    conditions: tuple[Holds, ...]
    window: Window
    adds: str | None = None
    """The number that is added up over the rows."""
    tells_apart: str | None = None
    """The field whose different values are gathered."""

    def criteria(self) -> Iterator[Criterion]:
        """All that has to be known of a row to tell whether it is one of these."""
        yield self.window
        for block in self.conditions:
            yield from block.where


@dataclass(frozen=True)
class Question:
    """One metric for one period, taken apart. `of` and `over` are the questions that it is made of, if it is."""

    metric: Metric
    period: Period
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    """By part: `rows`, and for a rate `part`, `silent` and `excluded 0`, `excluded 1` …"""
    of: "Question | None" = None
    over: "Question | None" = None

    def all_tallies(self) -> Iterator[Tally]:
        yield from self.tallies.values()
        for other in (self.of, self.over):
            if other is not None:
                yield from other.all_tallies()


@dataclass(frozen=True)
class Definitions:
    """`metrics` by code; `returns`: the record types that are due for each period, by code."""

    metrics: Mapping[str, Metric]
    returns: Mapping[str, Step] = field(default_factory=dict)


def question(metric: Metric, period: Period, known: Definitions) -> Question:
    """Raises KeyError for a metric that names one which is not there: the catalogue's checks rule that out."""
    if metric.measure in ("growth", "ratio"):
        of = known.metrics[metric.of or ""]
        if metric.over is not None:
            over = question(known.metrics[metric.over], period, known)
        else:
            before = period.year_before() if metric.against == "last_year" else period.before()
            over = question(of, before, known)
        return Question(metric, period, of=question(of, period, known), over=over)
    return Question(metric, period, tallies=dict(_tallies(metric, period, known)))


def _tallies(metric: Metric, period: Period, known: Definitions) -> Iterator[tuple[str, Tally]]:
    source = metric.source or ""
    window = _window(metric, period)
    adds, tells_apart = metric.adds, metric.tells_apart
    if metric.measure == "sum" and source in known.returns:
        tells_apart = "day"  # so that a missing return is noticed
    if metric.measure != "rate":
        yield "rows", Tally(source, _all_of(metric.where), window, adds, tells_apart)
        return
    answered = _all_of(metric.where)
    reasons = [Holds(frozen(exclusion.where)) for exclusion in metric.excluded]
    left = tuple(Holds(reason.where, so=False) for reason in reasons)
    yield "rows", Tally(source, (*answered, *left), window)
    yield "part", Tally(source, (*answered, *left, *_all_of(metric.part)), window)
    if metric.asked and metric.where:
        yield "silent", Tally(source, (*_all_of(metric.asked), *left, Holds(frozen(metric.where), so=False)), window)
    for nth, reason in enumerate(reasons):
        # A row that is left out for two reasons is counted under the first.
        yield f"excluded {nth}", Tally(source, (*answered, *left[:nth], reason), window)


def _window(metric: Metric, period: Period) -> Window:
    day = metric.day or own_day(metric.source or "")
    if metric.at_a_point:
        return Window(day, None, day_number(period.last), metric.until)
    return Window(day, day_number(period.first), day_number(period.last))


def _all_of(where: Where) -> tuple[Holds, ...]:
    return (Holds(frozen(where)),) if where else ()


def frozen(where: Where) -> tuple[Condition, ...]:
    """The conditions of a definition as a tally has them."""
    return tuple((name, tuple(one) if isinstance(one, list) else one) for name, one in where.items())
