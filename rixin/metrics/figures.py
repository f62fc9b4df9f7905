"""From counted rows to figures: exact arithmetic, rounding once at the end, and what has to be said beside a number.

A figure never travels bare: value, unit, period, as-of time and the rows behind it stay together until it is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Literal

from rixin.catalogue.periods import Period, day_number
from rixin.catalogue.work_schema import Metric
from rixin.chain import digest
from rixin.metrics.only import ALL, Only
from rixin.metrics.tallies import Question, Tally

SMALL = 30
"""A rate over fewer rows than this says little: it is marked, and not ranked."""
Why = Literal["nothing_returned", "nothing_counted", "no_base", "base_is_zero", "part_missing"]


@dataclass(frozen=True)
class Answer:
    """What was counted for one tally: rows, the sum of what it adds, the different values that it tells apart.

    `check` is the sum of the rows' marks: it changes when a row comes, goes or is changed.
    """

    rows: int = 0
    check: int = 0
    added: int = 0
    apart: frozenset[object] = frozenset()


Answers = Mapping[Tally, Answer]


@dataclass(frozen=True)
class Scaling:
    """How the numbers of a metric become numbers of its unit.

    `factor`: one of its last digits in the shown unit. `of_unit`: the shown unit in the own one of its dimension.
    """

    factor: Fraction
    of_unit: Fraction
    expected: Literal["day", "month", "quarter", "year"] | None = None
    """For a sum over returns: how often one is due."""


@dataclass(frozen=True)
class Excluded:
    zh: str
    en: str
    rows: int


@dataclass(frozen=True)
class Figure:
    """One metric for one period and place, as it was known at `as_of`.

    `value` is rounded as the metric is shown, `exact` is not; both None where there is nothing to say, for the reason
    in `why`. `rows` is the number of rows behind it, `digest` stands for which rows in which version they were.
    """

    code: str
    period: Period
    area: str
    unit: str
    value: Decimal | None
    exact: Fraction | None
    rows: int
    digest: str
    as_of: datetime
    why: Why | None = None
    at_least: bool = False
    """The value was rounded down, and more was counted."""
    numerator: int | None = None
    denominator: int | None = None
    silent: int | None = None
    """Who was asked and did not answer."""
    excluded: tuple[Excluded, ...] = ()
    missing: tuple[str, ...] = ()
    """Periods for which the return is not there."""
    base: "Figure | None" = None
    """What a growth or a ratio is against."""
    of: "Figure | None" = field(default=None, repr=False)
    """What grows, or is divided."""
    only: Only = ALL

    @property
    def small(self) -> bool:
        return self.denominator is not None and 0 < self.denominator < SMALL


def rounded(exact: Fraction, decimals: int, down_to: int | None = None) -> Decimal:
    """Rounded to `decimals` digits, a half to the even digit; or down to a multiple of `down_to`.

    Source: GB/T 8170-2008, rules of rounding off for numerical values.
    """
    if down_to is not None:
        return Decimal(exact // down_to * down_to)
    scaled = exact * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest > scaled.denominator or (2 * rest == scaled.denominator and whole % 2):
        whole += 1
    return Decimal(whole).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Frame:
    """For which place, and when, figures are made."""

    area: str
    unit: str
    as_of: datetime
    today: date
    part: bool = False
    """Whether it is one part of a figure that was split: parts are not rounded down to “more than”."""
    only: Only = ALL


def figure(question: Question, answers: Answers, scaling: Mapping[str, Scaling], frame: Frame) -> Figure:
    """The figure that the answers give. `scaling` is by metric code."""
    metric = question.metric
    if metric.measure in ("growth", "ratio"):
        return _of_two(question, answers, scaling, frame)
    rows = answers.get(question.tallies["rows"], Answer())
    if metric.measure == "rate":
        return _rate(question, answers, scaling[metric.code], frame)
    why: Why | None = None
    missing = _missing(question, rows, scaling[metric.code], frame)
    counted = rows.added if metric.adds else len(rows.apart) if metric.tells_apart else rows.rows
    if scaling[metric.code].expected and not rows.rows:
        why = "nothing_returned"
    exact = None if why else counted * scaling[metric.code].factor
    return _made(question, exact, [("rows", rows)], frame, why=why, rows=rows.rows, missing=missing)


def _rate(question: Question, answers: Answers, scaling: Scaling, frame: Frame) -> Figure:
    parts = {name: answers.get(tally, Answer()) for name, tally in question.tallies.items()}
    rows, part = parts["rows"], parts["part"]
    exact = Fraction(part.rows, rows.rows) * scaling.factor if rows.rows else None
    names = [exclusion.name for exclusion in question.metric.excluded]
    return _made(
        question,
        exact,
        list(parts.items()),
        frame,
        why=None if rows.rows else "nothing_counted",
        rows=rows.rows,
        numerator=part.rows,
        denominator=rows.rows,
        silent=parts["silent"].rows if "silent" in parts else None,
        excluded=tuple(Excluded(name.zh, name.en, parts[f"excluded {nth}"].rows) for nth, name in enumerate(names)),
    )


def _of_two(question: Question, answers: Answers, scaling: Mapping[str, Scaling], frame: Frame) -> Figure:
    """Growth of one figure against another, or one divided by another."""
    if question.of is None or question.over is None:
        raise ValueError(f"{question.metric.code} is made of nothing")
    of = figure(question.of, answers, scaling, frame)
    over = figure(question.over, answers, scaling, frame)
    why: Why | None = None
    exact: Fraction | None = None
    if of.exact is None or of.missing:
        why = "part_missing"
    elif over.exact is None or over.missing:
        why = "no_base"
    elif not over.exact:
        why = "base_is_zero"
    else:
        one, other = (shown.exact * scaling[shown.code].of_unit for shown in (of, over) if shown.exact is not None)
        share = (one - other) / abs(other) if question.metric.measure == "growth" else one / other
        exact = (1 - share if question.metric.rest else share) * scaling[question.metric.code].factor
    return _made(
        question, exact, [("of", of.digest), ("over", over.digest)], frame, why=why, rows=of.rows, base=over, of=of
    )


def _missing(question: Question, rows: Answer, scaling: Scaling, frame: Frame) -> tuple[str, ...]:
    """The periods for which a return is due by today and not there."""
    if scaling.expected is None or not rows.rows:
        return ()
    due = (part for part in question.period.parts(scaling.expected) if part.last < frame.today)
    return tuple(str(part) for part in due if day_number(part.last) not in rows.apart)


def _made(
    question: Question,
    exact: Fraction | None,
    behind: list[tuple[str, Answer]] | list[tuple[str, str]],
    frame: Frame,
    **said: object,
) -> Figure:
    metric = question.metric
    down_to = None if frame.part or frame.only else metric.show.at_least
    if down_to is not None and exact is not None and exact < down_to:
        down_to = None  # “more than none” would say nothing
    value = None if exact is None else rounded(exact, metric.show.decimals, down_to)
    counted = [[name, _plain(answer)] for name, answer in behind]
    place = [frame.area, frame.unit, *frame.only.said()]
    defined = metric.model_dump(mode="json", exclude={"indicator"})  # on which pages it stands changes no number
    stands_for = digest([defined, str(question.period), *place, counted, str(exact)])
    return Figure(
        code=metric.code,
        period=question.period,
        area=frame.area,
        unit=frame.unit,
        value=value,
        exact=exact,
        digest=stands_for,
        as_of=frame.as_of,
        at_least=down_to is not None and exact is not None and value is not None and exact > value,
        only=frame.only,
        **said,  # type: ignore[arg-type]
    )


def _plain(answer: Answer | str) -> object:
    if isinstance(answer, str):
        return answer
    return [answer.rows, answer.check, answer.added, sorted(map(str, answer.apart))]


def direction(metric: Metric, grown: Decimal) -> Literal["better", "worse", "same"] | None:
    """Whether a change of this sign is good; None where the metric says neither."""
    if metric.better is None:
        return None
    if not grown:
        return "same"
    return "better" if (grown > 0) == (metric.better == "more") else "worse"
