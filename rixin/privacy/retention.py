"""Deletes personal data when its time is over. Each app registers its rules at start; `rixin retention` runs them.

    retention.rule("contacts_of_closed_cases", months=24, delete=delete_contacts)

`delete(before, dry_run=...)` deletes what is dated before `before` (aware) and answers how many rows these were; with
`dry_run` it only counts. It must be harmless to run twice.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from rixin.privacy.models import RetentionRun


class Delete(Protocol):
    def __call__(self, before: datetime, *, dry_run: bool) -> int: ...


@dataclass(frozen=True)
class Rule:
    name: str
    # None: each row says itself by when it goes.
    months: int | None
    delete: Delete
    # What it deletes, for the person who runs the command.
    says: Callable[[], str]


_rules: dict[str, Rule] = {}


def rule(name: str, months: int, delete: Delete, *, says: Callable[[], str] | None = None) -> None:
    """Keep what `delete` deletes for `months` months and no longer. The same name again replaces the rule."""
    if months < 1:
        raise ValueError(f"retention rule {name!r}: {months} months; at least 1 is needed")
    _rules[name] = Rule(name, months, delete, says or (lambda: name))


def rule_by_day(name: str, delete: Delete, *, says: Callable[[], str] | None = None) -> None:
    """For rows that have a day of deletion each: `delete` is given the moment at which it runs."""
    _rules[name] = Rule(name, None, delete, says or (lambda: name))


def rules() -> tuple[Rule, ...]:
    return tuple(_rules[name] for name in sorted(_rules))


@dataclass(frozen=True)
class Result:
    rule: Rule
    before: datetime
    rows: int


def run(at: datetime, *, dry_run: bool = False) -> Iterator[Result]:
    """Carry out every rule, each in its own transaction, and write down what went. A dry run writes nothing."""
    for each in rules():
        before = at if each.months is None else months_before(at, each.months)
        with transaction.atomic():
            rows = each.delete(before, dry_run=dry_run)
            if rows and not dry_run:
                RetentionRun.objects.create(rule=each.name, before=before, deleted=rows, at=at)
        yield Result(each, before, rows)


def months_before(at: datetime, months: int) -> datetime:
    """The same day and hour `months` months earlier; the last day of that month where it is shorter."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
