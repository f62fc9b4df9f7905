"""What a definition of head counts may say: the totals of a building, how often, what must add up."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Role, Text


class Counted(Block):
    """One total of a building or stairwell: a whole number, never a person."""

    code: Code
    name: Text
    unit: Code
    """Unit of measure, such as `person` or `household`."""
    part_of: Code | None = None
    """The total that it is a part of, or `dwellings`: the dwellings that the register has there. Parts of one whole do
    not overlap: together they are not above it."""
    at_most: Literal["dwellings"] | None = None
    """What it seldom passes: above it the person is asked to look again before it is taken."""
    required: bool = True


class HeadCounts(Block):
    """The totals that are returned for each building, by stairwell."""

    code: Code
    name: Text
    meaning: Text
    """Who is counted, in plain words."""
    unit: Code
    """The unit whose handlers keep dwellings and counts."""
    roles: list[Role] = ["community_officer"]
    """Who else keeps them, in the area of the own posts."""
    months: Literal[3, 6]
    """Length of a period: a quarter or half a year."""
    fields: Annotated[list[Counted], Field(min_length=1)]


class HeadCountFile(Block):
    head_counts: Annotated[list[HeadCounts], Field(min_length=1)]
