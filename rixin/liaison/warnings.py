"""For which plain facts somebody should call at an enterprise. Pure: what is known of it goes in, reasons come out.

Nothing is added up to a score: each reason stands by itself, with the dates and numbers that led to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rixin.catalogue.periods import Period
from rixin.catalogue.register_schema import Warning, WarningFact


@dataclass(frozen=True)
class Lease:
    """A room that it has, and the last day of its lease."""

    room: str
    last_day: date


@dataclass(frozen=True)
class Open:
    """A problem that waits to be solved. `number`: of the matter."""

    number: str
    since: date


@dataclass(frozen=True)
class Moved:
    """Its address was changed, or since the day it works elsewhere: then `now` is ""."""

    day: date
    before: str
    now: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one enterprise. `since`: first day of its standing; `taxes`: fen by period, as 2022-Q1.

    `left_on`: the day from which it has no rooms any more, `left_from`: the building; None and "" for one that has
    rooms or never had any.
    """

    enterprise: int
    present: bool = True
    since: date = date.min
    leases: Sequence[Lease] = ()
    left_on: date | None = None
    left_from: str = ""
    moved: Moved | None = None
    problems: Sequence[Open] = ()
    last_visit: date | None = None
    taxes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """What was paid from the first to the last of `periods`, and in the same periods of the year before, in fen."""

    first: Period
    last: Period
    paid: int
    before: int

    @property
    def percent_less(self) -> int:
        """Rounded down, so that 30 is said of 30 and more only."""
        return (self.before - self.paid) * 100 // self.before


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why it is on the list. `day`: on which the lease ends, the rooms were left, the oldest problem was raised, the
    last visit was (None: never). `days`: from `day` until today, below zero for what is to come.
    """

    warning: Warning
    day: date | None = None
    days: int | None = None
    place: str = ""
    to: str = ""
    """Of a changed address: the new one; "" where it works elsewhere."""
    matters: tuple[str, ...] = ()
    tax: Compared | None = None


def reasons(known: Known, warnings: Iterable[Warning], today: date) -> list[Reason]:
    """In the order of the definitions. None for an enterprise that is not here any more."""
    if not known.present:
        return []
    return [reason for warning in warnings for reason in _FACTS[warning.fact](known, warning, today)]


def _lease_end(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    """The one that ends first; of a lease that ran out already too, as long as the room was not left."""
    ending = [one for one in known.leases if (one.last_day - today).days <= (warning.within_days or 0)]
    if ending:
        first = min(ending, key=lambda one: one.last_day)
        yield Reason(warning=warning, day=first.last_day, days=(today - first.last_day).days, place=first.room)


def _tax_drop(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    compared = against_the_year_before(known.taxes, today)
    if compared is None or compared.before <= 0:
        return
    if of_year(known.taxes, compared.first.first.year - 1) < _fen(warning.at_least):
        return
    if (compared.before - compared.paid) * 100 >= (warning.percent or 0) * compared.before:
        yield Reason(warning=warning, tax=compared)


def _address_changed(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    if known.moved is None or known.moved.day > today:
        return
    days = (today - known.moved.day).days
    if days <= (warning.within_days or 0):
        yield Reason(warning=warning, day=known.moved.day, days=days, place=known.moved.before, to=known.moved.now)


def _moved_out(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    if known.left_on is None or known.left_on > today:
        return
    days = (today - known.left_on).days
    if days <= (warning.within_days or 0):
        yield Reason(warning=warning, day=known.left_on, days=days, place=known.left_from)


def _unsolved(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    old = sorted(
        (one for one in known.problems if (today - one.since).days > (warning.within_days or 0)),
        key=lambda one: (one.since, one.number),
    )
    if old:
        numbers = tuple(one.number for one in old)
        yield Reason(warning=warning, day=old[0].since, days=(today - old[0].since).days, matters=numbers)


def _not_visited(known: Known, warning: Warning, today: date) -> Iterator[Reason]:
    if paid_last_year(known.taxes, today) < _fen(warning.at_least):
        return
    within = timedelta(days=warning.within_days or 0)
    # Who came only lately could not have been called on.
    if (known.last_visit or known.since) >= today - within:
        return
    days = (today - known.last_visit).days if known.last_visit else None
    yield Reason(warning=warning, day=known.last_visit, days=days)


_FACTS: dict[WarningFact, Callable[[Known, Warning, date], Iterator[Reason]]] = {
    "lease_end": _lease_end,
    "tax_drop": _tax_drop,
    "address_changed": _address_changed,
    "moved_out_of_building": _moved_out,
    "unsolved_problem": _unsolved,
    "not_visited": _not_visited,
}


def against_the_year_before(taxes: Mapping[str, int], today: date) -> Compared | None:
    """The newest year so far against the same periods of the year before.

    A single month says little, since much is paid by the quarter. None where the newest return is older than last
    year, or where any of the periods has no counterpart: what is not known is not nothing.
    """
    periods = sorted(Period.read(period) for period in taxes)
    if not periods or periods[-1].last.year < today.year - 1:
        return None
    year = periods[-1].last.year
    these = [period for period in periods if period.last.year == year]
    before = [str(period.year_before()) for period in these]
    if any(period not in taxes for period in before):
        return None
    return Compared(
        these[0], these[-1], sum(taxes[str(period)] for period in these), sum(taxes[period] for period in before)
    )


def of_year(taxes: Mapping[str, int], year: int) -> int:
    """In fen; 0 where nothing is known."""
    return sum(paid for period, paid in taxes.items() if period.startswith(str(year)))


def paid_last_year(taxes: Mapping[str, int], today: date) -> int:
    """What was paid in the last year before this one of which there are returns, of the last two, in fen."""
    return of_year(taxes, today.year - 1) or of_year(taxes, today.year - 2)


def _fen(yuan: int | None) -> int:
    return (yuan or 0) * 100
