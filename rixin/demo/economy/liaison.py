"""Officers of the demonstration and their enterprises: each officer has some, a few change hands, most wait for one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone

from rixin.catalogue import versions
from rixin.liaison import actions, queries
from rixin.liaison.models import Assignment
from rixin.people import units
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.records.entry import Values
from rixin.records.journal import NewRecord
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

_ASSIGNED = 0.12
"""Share of the enterprises outside the office buildings of which an officer has charge."""
_SINCE = date(2022, 1, 4)
_HANDED_OVER = date(2022, 9, 1)
_PLANNED = 3
_LATELY = 80
"""Days within which the officers called at some of theirs."""
_PLANNED_YEARS = 2023
"""Up to this year the visits are those of the demonstration's own records."""


def make(
    random: Random, officers: Sequence[Account], by: Actor, at: datetime, enterprises: Sequence[Enterprise]
) -> int:
    """Gives `officers` those of `enterprises` that are here at `at`; answers how many have one.

    All of a building are one officer's, so that one walk leads to them; of two buildings the officer changed once.
    Some visits are planned for the first officer. Where the years of the demonstration are over by `at`, each officer
    called at some of the own ones of late.
    """
    today = timezone.localdate(at)
    here = [one for one in enterprises if one.standing in PRESENT and not one.withdrawn]
    if not officers or not here or today < _SINCE:
        return 0
    wards: dict[int, list[Enterprise]] = {}
    for one in here:
        wards.setdefault(one.building_id or 0, []).append(one)
    given = _scattered(wards.pop(0, []), officers, random, by, at, today)
    for nth, building in enumerate(sorted(wards)):
        given += _give(wards[building], officers[nth % len(officers)], _SINCE, by, at, today)
        if nth in (2, 3) and today >= _HANDED_OVER and len(officers) > 1:
            _give(wards[building], officers[(nth + 1) % len(officers)], _HANDED_OVER, by, at, today, reason="分工调整")
    for officer in officers:
        theirs = [assigned.enterprise for assigned in _held(officer, today)]
        if today.year > _PLANNED_YEARS:
            _call(random.sample(theirs, len(theirs) // 2), random, by, at)
        if officer == officers[0]:
            for one in random.sample(theirs, min(_PLANNED, len(theirs))):
                actions.plan(one, officer, by=None, at=at - timedelta(hours=20))
    return given


def _held(officer: Account, today: date) -> "QuerySet[Assignment]":
    return queries.on(today).filter(account=officer).select_related("enterprise").order_by("enterprise")


def _call(some: Sequence[Enterprise], random: Random, by: Actor, at: datetime) -> None:
    """Visits of the last weeks, each with its answers; at none of them a problem was raised."""
    version = versions.record(queries.VISIT)
    for one in some:
        moment = at - timedelta(days=random.randint(2, _LATELY))
        values: Values = {
            "enterprise": one.name,
            "purpose": random.choice(("regular", "regular", "policy", "retention")),
            "business": random.choice(("rising", "steady", "steady", "falling")),
            "space": random.choice(("renews", "renews", "wider", "undecided")),
            "people": random.choice(("hiring", "steady", "steady", "cutting")),
            "policy": random.choice(("paid", "applied", "unknown")),
            "problem": 0,
        }
        new = NewRecord(
            version=version,
            day=timezone.localdate(moment),
            area_path=one.area_path,
            unit=units.by_code(version.type.unit).id,
            values=values,
            enterprise=one.pk,
        )
        actions.visit(new, None, by=by, at=moment)


def _scattered(
    some: Sequence[Enterprise], officers: Sequence[Account], random: Random, by: Actor, at: datetime, today: date
) -> int:
    """Those in no building go to the officers in turn; a few have none yet."""
    hands: dict[int, list[Enterprise]] = {nth: [] for nth in range(len(officers))}
    for one in some:
        if random.random() < _ASSIGNED:
            hands[random.randrange(len(officers))].append(one)
    return sum(_give(hand, officers[nth], _SINCE, by, at, today) for nth, hand in hands.items())


def _give(
    some: Sequence[Enterprise],
    officer: Account,
    day: date,
    by: Actor,
    at: datetime,
    today: date,
    *,
    reason: str = "",
) -> int:
    """From the day on; whoever came only later, from its own first day."""
    by_day: dict[date, list[Enterprise]] = {}
    for one in some:
        by_day.setdefault(max(day, one.since), []).append(one)
    return sum(
        actions.assign(group, officer, first, by=by, at=at, today=today, reason=reason)
        for first, group in sorted(by_day.items())
    )
