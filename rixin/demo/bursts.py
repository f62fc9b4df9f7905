"""What many raise at once in the demonstration: one kind of matter round one quarter or road, within some days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from rixin.catalogue.worktime import LOCAL
from rixin.demo.maker import Entry, Maker
from rixin.demo.seasons import on_day

LEAST = 3
_RECENT_DAYS = 9


@dataclass(frozen=True)
class Burst:
    """`count` people in a year of full size."""

    type: str
    first: date
    days: int
    count: int


BURSTS = (
    Burst("night_construction_noise", date(2022, 4, 11), 16, 22),
    Burst("cooking_smoke", date(2022, 5, 20), 20, 16),
    Burst("power_supply", date(2022, 7, 13), 8, 19),
    Burst("quarter_parking", date(2022, 9, 5), 21, 14),
    Burst("property_service", date(2022, 11, 2), 18, 17),
)
_RECENT = Burst("night_construction_noise", date.min, _RECENT_DAYS, 9)


def gather(entries: list[Entry], maker: Maker, bursts: Iterable[Burst], share: float) -> list[set[Entry]]:
    """Some of the entries become voices of bursts, which are answered. `share`: of a year of full size; of bursts too
    small to show nothing is left. What repeats another entry, and what is repeated, stays.
    """
    random = Random(len(entries))
    repeated = {entry.original for entry in entries}
    free = [nth for nth, entry in enumerate(entries) if entry.original is None and entry not in repeated]
    random.shuffle(free)
    planted = []
    for burst in bursts:
        count = round(burst.count * share)
        if count < LEAST or burst.type not in maker.talks:
            continue
        voices = list(_voices(burst, maker, random, count))
        for voice in voices:
            entries[free.pop()] = voice
        planted.append(set(voices))
    return planted


def recent(maker: Maker, now: datetime) -> list[Entry]:
    """One of the last days before `now`."""
    first = now.astimezone(LOCAL).date() - timedelta(days=_RECENT_DAYS)
    if _RECENT.type not in maker.talks:
        return []
    return list(_voices(replace(_RECENT, first=first), maker, Random(_RECENT.count), _RECENT.count))


def _voices(burst: Burst, maker: Maker, random: Random, count: int) -> Iterator[Entry]:
    talk = maker.talks[burst.type]
    near = maker.spots.draw(talk.at, random).near
    for _nth in range(count):
        at = on_day(burst.first + timedelta(days=random.randrange(burst.days)), talk.when, random)
        yield Entry(at, burst.type, "code", maker.spots.draw_at(near, talk.at, random))
