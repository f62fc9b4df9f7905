"""What a definition of service rolls may say: for what persons are held, what of them, by whom and how long."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Role, Text

Months = Annotated[int, Field(ge=1, le=60)]


class RollField(Block):
    """One thing that is held of each person on the roll, sealed in the database."""

    name: Code
    label: Text
    kind: Literal["text", "choice", "yes_no", "day"]
    why: Text
    """What it is needed for, in words that the person reads."""
    options: list[Option] = []
    """For a choice."""
    required: bool = False


class Serving(Block):
    """A role whose holder may be named as the one who serves a person, and what he or she then sees."""

    role: Role
    sees: list[Code] = []
    """Fields of the roll. Name, address and telephone are seen by whoever serves: without them nobody could call."""


class RollVisits(Block):
    """Calls at the persons of a roll."""

    every_days: Annotated[int, Field(ge=1, le=365)] | None = None
    """Days after which the next call is due; none: whenever it is needed."""
    outcomes: Annotated[list[Option], Field(min_length=1)]
    """How a call went: one is chosen."""
    help: Code | None = None
    """Outcome after which a matter can be opened."""
    matter: Code | None = None
    """The type of that matter."""


class Roll(Block):
    """The persons who use a service or asked for it. Nobody is held for any other reason."""

    code: Code
    name: Text
    purpose: Text | None = None
    """For what they are held, in words that the person reads. A roll without one does not load."""
    basis: Text | None = None
    """The law or rule on which it rests."""
    consent: Text | None = None
    """What the person agrees to, word for word."""
    unit: Code
    """The unit whose handlers keep it."""
    roles: list[Role] = []
    """Who else keeps it, in the area of the own posts."""
    serves: list[Serving] = []
    """Who serves the persons of the roll, each those that were given to him or her."""
    fields: list[RollField] = []
    """What is held beside the name."""
    dwelling: bool = True
    """Whether the dwelling or address is held."""
    phone: bool = True
    """Whether a telephone number is held."""
    visits: RollVisits | None = None
    kept_months: Annotated[int, Field(ge=0, le=36)] | None = None
    """Months after somebody left at whose end everything held of the person is deleted."""
    unused_months: Months | None = None
    """Months without any use of the service after which the keeper has asked again, or it is deleted."""
    asking: bool = True
    """Whether residents can ask to be put on it from their own phones."""


class RollFile(Block):
    rolls: Annotated[list[Roll], Field(min_length=1)]
