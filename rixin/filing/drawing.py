"""From the course of a matter to the values of a record that it leaves. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rixin.catalogue.schema import Drawn, Leaving
from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.records.entry import Values, longest, read_values


@dataclass(frozen=True)
class Taken:
    """One action that was taken, with what was filled in."""

    seq: int
    action: str
    day: date
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Course:
    """All of a matter that a record may tell. `taken`: in their order; `facts` and `clocks` are days by name."""

    state: str
    opened: date
    form: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, date] = field(default_factory=dict)
    clocks: Mapping[str, date] = field(default_factory=dict)
    taken: Sequence[Taken] = ()

    def last(self, *actions: str) -> Taken | None:
        return next((one for one in reversed(self.taken) if one.action in actions), None)

    def until(self, one: Taken) -> "Course":
        """As it stood when this was done, so that the record of one of several visits tells of that visit."""
        return replace(self, taken=[other for other in self.taken if other.seq <= one.seq])


@dataclass(frozen=True)
class Leaf:
    """One record as it should stand. `key` tells it apart from others that the matter leaves."""

    key: str
    day: date
    values: Values


class NotWritable(Exception):
    """The record cannot be written from this matter. `faults`: what is wrong, by field."""

    def __init__(self, record: str, faults: Mapping[str, str]) -> None:
        self.record, self.faults = record, faults
        super().__init__(f"{record}: " + "; ".join(f"{name}: {reason}" for name, reason in faults.items()))


def leaves(leaving: Leaving, record: RecordType, course: Course) -> list[Leaf]:
    """The records of one kind that the matter leaves as it stands; none before it came to that. Raises NotWritable."""
    if course.state in leaving.without:
        return []
    if leaving.each is not None:
        each = [one for one in course.taken if one.action == leaving.each]
        return [_leaf(f"{leaving.record}:{one.seq}", leaving, record, course.until(one)) for one in each]
    if course.last(*leaving.once) is None:
        return []
    return [_leaf(leaving.record, leaving, record, course)]


def _leaf(key: str, leaving: Leaving, record: RecordType, course: Course) -> Leaf:
    told = {asked.name: _fitting(_first(leaving.ways_of(asked.name), course), asked) for asked in record.fields}
    values, faults = read_values(record, told)
    if faults:
        raise NotWritable(record.code, faults)
    day = drawn(leaving.day, course)
    return Leaf(key, date.fromisoformat(day) if day else course.opened, values)


def _fitting(said: Any, asked: RecordField) -> Any:
    """A long text is cut to what the record holds: the whole of it stands with the matter."""
    return said[: longest(asked)] if asked.kind in ("text", "long_text") and isinstance(said, str) else said


def _first(ways: Sequence[Drawn], course: Course) -> Any:
    said = (drawn(way, course) for way in ways)
    return next((value for value in said if value not in (None, "")), None)


def drawn(way: Drawn, course: Course) -> Any:
    """What it comes to: a plain value, a day as 2022-03-16; None where the matter says nothing of it."""
    if way.while_ is not None and way.while_ not in course.facts:
        return None
    return _said(way, course)


def _said(way: Drawn, course: Course) -> Any:
    if way.is_ is not None:
        return way.is_
    if way.form is not None:
        return _told(course.form.get(way.form), way)
    if way.asked is not None:
        action, _dot, name = way.asked.partition(".")
        last = course.last(action)
        return _told(last.given.get(name), way) if last else None
    if way.kept is not None:
        return course.kept.get(way.kept)
    if way.by:
        return next((sign.is_ for sign in way.by if course.last(sign.after)), None)
    if way.done:
        return course.last(*way.done) is not None
    day = _day(way, course)
    return day.isoformat() if day else None


def _day(way: Drawn, course: Course) -> date | None:
    if way.clock is not None:
        return course.clocks.get(way.clock)
    if way.fact is not None:
        return course.facts.get(way.fact)
    if way.day_of:
        last = course.last(*way.day_of)
        return last.day if last else None
    return course.opened


def _told(said: Any, way: Drawn) -> Any:
    return way.as_.get(said, said) if isinstance(said, str) else said
