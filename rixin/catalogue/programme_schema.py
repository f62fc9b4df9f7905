"""What a definition of programmes may say: kinds of project with the steps that each of them goes through."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Role, Text
from rixin.catalogue.work_schema import RecordField

Milestone = Literal["started", "completed", "accepted", "recognised"]
"""What figures and goals ask for over all kinds of project."""
VoteRule = Literal["ordinary", "grave", "renewal"]
"""How many owners have to agree: see `rixin.programmes.votes`."""


class Vote(Block):
    """A vote of owners that has to be carried before the step is done. Each key names a field of the step."""

    rule: VoteRule
    owners: Code
    """How many owners there are."""
    area: Code
    """Their floor area."""
    took_part: Code
    area_took_part: Code
    agreed: Code
    area_agreed: Code

    @property
    def fields(self) -> dict[str, Code]:
        """Name of the field by what it says."""
        return {name: getattr(self, name) for name in type(self).model_fields if name != "rule"}


class ProjectStep(Block):
    """One step of the way, with what has to be shown before it counts as done."""

    code: Code
    name: Text
    unit: Code | None = None
    """The unit that does it; none: the one that answers for the project."""
    roles: list[Role] = []
    """Who writes it down; none named: the roles of the kind."""
    days: Annotated[int, Field(ge=0, le=1500)] = 10
    """Working days planned for it after the step before; of the first one, after the opening."""
    weight: Annotated[int, Field(ge=0, le=100)] = 1
    """What it counts in the progress of the project."""
    optional: bool = False
    """May be left out: the next ones do not wait for it, and it is never late."""
    ends: bool = False
    """With it the project is done. Steps after it, such as the end of the guarantee, are still waited for."""
    notice_days: Annotated[int, Field(ge=0, le=60)] = 0
    """Days for which something is shown to everybody: the next step comes that many days later at the earliest."""
    counts_as: Milestone | None = None
    """The milestone that is reached with it."""
    photos: Annotated[int, Field(ge=0, le=9)] = 0
    """The least number of photos that have to be there."""
    files: Annotated[int, Field(ge=0, le=9)] = 0
    """The least number of files that have to be there."""
    fields: list[RecordField] = []
    """What is filled in when it is done."""
    vote: Vote | None = None


class LateTold(Block):
    """After how many days past its planned day a step is told to whom."""

    owner: Annotated[int, Field(ge=1, le=365)] = 1
    """To who is in charge; where nobody is, to the unit."""
    unit: Annotated[int, Field(ge=1, le=365)] = 7
    """To the handlers of the unit that answers for the project, and to who dispatches there."""
    leader: Annotated[int, Field(ge=1, le=365)] = 15
    """To the leaders of the area."""


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
    place: Literal["none", "asked", "needed"] = "asked"
    """Whether it is asked where it is."""
    money: bool = True
    """Whether it has a budget and payments."""
    contractor: Text | None = None
    """What the one who carries it out is called, where there is one, such as the builder."""
    level: Text | None = None
    """What its levels are called, where projects of this kind are told apart, such as the rank of a road."""
    levels: list[Option] = []
    """The levels, one of which is chosen."""
    public: bool = False
    """Whether residents see it, with its steps."""
    late: LateTold = LateTold()
    steps: Annotated[list[ProjectStep], Field(min_length=1)]
    """In their order."""

    def step(self, code: str) -> ProjectStep:
        """Raises KeyError."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    @property
    def last(self) -> int:
        """Where in `steps` the project is done."""
        return next((nth for nth, step in enumerate(self.steps) if step.ends), len(self.steps) - 1)


class ProgrammeFile(Block):
    programmes: Annotated[list[ProjectKind], Field(min_length=1)]
