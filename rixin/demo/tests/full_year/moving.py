"""The ways in which the rows behind a figure can change, read off the figure's definition.

For each figure: a row leaves; a row alike comes, on the first and the last day and just beyond them; a row comes that
fails one of the conditions, for each condition; a return is corrected; somebody begins or ends on the very day. Each
way says what the rows behind the figure do, and is gone through the actions by which people do it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, a_case, minutes, take
from rixin.catalogue import versions
from rixin.catalogue.activity_sources import ACTIVITIES
from rixin.catalogue.enterprise_sources import ENTERPRISES
from rixin.catalogue.facility_sources import FACILITIES
from rixin.catalogue.home_sources import HOMES
from rixin.catalogue.periods import Period, day_number
from rixin.catalogue.programme_sources import PROGRAMMES
from rixin.catalogue.roll_sources import ROLLS
from rixin.catalogue.sources import CASE_COLUMNS, CASES
from rixin.catalogue.work import Work
from rixin.catalogue.work_schema import Bounds, RecordField, RecordType, Where
from rixin.demo.tests.full_year.moving_activities import activity_ways
from rixin.demo.tests.full_year.moving_facilities import facility_ways
from rixin.demo.tests.full_year.moving_homes import home_ways
from rixin.demo.tests.full_year.moving_projects import project_ways
from rixin.demo.tests.full_year.moving_registers import register_ways
from rixin.demo.tests.full_year.ways import LATER, Leaf, Way
from rixin.metrics.tests.plain import Row, meets
from rixin.people import units
from rixin.people.actors import SYSTEM, resident
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.records import actions
from rixin.records.entry import read_values, typed
from rixin.records.journal import NewRecord, own_day, period_of
from rixin.records.models import Record


def leaves(code: str, period: Period, work: Work) -> Iterator[Leaf]:
    metric = work.metrics[code].metric
    if metric.of is None:
        yield Leaf(metric, period)
        return
    yield from leaves(metric.of, period, work)
    if metric.over is not None:
        yield from leaves(metric.over, period, work)
    else:
        earlier = period.year_before() if metric.against == "last_year" else period.before()
        yield from leaves(metric.of, earlier, work)


_OF_KEPT = (
    (ENTERPRISES, register_ways),
    (FACILITIES, facility_ways),
    (HOMES, home_ways),
    (ROLLS, home_ways),
    (ACTIVITIES, activity_ways),
    (PROGRAMMES, project_ways),
)


def ways(leaf: Leaf, work: Work) -> Iterator[Way]:
    if leaf.source == CASES:
        yield from _of_matters(leaf)
        return
    for sources, ways_of in _OF_KEPT:
        if leaf.source in sources:
            yield from ways_of(leaf, work)
            return
    record = work.records[leaf.source].type
    yield Way("a row leaves", leaf, -1, -1, do="withdraw")
    if record.period:
        yield Way("a return is corrected", leaf, 0, do="correct")
        if record.confirmed:
            yield Way("a corrected return waits to be confirmed", leaf, -1, do="correct_to_draft")
        yield Way("a return of the period before", leaf, 0, do="correct", day=leaf.period.before().last)
        yield Way("a return of the period after", leaf, 0, do="correct", day=leaf.period.after().first)
        return
    yield Way("a row alike", leaf, 1, 1)
    if record.confirmed:
        yield Way("a row alike that nobody has confirmed", leaf, 0, do="enter_draft")
    yield from _in_time(leaf)
    yield from _failing(leaf, {field.name: field for field in record.fields})


def _in_time(leaf: Leaf) -> Iterator[Way]:
    """The first and the last day count, and those beside them do not."""
    period, metric = leaf.period, leaf.metric
    day = metric.day if metric.day not in (None, "day") else None
    if metric.measure == "at_end":
        after = period.last + timedelta(days=1)
        until = metric.until or ""
        yield _on("begun on the last day", leaf, day, period.last, 1)
        yield _on("begun the day after", leaf, day, after, 0)
        yield Way("ended on the last day", leaf, 0, like=((until, day_number(period.last)),))
        yield Way("ended the day after", leaf, 1, like=((until, day_number(after)),))
        return
    yield _on("on the first day", leaf, day, period.first, 1)
    yield _on("on the last day", leaf, day, period.last, 1)
    yield _on("the day before the first", leaf, day, period.first - timedelta(days=1), 0)
    yield _on("the day after the last", leaf, day, period.last + timedelta(days=1), 0)
    if day is not None:
        yield Way("written down in another year", leaf, 1, 1, day=period.first - timedelta(days=40))


def _on(name: str, leaf: Leaf, field: str | None, day: date, rows: int) -> Way:
    """On a day of the row's own, or on one that stands in a field."""
    if field is None:
        return Way(name, leaf, rows, rows, day=day)
    return Way(name, leaf, rows, rows, like=((field, day_number(day)),))


def _failing(leaf: Leaf, fields: Mapping[str, RecordField]) -> Iterator[Way]:
    """Each condition failed by itself, and the numbers that only just meet one."""
    metric = leaf.metric
    for where, rows in ((metric.where, 0), (metric.part, 1)):
        for name, asked in where.items():
            field = fields[name]
            for nth, value in enumerate(_other(field, asked)):
                said = "not filled in" if value is None else f"{typed(field, value)}"
                yield Way(f"with {name} {said} ({nth})", leaf, rows, like=((name, value),))
            for value in _just(field, asked):
                yield Way(f"with {name} just {typed(field, value)}", leaf, 1, 1, like=((name, value),))


def _digits(field: RecordField) -> int:
    return 10**field.decimals if field.kind == "amount" else 1


def _just(field: RecordField, asked: Any) -> Iterator[int]:
    if isinstance(asked, Bounds):
        for bound in (asked.at_least, asked.at_most):
            if bound is not None:
                yield bound * _digits(field)


def _other(field: RecordField, asked: Any) -> Iterator[Any]:
    """Values that do not meet the condition, None for none at all; only such as the field takes."""
    if isinstance(asked, Bounds):
        if asked.at_least is not None:
            yield asked.at_least * _digits(field) - 1
        if asked.at_most is not None:
            yield asked.at_most * _digits(field) + 1
        if asked.filled:
            yield None
        return
    meant = asked if isinstance(asked, list) else [asked]
    if field.kind == "choice":
        yield from [option.code for option in field.options if option.code not in meant][:2]
    elif field.kind == "yes_no":
        yield 1 - int(bool(asked))
    elif field.kind == "count":
        yield max(meant) - 1
    else:
        yield f"{meant[0]}二"
    if not field.required:
        yield None


def _of_matters(leaf: Leaf) -> Iterator[Way]:
    """Of matters: through another door, rated otherwise or not at all, excluded, at the edges of the year."""
    metric, period = leaf.metric, leaf.period
    wants = _wanted(metric.where) | _wanted(metric.part)
    whole = tuple(wants.items())
    in_part = int(metric.measure == "rate")
    yield Way("a matter alike", leaf, 1, in_part, like=whole)
    yield Way("in the first minute", leaf, 1, in_part, like=whole, day=period.first)
    yield Way("in the last minute", leaf, 1, in_part, like=whole, day=period.last)
    yield Way("the minute before", leaf, 0, like=whole, day=period.first - timedelta(days=1))
    yield Way("the minute after", leaf, 0, like=whole, day=period.last + timedelta(days=1))
    for where, rows in ((metric.where, 0), (metric.part, 1)):
        for name, asked in where.items():
            for value in _otherwise(name, asked, where is metric.part):
                yield Way(f"with {name} {value}", leaf, rows, like=tuple({**wants, name: value}.items()))
    if "rated_day" in metric.where:
        # Whoever was asked and did not answer is counted beside the rate.
        yield Way("asked and not rated", leaf, 0, silent=1, like=tuple({**wants, "rating": ""}.items()))
    for name, asked in metric.part.items():
        for one in asked if isinstance(asked, list) else []:
            yield Way(f"with {name} {one}", leaf, 1, 1, like=tuple({**wants, name: one}.items()))
    if metric.excluded:
        yield Way("alike and excluded", leaf, 0, left_out=1, like=(*whole, ("excluded", True)))
        yield Way("an exclusion is granted", leaf, -1, -1, 1, do="exclude")


def _wanted(where: Where) -> dict[str, Any]:
    """What a matter that meets the conditions has in it."""
    found: dict[str, Any] = {}
    for name, asked in where.items():
        if isinstance(asked, Bounds):
            continue  # that there is one at all follows from what it is to be
        found[name] = asked[0] if isinstance(asked, list) else asked
    return found


def _otherwise(name: str, asked: Any, in_part: bool) -> list[str]:
    if isinstance(asked, Bounds):
        return []
    meant = asked if isinstance(asked, list) else [asked]
    # Open311 and imports have doors of their own, which their own tests go through.
    never = () if in_part else ("import", "open311")
    return [option.code for option in CASE_COLUMNS[name].options if option.code not in (*meant, *never)]


# ---- going them


@dataclass(frozen=True)
class Hand:
    """Goes a way. `behind`: the rows behind the leaf as they are, of which one is taken as the pattern."""

    work: Work
    behind: tuple[Row, ...]

    def go(self, way: Way) -> None:
        if way.act is not None:
            way.act()
        elif way.do == "exclude":
            rated = [row["id"] for row in self.behind if row["phase"] == "closed" and row["rating"] == "satisfied"]
            _exclude(Case.objects.get(pk=_middle(rated)))
        elif way.leaf.source == CASES:
            _come_in(way)
        elif way.do == "withdraw":
            record = self._pattern(way)
            actions.withdraw(record, by=SYSTEM, at=LATER, seen=record.version, reason="重复登记")
        elif way.do in ("correct", "correct_to_draft"):
            self._correct(way)
        else:
            self._enter(way)

    def _type(self, way: Way) -> RecordType:
        return self.work.records[way.leaf.source].type

    def _pattern(self, way: Way) -> Record:
        """One in the middle of those that are behind the figure, and of a rate among those that count."""
        decimals = {field.name: field.decimals for field in self._type(way).fields if field.kind == "amount"}
        found = [row["id"] for row in self.behind if meets(row, way.leaf.metric.part, decimals)]
        return Record.objects.get(pk=_middle(found))

    def _enter(self, way: Way) -> None:
        pattern, record = self._pattern(way), self._type(way)
        wanted = {**pattern.values, **dict(way.like)}
        values, faults = read_values(record, {one.name: typed(one, wanted.get(one.name)) for one in record.fields})
        assert not faults, faults
        new = NewRecord(
            version=versions.record(record.code),
            day=way.day or pattern.day,
            area_path=pattern.area_path,
            unit=pattern.unit_id,
            values=values,
            place_code=pattern.place_code,
            address=pattern.address,
        )
        made = actions.enter(new, by=SYSTEM, at=LATER)
        if way.do != "enter_draft":
            actions.confirm(made, by=SYSTEM, at=LATER, seen=made.version)

    def _correct(self, way: Way) -> None:
        """Every number of a return grows; of a period that has none yet, one is entered."""
        record, pattern = self._type(way), self._pattern(way)
        if way.day is not None:
            there = Record.objects.filter(type=record.code, period=period_of(record, own_day(record, way.day))).first()
            if there is None:
                self._enter(way)
                return
            pattern = there
        grown = {name: value + 7_777 for name, value in pattern.values.items()}
        changed = actions.correct(
            pattern, by=SYSTEM, at=LATER, seen=pattern.version, reason="更正", values=grown, day=pattern.day
        )
        if way.do == "correct":
            actions.confirm(changed, by=SYSTEM, at=LATER, seen=changed.version)


def _middle(ids: list[int]) -> int:
    return sorted(ids)[len(ids) // 2]


def _come_in(way: Way) -> None:
    period = way.leaf.period
    day = way.day or period.first + timedelta(days=100)
    # Twenty seconds within or beyond the midnight on which the years part.
    early = day in (period.first, period.last + timedelta(days=1))
    a_matter(datetime.combine(day, time(0, 0, 20) if early else time(23, 59, 40), LOCAL), **dict(way.like))


def a_matter(at: datetime, *, channel: str, rating: str | None = None, excluded: bool = False) -> Case:
    """One that came in at this moment; with `rating` ("" for none) it has gone all the way to there."""
    by = resident() if channel == "code" else SYSTEM
    case = a_case(key=f"{at}", at=at, by=by, channel=channel)
    if rating is None:
        return case
    dispatcher, handler = somebody("dispatcher1"), somebody("sanitation1")
    case = take(case, "accept", dispatcher, at + minutes(5))
    case = take(case, "dispatch", dispatcher, at + minutes(10), unit=units.by_code("sanitation").id)
    case = take(case, "acknowledge", handler, at + minutes(20))
    case = take(case, "handle", handler, at + minutes(40), answer="已清运。")
    case = take(case, "verify", somebody("verifier1"), at + minutes(60))
    case = take(case, "close", dispatcher, at + minutes(80))
    if rating == "not_satisfied":
        again = {"rating": rating, "resolved": False, "rating_reason": "又堆起来了"}
        case = take(case, "rate_unsatisfied", resident(), at + minutes(90), **again)
    elif rating:
        case = take(case, "rate", resident(), at + minutes(90), rating=rating, resolved=True)
    return _exclude(case) if excluded else case


def _exclude(case: Case) -> Case:
    asked = {"reason": "not_the_work", "explanation": "评价的是停车收费"}
    case = take(case, "ask_exclusion", somebody("verifier1"), LATER, **asked)
    return take(case, "grant_exclusion", somebody("leader1"), LATER + minutes(5), note="同意")


def somebody(username: str) -> Staff:
    return Staff.at(Account.objects.get(username=username), LATER)
