"""The plan of the year 2022: which matters come in, when, where and by which channel."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from rixin.catalogue.schema import Channel
from rixin.catalogue.worktime import LOCAL
from rixin.demo import bursts
from rixin.demo.maker import Entry, Maker
from rixin.demo.seasons import YEAR, Year

CODE_CASES = 8_945
"""Matters handled through the West Lake code in 2022, as the report of the sub-district says."""
_BESIDE: dict[Channel, float] = {"grid": 0.05, "hotline": 0.028, "desk": 0.008}
"""What came in otherwise, per matter through the code."""
_REPEATED = 0.022
_TAKEN_FOR_ANOTHER = 0.045
_END = datetime(YEAR + 1, 1, 1, tzinfo=LOCAL)


def in_all(code_cases: int) -> int:
    """How many matters of the year there are for so many through the code."""
    return code_cases + sum(round(code_cases * share) for share in _BESIDE.values())


class Kinds:
    """Draws kinds of matter by how often they come in."""

    def __init__(self, maker: Maker, *, small_only: bool = False) -> None:
        self.codes = [
            code
            for code, talk in maker.talks.items()
            if talk.weight and (maker.versions[code].rules.type.small or not small_only)
        ]
        self._sums = list(accumulate(maker.talks[code].weight for code in self.codes))

    def draw(self, random: Random) -> str:
        return random.choices(self.codes, cum_weights=self._sums)[0]


def plan(maker: Maker, code_cases: int) -> list[Entry]:
    """Every matter of the year, in the order in which they come in; exactly `code_cases` through the code."""
    random, year = maker.random, Year(maker.calendar)
    entries = list(_through(maker, year, Kinds(maker), "code", code_cases))
    _repeat(entries, maker, random)
    bursts.gather(entries, maker, bursts.BURSTS, code_cases / CODE_CASES)
    for channel, share in _BESIDE.items():
        kinds = Kinds(maker, small_only=channel == "grid")
        entries += _through(maker, year, kinds, channel, round(code_cases * share))
    return sorted(entries, key=lambda entry: entry.at)


def _through(maker: Maker, year: Year, kinds: Kinds, channel: Channel, count: int) -> Iterator[Entry]:
    random = maker.random
    for _nth in range(count):
        code = kinds.draw(random)
        talk = maker.talks[code]
        at = year.moment(talk.season, talk.when if channel in ("code", "hotline") else "day", random)
        wrong = maker.wrong_kind(code) if channel == "code" and random.random() < _TAKEN_FOR_ANOTHER else ""
        yield Entry(at, code, channel, maker.spots.draw(talk.at, random), taken_for=wrong)


def _repeat(entries: list[Entry], maker: Maker, random: Random) -> None:
    """Some of the entries become repetitions of others, some hours later at the same spot, as a neighbour names it."""
    for place in random.sample(range(len(entries)), round(len(entries) * _REPEATED)):
        original = random.choice(entries)
        at = original.at + timedelta(hours=min(random.lognormvariate(1.8, 1.1), 72))
        if original.original is None and original is not entries[place] and at < _END:
            entries[place] = Entry(
                at.replace(microsecond=0),
                original.type,
                "code",
                maker.spots.here(original.here.spot, random),
                original=original,
            )
