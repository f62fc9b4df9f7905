"""What a group of messages is called: the phrases that they share and others do not. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import rjieba

from rixin.triage.learned.reading import STOP
from rixin.triage.wording import plain

SHARED = 0.4
"""Share of the messages that have to say a phrase for it to name them."""
ELSEWHERE = 3
"""It is said so many times as often in the group as in other messages."""
SHOWN = 4
READ = 120
_WORDS = 3
_LONGEST = 8
_COUNTS = 4
"""Signs up to which a longer phrase tells more."""
_PIECES = re.compile(r"[^\W_]+")


def phrases(text: str) -> set[str]:
    """Up to three words in a row, of two to eight characters in all, none of them without a subject."""
    found: set[str] = set()
    for piece in _PIECES.findall(plain(text[:READ])):
        found.update(_of_words(list(rjieba.cut(piece))))
    return found


def _of_words(words: Sequence[str]) -> Iterator[str]:
    for first in range(len(words)):
        phrase = ""
        for word in words[first : first + _WORDS]:
            phrase += word
            if word in STOP or len(phrase) > _LONGEST:
                break
            if len(phrase) > 1 and not phrase.isdigit():
                yield phrase


def names(group: Sequence[set[str]], everywhere: Mapping[str, int], messages: int) -> tuple[str, ...]:
    """At most SHOWN, the most telling first; () where the messages share none.

    `group`: `phrases` of each message. `everywhere`: in how many of all the `messages` a phrase is said.
    """
    said = Counter(phrase for message in group for phrase in message)
    telling = [
        phrase
        for phrase, count in said.items()
        if count >= max(2, SHARED * len(group))
        and count * (messages - len(group)) >= ELSEWHERE * (everywhere.get(phrase, count) - count) * len(group)
    ]
    chosen: list[str] = []
    for phrase in sorted(telling, key=lambda phrase: (-_tells(phrase, said[phrase]), -len(phrase), phrase)):
        if not any(_overlap(phrase, other) for other in chosen):
            chosen.append(phrase)
    return tuple(chosen[:SHOWN])


def _tells(phrase: str, count: int) -> float:
    return count * min(len(phrase), _COUNTS) ** 0.5


def _overlap(phrase: str, other: str) -> bool:
    """Whether one is part of the other, or they are two cuts of one longer phrase."""
    if phrase in other or other in phrase:
        return True
    longest = min(len(phrase), len(other))
    return any(phrase[-n:] == other[:n] or other[-n:] == phrase[:n] for n in range(2, longest))
