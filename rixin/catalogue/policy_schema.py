"""What a policy of rewards and subsidies may say: who qualifies by plain facts of the register, and for how much."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, NonEmpty, Text
from rixin.catalogue.work_schema import IsoDay

PolicyFact = Literal["standing", "section", "division", "trait", "came_within_days", "tax", "tax_growth", "leases_here"]
Yuan = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2, allow_inf_nan=False)]


class PolicyCondition(Block):
    """One condition. All of a policy's conditions have to be met."""

    text: Text
    """As the policy's document says it."""
    fact: PolicyFact
    """What it asks of an enterprise; `leases_here`: whether it has rooms in a building of the register."""
    any_of: list[NonEmpty] = []
    """`standing`, `section`, `division`: codes of which it has one; `trait`: as stage.specialised or rd_centre.city."""
    at_least: Annotated[Decimal, Field(max_digits=14, decimal_places=2, allow_inf_nan=False)] | None = None
    """`tax`: yuan paid in the year of reference; `tax_growth`: percent by which it is more than the year before."""
    at_most: Annotated[int, Field(ge=0, le=36600)] | None = None
    """`came_within_days`: days since it moved in or was newly registered."""


class Policy(Block):
    """A rule by which enterprises are paid a reward or subsidy."""

    code: Code
    name: Text
    """Applications and payments belong to the policy whose name they say, in either language."""
    document: Text
    """Name and number of the document that it stands in."""
    from_day: IsoDay
    until_day: IsoDay | None = None
    """Applications are taken from this day to that one, both included; none: until further notice."""
    conditions: Annotated[list[PolicyCondition], Field(min_length=1)]
    reference_year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    """The calendar year whose tax counts; none: the year before the day of the application."""
    amount: Yuan | None = None
    """Yuan paid to each; without it and `share_of_tax`: as the application says."""
    share_of_tax: Annotated[int, Field(ge=1, le=100)] | None = None
    """Percent of the tax of the year of reference that is paid."""
    most: Yuan | None = None
    """The most yuan that one enterprise is paid, where there is no fixed `amount`."""
    budget: Yuan | None = None
    """Yuan that may be paid under it in all; none: not limited."""

    def in_force(self, day: date) -> bool:
        """Whether applications are taken on that day."""
        said = day.isoformat()
        return self.from_day <= said and (self.until_day is None or said <= self.until_day)

    def year_on(self, day: date) -> int:
        """The year of reference of an application of that day."""
        return self.reference_year or day.year - 1


class PolicyFile(Block):
    policies: Annotated[list[Policy], Field(min_length=1)]
