"""How two texts differ, line by line, and within a changed line sign by sign. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\{[^{}]*\}|[A-Za-z0-9_.%]+|\s+|.", re.DOTALL)
"""A mark, a word or number, blanks, or one sign: what changes as a whole."""
_ALIKE = 0.4
"""Lines less alike than this are shown as one that went and one that came."""

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Part:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """`kind` is of the line as a whole; a line that was changed within is `changed` and has parts of several kinds."""

    kind: Literal["same", "gone", "new", "changed"]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Skipped:
    """So many lines that are the same in both."""

    lines: int


def differences(before: str, after: str) -> list[Line]:
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole("same", line) for line in old[i:j]]
        elif tag == "replace":
            found += _replaced(old[i:j], new[k:m])
        else:
            found += [_whole("gone", line) for line in old[i:j]] + [_whole("new", line) for line in new[k:m]]
    return found


def shortened(lines: list[Line], around: int = 1) -> Iterator[Line | Skipped]:
    """Without long runs of lines that are the same: `around` each change some stay, to find one's way."""
    near = {
        spot for nth, line in enumerate(lines) if line.kind != "same" for spot in range(nth - around, nth + around + 1)
    }
    skipped = 0
    for nth, line in enumerate(lines):
        if nth in near:
            if skipped:
                yield Skipped(skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Skipped(skipped)


def _replaced(old: list[str], new: list[str]) -> Iterator[Line]:
    """Lines in the order of the new text, each beside the old one that it is like."""
    waiting = list(old)
    for line in new:
        like = next((nth for nth, other in enumerate(waiting) if _alike(other, line)), None)
        if like is None:
            yield _whole("new", line)
            continue
        yield from (_whole("gone", other) for other in waiting[:like])
        yield Line("changed", tuple(_parts(waiting[like], line)))
        del waiting[: like + 1]
    yield from (_whole("gone", other) for other in waiting)


def _alike(one: str, other: str) -> bool:
    return bool(one.strip() and other.strip()) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Part("gone", "".join(old[i:j]))
        if k < m:
            yield Part("new", "".join(new[k:m]))


def _whole(kind: Kind, line: str) -> Line:
    return Line(kind, (Part(kind, line),))
