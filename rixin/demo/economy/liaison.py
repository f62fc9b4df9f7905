"""Officers of the demonstration and their enterprises: each officer has some, a few change hands, some wait for one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from rixin.liaison import actions
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.registers.models import Building, Enterprise
from rixin.registers.models.enterprises import PRESENT

_ASSIGNED = 0.9
"""Share of the enterprises that are here of which an officer has charge."""
_SINCE = date(2022, 1, 4)
_HANDED_OVER = date(2022, 9, 1)
_PLANNED = 4


def make(
    random: Random, officers: Sequence[Account], by: Actor, at: datetime, enterprises: Sequence[Enterprise]
) -> int:
    """Gives `officers` those of `enterprises` that are here at `at`; answers how many have one.

    All of a building are one officer's, so that one walk leads to them. Of two buildings the officer changed once.
    Some visits are planned for the first officer.
    """
    today = timezone.localdate(at)
    here = [one for one in enterprises if one.standing in PRESENT and not one.withdrawn]
    if not officers or not here or today < _SINCE:
        return 0
    wards: dict[int | None, list[Enterprise]] = {}
    for one in here:
        wards.setdefault(one.building_id, []).append(one)
    known = set(Building.objects.values_list("pk", flat=True))
    given = 0
    for nth, (building, some) in enumerate(sorted(wards.items(), key=lambda ward: ward[0] or 0)):
        if building in known:
            given += _give(some, officers[nth % len(officers)], _SINCE, by, at, today)
            if nth < 2 and today >= _HANDED_OVER and len(officers) > 1:
                _give(some, officers[(nth + 1) % len(officers)], _HANDED_OVER, by, at, today, reason="分工调整")
        else:
            given += _scattered(some, officers, random, by, at, today)
    for one in random.sample(here, min(_PLANNED, len(here))):
        actions.plan(one, officers[0], by=None, at=at - timedelta(days=2))
    return given


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
