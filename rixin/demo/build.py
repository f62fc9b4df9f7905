"""Builds the demonstration in one transaction: all of it or nothing."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max, Min

from rixin.cases import journal
from rixin.cases.history import History
from rixin.cases.models import Case, number_of
from rixin.catalogue.worktime import LOCAL, after_working_time
from rixin.demo import live, statutes
from rixin.demo.economy import build as economy
from rixin.demo.life import activities, choosing, facilities, goals, people, programmes, walking
from rixin.demo.maker import Entry, Maker
from rixin.demo.models import Build
from rixin.demo.work import handing_in
from rixin.demo.work import store as work
from rixin.demo.year import plan
from rixin.records.models import Record

_AT_ONCE = 500
_MOST_TO_MERGE = timedelta(minutes=90)
_KEPT_ON_LIST = 4
"""Matters of 2022 that still wait for a works plan."""
_STILL = ("2022-08", "2022-10", "2022-11", "2022-12")


@dataclass
class Built:
    cases: int = 0
    events: int = 0
    photos: int = 0
    joined: int = 0
    records: int = 0
    enterprises: int = 0
    forms: int = 0
    handled: int = 0
    late: int = 0
    ratings: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    samples: list[live.Sample] = field(default_factory=list)

    @property
    def on_time(self) -> float:
        """Share of the handled matters that were handled in time."""
        return 1 - self.late / self.handled if self.handled else 1.0

    def count(self, history: History) -> None:
        self.cases += 1
        self.events += len(history.events)
        self.photos += len(history.photos)
        self.joined += len(history.joined)
        self.actions.update(event.action for event in history.events)
        clock = history.case.clocks.get("handle")
        if clock is not None and "handled" in history.case.facts:
            self.handled += 1
            self.late += clock.missed or clock.late_at(history.case.facts["handled"])
        if "rated" in history.case.facts:
            self.ratings[history.case.kept["rating"]] += 1


@contextmanager
def _no_looking_for_cycles() -> Iterator[None]:
    """The millions of small values made here hold no cycles; looking for some takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@transaction.atomic
@_no_looking_for_cycles()
def build(
    *,
    seed: int,
    code_cases: int,
    now: datetime,
    made_at: datetime,
    told: Callable[[int], object],
    with_records: bool = True,
) -> Built:
    """`now`: the moment up to which the matters of the last days have gone. `told` hears how many were stored more."""
    random = Random(seed)
    maker = Maker(random, now)
    store = _Store(maker, told)
    entries = plan(maker, code_cases)
    still = _kept_on_list(entries)
    for entry in entries:
        store.year(entry, now, stays_open=entry in still)
    store.flush()
    ended = store.built.cases
    for entry, history in statutes.make(maker, Random(seed), now):
        store.put(entry, history)
    tail = live.Live(maker, now)
    for entry, history in tail.make():
        store.put(entry, history)
    store.flush()
    live.tell(tail.made, now)
    live.open_numbers(tail.made)
    store.built.samples = tail.samples
    if with_records:
        # Before the records: they name enterprises of the register.
        store.built.enterprises = economy.store(Random(seed), now, maker.house.cast, told)
        facilities.store(Random(seed), now, maker.house.cast)
        people.make(Random(seed), now, maker.house.cast)
        # Draws of its own: a record more or less changes no matter.
        store.built.records = work.store(Random(seed), now, maker.house.cast, told) + statutes.file()
        statutes.book(now)
        economy.work(Random(seed), now, maker.house.cast)
        activities.store(Random(seed), now, maker.house.cast)
        programmes.store(Random(seed), now, maker.house.cast, maker.pairs)
        choosing.store(Random(seed), now, maker.house.cast)
        walking.settle(now)
        goals.store(Random(seed), now, maker.house.cast)
        store.built.forms = handing_in.store(now, work.STREET)
    cases = Case.objects.order_by("pk")
    first, last = cases.values_list("pk", flat=True)[0], cases.reverse().values_list("pk", flat=True)[0]
    records = Record.objects.aggregate(first=Min("pk"), last=Max("pk"))
    Build.objects.create(
        seed=seed,
        code_cases=code_cases,
        now=now,
        made_at=made_at,
        first_case=first,
        last_case=last,
        first_record=records["first"] or 0,
        last_record=records["last"] or 0,
        of_the_year=ended,
    )
    return store.built


def _kept_on_list(entries: list[Entry]) -> set[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.type in ("road_damage", "old_quarter_renewal", "planning", "quarter_parking") and not entry.original:
            found.setdefault(f"{entry.at:%Y-%m}", entry)
    return {found[month] for month in _STILL if month in found}


class _Store:
    """Collects histories and stores many at once, in the order of their opening."""

    def __init__(self, maker: Maker, told: Callable[[int], object]) -> None:
        self._maker, self._told = maker, told
        self._waiting: list[tuple[Entry, History]] = []
        self.built = Built()

    def year(self, entry: Entry, now: datetime, *, stays_open: bool) -> None:
        if entry.at > now:
            return
        if stays_open:
            drawn = frozenset({"accept_first", "suspend", "kept_on_list"})
            self.put(entry, self._maker.play(entry, until=now, drawn=drawn).history)
            return
        merge_into = self._target(entry)
        turns = frozenset({"split"} if self._maker.random.random() < 0.05 else ()) if merge_into else None
        self.put(entry, self._maker.play(entry, until=now, drawn=turns, merge_into=merge_into).history)

    def put(self, entry: Entry, history: History) -> None:
        self._waiting.append((entry, history))
        self.built.count(history)
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if not self._waiting:
            return
        cases = journal.store([history for _entry, history in self._waiting])
        for (entry, _history), case in zip(self._waiting, cases, strict=True):
            entry.number = number_of(case.opened_at.astimezone(LOCAL), case.pk)
        self._told(len(cases))
        self._waiting.clear()

    def _target(self, entry: Entry) -> str:
        """Number of the open matter that this one repeats; "" if there is none, or it is finished already."""
        original = entry.original
        if original is None:
            return ""
        looked_at = after_working_time(entry.at, _MOST_TO_MERGE, self._maker.calendar)
        if original.closed_at is not None and original.closed_at <= looked_at:
            return ""
        if not original.number:
            self.flush()
        return original.number
