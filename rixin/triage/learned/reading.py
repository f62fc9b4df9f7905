"""A message as numbered features. Pure.

Four views of a message, for each is weak alone: its words, the words it opens with, its runs of one to three characters
(names and words that no dictionary knows), and those of its opening. People say first what it is about, so what stands
further on counts for less.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from rixin.texts import cleaned

Ids = NDArray[np.int64]

READ_AT_MOST = 700
"""Characters that are read at all."""
OPENING = 20
"""Words of the opening: a title and the first sentence."""
SIGNS_OPENING = 30
"""Characters of the opening whose runs are the fourth view."""
VIEWS = ("word", "opening", "signs", "signs of the opening")
_FADES = (60, 100)
"""After so many words, characters, what is said counts for 1/e of the part that fades."""
_STAYS = 0.3
"""The part that never fades."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BITS = 21
"""Of a Unicode code point: three of them fit one number."""

STOP = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
"""Words that carry no subject. Left out, so that a message has the same runs of characters with and without them."""


@dataclass(frozen=True, slots=True)
class Features:
    """A message before anything is known of others. `runs`: each run of characters as one number; `at`: where."""

    words: list[str]
    opening: list[str]
    runs: Ids
    at: Ids


@dataclass(frozen=True, slots=True)
class Known:
    """The features that count, numbered view after view. `runs` are sorted, `*_of` number them in the order given."""

    words: Mapping[str, int]
    opening: Mapping[str, int]
    runs: Ids
    runs_from: int
    opening_runs: Ids
    opening_runs_from: int


@dataclass(frozen=True, slots=True)
class Reading:
    """`ids`: numbers of the features in a message, ascending; `amounts`: how much each is said, above 0."""

    ids: Ids
    amounts: NDArray[np.float32]


def said(text: str) -> list[str]:
    """The Chinese words of a text in order, without those that carry no subject."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    has_han = _HAN.search
    return [word for word in rjieba.cut(cleaned(text[:READ_AT_MOST])) if has_han(word) and word not in STOP]


def features(words: Sequence[str]) -> Features:
    """The features of a message of these words."""
    signs = np.frombuffer("".join(words).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    pairs = signs[:-1] << _BITS | signs[1:]
    triples = pairs[:-1] << _BITS | signs[2:]
    return Features(
        words=list(_with_parts(words)),
        opening=list(_with_parts(words[:OPENING])),
        runs=np.concatenate([signs, pairs, triples]),
        at=np.concatenate([np.arange(len(runs)) for runs in (signs, pairs, triples)]),
    )


def read(found: Features, known: Known) -> Reading:
    """What of the message is known, and how much it is said."""
    ids, heard = [], []
    for said_words, numbers, weights in (
        (found.words, known.words, _heard(_FADES[0])),
        (found.opening, known.opening, np.ones(len(found.opening))),
    ):
        numbered = np.fromiter(map(numbers.get, said_words, repeat(-1)), np.int64, len(said_words))
        met = np.flatnonzero(numbered >= 0)
        ids.append(numbered[met])
        heard.append(weights[met])
    met, numbered = _met(found.runs, known.runs)
    ids.append(numbered + known.runs_from)
    heard.append(_heard(_FADES[1])[found.at[met]])
    met, numbered = _met(found.runs[found.at < SIGNS_OPENING], known.opening_runs)
    ids.append(numbered + known.opening_runs_from)
    heard.append(np.ones(len(met)))
    once, where = np.unique(np.concatenate(ids), return_inverse=True)
    total = np.bincount(where, weights=np.concatenate(heard), minlength=len(once))
    return Reading(once, np.log1p(3 * total).astype(np.float32))


def _met(runs: Ids, known: Ids) -> tuple[Ids, Ids]:
    """Which of the runs are known, and as the how manieth of the known ones."""
    if not len(known):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    at = np.searchsorted(known[:-1], runs)
    met = np.flatnonzero(known[at] == runs)
    return met, at[met]


@cache
def _heard(fade: int) -> NDArray[np.float64]:
    """How much the first, second … of a view counts. A word gives at most as many features as it has characters."""
    return _STAYS + (1 - _STAYS) * np.exp(-np.arange(2 * READ_AT_MOST) / fade)


def _with_parts(words: Sequence[str]) -> Iterator[str]:
    """Long words also by their pairs of characters: 城管局 tells of 城管 where it was never seen."""
    for word in words:
        yield word
        if len(word) > 2:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
