"""The records of the demo years, drawn from their plans: the same seed gives the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.catalogue.worktime import WorkCalendar
from rixin.demo.work import dealing
from rixin.demo.work.plan import Drawing, Plan, listed, plans, words
from rixin.facilities.models import Facility
from rixin.places.atlas import Atlas
from rixin.places.chain import KnownPlace
from rixin.records.facilities import with_open_days

YEARS = (2021, 2022, 2023)


@dataclass(frozen=True)
class Where:
    """An area, and the quarter in it where the work was done, or the facility that it belongs to."""

    area_path: str
    quarter: KnownPlace | None = None
    facility: Facility | None = None


@dataclass(frozen=True)
class Drawn:
    """One record to come. `values` are as they would be typed."""

    type: str
    day: date
    where: Where
    values: dict[str, Any]
    source: str = ""


class Maker:
    """`types`: the record types by code; `street`: the path of the whole."""

    def __init__(
        self, types: dict[str, RecordType], atlas: Atlas, calendar: WorkCalendar, street: str, random: Random
    ) -> None:
        self._types, self._calendar, self._street, self._random = types, calendar, street, random
        self._quarters = {
            place.code: Where(chain.path if (chain := atlas.chain_of_place(place)) else street, place)
            for place in atlas.places_within(street)
            if place.kind == "quarter"
        }
        communities = [area for area in atlas.children("330106013") if not area.retired]
        self._communities = [Where(area.path) for area in communities]

    def make(self, until: date) -> Iterator[Drawn]:
        """Every record up to the day, type by type."""
        for code, plan in plans().items():
            record = self._types[code]
            if plan.where == "each_facility":
                rows = self._of_facilities(record, plan, until)
            else:
                rows = self._listed(record, plan) if plan.listed else self._drawn(record, plan)
            yield from (row for row in rows if row.day <= until)

    def _listed(self, record: RecordType, plan: Plan) -> Iterator[Drawn]:
        for said in listed(plan.listed) if isinstance(plan.listed, str) else plan.listed:
            values = dict(said)
            day = date.fromisoformat(values.pop("day"))
            where = Where(self._street)
            if quarter := values.pop("quarter", None):
                known = self._quarters.get(quarter)
                where = known or where
                # Some record types name the quarter in a field of their own, written as it is called.
                if any(field.name == "quarter" for field in record.fields):
                    values["quarter"] = known.quarter.name_zh if known and known.quarter else quarter
            yield Drawn(record.code, day, where, values)

    def _drawn(self, record: RecordType, plan: Plan) -> Iterator[Drawn]:
        for year in YEARS:
            days = self._days(record, plan, year)
            spots = [self._where(plan, nth) for nth in range(len(days))]
            if plan.where == "each_community":
                spots = [spot for _day in days for spot in self._communities]
                days = [day for day in days for _spot in self._communities]
            columns = {
                field.name: self._column(field, plan.fields[field.name], year, days, spots)
                for field in record.fields
                if field.name in plan.fields and not _leans(plan.fields[field.name])
            }
            chosen = self._chosen(plan, year, len(days))
            for nth, (day, where) in enumerate(zip(days, spots, strict=True)):
                values = {name: column[nth] for name, column in columns.items() if column[nth] is not None}
                self._lean(plan, values, nth, day, chosen)
                if plan.where == "named_quarter":
                    where = self._named(values["quarter"])
                yield Drawn(record.code, day, where, values, plan.source)

    def _of_facilities(self, record: RecordType, plan: Plan, until: date) -> Iterator[Drawn]:
        """A return of each day on which the facility was open, but for those that nobody wrote. Draws of its own."""
        for facility, open_ in with_open_days(record.facility):
            random = Random(f"{record.code} {facility.name_zh}")
            usual = {field.name: random.randint(*plan.fields[field.name].between or (0, 0)) for field in record.fields}
            for day in _days_of_returns(plan, until):
                # What a morning has to bring is not there in the evening of the same day.
                if not open_.holds(day, day) or day == until or random.random() > plan.returned:
                    continue
                share = 0.85 + 0.3 * random.random() - (0.35 if day.weekday() >= 5 else 0)
                values = {name: round(count * share) for name, count in usual.items()}
                yield Drawn(record.code, day, Where(facility.area_path, facility=facility), values)

    def _days(self, record: RecordType, plan: Plan, year: int) -> list[date]:
        count = plan.rows.get(year, 0)
        first = max(date(year, 1, 1), date.fromisoformat(plan.first)) if plan.first else date(year, 1, 1)
        last = min(date(year, 12, 31), date.fromisoformat(plan.last)) if plan.last else date(year, 12, 31)
        if count == "each":
            whole = Period(first, last, "year")
            return [part.last for part in whole.parts(record.period or "month")]
        span = _span(first, last)
        if plan.days == "working":
            span = [day for day in span if self._calendar.is_working(day)]
        return sorted(self._random.choices(span, k=count))

    def _where(self, plan: Plan, nth: int) -> Where:
        if plan.where == "community":
            return self._random.choice(self._communities)
        if plan.where == "quarter":
            return self._random.choice(list(self._quarters.values()))
        return Where(self._street)

    def _named(self, name: str) -> Where:
        found = (where for where in self._quarters.values() if where.quarter and where.quarter.name_zh == name)
        return next(found, Where(self._street))

    # ---- one field of all rows of a year

    def _column(self, field: RecordField, how: Drawing, year: int, days: list[date], spots: list[Where]) -> list[Any]:
        count = len(days)
        values = self._values(field, how, year, count, spots)
        if how.said:
            values = [how.said.format(value) for value in values]
        if how.filled < 1:
            values = [value if self._random.random() < how.filled else None for value in values]
        return values

    def _values(self, field: RecordField, how: Drawing, year: int, count: int, spots: list[Where]) -> list[Any]:
        random = self._random
        if how.hand is not None:
            return dealing.hand(how.hand.get(year, {}), random) if count else []
        if how.deal is not None:
            return self._dealt(field, how, year, count)
        if how.pick is not None:
            known = words()[how.pick]
            return dealing.distinct(known, count, random) if how.once else random.choices(known, k=count)
        if how.weigh is not None:
            return [dealing.weighed(how.weigh, random) for _nth in range(count)]
        if how.between is not None:
            return [random.randint(*how.between) for _nth in range(count)]
        if how.yes is not None:
            return [random.random() < how.yes for _nth in range(count)]
        if how.quarter_name:
            return [where.quarter.name_zh if where.quarter else "" for where in spots]
        return [how.same] * count

    def _dealt(self, field: RecordField, how: Drawing, year: int, count: int) -> list[Decimal]:
        scale = field.decimals if field.kind == "amount" else 0
        total = int(Decimal((how.deal or {}).get(year, "0")).scaleb(scale))
        step = int(Decimal(how.round_to).scaleb(scale)) if how.round_to else 1
        least = 1 if total >= count and how.even < 1 else 0
        parts = dealing.dealt(total, count, even=how.even, least=least, step=step, random=self._random)
        return [Decimal(part).scaleb(-scale) for part in parts]

    # ---- fields that lean on others of the same row

    def _chosen(self, plan: Plan, year: int, rows: int) -> dict[str, frozenset[int]]:
        """Of fields that an exact number of rows have: which rows."""
        return {
            name: dealing.some(rows, how.count[year], self._random)
            for name, how in plan.fields.items()
            if year in how.count and rows
        }

    def _lean(self, plan: Plan, values: dict[str, Any], nth: int, day: date, chosen: dict[str, frozenset[int]]) -> None:
        for name, how in plan.fields.items():
            if not _leans(how) or (name in chosen and nth not in chosen[name]):
                continue
            if any(str(values.get(other)) == value for other, value in how.unless.items()):
                continue
            if any(str(values.get(other)) != str(value) for other, value in how.when.items()):
                continue
            values[name] = how.same if how.same is not None else self._later(how, values, day).isoformat()

    def _later(self, how: Drawing, values: dict[str, Any], day: date) -> date:
        found = day + timedelta(days=self._random.randint(*(how.after or (0, 0))))
        if how.late and self._random.random() < how.late:
            found = date.fromisoformat(values["due_on"]) + timedelta(days=self._random.randint(*how.late_by))
        return min(found, date(day.year, 12, 31)) if how.within_year else found


def _days_of_returns(plan: Plan, until: date) -> list[date]:
    """Those of the plan's own time, and the last ones before `until`."""
    first = date.fromisoformat(plan.first)
    own = _span(first, min(date.fromisoformat(plan.last), until))
    return sorted({*own, *_span(max(first, until - timedelta(days=plan.lately)), until)})


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=nth) for nth in range((last - first).days + 1)]


def _leans(how: Drawing) -> bool:
    return how.after is not None or bool(how.when)
