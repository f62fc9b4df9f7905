"""Enterprises whose name is nearly that of a row: proposed to a person, never taken for the same. Pure but for `names`.

Names are compared only with those that begin alike once the place and the form of the company are taken off, so that
a table of some hundred rows is held against a hundred thousand entries in a second or so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rixin.registers.models import Enterprise
from rixin.registers.names import core

ALIKE = 0.85
MOST = 5
_BEGINNING = 2
"""Characters by which names are sorted together."""


@dataclass(frozen=True)
class Named:
    pk: int
    plain_name: str
    code: str
    area_path: str


@dataclass(frozen=True)
class Asked:
    """A row that nothing in the register has the code or the exact name of."""

    row: int
    plain_name: str
    code: str


def names() -> Iterator[Named]:
    """All of the register: one statement, row by row."""
    rows = Enterprise.objects.filter(withdrawn=False).order_by("pk")
    for said in rows.values_list("pk", "plain_name", "code", "area_path").iterator(5_000):
        yield Named(*said)


def alike(asked: Sequence[Asked], register: Iterable[Named]) -> dict[int, list[Named]]:
    """By row those that may be meant, the most alike first. Who has another code is another enterprise."""
    by_beginning: dict[str, list[tuple[Asked, str]]] = defaultdict(list)
    for one in asked:
        if (short := core(one.plain_name)) and len(short) >= _BEGINNING:
            by_beginning[short[:_BEGINNING]].append((one, short))
    found: dict[int, list[tuple[float, Named]]] = defaultdict(list)
    matcher = SequenceMatcher(autojunk=False)
    for named in register:
        short = core(named.plain_name)
        rows = by_beginning.get(short[:_BEGINNING])
        if not rows:
            continue
        matcher.set_seq2(short)
        for one, other in rows:
            if not (one.code and named.code) and (degree := _degree(matcher, other, short)) >= ALIKE:
                found[one.row].append((degree, named))
    return {
        row: [named for _degree, named in sorted(fits, key=lambda fit: (-fit[0], fit[1].pk))[:MOST]]
        for row, fits in found.items()
    }


def differs_much(one: str, other: str) -> bool:
    """Whether two plain names are hardly those of one enterprise that merely took another name."""
    return SequenceMatcher(None, core(one), core(other), autojunk=False).ratio() < 0.5


def _degree(matcher: SequenceMatcher[str], one: str, other: str) -> float:
    """From 0 to 1; 0 at once where the lengths or the signs alone say that it is too little."""
    if one == other:
        return 1.0
    # What two names can have in common at most; signs that stand twice may count twice.
    twice = min(len(one) - len(set(one)), len(other) - len(set(other)))
    common = min(len(one), len(other), len(set(one) & set(other)) + twice)
    if 2 * common < ALIKE * (len(one) + len(other)):
        return 0.0
    matcher.set_seq1(one)
    return matcher.ratio()
