"""A document as PDF on the pages of an official document, set by Typst."""

from dataclasses import asdict
from pathlib import Path

from rixin.documents.paper import Paper
from rixin.official.pdf import typeset

_PAGE = Path(__file__).parent / "layout" / "document.typ"


def write(paper: Paper) -> bytes:
    return typeset(_PAGE, "document", asdict(paper))
