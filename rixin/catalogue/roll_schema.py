"""What a definition of service rolls may say: for what persons are held, what of them, by whom and how long."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Role, Text


class Roll(Block):
    """The persons who use a service or asked for it. Nobody is held for any other reason."""

    code: Code
    name: Text
    purpose: Text
    """For what they are held, in words that the person reads."""
    unit: Code
    """The unit that keeps it."""
    roles: list[Role] = []
    """Who else keeps it, in the area of the own posts."""


class RollFile(Block):
    rolls: Annotated[list[Roll], Field(min_length=1)]
