"""Spans of time that follow on each other: what a new one on a day makes of those that are there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class KnownSpan:
    """`until`: the first day on which it no longer holds; None: it holds still. `what`: anything that is compared."""

    first: date
    until: date | None
    what: Any
    key: int | None = None
    """Of the row that has it; None for a new one."""

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


class SaysNothingNew(Exception):
    """It is so on that day already."""


def holding(spans: Sequence[KnownSpan], day: date) -> KnownSpan | None:
    return next((span for span in spans if span.holds(day)), None)


def with_change(spans: Sequence[KnownSpan], what: Any, day: date) -> list[KnownSpan]:
    """All spans once `what` holds from `day` on, until what follows already: in their order, without gap or overlap.

    A span that begins on the same day is replaced. `spans` are in order. Raises SaysNothingNew.
    """
    before = holding(spans, day)
    if before is not None and before.what == what:
        raise SaysNothingNew
    found: list[KnownSpan] = []
    following = next((span.first for span in spans if span.first > day), None)
    new = KnownSpan(day, following, what, before.key if before and before.first == day else None)
    for span in spans:
        if span.first < day:
            found.append(replace(span, until=day) if span is before else span)
        elif span.first > day:
            found.append(span)
    return sorted([*found, new], key=lambda span: span.first)


def without(spans: Sequence[KnownSpan], key: int) -> list[KnownSpan]:
    """All spans as if that row had never been written: what ended on its first day goes on until its last."""
    gone = next(span for span in spans if span.key == key)
    return [replace(span, until=gone.until) if span.until == gone.first else span for span in spans if span.key != key]


def cut(spans: Sequence[KnownSpan], first: date, until: date | None = None) -> list[KnownSpan]:
    """All spans once nothing holds from `first` on, before `until`. What began before does not come back after it."""
    found = []
    for span in spans:
        if span.first < first:
            found.append(replace(span, until=first) if span.until is None or span.until > first else span)
        elif until is not None and span.first >= until:
            found.append(span)
    return found
