"""Figures as they are asked without this product's engine: one after the other, each part of one a query of the ORM."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from rixin.cases.models import Case as Matter
from rixin.catalogue.sources import CASES
from rixin.catalogue.work_schema import Bounds
from rixin.catalogue.worktime import LOCAL
from rixin.metrics.figures import Answer
from rixin.metrics.relations import columns_of
from rixin.metrics.tallies import Holds, Question, Tally
from rixin.records.models import Record

Rows = QuerySet[Any]
_OF_CASES = {
    "channel": "channel", "rating": "rating", "outcome": "outcome", "phase": "phase", "urgency": "urgency",
    "type": "type", "matter_class": "group", "excluded": "excluded", "opened_day": "opened_at",
    "answered_day": "answered_at", "handled_day": "handled_at", "resolved_day": "resolved_at",
    "closed_day": "closed_at", "rated_day": "rated_at",
}  # fmt: skip
"""Columns of cases that are a field. What has to be worked out from clocks and the ledger is not asked here."""


def can_ask(question: Question) -> bool:
    return all(_names(tally) <= _OF_CASES.keys() for tally in question.all_tallies() if tally.source == CASES)


def _names(tally: Tally) -> set[str]:
    return {tally.window.day, *(name for block in tally.conditions for name, _asked in block.where)}


def answers(question: Question) -> dict[Tally, Answer]:
    """Asks a query or two for each tally."""
    return {tally: _answer(tally, _rows(tally)) for tally in question.all_tallies()}


def _answer(tally: Tally, rows: Rows) -> Answer:
    apart = frozenset(_told_apart(tally, rows))
    if not tally.adds:
        return Answer(rows.count(), 0, 0, apart)
    amounts = rows.annotate(amount=Cast(KT(f"values__{tally.adds}"), BigIntegerField()))
    found = amounts.aggregate(rows=Count("pk"), added=Sum("amount"))
    return Answer(found["rows"], 0, found["added"] or 0, apart)


def _told_apart(tally: Tally, rows: Rows) -> Iterable[Any]:
    if tally.tells_apart == "day":
        return [int(f"{day:%Y%m%d}") for day in rows.values_list("day", flat=True).distinct()]
    if tally.tells_apart:
        return set(rows.values_list(f"values__{tally.tells_apart}", flat=True).distinct()) - {None, ""}
    return ()


def _rows(tally: Tally) -> Rows:
    ask = _Asking(tally.source)
    window = tally.window
    rows = ask.all().filter(ask.until(window.day, window.last))
    if window.first is not None:
        rows = rows.filter(ask.since(window.day, window.first))
    if window.until is not None:
        rows = rows.filter(~ask.filled(window.until, True) | ~ask.until(window.until, window.last))
    for nth, block in enumerate(tally.conditions):
        rows = ask.meeting(rows, block, f"met_{nth}")
    return rows


class _Asking:
    """The conditions of tallies over one source, as Q."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._cases = source == CASES
        self._columns = columns_of(source)

    def all(self) -> Rows:
        return Matter.objects.all() if self._cases else Record.objects.filter(type=self._source, status="confirmed")

    def since(self, name: str, day: int) -> Q:
        return Q(**{f"{self._field(name)}__gte": self._day(name, day)})

    def until(self, name: str, day: int) -> Q:
        return Q(**{f"{self._field(name)}__{'lt' if self._cases else 'lte'}": self._day(name, day, after=1)})

    def filled(self, name: str, so: bool) -> Q:
        field = self._field(name)
        there = Q(**{f"{field}__isnull": False})
        if self._columns[name].kind in ("code", "text"):
            there &= ~Q(**{field: ""})
        return there if so else ~there

    def meeting(self, rows: Rows, block: Holds, name: str) -> Rows:
        met = Q(*(one for said in block.where for one in self._met(*said)))
        # Where a field is not filled in, a condition is neither true nor false: such a row does not meet it.
        return rows.annotate(**{name: Case(When(met, then=Value(1)), default=Value(0))}).filter(**{name: int(block.so)})

    def _met(self, name: str, asked: object) -> Iterator[Q]:
        field = self._field(name)
        if isinstance(asked, tuple):
            yield Q(**{f"{field}__in": [self._stored(name, one) for one in asked]})
        elif not isinstance(asked, Bounds):
            yield Q(**{field: self._stored(name, asked)})
        else:
            yield from self._bounded(name, field, asked)

    def _bounded(self, name: str, field: str, asked: Bounds) -> Iterator[Q]:
        if asked.at_least is not None:
            yield Q(**{f"{field}__gte": self._stored(name, asked.at_least)})
        if asked.at_most is not None:
            yield Q(**{f"{field}__lte": self._stored(name, asked.at_most)})
        if asked.filled is not None:
            yield self.filled(name, asked.filled)
        if asked.other_than is not None:
            yield ~Q(**{field: self._stored(name, asked.other_than)})
        if asked.by is not None:
            yield Q(**{f"{field}__lte": F(self._field(asked.by))})

    def _field(self, name: str) -> str:
        if self._cases:
            return _OF_CASES[name]
        return name if name == "day" else f"values__{name}"

    def _day(self, name: str, day: int, after: int = 0) -> object:
        """As the field keeps it: a moment of a case, the date of a record, a number among a record's values."""
        if not self._cases and name != "day":
            return day
        said = date(day // 10000, day // 100 % 100, day % 100)
        return datetime.combine(said + timedelta(days=after), time(), LOCAL) if self._cases else said

    def _stored(self, name: str, value: object) -> object:
        column = self._columns[name]
        if isinstance(value, bool):
            return value if self._cases else int(value)
        return value * 10**column.decimals if isinstance(value, int) and column.kind == "number" else value
