"""What a policy of rewards and subsidies may say: who qualifies by plain facts of the register, and for how much."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, NonEmpty, Text
from rixin.catalogue.work_schema import IsoDay

PolicyFact = Literal["standing", "section", "division", "trait", "came_within_days", "tax", "tax_growth", "leases_here"]


class Condition(Block):
    """One condition. All of a policy's conditions have to be met."""

    text: Text
    """As the policy's document says it."""
    fact: PolicyFact
    any_of: list[NonEmpty] = []
    """`standing`, `section`, `division`: codes of which it has one; `trait`: as stage.specialised or rd_centre.city."""
    at_least: Decimal | None = None
    """`tax`: yuan paid in the policy's year of reference; `tax_growth`: percent against the year before."""
    at_most: Decimal | None = None
    """`came_within_days`: days since it moved in or was registered."""


class Policy(Block):
    code: Code
    name: Text
    document: Text
    """Name and number of the document that it stands in."""
    from_day: IsoDay
    until_day: IsoDay | None = None
    """Applications are taken from this day to that one, both included."""
    conditions: Annotated[list[Condition], Field(min_length=1)]
    amount: Annotated[Decimal, Field(gt=0)] | None = None
    """Yuan paid to each; none: as the application says."""
    share_of_tax: Annotated[int, Field(ge=1, le=100)] | None = None
    """Percent of the tax of the year of reference that is paid."""
    most: Annotated[Decimal, Field(gt=0)] | None = None
    """The most yuan that one enterprise is paid."""
    budget: Annotated[Decimal, Field(gt=0)] | None = None
    """Yuan that may be paid under it in all."""


class PolicyFile(Block):
    policies: Annotated[list[Policy], Field(min_length=1)]
