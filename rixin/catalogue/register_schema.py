"""What a definition of the registers may say: industries, and what holds of an enterprise from a day on."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rixin.catalogue.schema import Block, Code, Option, Role, Text

SectionCode = Annotated[str, StringConstraints(pattern=r"^[A-T]$")]
DivisionCode = Annotated[str, StringConstraints(pattern=r"^\d\d$")]


class Division(Block):
    """A division of GB/T 4754, two digits. No two sections share one."""

    code: DivisionCode
    name: Text
    cultural: bool = False
    """Whether its enterprises count as cultural and creative ones."""


class Section(Block):
    """A section of GB/T 4754, one letter."""

    code: SectionCode
    name: Text
    divisions: Annotated[list[Division], Field(min_length=1)]


class Register(Block):
    """Who keeps the register of enterprises and buildings, and who reads what enterprises pay."""

    code: Code
    name: Text
    unit: Code
    """The unit that keeps it. Its handlers enter and correct everything."""
    roles: Annotated[list[Role], Field(min_length=1)]
    """Who else enters and corrects, in the area of the own posts; a handler only one of the unit that keeps it."""
    money: list[Role] = ["dispatcher", "leader", "auditor"]
    """Who reads tax and output of single enterprises beside the handlers of the unit."""
    visit_days: Annotated[int, Field(ge=1, le=1100)] = 90
    """Days after a visit at which its officer is to call at an enterprise again."""


class RegisterFile(Block):
    registers: Annotated[list[Register], Field(min_length=1)]


class IndustryFile(Block):
    industries: Annotated[list[Section], Field(min_length=1)]


class Trait(Block):
    """Something dated that is known of enterprises: a stage of cultivation, a recognition, the group it belongs to."""

    code: Code
    name: Text
    meaning: Text
    """What it says, and who decides that it holds, in plain words."""
    lasts: bool = True
    """Whether it holds from a day until another one; otherwise it happens on a day and stays true."""
    one_at_a_time: bool = False
    """For what lasts: whether a new value ends the one before."""
    options: Annotated[list[Option], Field(min_length=1)]
    ladder: bool = False
    """Whether the options are steps, the lowest first."""


class TraitFile(Block):
    traits: Annotated[list[Trait], Field(min_length=1)]


WarningFact = Literal[
    "lease_end", "tax_drop", "address_changed", "moved_out_of_building", "unsolved_problem", "not_visited"
]


class Warning(Block):
    """A plain fact about an enterprise for which somebody should call there. Each is shown with its reason."""

    code: Code
    name: Text
    fact: WarningFact
    advice: Text
    """What to do about it."""
    within_days: Annotated[int, Field(ge=1, le=1100)] | None = None
    """`lease_end`: days before the end of the lease; of all others but `tax_drop`: days since."""
    percent: Annotated[int, Field(ge=1, le=100)] | None = None
    """`tax_drop`: how much less tax than in the same period of the year before."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """`tax_drop` and `not_visited`: only enterprises that paid at least so many yuan in the year before."""


class WarningFile(Block):
    warnings: Annotated[list[Warning], Field(min_length=1)]
