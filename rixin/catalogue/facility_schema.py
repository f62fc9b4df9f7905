"""What a definition of facilities may say: their kinds, how far one walks to them, and how they are to be laid out."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Role, Text


class FacilityKind(Block):
    """A kind of place that serves residents, such as a health station or a canteen."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one, in plain words."""
    unit: Code
    """The unit that keeps them in the register. Its handlers enter and correct everything."""
    roles: list[Role] = ["community_officer", "dispatcher", "leader"]
    """Who else enters and corrects, in the area of the own posts."""
    public: bool = True
    """Whether residents find it on their map."""
    walk: Annotated[int, Field(ge=1, le=120)] | None = None
    """Minutes on foot within which every dwelling is to have one; none: that is not asked of this kind."""


class FacilityFile(Block):
    facilities: Annotated[list[FacilityKind], Field(min_length=1)]
