"""A figure as a report cites it: in the words of the report's language, with all that is needed to check and open it.

What is cited knows nothing of definitions or rows any more, so that a sealed report reads the same ever after.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from rixin.metrics import wording
from rixin.metrics.definitions import stands_for
from rixin.metrics.figures import Figure
from rixin.metrics.only import Only

Part = tuple[str, str]
"""The name of a part of a figure, and the figure of that part."""


@dataclass(frozen=True)
class LeftOut:
    reason: str
    rows: int


@dataclass(frozen=True)
class Base:
    """What a growth or a ratio is against."""

    period: str
    value: int | float | None
    digest: str


@dataclass(frozen=True)
class Counted:
    """One count of rows that a figure is made of: a metric by code, and its period."""

    metric: str
    period: str


@dataclass(frozen=True)
class Cited:
    """`value` is a number as it is shown, `exact` the quotient that it was rounded from. `area` is a path, `office` a
    unit's code; `kind`, `place` and `topic` narrow a figure of matters. `unit` is the unit of measure.
    """

    key: str
    id: str
    name: str
    meaning: str
    value: int | float | None
    unit: str
    display: str
    at_least: bool
    rows: int
    period: str
    period_name: str
    area: str
    office: str
    kind: str
    place: str
    where: str
    """The place, and the kind, in words."""
    as_of: str
    digest: str
    exact: str | None
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    why: str | None
    numerator: int | None
    denominator: int | None
    not_answered: int | None
    excluded: tuple[LeftOut, ...]
    base: Base | None
    counted: tuple[Counted, ...]
    """The counts whose rows are behind it: its own, or of a growth and a ratio those of both its figures."""
    definition: str
    """Stands for how it is defined, with all that the definition is made of."""
    months: tuple[Part, ...] = ()
    areas: tuple[Part, ...] = ()
    topic: str = ""

    @property
    def moment(self) -> datetime:
        """`as_of` as a moment."""
        return datetime.fromisoformat(self.as_of)

    @property
    def only(self) -> Only:
        return Only(self.kind, self.place, self.topic)

    @property
    def scope(self) -> str:
        return scope_of(self.area, self.office, self.only)


def key_of(figure: Figure) -> str:
    """One name per figure in a report, whatever it says: metric, period, scope."""
    return f"{figure.code}|{figure.period}|{scope_of(figure.area, figure.unit, figure.only)}"


def scope_of(area: str, unit: str, only: Only) -> str:
    scope = "|".join((area, unit, only.kind, only.place)).rstrip("|")
    return f"{scope}#{only.topic}" if only.topic else scope


def cite(figure: Figure) -> Cited:
    """In the language in use."""
    metric = wording.metric_of(figure.code)
    rate = figure.numerator is not None
    return Cited(
        key=key_of(figure),
        id=figure.code,
        name=wording.name_of(figure.code),
        meaning=metric.meaning.here(),
        value=number(figure),
        unit=wording.unit_of(figure.code),
        display=wording.shown(figure),
        at_least=figure.at_least,
        rows=figure.rows,
        period=str(figure.period),
        period_name=wording.period(figure.period),
        area=figure.area,
        office=figure.unit,
        kind=figure.only.kind,
        place=figure.only.place,
        topic=figure.only.topic,
        where=wording.where(figure),
        as_of=timezone.localtime(figure.as_of).isoformat(timespec="seconds"),
        digest=figure.digest,
        exact=str(figure.exact) if figure.exact is not None else None,
        missing=figure.missing,
        remarks=tuple(wording.remarks(figure)),
        why=figure.why,
        numerator=figure.numerator,
        denominator=figure.denominator,
        not_answered=figure.silent,
        excluded=tuple(LeftOut(wording.excluded_name(one), one.rows) for one in figure.excluded) if rate else (),
        base=Base(str(figure.base.period), number(figure.base), figure.base.digest) if figure.base else None,
        counted=tuple(dict.fromkeys(_counted(figure))),
        definition=stands_for(figure.code),
    )


def number(figure: Figure) -> int | float | None:
    if figure.value is None:
        return None
    whole = figure.value == figure.value.to_integral_value() and wording.metric_of(figure.code).show.decimals == 0
    return int(figure.value) if whole else float(figure.value)


def _counted(figure: Figure) -> list[Counted]:
    if figure.of is None or figure.base is None:
        return [Counted(figure.code, str(figure.period))]
    return [*_counted(figure.of), *_counted(figure.base)]
