"""Sorting a message into a matter type by the words of the catalogue. Pure and deterministic.

    index = Index(types)                       # once per state of the catalogue, some milliseconds
    classify("楼道灯坏了,晚上看不见", index)      # Classified(best="quarter_lighting", …)

No model is trained: every result names the words that led to it, and a word in a YAML file changes it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rixin.catalogue.schema import MatterType
from rixin.triage.wording import plain

Force = Literal["strong", "weak", "against"]

OTHER = "other"
"""The type proposed where no rule decides: a person at the desk sorts the message."""

# Points for one word. A longer word is rarer and says more: each character beyond the first adds a point.
STRONG, WEAK, AGAINST = 1.0, 0.5, -1.0
# Where in the message a word stands. People say first what it is about; then come history, anger and thanks, whose
# words can only support what the opening says.
IN_TITLE, IN_OPENING, FURTHER_ON = 2.0, 1.0, 0.4
OPENING = 120
"""Characters of the text that count as its opening."""
READ_AT_MOST = 1_500
"""Characters of the text that are read at all: what matters was said by then."""

# Where a person decides. Measured on our own sample: see docs/developers/triage.md.
ENOUGH = 1.0
"""Points that the best type needs: one strong word of two characters in the opening."""
LEAD = 1.12
"""The best type needs so many times the points of the next."""
GIVES_WAY = frozenset({"consultation", "suggestion", "safety_hazard"})
"""How something is said gives way to what it is about: a question about the canteen goes to the canteen."""
BESIDE = re.compile(
    "(?:的|的?斜)?(?:旁|门口|门前|对面|对过|附近|边上|前面|后面|周边|周围|隔壁|[东南西北正大后]门|[出入]?口)"
)
"""After a word: it says where something is, not what it is. “公交站旁的果壳箱” is about a bin."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the catalogue as it was found. `points` may be negative."""

    word: str
    force: Force
    points: float


@dataclass(frozen=True, slots=True)
class Ranked:
    code: str
    points: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """`best` is None where a person has to decide; `ranked` (best first) is then what to suggest."""

    best: str | None
    ranked: tuple[Ranked, ...]

    @property
    def proposed(self) -> str:
        return self.best or OTHER

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The words that spoke for the best type, strongest first; empty where no rule decided."""
        if self.best is None:
            return ()
        return tuple(hit.word for hit in self.ranked[0].hits if hit.points > 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    word: str
    says: tuple[tuple[int, Force, float], ...]  # number of the type, force, points


class Index:
    """All words of all types, found in one pass over a message. Immutable: threads share it."""

    def __init__(self, types: Iterable[MatterType]) -> None:
        """Retired types are left out. The order of `types` does not matter: ties are broken by code."""
        kept = sorted((matter for matter in types if not matter.retired), key=lambda matter: matter.code)
        self.codes = tuple(matter.code for matter in kept)
        self.known = frozenset(self.codes)
        self.urgent = frozenset(matter.code for matter in kept if matter.urgency == "urgent")
        self.gives_way = frozenset(number for number, code in enumerate(self.codes) if code in GIVES_WAY)
        says: dict[str, list[tuple[int, Force, float]]] = defaultdict(list)
        for number, matter in enumerate(kept):
            for word, (force, points) in _words_of(matter).items():
                says[word].append((number, force, points))
        by_opening: dict[str, list[_Entry]] = defaultdict(list)
        for word in sorted(says, key=lambda word: (-len(word), word)):
            by_opening[word[:2]].append(_Entry(word, tuple(says[word])))
        for opening, entries in by_opening.items():
            if len(opening) == 2:
                entries += by_opening.get(opening[0], [])
        self._by_opening = {opening: tuple(entries) for opening, entries in by_opening.items()}

    def found(self, text: str) -> Iterator[tuple[int, _Entry]]:
        """(where, entry) of the longest words in plain `text`: what lies within a longer word found is left out."""
        openings = self._by_opening
        covered = 0  # the furthest end of a word so far: later words start later, so they lie within it or reach beyond
        for at in range(len(text)):
            # Words of one character are kept under that character, all others under their first two.
            for entry in openings.get(text[at : at + 2]) or openings.get(text[at]) or ():
                if text.startswith(entry.word, at):
                    end = at + len(entry.word)
                    if end > covered:
                        covered = end
                        yield at, entry
                    break


def _words_of(matter: MatterType) -> dict[str, tuple[Force, float]]:
    """Each word once. Who names a word twice means the stronger."""
    words: dict[str, tuple[Force, float]] = {}
    for force, listed, worth in (
        ("weak", matter.words.weak, WEAK),
        ("strong", matter.words.strong, STRONG),
        ("against", matter.words.against, AGAINST),
    ):
        for word in map(plain, listed):
            if word:
                words[word] = (force, worth * max(len(word) - 1, 0.5))  # type: ignore[assignment]
    return words


def classify(text: str, index: Index, *, title: str = "") -> Classified:
    """The type that `title` and `text` speak for. Each word counts once, where it weighs most.

    A title that names subjects has said between which of them to choose; without one the opening of the text does.
    """
    points: dict[int, dict[str, tuple[Force, float]]] = {}
    headed = plain(title)
    for at, entry in index.found(headed):
        beside = BESIDE.match(headed, at + len(entry.word))
        for number, force, worth in entry.says:
            if force == "strong" and beside:
                force = "weak"
            points.setdefault(number, {})[entry.word] = (force, worth * IN_TITLE)
    titled = {number for number, said in points.items() if any(force == "strong" for force, _points in said.values())}
    titled -= index.gives_way
    written = plain(text[: 2 * READ_AT_MOST])[:READ_AT_MOST]
    for at, entry in index.found(written):
        times = IN_OPENING if at < OPENING else FURTHER_ON
        beside = BESIDE.match(written, at + len(entry.word))
        for number, force, worth in entry.says:
            leads = at < OPENING and not beside and (not titled or number in titled)
            if force == "strong" and not leads:
                force = "weak"
            points.setdefault(number, {}).setdefault(entry.word, (force, worth * times))
    found = (_ranked(index.codes[number], said) for number, said in points.items())
    ranked = sorted((one for one in found if one.points > 0), key=lambda one: (-one.points, one.code))
    best = _decided(ranked, index.urgent)
    ranked.sort(key=lambda one: one.code != best)  # stable: the rest stays in order
    return Classified(best, tuple(ranked[:5]))


def _ranked(code: str, found: dict[str, tuple[Force, float]]) -> Ranked:
    """Weak words only support: together they count for no more than the strong ones, alone for half."""
    hits = sorted((Hit(word, *said) for word, said in found.items()), key=lambda hit: (-hit.points, hit.word))
    strong = sum(hit.points for hit in hits if hit.force == "strong")
    weak = sum(hit.points for hit in hits if hit.force == "weak")
    against = sum(hit.points for hit in hits if hit.force == "against")
    return Ranked(code, round(strong + (min(weak, strong) if strong else weak / 2) + against, 6), tuple(hits))


def _decided(ranked: list[Ranked], urgent: frozenset[str]) -> str | None:
    """The type of the subject; else, where no subject is named, of the manner: a question, a suggestion."""
    subjects = [one for one in ranked if one.code not in GIVES_WAY]
    if not _speaks(subjects):
        subjects = [one for one in ranked if one.code in GIVES_WAY][:1]
    if not _speaks(subjects):
        return None
    level = [one for one in subjects if _speaks([one]) and one.points * LEAD > subjects[0].points]
    if len(level) > 1:
        # Of several that speak as loudly, danger comes first; without danger a person decides.
        level = [one for one in level if one.code in urgent]
    return level[0].code if len(level) == 1 else None


def _speaks(ranked: list[Ranked]) -> bool:
    return bool(ranked) and ranked[0].points >= ENOUGH and any(hit.force == "strong" for hit in ranked[0].hits)
