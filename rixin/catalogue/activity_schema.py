"""What a definition of activities may say: kinds of event that people come to, and levels of teams."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Role, Text


class EventKind(Block):
    """A kind of event that residents or enterprises come to, such as a performance, a class or a job fair."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one, in plain words."""
    unit: Code
    """The unit whose work it is where no other one is named."""
    roles: list[Role] = ["community_officer", "handler", "dispatcher", "leader"]
    """Who plans events and writes down how they went."""
    options: list[Option] = []
    """Sorts of it that are told apart."""


class ActivityFile(Block):
    activities: Annotated[list[EventKind], Field(min_length=1)]
