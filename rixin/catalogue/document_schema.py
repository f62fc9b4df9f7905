"""What a document may say that goes out in a matter: a notice, a reply, an agreement, an order."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rixin.catalogue.schema import AskedField, Block, Code, NonEmpty, Role, Text


class DocumentTemplate(Block):
    """A document that is issued in a matter, with its text and its marks (docs/developers/documents.md)."""

    code: Code
    name: Text
    """Its Chinese name is the title on the paper."""
    lifecycles: Annotated[list[Code], Field(min_length=1)]
    """Lifecycles in whose matters it is issued."""
    types: list[Code] = []
    """Only in matters of these types; none: of all that follow the lifecycles."""
    after: list[Code] = []
    """Only once one of these actions was taken; none: at any time."""
    roles: Annotated[list[Role], Field(min_length=1)] = ["handler", "dispatcher"]
    number: Annotated[str, StringConstraints(pattern=r"^[^{}]*\{year\}[^{}]*\{n\}[^{}]*$")]
    """How it is numbered within a year, such as 文街信受〔{year}〕{n}号."""
    to: Literal["reporter", "typed"] = "typed"
    """Whom it addresses: who raised the matter, or whoever is written down when it is issued."""
    asks: list[AskedField] = []
    """What is filled in when it is issued, beyond what the matter holds."""
    body: NonEmpty
    """In Chinese: a paragraph a line, `## ` before a heading. A line whose marks end in ? is left out where they say
    nothing."""
    signs: list[NonEmpty] = []
    """In Chinese: who signs it beside the office, such as the parties to an agreement."""
    public: bool = False
    """Whether who raised the matter can read it with the tracking code."""


class DocumentFile(Block):
    documents: Annotated[list[DocumentTemplate], Field(min_length=1)]
