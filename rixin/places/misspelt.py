"""Names that are written by ear or with a slip of the hand: 得加公寓 for 德加公寓, 康乐村新 for 康乐新村. Pure.

People type by sound, so most slips sound like the name. As long as the name each time, so that offsets stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pypinyin import Style, pinyin

from rixin.texts import all_han

_SHORTEST = 3
"""Characters of a name that is looked for by its sound. Two sound like too many words."""
_SURE_BY_SOUND = 4
"""From this length on the sound alone is enough; of a shorter name all characters but one are the right ones."""
_SURE_IF_EXCHANGED = 4
_SURE_BUT_ONE = 6
"""From this length on one character may be quite another one: of 星洲幼儿园 and 和洲幼儿园 only one is ours."""
Sounds = tuple[str, ...]
"""The readings of one sign."""
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
"""Not told apart by many speakers of the south, and so typed one for the other."""


@dataclass(frozen=True, slots=True)
class Meant:
    """text[start:end] is probably `name`, which has the same length."""

    start: int
    end: int
    name: str


class Misspelt:
    """A name is looked at only where its first two sounds, its first two or its last two signs stand in the text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name: _heard(name) for name in names if len(name) >= _SHORTEST and all_han(name)}
        self._by_sounds: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name, sounds in self._names.items():
            for pair in product(sounds[0], sounds[1]):
                self._by_sounds[pair].append(name)
            if len(name) >= _SURE_IF_EXCHANGED:
                self._by_first[name[:2]].append(name)
                self._by_last[name[-2:]].append(name)

    def find(self, text: str) -> list[Meant]:
        """In the order of the text, not overlapping. What is right is not a slip, and what may be two names is none."""
        sounds = [readings(sign) for sign in text]
        close: dict[tuple[int, int], set[str]] = defaultdict(set)
        for at in range(len(text) - 1):
            for start, name in self._candidates(text, at, sounds):
                window = text[start : start + len(name)]
                if start >= 0 and self._is_meant(name, window, sounds[start : start + len(name)]):
                    close[start, start + len(name)].add(name)
        found: list[Meant] = []
        for (start, end), names in sorted(close.items(), key=lambda one: (one[0][0], -one[0][1])):
            if len(names) == 1 and (not found or start >= found[-1].end):
                found.append(Meant(start, end, *names))
        return [meant for meant in found if text[meant.start : meant.end] != meant.name]

    def _candidates(self, text: str, at: int, sounds: Sequence[Sounds]) -> Iterator[tuple[int, str]]:
        """(where it would begin, name)"""
        pair = text[at : at + 2]
        for sound in product(sounds[at][:1], sounds[at + 1][:1]):
            yield from ((at, name) for name in self._by_sounds.get(sound, ()))
        yield from ((at, name) for name in self._by_first.get(pair, ()))
        yield from ((at + 2 - len(name), name) for name in self._by_last.get(pair, ()))

    def _is_meant(self, name: str, window: str, sounds: Sequence[Sounds]) -> bool:
        if len(window) != len(name) or window == name:
            return window == name
        if window in self._names:
            return False
        wrong = [nth for nth, (one, other) in enumerate(zip(name, window, strict=True)) if one != other]
        if _exchanged(name, window, wrong):
            return len(name) >= _SURE_IF_EXCHANGED
        if all(set(sounds[nth]) & set(self._names[name][nth]) for nth in wrong):
            return len(name) >= _SURE_BY_SOUND or len(wrong) == 1
        return len(wrong) == 1 and len(name) >= _SURE_BUT_ONE and bool(sounds[wrong[0]])


def _exchanged(name: str, window: str, wrong: list[int]) -> bool:
    """Whether two neighbouring signs changed places."""
    if len(wrong) != 2 or wrong[1] - wrong[0] != 1:
        return False
    one, other = wrong
    return name[one] == window[other] and name[other] == window[one]


def _heard(name: str) -> list[Sounds]:
    return [readings(sign) for sign in name]


@lru_cache(maxsize=8192)
def readings(sign: str) -> Sounds:
    """The readings of a Chinese character without tone, the usual one first; () for any other sign."""
    if not all_han(sign):
        return ()
    (readings,) = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(_as_heard(reading) for reading in readings))


def _as_heard(syllable: str) -> str:
    for written, heard in _INITIALS:
        if syllable.startswith(written):
            syllable = heard + syllable[2:]
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
