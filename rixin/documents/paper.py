"""A document as it is drawn: title, number, addressee, paragraphs, signatures, and the place of the seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rixin.documents.filling import day_on_paper
from rixin.documents.models import Document

HEADING = "## "


@dataclass(frozen=True)
class Line:
    kind: Literal["heading", "text"]
    text: str


@dataclass(frozen=True)
class Paper:
    """`signs`: who signs beside the office; each has a line of its own. `void`: words across it, or empty."""

    title: str
    number: str
    to: str
    lines: tuple[Line, ...]
    signs: tuple[str, ...]
    office: str
    day: str
    void: str = ""


def paper_of(document: Document) -> Paper:
    return Paper(
        title=document.title,
        number=document.number,
        to=document.addressee or "",
        lines=tuple(lines_of(document.text or "")),
        signs=tuple(document.signs),
        office=document.office,
        day=day_on_paper(document.day),
        void="已作废" if document.voided_at else "",
    )


def lines_of(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        heading = line.startswith(HEADING)
        yield Line("heading" if heading else "text", line.removeprefix(HEADING).strip())
