"""What holds of the dwellings and facilities from when until when, as spans of reaches. Pure: no database here."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rixin.catalogue.circle_schema import Circle
from rixin.places.coordinates import Position
from rixin.walking.coverage import Home, Reached, reach
from rixin.walking.current import Known
from rixin.walking.network import Spread


@dataclass(frozen=True, slots=True)
class Held:
    """So many dwellings, or an open facility, from a day until the first one on which it is so no more."""

    from_day: date
    until_day: date | None
    count: int = 1

    def on(self, day: date) -> bool:
        return self.from_day <= day and (self.until_day is None or day < self.until_day)

    @property
    def edges(self) -> Iterator[date]:
        yield self.from_day
        if self.until_day is not None:
            yield self.until_day


@dataclass(frozen=True, slots=True)
class Block:
    """A building with the times of its dwellings."""

    code: str
    area_path: str
    position: Position | None
    held: tuple[Held, ...]

    def dwellings_on(self, day: date) -> int:
        return sum(held.count for held in self.held if held.on(day))


@dataclass(frozen=True, slots=True)
class Site:
    """A facility with the times for which it is open."""

    key: int
    kind: str
    position: Position
    open: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class ReachSpan:
    from_day: date
    until_day: date | None
    reached: Reached


@dataclass(frozen=True, slots=True)
class Stage:
    """From a day on: which network counts, None before the first one, and which facilities are open on it."""

    from_day: date
    network: int | None
    open: frozenset[int]


class Course:
    """The course of all days for some blocks and sites. What is found once for a network is kept for every circle."""

    def __init__(self, networks: Sequence[Known], blocks: Sequence[Block], sites: Sequence[Site]) -> None:
        self._networks, self._blocks, self._sites = networks, blocks, sites
        self._block_feet = [{block.code: known.graph.foot_of(block.position) for block in blocks} for known in networks]
        self._site_feet = [
            {site.key: foot for site in sites if (foot := known.graph.foot_of(site.position))} for known in networks
        ]
        self._spreads: dict[tuple[int, frozenset[int]], Spread] = {}

    def spans(self, circle: Circle) -> Iterator[ReachSpan]:
        """By building and day. Days that follow each other and are alike are one span."""
        stages = self._stages([site for site in self._sites if site.kind in circle.kinds])
        for block in self._blocks:
            yield from _joined(self._of_block(block, stages, circle))

    def _stages(self, sites: Sequence[Site]) -> list[Stage]:
        """The times in which one network counts and the same facilities are open, from the first day on."""
        of_sites = {day for site in sites for held in site.open for day in held.edges}
        days = sorted({date.min, *of_sites, *(known.from_day for known in self._networks)})
        return [Stage(day, nth := self._network_of(day), self._open(nth, day, sites)) for day in days]

    def _network_of(self, day: date) -> int | None:
        return max((nth for nth, known in enumerate(self._networks) if known.from_day <= day), default=None)

    def _open(self, nth: int | None, day: date, sites: Sequence[Site]) -> frozenset[int]:
        feet = {} if nth is None else self._site_feet[nth]
        return frozenset(site.key for site in sites if site.key in feet and any(held.on(day) for held in site.open))

    def _of_block(self, block: Block, stages: Sequence[Stage], circle: Circle) -> Iterator[ReachSpan]:
        edges = {day for held in block.held for day in held.edges}
        first = min(edges, default=date.max)
        days = sorted(edges | {stage.from_day for stage in stages if stage.from_day > first})
        for day, until in zip(days, [*days[1:], None], strict=True):
            if count := block.dwellings_on(day):
                stage = stages[bisect_right(stages, day, key=lambda stage: stage.from_day) - 1]
                yield ReachSpan(day, until, self._reached(block, count, stage, circle))

    def _reached(self, block: Block, count: int, stage: Stage, circle: Circle) -> Reached:
        if stage.network is None:
            return Reached(block.code, block.area_path, count, False, None, None, None, covered=False)
        home = Home(block.code, block.area_path, count, self._block_feet[stage.network].get(block.code))
        return reach([home], self._spread(stage.network, stage.open), circle)[0]

    def _spread(self, nth: int, keys: frozenset[int]) -> Spread:
        known = self._spreads.get((nth, keys))
        if known is None:
            feet = {key: self._site_feet[nth][key] for key in keys}
            known = self._spreads[nth, keys] = self._networks[nth].graph.spread(feet)
        return known


def _joined(spans: Iterable[ReachSpan]) -> Iterator[ReachSpan]:
    last: ReachSpan | None = None
    for span in spans:
        if last is not None and last.until_day == span.from_day and last.reached == span.reached:
            last = ReachSpan(last.from_day, span.until_day, last.reached)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
