"""Pairs of id and version, packed small: what an edition keeps of the rows behind each figure. Pure."""

import zlib
from array import array
from collections.abc import Iterable

MOST = 500_000
"""More rows than this are not kept one by one; the figure's digest still tells whether they changed."""


def pack(pairs: Iterable[tuple[int, int]]) -> bytes:
    """`pairs` in order of their ids."""
    numbers = array("q")
    before = 0
    for key, version in pairs:
        numbers.append(key - before)
        numbers.append(version)
        before = key
    return zlib.compress(numbers.tobytes(), 6)


def unpack(packed: bytes) -> dict[int, int]:
    """Version by id."""
    numbers = array("q")
    numbers.frombytes(zlib.decompress(packed))
    found: dict[int, int] = {}
    key = 0
    for nth in range(0, len(numbers), 2):
        key += numbers[nth]
        found[key] = numbers[nth + 1]
    return found
