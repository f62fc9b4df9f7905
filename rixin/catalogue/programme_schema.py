"""What a definition of programmes may say: kinds of project with the steps that each of them goes through."""

from typing import Annotated

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Role, Text


class ProjectStep(Block):
    """One step of the way, with what has to be shown before it counts as done."""

    code: Code
    name: Text


class ProjectKind(Block):
    """A kind of project, such as the renewal of an old quarter."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one, in plain words."""
    unit: Code
    """The unit that answers for it where no other one is named."""
    roles: list[Role] = ["handler", "community_officer", "dispatcher", "leader"]
    """Who opens projects and writes down their steps."""
    steps: Annotated[list[ProjectStep], Field(min_length=1)]
    """In their order."""


class ProgrammeFile(Block):
    programmes: Annotated[list[ProjectKind], Field(min_length=1)]
