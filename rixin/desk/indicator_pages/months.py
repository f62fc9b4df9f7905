"""The months of an indicator as its table shows them: amounts as they were returned, what is missing, what waits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.dates import day_text
from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Metric, RecordField
from rixin.desk.figure_pages.asking import Asking as AskingFigure
from rixin.desk.indicator_pages.asking import Asking, return_of
from rixin.metrics import wording
from rixin.metrics.comparing import between
from rixin.metrics.figures import rounded
from rixin.metrics.indicators import Course
from rixin.metrics.scope import Place
from rixin.people.staff import Staff
from rixin.records import due, queries

State = Literal["", "late", "due", "waits"]


@dataclass(frozen=True)
class Month:
    """Amounts without their unit; addresses are "" where there is nothing that the person may open."""

    name: str
    now: str
    now_address: str
    before: str
    before_address: str
    change: str
    state: State
    says: str
    """What is missing or waits."""
    address: str
    """Where it is entered or confirmed."""


@dataclass(frozen=True)
class Waiting:
    """What is on its way to the months of a year, for one person. By kind of return, and by the last day of a month."""

    drafts: Mapping[tuple[str, date], int]
    seen: Collection[int]
    """Ids of those drafts that the person may see."""
    enterable: Collection[str]
    """Kinds of return that the person may enter."""


def waiting(staff: Staff, metrics: list[Metric], asking: Asking) -> Waiting:
    kinds = {metric.source or "" for metric in metrics}
    found = {(kind, day): pk for kind, day, pk in due.drafts(kinds, Period.of("year", date(asking.year, 1, 1)))}
    seen = queries.visible_to(staff).filter(pk__in=found.values()).values_list("pk", flat=True)
    return Waiting(found, set(seen), {version.type.code for version in queries.enterable_by(staff)})


def months_of(course: Course, asking: Asking, waits: Waiting, today: date) -> list[Month]:
    """The twelve, whatever is there of them."""
    metric, record = course.metric, return_of(course.metric)
    year = list(Period.of("year", date(course.year, 1, 1)).parts("month"))
    there = {one.last for one in year if one.first.month in course.now or (record.code, one.last) in waits.drafts}
    # Where nothing was ever returned it begins with the month that is over.
    since = asking.since.get(record.code, Period.of("month", today).before().last)
    gone = due.missing_of(record, year[: asking.until], there, since=since, today=today)
    missing = {one.period: one for one in gone}
    return [_month(course, metric, one, missing.get(one), waits) for one in year]


def _month(course: Course, metric: Metric, period: Period, missing: due.Missing | None, waits: Waiting) -> Month:
    nth, kind = period.first.month, metric.source or ""
    now, before = course.now.get(nth), course.before.get(nth)
    draft = waits.drafts.get((kind, period.last))
    state, says, address = _state(kind, period, missing, draft, waits)
    return Month(
        name=wording.month(nth),
        now=as_returned(metric, now),
        now_address=figure_address(metric, period, course.place) if now is not None else "",
        before=as_returned(metric, before),
        before_address=figure_address(metric, period.year_before(), course.place) if before is not None else "",
        change=wording.compared(between(now, before)),
        state=state,
        says=says,
        address=address,
    )


def _state(
    kind: str, period: Period, missing: due.Missing | None, draft: int | None, waits: Waiting
) -> tuple[State, str, str]:
    if draft is not None:
        address = reverse("records:record", args=[draft]) if draft in waits.seen else ""
        return "waits", _("waits for confirmation, not counted"), address
    if missing is None:
        return "", "", ""
    address = ""
    if kind in waits.enterable:
        address = f"{reverse('records:new', args=[kind])}?{urlencode({'day': str(period)})}"
    if missing.days_late:
        return "late", _("missing, was due on {day}").format(day=day_text(missing.due)), address
    return "due", _("not there yet, due on {day}").format(day=day_text(missing.due)), address


def figure_address(metric: Metric, period: Period, place: Place, *, page: str = "figures:figure", by: str = "") -> str:
    """Of the page that opens a figure to its rows."""
    return f"{reverse(page, args=[metric.code])}?{AskingFigure(period, place).query(by=by)}"


def as_returned(metric: Metric, amount: Fraction | None) -> str:
    return wording.NONE if amount is None else wording.plain(returned(metric, amount))


def returned(metric: Metric, amount: Fraction) -> Decimal:
    """The amount of a month in the unit of its return: a year's unit may be too large for it."""
    asked, measures = _field(metric), versions.work().measures
    factor = Fraction(measures[metric.show.unit].factor) / Fraction(measures[asked.unit or ""].factor)
    return rounded(amount * factor, asked.decimals)


def _field(metric: Metric) -> RecordField:
    return next(asked for asked in return_of(metric).fields if asked.name == metric.field)


def unit_returned(metric: Metric) -> str:
    return versions.work().measures[_field(metric).unit or ""].name.here()
