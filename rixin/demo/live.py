"""The last ten days before the day on which the demonstration is built: matters in every state, for every inbox."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from rixin.cases import telling
from rixin.cases.history import History
from rixin.cases.lifecycle import ALARMED
from rixin.cases.models import Case, id_in
from rixin.catalogue.schema import Channel
from rixin.catalogue.worktime import LOCAL
from rixin.demo import bursts
from rixin.demo.maker import Entry, Maker
from rixin.demo.seasons import on_day, season_of
from rixin.demo.spots import Here
from rixin.demo.wording import Talk
from rixin.people import units
from rixin.people.actors import Actor
from rixin.people.models import Account
from rixin.privacy import opening
from rixin.privacy.purposes import Purpose

_FRESH = 95
_DAYS = 10
_TOLD_HOURS = 96
_TRIES = 16
_SPOTS_TRIED = 400
_WATCHED_GRIDS = ("01", "02", "03")
"""Grids that have a grid worker among the demo accounts."""
_EASY = ("exposed_rubbish", "goods_outside_shop", "street_vendor", "litter_bin", "renovation_noise", "blocked_drain")
_USUAL = ("street_lamp", "pavement_damage", "corridor_clutter", "manhole_damaged", "waste_sorting", "dogs", "small_ads")
_LONG = ("tree_trimming", "property_service", "quarter_parking", "leakage", "quarter_charging", "cooking_smoke")


@dataclass(frozen=True)
class Sample:
    """A tracking code to try. `why` says what its holder finds."""

    why: str
    code: str


@dataclass(frozen=True)
class Scene:
    """A matter that stands where somebody has to do something. `holds` looks at what was played."""

    kinds: tuple[str, ...]
    turns: frozenset[str]
    stop_after: str
    times: int = 1
    holds: Callable[[History, datetime], bool] = lambda history, now: True
    within: tuple[str, ...] = ()
    """Paths of areas, one of which it lies in; anywhere if there is none."""
    why: str = ""


def _scene(kinds: tuple[str, ...], turns: str, stop_after: str, times: int = 1, **more: Any) -> Scene:
    return Scene(kinds, frozenset(turns.split()), stop_after, times, **more)


def _overdue(history: History, now: datetime) -> bool:
    return history.case.clocks["handle"].due_at < now


def _due_today(history: History, now: datetime) -> bool:
    due = history.case.clocks["handle"].due_at
    return due > now and due.astimezone(LOCAL).date() == now.astimezone(LOCAL).date()


SCENES: tuple[Scene, ...] = (
    _scene(_USUAL, "", "open", 4),
    _scene(_USUAL, "accept_first", "accept", 3),
    _scene(_EASY, "return", "send_back", 2),
    _scene(_USUAL, "arbitrate", "dispute", 2),
    _scene(_USUAL, "ask", "ask_resident", 2, why="asked"),
    _scene(_LONG, "suspend", "suspend", 2),
    _scene(_LONG, "extension", "ask_extension", 3),
    _scene(_EASY, "", "handle", 4),
    _scene(_EASY, "", "verify", 3),
    _scene(_EASY, "", "close", 3, why="closed"),
    _scene(_EASY, "unsatisfied rate", "rate_unsatisfied", 3),
    _scene(_EASY, "unsatisfied rate exclude", "ask_exclusion", 2),
    _scene(_EASY, "rework", "rework", 2),
    _scene(_EASY, "reopen", "reopen", 2),
    _scene(_USUAL, "supervise", "supervise", 2),
    _scene(_USUAL, "help", "involve", 3),
    _scene(_LONG, "joined", "acknowledge", 3, holds=lambda history, now: bool(history.joined), why="joined"),
    _scene(_EASY, "", "acknowledge", 4, holds=_overdue),
    _scene((*_EASY, *_USUAL), "", "acknowledge", 4, holds=_due_today),
)


class Live:
    """Matters made for the days before `now`."""

    def __init__(self, maker: Maker, now: datetime) -> None:
        self._maker, self._now, self._random = maker, now, maker.random
        self.made: list[tuple[Entry, History]] = []
        self.samples: list[Sample] = []

    def make(self) -> list[tuple[Entry, History]]:
        """All of them in the order of their opening."""
        self._fresh()
        for entry in bursts.recent(self._maker, self._now):
            self.made.append((entry, self._maker.play(entry, until=self._now).history))
        for scene in [*SCENES, *self._one_for_each_unit()]:
            for _nth in range(scene.times):
                self._stage(scene)
        self.made.sort(key=lambda one: one[0].at)
        return self.made

    def _fresh(self) -> None:
        talks = self._maker.talks
        today = self._now.astimezone(LOCAL).date()
        codes = [code for code, talk in talks.items() if talk.season != "epidemic"]
        weights = [talks[code].weight * season_of(talks[code].season, today) for code in codes]
        for code in self._random.choices(codes, weights=weights, k=_FRESH):
            day = today - timedelta(days=int(self._random.random() ** 1.6 * _DAYS))
            at = on_day(day, talks[code].when, self._random)
            if at < self._now:
                channel = self._random.choices(("code", "grid", "hotline"), weights=(90, 5, 5))[0]
                channel = channel if channel != "grid" or self._maker.versions[code].rules.type.small else "code"
                entry = Entry(at, code, cast(Channel, channel), self._maker.spots.draw(talks[code].at, self._random))
                self.made.append((entry, self._maker.play(entry, until=self._now).history))

    def _one_for_each_unit(self) -> Iterator[Scene]:
        """Something to acknowledge and something in hand for every unit to which matters go."""
        kinds_of: dict[str, list[str]] = {}
        for code in sorted(self._maker.talks):
            rules = self._maker.versions[code].rules
            if rules.term_of("handle").unit != "hours":
                kinds_of.setdefault(rules.type.unit, []).append(code)
        for unit in units.all_open():
            kinds = tuple(kinds_of.get("community" if unit.kind == "community" else unit.code, ()))
            grids = tuple(f"{unit.area_path}{grid}/" for grid in _WATCHED_GRIDS) if unit.kind == "community" else ()
            if kinds:
                yield Scene(kinds, frozenset(), "dispatch", within=grids)
                yield Scene(kinds, frozenset(), "acknowledge", within=grids)
                # A grid worker looks at one grid alone, and finds something to take up there.
                yield from (Scene(kinds, frozenset(), "dispatch", within=(grid,)) for grid in grids)

    def _stage(self, scene: Scene) -> None:
        """The matter as late as it can have begun to stand so now."""
        codes = [code for code in scene.kinds if code in self._maker.talks]
        for nth in range(_TRIES if codes else 0):
            code = self._random.choice(codes)
            talk = self._maker.talks[code]
            at = self._now - timedelta(hours=0.1 + nth * nth * 0.9 + self._random.random() * (1 + nth))
            entry = Entry(at.replace(microsecond=0), code, "code", self._spot(talk, scene.within))
            play = self._maker.play(entry, until=self._now, drawn=scene.turns, stop_after=scene.stop_after)
            if play.reached and scene.holds(play.history, self._now):
                self.made.append((entry, play.history))
                self._sample(scene, play.history)
                return

    def _spot(self, talk: Talk, within: tuple[str, ...]) -> Here:
        here = self._maker.spots.draw(talk.at, self._random)
        for _nth in range(_SPOTS_TRIED if within else 0):
            if here.area_path.startswith(within):
                break
            here = self._maker.spots.draw(talk.at, self._random)
        return here

    def _sample(self, scene: Scene, history: History) -> None:
        if scene.why and scene.why not in {sample.why for sample in self.samples}:
            self.samples.append(Sample(scene.why, history.new.reporter.code))
            if history.joined:
                self.samples.append(Sample("neighbour", history.joined[0].reporter.code))


def tell(made: list[tuple[Entry, History]], now: datetime) -> int:
    """Notices for the bell: of what came to each account in the last days. Answers how many."""
    late = [(entry, history) for entry, history in made if now - history.events[-1].at < timedelta(hours=_TOLD_HOURS)]
    cases = Case.objects.in_bulk([id_in(entry.number) for entry, _history in late])
    told = 0
    for entry, history in sorted(late, key=lambda one: one[1].events[-1].at):
        event, case = history.events[-1], cases[id_in(entry.number)]
        if event.action == ALARMED:
            told += telling.of_alarm(case, history.case, event, event.at)
        else:
            who = Actor(kind="system", name=event.by.name, roles=frozenset(), account_id=event.by.account)
            told += telling.of_event(case, history.case, event, who, event.at)
    return told


_CALLED_BEFORE = {"handle": Purpose.CALL_BACK, "verify": Purpose.VERIFY, "close": Purpose.ANSWER}
"""Who telephones before which step, and what for. The number is opened for it, and that is written down."""


def open_numbers(made: list[tuple[Entry, History]]) -> int:
    """The log of opened telephone numbers: somebody called a quarter of an hour before the step. Answers how many."""
    opened = 0
    for entry, history in made:
        for event in history.events if history.new.reporter.phone else ():
            if event.by.account is not None and (purpose := _CALLED_BEFORE.get(event.action)) is not None:
                who = Account(pk=event.by.account, name=event.by.name)
                opening.log(who, opening.What.PHONE, entry.number, purpose, event.at - timedelta(minutes=15))
                opened += 1
    return opened
