"""Fits the text of a template to a community or a unit that has not all of it: what has nothing behind it goes. Pure.

- what stands between semicolons goes if nothing was counted in any of its figures, a sentence likewise; in Chinese
  also what stands between commas, if none of its figures has a number at all (a zero is a number);
- charts without rows or of one part only go, and the lines of tables, and a table that has none left;
- so does a heading with nothing under it; headings that are numbered are numbered anew.

Sentences without figures stay as long as anything else of their section does.
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from rixin.catalogue.report_text import (
    Chart,
    Goals,
    Heading,
    Paragraph,
    Parsed,
    Piece,
    Reference,
    Table,
    blocks_of,
    parse,
)

_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$)|$)\s*", re.DOTALL)
_CLAUSE = re.compile(r".+?(?:[；;]|$)\s*", re.DOTALL)
_COMMA = re.compile(r".+?(?:，|$)", re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENDS = re.compile(r"[，；;,。.!?！？\s]+$")
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class _Kept:
    """A block of the text that stays, or "" of one that goes. `counts`: it had figures to lose."""

    text: str
    piece: Piece
    counts: bool


@dataclass(frozen=True)
class Nothing:
    """What there is nothing to say of: metrics (codes) without a row, and those of them without a number; goals."""

    silent: Set[str] = frozenset()
    blank: Set[str] = frozenset()
    goals: bool = False
    charts: Set[Chart] = frozenset()
    """Those that would show one part only."""


def fitted(text: str, nothing: Nothing) -> str:
    kept = [_fitted_block(block, nothing) for _line, block in blocks_of(text)]
    kept = list(_with_meaning(kept))
    return _joined(_numbered(_with_something_under(kept)))


def _fitted_block(block: str, nothing: Nothing) -> _Kept:
    piece = parse(block).pieces[0]
    if isinstance(piece, Chart):
        return _Kept("" if piece.metric in nothing.silent or piece in nothing.charts else block, piece, True)
    if isinstance(piece, Table):
        there = [code for code in piece.metrics if code not in nothing.silent]
        return _Kept(f"[table: {', '.join(there)}]" if there else "", piece, True)
    if isinstance(piece, Goals):
        return _Kept("" if nothing.goals else block, piece, True)
    if isinstance(piece, Paragraph) and _figures(block):
        return _Kept(_fitted_paragraph(block, nothing), piece, True)
    return _Kept(block, piece, not isinstance(piece, Heading | Paragraph))


def _fitted_paragraph(text: str, nothing: Nothing) -> str:
    mark, words = ("- ", text[2:]) if text.startswith("- ") else ("", text)
    sentences = "".join(_fitted_sentence(match[0], nothing) for match in _SENTENCE.finditer(words)).strip()
    return f"{mark}{sentences}" if _figures(sentences) else ""


def _fitted_sentence(sentence: str, nothing: Nothing) -> str:
    if not _figures(sentence):
        return sentence
    clauses = [match[0] for match in _CLAUSE.finditer(sentence)]
    stay = _without(clauses, nothing.silent)
    if _CHINESE.search(sentence):
        parts = (_ended(_without(_parts(clause), nothing.blank), clause) for clause in stay)
        stay = ["".join(those) for those in parts if those]
    if not any(map(_figures, stay)):
        return ""
    return _capital("".join(_ended(stay, sentence)), like=sentence)


def _without(parts: list[str], nothing: Set[str]) -> list[str]:
    """Those parts that have a figure of which there is something to say, or none at all."""
    return [one for one in parts if not (found := _figures(one)) or not found <= nothing]


def _parts(clause: str) -> list[str]:
    return [match[0] for match in _COMMA.finditer(clause)]


def _ended(stay: list[str], whole: str) -> list[str]:
    """With the stop that the whole ended with, where its last part went."""
    ending = _ENDS.search(whole)
    if not stay or whole.endswith(stay[-1]):
        return stay
    return [*stay[:-1], _ENDS.sub("", stay[-1]) + (ending[0] if ending else "")]


def _capital(text: str, *, like: str) -> str:
    return text[0].upper() + text[1:] if text and like[0].isupper() else text


def _figures(text: str) -> set[str]:
    pieces: Parsed = parse(text)
    return {
        run.code
        for piece in pieces.pieces
        if isinstance(piece, Heading | Paragraph)
        for run in piece.runs
        if isinstance(run, Reference) and not run.parameter
    }


def _with_meaning(blocks: list[_Kept]) -> Iterator[_Kept]:
    """Without the sentences that only lead to what went."""
    for section in _sections(blocks):
        lost = any(one.counts for one in section) and not any(one.counts and one.text for one in section)
        yield from (one for one in section if one.text and not (lost and isinstance(one.piece, Paragraph)))


def _sections(blocks: list[_Kept]) -> Iterator[list[_Kept]]:
    section: list[_Kept] = []
    for one in blocks:
        if isinstance(one.piece, Heading):
            yield section
            section = []
        section.append(one)
    yield section


def _with_something_under(blocks: list[_Kept]) -> list[_Kept]:
    found: list[_Kept] = []
    under = 0  # the highest level of heading under which nothing stands yet has to be above this
    something = False
    for one in reversed(blocks):
        if not isinstance(one.piece, Heading):
            something = True
        elif something or one.piece.level < under:
            under, something = one.piece.level, False
        else:
            continue
        found.append(one)
    return found[::-1]


def _numbered(blocks: list[_Kept]) -> Iterator[tuple[str, Piece]]:
    counts = [0, 0, 0, 0]
    for one in blocks:
        if not isinstance(one.piece, Heading):
            yield one.text, one.piece
            continue
        level = one.piece.level
        counts[level:] = [counts[level] + 1, *[0] * (3 - level)]
        yield _renumbered(one.text, counts[level]), one.piece


_NUMBERS: list[tuple[re.Pattern[str], Callable[[int], str]]] = [
    (re.compile(r"^(#+\s*)[一二三四五六七八九十]+、"), lambda nth: f"{_chinese(nth)}、"),
    (re.compile(r"^(#+\s*)（[一二三四五六七八九十]+）"), lambda nth: f"（{_chinese(nth)}）"),
    (re.compile(r"^(#+\s*)\(\d+\)"), lambda nth: f"({nth})"),
    (re.compile(r"^(#+\s*)\d+\."), lambda nth: f"{nth}."),
]


def _renumbered(heading: str, nth: int) -> str:
    for form, number in _NUMBERS:
        if match := form.match(heading):
            return match[1] + number(nth) + heading[match.end() :]
    return heading


def _chinese(number: int) -> str:
    """Up to 99: 三, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")


def _joined(blocks: Iterator[tuple[str, Piece]]) -> str:
    """A blank line between blocks; items of one list stand together."""
    text, before = "", None
    for block, piece in blocks:
        item = isinstance(piece, Paragraph) and piece.item
        text += ("\n" if item and before else "\n\n" if text else "") + block
        before = item
    return f"{text}\n" if text else ""
