"""A document as DOCX on the pages of an official document; the seal goes over the office's name and the day."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from rixin.documents.paper import Paper
from rixin.official import docx as official
from rixin.official.docx import BODY, HEI

_SIZE = Pt(16)
_RIGHT = Pt(64)
"""The day ends four signs before the margin, the office is set over its middle (GB/T 9704-2012, 7.3.5.1)."""


def write(paper: Paper) -> bytes:
    made = official.begin([paper.title])
    official.write_line(made.add_paragraph(), [paper.number], BODY, _SIZE, centred=True)
    if paper.void:
        official.write_line(made.add_paragraph(), [paper.void], HEI, _SIZE, centred=True)
    made.add_paragraph()
    if paper.to:
        official.write_line(made.add_paragraph(), [f"{paper.to}："], BODY, _SIZE)
    for line in paper.lines:
        if line.kind == "heading":
            official.write_heading(made, 1, [line.text])
        else:
            official.write_text(made, [line.text])
    for name in paper.signs:
        official.write_text(made, [f"{name}（签名）：　　　　　　　　　　　年　　月　　日"])
    for text in ("", "", paper.office, paper.day):
        _to_the_right(made, text)
    return official.written(made)


def _to_the_right(made: Any, text: str) -> None:
    """The last lines stay together: no seal stands on a page without text."""
    paragraph = made.add_paragraph()
    official.write_line(paragraph, [text], BODY, _SIZE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = _RIGHT
    paragraph.paragraph_format.keep_with_next = True
