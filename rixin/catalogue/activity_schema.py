"""What a definition of activities may say: kinds of event that people come to, and the teams that put them on."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Role, Text

SIGN_UPS_KEPT = (3, 6)
"""Months that `keep_months` offers."""
SignUpAsk = Literal["name", "phone", "people", "age_band"]


class TeamLevel(Block):
    """A level of teams, with how many of it there are to be (6+15+80)."""

    code: Code
    name: Text
    wanted: Annotated[int, Field(ge=0, le=1000)]
    """How many teams of this level the layout asks for."""


class SignUpRules(Block):
    """How people sign up before they come."""

    asks: Annotated[list[SignUpAsk], Field(min_length=1)]
    """What is asked. Name and telephone are sealed; nothing else is asked of anybody."""
    keep_months: Literal[3, 6] = 3
    """Months after the last day of the event when names and telephones are deleted."""


class EventKind(Block):
    """A kind of event that residents or enterprises come to, such as a performance, a class or a job fair."""

    code: Code
    name: Text
    meaning: Text
    """What counts as one, in plain words."""
    unit: Code
    """The unit whose work it is where no other one is named."""
    roles: list[Role] = ["community_officer", "handler", "dispatcher", "leader"]
    """Who plans events and writes down how they went; handlers only for their own unit."""
    options: list[Option] = []
    """Sorts of it that are told apart."""
    people: Text = Text(zh="参加人次", en="Attendances")
    """What the number of those who came is called."""
    sign_up: SignUpRules | None = None
    """None: people simply come."""
    sessions: bool = False
    """Whether it meets on several dates, each with an attendance of its own."""
    employers: bool = False
    """Whether employers come, with posts offered and agreements signed."""
    hours: bool = False
    """Whether the hours of volunteers are written down."""
    teams: list[TeamLevel] = []
    """Levels of the teams that put on such events."""


class ActivityFile(Block):
    activities: Annotated[list[EventKind], Field(min_length=1)]
