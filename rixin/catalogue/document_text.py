"""The marks of a document's text, such as {to}, {due.handle} or {decline.reason?}, and what each may name. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FACTS = frozenset({"to", "number", "day", "case", "title", "opened", "place", "unit", "office", "type"})
"""What every document knows: addressee, own number and day, and of the matter number, title, day of receipt, place,
unit that holds it, the sub-district's name, and the name of its kind."""
DONE_ON = "on"
"""Beside an action's fields: the day on which it was taken, as in {accept.on}."""
_MARK = re.compile(r"\{([^{}]*)\}")
_SHAPE = re.compile(r"(?:([a-z][a-z0-9_-]*)\.)?([a-z][a-z0-9_-]*)(\?)?")


@dataclass(frozen=True)
class Mark:
    """`of`: the action, or one of `due`, `form` and `own`; empty for a fact. `may_lack`: the line is left out then."""

    of: str
    name: str
    may_lack: bool = False

    def __str__(self) -> str:
        return "{" + (f"{self.of}." if self.of else "") + self.name + "}"


def read_mark(written: str) -> Mark | None:
    """What stands between the braces; None if it is no mark."""
    shape = _SHAPE.fullmatch(written)
    return Mark(shape[1] or "", shape[2], bool(shape[3])) if shape else None


def marks(line: str) -> Iterator[tuple[str, Mark | None]]:
    """(as written, as read) of each mark of a line."""
    for found in _MARK.finditer(line):
        yield found[0], read_mark(found[1])


def filled(body: str, said: Mapping[Mark, str]) -> str:
    """The text with its marks replaced. A line is left out where a mark that may lack says nothing.

    `said`: by mark with `may_lack` false, as it is looked up by.
    """
    lines = []
    for line in body.splitlines():
        found = [(written, mark) for written, mark in marks(line) if mark is not None]
        if any(mark.may_lack and not said.get(Mark(mark.of, mark.name)) for _written, mark in found):
            continue
        for written, mark in found:
            line = line.replace(written, said.get(Mark(mark.of, mark.name), ""))
        lines.append(line)
    return "\n".join(line for line in lines if line.strip())


def lacking(body: str, said: Mapping[Mark, str]) -> list[Mark]:
    """The marks that have to say something and do not, in the order of the text."""
    wanted = [mark for line in body.splitlines() for _written, mark in marks(line) if mark and not mark.may_lack]
    return [mark for mark in dict.fromkeys(wanted) if not said.get(mark)]
