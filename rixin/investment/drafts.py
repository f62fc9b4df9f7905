"""What somebody says of a lead, read and checked before it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.pipeline_schema import Pipeline
from rixin.refused import FieldsRefused


class LeadRefused(FieldsRefused):
    """It cannot be done as it was filled in."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is known of a lead beside its way. `amount` in fen, areas in square decimetres, `rent_most` in fen a day
    and square metre. `owner`: id of the account; `parent`: id of the enterprise here that it comes from.
    """

    name: str
    area_path: str
    kind: str = ""
    partner: str = ""
    amount: int | None = None
    section: str = ""
    division: str = ""
    area_least: int | None = None
    area_most: int | None = None
    wanted_from: date | None = None
    rent_most: int | None = None
    parent: int | None = None
    introduced_by: str = ""

    def columns(self) -> dict[str, Any]:
        """By column of the row."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            **{name: value for name, value in said.items() if name != "parent"},
            "name": self.name.strip(),
            "parent_id": self.parent,
            "introduced_by": self.introduced_by.strip() or None,
        }


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """`stage`: code, "" for the first one. `opened_on`: the day on which it became known, none: today.
    `origin`: a key by which it is opened only once, however often the form is sent.
    """

    said: Said
    owner: int
    stage: str = ""
    words: str = ""
    next_step: str = ""
    due_on: date | None = None
    opened_on: date | None = None
    origin: str = ""


def check(said: Said, pipeline: Pipeline) -> None:
    """Raises LeadRefused with all that is wrong."""
    faults: dict[str, str | Promise] = {}
    if not said.name.strip():
        faults["name"] = _("Please write the name.")
    if pipeline.kinds and said.kind not in {kind.code for kind in pipeline.kinds}:
        faults["kind"] = _("Please choose one.")
    if pipeline.partner and not said.partner.strip():
        faults["partner"] = _("Please say who the partner is.")
    if said.amount is not None and said.amount < 0:
        faults["amount"] = _("An amount is not less than nothing.")
    if said.area_least is not None and said.area_most is not None and said.area_most < said.area_least:
        faults["area_most"] = _("This is less than the least.")
    _refuse(faults)


def check_stage(code: str, pipeline: Pipeline) -> None:
    if code not in {stage.code for stage in pipeline.stages}:
        raise LeadRefused({"stage": _("Please choose a stage.")})


def _refuse(faults: Mapping[str, str | Promise]) -> None:
    if faults:
        raise LeadRefused(faults)
