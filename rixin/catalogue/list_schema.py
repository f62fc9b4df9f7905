"""What a list may say in which an office keeps certain matters in view until each is struck off (清单)."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Answer, Block, Code, Literals, Text


class ListColumn(Block):
    """A column beside those that every list has: what the form says, or what was filled in with an action last."""

    form: Code | None = None
    asked: Answer | None = None


class MatterList(Block):
    """Matters on it have one of the types, and meet all that is said; what is closed stays, as struck off."""

    code: Code
    name: Text
    meaning: Text
    """What stands on it and why, in plain words."""
    types: Annotated[list[Code], Field(min_length=1)]
    form: dict[Code, Literals] = {}
    """Answers of the form."""
    after: list[Code] = []
    """One of these actions was taken."""
    asked: dict[Answer, Literals] = {}
    """What was filled in with an action, at any time."""
    by: Code | None = None
    """A choice of the form by which the list is told apart."""
    columns: list[ListColumn] = []


class ListFile(Block):
    lists: Annotated[list[MatterList], Field(min_length=1)]
