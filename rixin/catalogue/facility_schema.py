"""What a definition of facilities may say: their kinds, how far one walks to them, and how they are to be laid out."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Role, Text

Icon = Literal[
    "health", "elder", "meal", "access", "service", "culture", "book", "child", "shield", "test", "people", "building"
]
"""Names of drawings of the house."""


class FacilityGroup(Block):
    """A word by which residents choose, such as health or culture."""

    code: Code
    name: Text
    icon: Icon


class FacilityGroupFile(Block):
    """In the order in which residents are offered them."""

    facility_groups: Annotated[list[FacilityGroup], Field(min_length=1)]


class FacilityKind(Block):
    """A kind of place that serves residents, such as a health station or a canteen."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one, in plain words."""
    group: Code
    """The group in which residents look for it."""
    unit: Code
    """The unit that keeps them in the register. Its handlers enter and correct everything."""
    roles: list[Role] = ["community_officer", "dispatcher", "leader"]
    """Who else enters and corrects, in the area of the own posts; a handler only one of the unit that keeps it."""
    public: bool = True
    """Whether residents find it on their map."""
    walk: Annotated[int, Field(ge=1, le=120)] | None = None
    """Minutes on foot within which every dwelling is to have one; none: that is not asked of this kind."""
    stars: Annotated[int, Field(ge=1, le=10)] | None = None
    """The most stars that it can be given; none: it is not rated."""
    floor_area: bool = False
    """Whether its floor area is kept, and from which day it is how large."""
    levels: list[Option] = []
    """What it can be of its kind, such as a branch or a reading room of libraries."""
    icon: Icon | None = None
    """Its drawing; none: that of its group."""


class FacilityFile(Block):
    facilities: Annotated[list[FacilityKind], Field(min_length=1)]


class LayoutRule(Block):
    """One number of a layout: at least so many facilities of these kinds are open."""

    name: Text
    kinds: Annotated[list[Code], Field(min_length=1)]
    levels: list[Code] = []
    """Only those of these levels; none: whatever their level is."""
    least: Annotated[int, Field(ge=1, le=1000)]
    each: Literal["subdistrict", "community"] = "subdistrict"
    """Whether so many are asked of the whole sub-district or of each of its communities."""


class FacilityLayout(Block):
    """How facilities are to be laid out, such as “11115” of culture: what is to be there at least."""

    code: Code
    name: Text
    source: Text
    """Where it comes from, and what has to be known to read it rightly."""
    rules: Annotated[list[LayoutRule], Field(min_length=1)]


class FacilityLayoutFile(Block):
    facility_layouts: Annotated[list[FacilityLayout], Field(min_length=1)]
