"""Whether two messages say the same. Pure: texts in, numbers out.

digest(text)               the same for the same message typed, copied or imported again
same_content(a, b)         0 to 1: what share of the wording two messages have in common
Seen().add(key, text)      among thousands of messages: the earlier ones that say nearly the same
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Generic, TypeVar
from zlib import crc32

from rixin.triage.wording import bare

K = TypeVar("K", bound=Hashable)

NEARLY = 0.6
"""From this likeness on two messages are shown as nearly the same. They are merged by a person, never by themselves."""
_SHINGLE = 3  # characters; Chinese words are mostly two long, so three hold the order of words too
_BANDS, _ROWS = 16, 3
"""Of pairs that are alike by 0.6 all but 2 % share a band (1 - (1 - 0.6³)¹⁶), by 0.8 all but 2 in 100,000."""
_NONE = (1 << 32) - 1


def digest(text: str) -> str:
    """32 hex digits of the wording: width, case, blanks and punctuation make no difference. Empty for no wording."""
    wording = bare(text)
    return blake2b(wording.encode(), digest_size=16).hexdigest() if wording else ""


@lru_cache(maxsize=512)
def _shingles(text: str) -> frozenset[str]:
    wording = bare(text)
    if len(wording) <= _SHINGLE:
        return frozenset({wording} - {""})
    return frozenset(wording[at : at + _SHINGLE] for at in range(len(wording) - _SHINGLE + 1))


def same_content(one: str, other: str) -> float:
    """Likeness from 0 to 1 (Jaccard index of runs of three characters). Two texts without wording are not alike."""
    mine, theirs = _shingles(one), _shingles(other)
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs) - shared)


def about_the_same(one: str, other: str) -> float:
    """For neighbours' reports, which differ in length and words: shared pairs of characters over the shorter report.

    Far looser than `same_content`: it ranks reports of one type that are near each other, it does not find duplicates.
    """
    mine, theirs = Counter(_pairs(one)), Counter(_pairs(other))
    fewer = min(mine.total(), theirs.total())
    return (mine & theirs).total() / fewer if fewer else 0.0


def _pairs(text: str) -> Iterable[str]:
    wording = bare(text)
    return (wording[at : at + 2] for at in range(len(wording) - 1))


def bands(text: str) -> tuple[int, ...]:
    """16 numbers of 64 bits, stable for good: texts nearly the same share at least one. Empty for no wording.

    One hash per shingle is dealt into 48 bins of which each keeps its smallest (one-permutation minhash). An empty
    bin borrows from the next full one, so that short texts have signatures too.
    """
    shingles = _shingles(text)
    if not shingles:
        return ()
    count = _BANDS * _ROWS
    bins = [_NONE] * count
    for shingle in shingles:
        value = _scattered(shingle)
        nth = value % count
        bins[nth] = min(bins[nth], value // count)
    filled = [_borrowed(bins, nth) for nth in range(count)]
    return tuple(_folded(nth, filled[nth * _ROWS : (nth + 1) * _ROWS]) for nth in range(_BANDS))


def _scattered(shingle: str) -> int:
    """A checksum is linear, so neighbours fall alike; multiplying and folding breaks that (murmur's last step)."""
    value = crc32(shingle.encode())
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


def _borrowed(bins: list[int], nth: int) -> int:
    """The smallest of the bin, or of the next full one round the ring, marked by how far it was fetched."""
    for step in range(len(bins)):
        if (value := bins[(nth + step) % len(bins)]) != _NONE:
            return value + step * (1 << 32)
    raise AssertionError("unreachable: a text with wording fills a bin")


def _folded(band: int, row: list[int]) -> int:
    written = b"".join(value.to_bytes(8, "big") for value in (band, *row))
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Twin(Generic[K]):
    """An earlier message that says nearly the same. `likeness` is 1.0 where the wording is the same."""

    key: K
    likeness: float


class Seen(Generic[K]):
    """Messages of one import, or of one place, held in memory: about 2 kB each."""

    def __init__(self) -> None:
        self._texts: dict[K, str] = {}
        self._by_digest: dict[str, K] = {}
        self._by_band: dict[int, list[K]] = {}

    def add(self, key: K, text: str) -> list[Twin[K]]:
        """Remembers the message; returns the earlier ones alike by NEARLY or more, most alike first."""
        twins = self.twins(text)
        self._texts[key] = text
        if wording := digest(text):
            self._by_digest.setdefault(wording, key)
        for band in bands(text):
            self._by_band.setdefault(band, []).append(key)
        return twins

    def twins(self, text: str) -> list[Twin[K]]:
        wording = digest(text)
        exact = self._by_digest.get(wording) if wording else None
        keys = dict.fromkeys(key for band in bands(text) for key in self._by_band.get(band, ()) if key != exact)
        found = [Twin(key, same_content(self._texts[key], text)) for key in keys]
        alike = [twin for twin in found if twin.likeness >= NEARLY]
        if exact is not None:
            alike.append(Twin(exact, 1.0))
        return sorted(alike, key=lambda twin: -twin.likeness)
