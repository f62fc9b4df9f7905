"""What a pipeline may say: the stages by which a lead comes nearer to landing here (招商引资, 校企合作)."""

from typing import Annotated, Literal

from pydantic import Field

from rixin.catalogue.schema import Block, Code, Option, Text

LeadFact = Literal["name", "amount", "industry", "partner", "kind"]


class Stage(Block):
    """One stage of the way; the last one is that before landing."""

    code: Code
    name: Text
    stale_days: Annotated[int, Field(ge=1, le=730)]
    """Days in this stage without a step after which the lead is shown as forgotten."""
    likely: Annotated[int, Field(ge=0, le=100)]
    """Of a hundred leads in this stage, how many are expected to land: the office's own estimate, said so on pages."""


class Landing(Block):
    """What a lead leaves once it has landed: a record, so that figures count it."""

    record: Code
    values: Annotated[dict[Code, LeadFact], Field(min_length=1)]
    """Field of the record, and what the lead says there: every field that the record needs."""
    enterprise: bool = False
    """Whether it becomes an enterprise of the register. Then a lead also says what rooms it looks for."""


class Pipeline(Block):
    """One kind of lead with its stages, who keeps it, and what becomes of those that land."""

    code: Code
    name: Text
    meaning: Text
    unit: Code
    """The unit that keeps it."""
    stages: Annotated[list[Stage], Field(min_length=2)]
    """In their order. A lead may be moved to any of them."""
    kinds: list[Option] = []
    """Kinds of lead, where they are told apart."""
    partner: Text | None = None
    """What the partner of a lead is called, where there is one, such as a university."""
    amount: bool = True
    """Whether leads have an amount of money, in ten thousand yuan."""
    lost: Annotated[list[Option], Field(min_length=1)]
    """Why a lead is given up."""
    landing: Landing


class PipelineFile(Block):
    pipeline: Pipeline
