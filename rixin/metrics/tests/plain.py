"""What a figure should be, counted in plain Python over rows in memory.

Read from the definition alone: nothing of how figures are computed (tallies, marks, SQL, rounding) is shared with it,
so that the two can only agree by being right.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from rixin.cases.models import Case, CaseClock
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.sources import REGISTERS
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import Bounds, Metric, Where
from rixin.metrics.figures import Figure
from rixin.metrics.tests import plain_kept
from rixin.records.models import Record

LOCAL = ZoneInfo("Asia/Shanghai")
Row = Mapping[str, Any]
"""Days are numbers like 20221231, yes and no 1 and 0, amounts whole numbers of their last digit; None: not given."""
Rows = Callable[[str], list[Row]]
"""All rows of a source that count, wherever and whenever they are."""


@dataclass(frozen=True)
class Expected:
    """`value`: as it is shown. `rows`: the ids of the rows behind it."""

    exact: Fraction | None
    value: Fraction | None
    rows: frozenset[int]
    numerator: int | None = None
    denominator: int | None = None
    silent: int | None = None
    excluded: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


def said(figure: Figure, rows: Iterable[int]) -> Expected:
    """What the product says, in the same form. `rows`: the list that the figure opens to."""
    behind = frozenset(rows)
    assert figure.rows == len(behind), f"{figure.code} counts {figure.rows} rows and opens to {len(behind)}"
    return Expected(
        figure.exact,
        None if figure.value is None else Fraction(figure.value),
        behind,
        figure.numerator,
        figure.denominator,
        figure.silent,
        tuple(one.rows for one in figure.excluded),
        figure.missing,
    )


@dataclass(frozen=True)
class Ledger:
    """`today`: until when returns are due. `area`, `unit`: only what lies there and belongs to it."""

    work: Work
    rows: Rows
    today: date
    area: str = ""
    unit: str = ""

    def expected(self, code: str, period: Period) -> Expected:
        metric = self.work.metrics[code].metric
        if metric.measure in ("growth", "ratio"):
            return self._of_two(metric, period)
        if metric.measure == "rate":
            return self._rate(metric, period)
        found = [row for row in self._in_time(metric, period) if meets(row, metric.where, self._decimals(metric))]
        missing = self._missing(metric, period, found)
        exact = None if self._is_return(metric) and not found else self._amount(metric, found)
        return Expected(exact, self._shown(metric, exact), _ids(found), missing=missing)

    # ---- what is divided

    def _rate(self, metric: Metric, period: Period) -> Expected:
        decimals = self._decimals(metric)
        near = self._in_time(metric, period)
        reasons = [exclusion.where for exclusion in metric.excluded]
        answered = [row for row in near if meets(row, metric.where, decimals)]
        left_out = [0] * len(reasons)
        counted = []
        for row in answered:
            first = next((nth for nth, reason in enumerate(reasons) if meets(row, reason, decimals)), None)
            if first is None:
                counted.append(row)
            else:
                left_out[first] += 1
        part = [row for row in counted if meets(row, metric.part, decimals)]
        silent = [
            row
            for row in near
            if metric.asked
            and meets(row, metric.asked, decimals)
            and not meets(row, metric.where, decimals)
            and not any(meets(row, reason, decimals) for reason in reasons)
        ]
        exact = Fraction(len(part), len(counted)) / self._factor(metric.show.unit) if counted else None
        return Expected(
            exact,
            self._shown(metric, exact),
            _ids(counted),
            len(part),
            len(counted),
            len(silent) if metric.asked else None,
            tuple(left_out),
        )

    def _of_two(self, metric: Metric, period: Period) -> Expected:
        of, over, against = metric.of or "", metric.over or metric.of or "", period
        if not metric.over:
            against = period.year_before() if metric.against == "last_year" else period.before()
        one, other = self.expected(of, period), self.expected(over, against)
        if one.exact is None or one.missing or not other.exact or other.missing:
            return Expected(None, None, one.rows)
        above = one.exact * self._factor(self._metric(of).show.unit)
        below = other.exact * self._factor(self._metric(over).show.unit)
        share = (above - below) / abs(below) if metric.measure == "growth" else above / below
        exact = (1 - share if metric.rest else share) / self._factor(metric.show.unit)
        return Expected(exact, self._shown(metric, exact), one.rows)

    # ---- what is counted or added up

    def _in_time(self, metric: Metric, period: Period) -> list[Row]:
        day = metric.day or ("opened_day" if metric.source == "cases" else "day")
        first, last = number(period.first), number(period.last)
        found = [row for row in self.rows(metric.source or "") if row[day] is not None and row[day] <= last]
        if metric.measure.endswith("at_end"):
            found = [row for row in found if row[metric.until] is None or row[metric.until] > last]
        else:
            found = [row for row in found if row[day] >= first]
        return [row for row in found if row["area"].startswith(self.area) and self.unit in ("", row["unit"])]

    def _amount(self, metric: Metric, found: list[Row]) -> Fraction:
        if metric.measure.startswith("distinct"):
            count = len({row[metric.field] for row in found} - {None, ""})
            return Fraction(count) / self._factor(metric.show.unit)
        if not metric.measure.startswith("sum"):
            return Fraction(len(found)) / self._factor(metric.show.unit)
        name = metric.field or ""
        filled_in = self._field(metric.source or "", name)
        digit = Fraction(1, 10**filled_in.decimals) * self._factor(filled_in.unit)
        digits = sum(row[name] or 0 for row in found)
        return digits * digit / self._factor(metric.show.unit)

    def _missing(self, metric: Metric, period: Period, found: list[Row]) -> tuple[str, ...]:
        if not self._is_return(metric) or not found:
            return ()
        there = {row["day"] for row in found}
        step = self.work.records[metric.source or ""].type.period
        due = [part for part in period.parts(step) if part.last < self.today]
        return tuple(str(part) for part in due if number(part.last) not in there)

    def _is_return(self, metric: Metric) -> bool:
        kept = self.work.records.get(metric.source or "")
        return metric.measure == "sum" and kept is not None and kept.type.period is not None

    def _shown(self, metric: Metric, exact: Fraction | None) -> Fraction | None:
        if exact is None:
            return None
        step = metric.show.at_least
        if step and exact >= step:  # what is less is said as it is: “more than none” would say nothing
            return Fraction(floor(exact / step) * step)
        return Fraction(round(exact, metric.show.decimals))

    def _metric(self, code: str) -> Metric:
        return self.work.metrics[code].metric

    def _factor(self, unit: str | None) -> Fraction:
        return Fraction(self.work.measures[unit].factor) if unit else Fraction(1)

    def _field(self, source: str, name: str) -> Any:
        if source in REGISTERS:
            return REGISTERS[source].columns[name]
        return next(one for one in self.work.records[source].type.fields if one.name == name)

    def _decimals(self, metric: Metric) -> Mapping[str, int]:
        if metric.source in REGISTERS:
            return {name: column.decimals for name, column in REGISTERS[metric.source].columns.items()}
        kept = self.work.records.get(metric.source or "")
        return {one.name: one.decimals for one in kept.type.fields if one.kind == "amount"} if kept else {}


def meets(row: Row, where: Where, decimals: Mapping[str, int]) -> bool:
    """Whether the row meets every one of the conditions. What is not filled in meets none but `filled: false`."""
    return all(_met(row, name, asked, 10 ** decimals.get(name, 0)) for name, asked in where.items())


def _met(row: Row, name: str, asked: Any, digits: int) -> bool:
    there = bool(row[name] not in (None, ""))
    if not isinstance(asked, Bounds):
        values = asked if isinstance(asked, list) else [asked]
        return row[name] is not None and row[name] in [
            one * digits if isinstance(one, int) and not isinstance(one, bool) else one for one in values
        ]
    return (
        asked.filled in (None, there)
        and (asked.at_least is None or (there and bool(row[name] >= asked.at_least * digits)))
        and (asked.at_most is None or (there and bool(row[name] <= asked.at_most * digits)))
        and (asked.by is None or (there and row[asked.by] is not None and bool(row[name] <= row[asked.by])))
        and (asked.other_than is None or bool(row[name] != asked.other_than))
    )


def number(day: date | datetime | None) -> int | None:
    """20221231, by the clocks of Hangzhou."""
    if isinstance(day, datetime):
        day = day.astimezone(LOCAL)
    return None if day is None else int(f"{day:%Y%m%d}")


def _ids(rows: list[Row]) -> frozenset[int]:
    return frozenset(row["id"] for row in rows)


# ---- rows as they are stored


class Stored:
    """The rows of the database, read through the models. `before`: rows that stand unchanged are taken from there."""

    def __init__(self, before: "Stored | None" = None) -> None:
        self._before = before
        self._known: dict[str, dict[tuple[int, int], Row]] = {}

    def __call__(self, source: str) -> list[Row]:
        if source in REGISTERS:
            return plain_kept.rows(source)
        if source not in self._known:
            found: Any = Case.objects.all()
            if source != "cases":
                found = Record.objects.filter(type=source, status="confirmed")
            there = list(found.values_list("pk", "version"))
            known = self._before._known.get(source, {}) if self._before else {}
            new = {pk for pk, version in there if (pk, version) not in known}
            read = (_cases if source == "cases" else _records)(source, new if known else None)
            self._known[source] = {key: known.get(key) or read[key[0]] for key in there}
        return list(self._known[source].values())


def _records(source: str, only: set[int] | None) -> dict[int, Row]:
    kind = versions.work().records[source].type
    blank = {one.name: "" if one.kind in ("text", "choice") else None for one in kind.fields}
    found = Record.objects.filter(type=source, status="confirmed").select_related("unit")
    return {
        row.pk: {
            **blank,
            **row.values,
            **({"facility": str(row.facility_id or "")} if kind.facility else {}),
            "id": row.pk,
            "day": number(row.day),
            "area": row.area_path,
            "unit": row.unit.code,
        }
        for row in (found if only is None else found.filter(pk__in=only))
    }


def _cases(_source: str, only: set[int] | None) -> dict[int, Row]:
    clocks = CaseClock.objects.defer("data")
    cases = Case.objects.select_related("unit", "owner_unit").defer("text", "answer", "title")
    if only is not None:
        clocks, cases = clocks.filter(case__in=only), cases.filter(pk__in=only)
    running = {(clock.case_id, clock.code): clock for clock in clocks}
    return {
        case.pk: _case(case, running.get((case.pk, _main_clock(case))), running.get((case.pk, "acknowledge")))
        for case in cases
    }


def _main_clock(case: Case) -> str:
    return versions.version(case.definition_id).rules.lifecycle.main_clock


def _case(case: Case, handle: CaseClock | None, acknowledge: CaseClock | None) -> Row:
    moments = ("opened", "accepted", "answered", "handled", "verified", "resolved", "closed", "rated")
    times = case.ledger.get("times", {})
    proposed = case.ledger.get("kept", {}).get("proposed_type", "")
    settled = handle is not None and (_told(handle) or (handle.status == "paused" and case.handled_at is not None))
    return {
        "id": case.pk,
        "area": case.area_path,
        "unit": (case.unit or case.owner_unit).code,
        "type": case.type,
        "matter_class": case.group,
        "channel": case.channel,
        "urgency": case.urgency,
        "place": case.place_code,
        "phase": case.phase,
        "outcome": case.outcome,
        "rating": case.rating,
        "origin": case.form.get("origin", ""),
        "excluded": int(case.excluded),
        **{f"{name}_day": number(getattr(case, f"{name}_at")) for name in moments},
        "dispatched_day": number(acknowledge.started_at) if acknowledge and _told(acknowledge) else None,
        "due_day": number(handle.due_at) if handle and settled else None,
        "handled_in_time": _kept_in_time(handle, case),
        "responded_in_time": _kept_in_time(acknowledge, case),
        "reopened": times.get("reopen", 0),
        "reworked": times.get("rework", 0),
        "returned": times.get("send_back", 0),
        "extended": times.get("grant_extension", 0),
        "proposed": proposed,
        "proposal_stands": int(proposed == case.type) if proposed else None,
        "merged_into": case.merged_into_id,
    }


def _broken(clock: CaseClock) -> bool:
    """A date is missed, too, once the alarm of a clock that still runs has sounded: no other is to come."""
    return clock.missed or (clock.status == "running" and clock.alarm_at is None)


def _told(clock: CaseClock) -> bool:
    return clock.status == "stopped" or _broken(clock)


def _kept_in_time(clock: CaseClock | None, case: Case) -> int | None:
    if clock is None:
        return None
    too_late = clock.status == "paused" and case.handled_at is not None and case.handled_at > clock.due_at
    return int(not (_broken(clock) or too_late))
