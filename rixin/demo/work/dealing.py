"""Draws that come out as meant: totals dealt out to the last unit, values by exact count. Pure."""

from collections.abc import Sequence
from random import Random


def dealt(total: int, rows: int, *, even: float, least: int, step: int, random: Random) -> list[int]:
    """`total` in `rows` whole parts, each a multiple of `step` and at least `least`, which add up to it exactly.

    `even` is the share of the total that all rows get alike; the rest falls by chance. What `step` leaves over goes to
    the first row.
    """
    if rows == 0:
        return []
    parts = [max(least, int(total * even / rows) // step * step)] * rows
    rest = total - sum(parts)
    weights = [random.random() ** 2 + 0.02 for _nth in range(rows)]
    sums = sum(weights)
    for nth, weight in enumerate(weights):
        parts[nth] += int(rest * weight / sums) // step * step
    parts[0] += total - sum(parts)
    return parts


def hand(counts: dict[str, int], random: Random) -> list[str]:
    """Each value as often as it is counted, shuffled."""
    cards = [value for value, count in counts.items() for _nth in range(count)]
    random.shuffle(cards)
    return cards


def some(rows: int, count: int, random: Random) -> frozenset[int]:
    """Exactly `count` of so many rows."""
    return frozenset(random.sample(range(rows), count))


def weighed(weights: dict[str, int], random: Random) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def distinct(words: Sequence[str], count: int, random: Random) -> list[str]:
    """So many different words, or, where there are fewer, each as often as it takes."""
    times = -(-count // len(words)) if words else 0
    cards = [word for _nth in range(times) for word in words]
    return random.sample(cards, count) if times > 1 else random.sample(list(words), count)
