"""What somebody says of a project, read and checked before it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.programme_schema import ProjectKind
from rixin.refused import FieldsRefused

_YEARS = range(2000, 2100)


class ProjectRefused(FieldsRefused):
    """It cannot be done as it was filled in."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is known of a project beside its way. `budget` in fen, None where it is not known."""

    name: str
    area_path: str
    year: int
    about: str = ""
    level: str = ""
    place_code: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    contractor: str = ""
    budget: int | None = None

    def columns(self) -> dict[str, Any]:
        """By column of the row."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


@dataclass(frozen=True, kw_only=True)
class NewProject:
    """`unit`: id, none for that of the kind. `days`: planned days by step where they differ from the template."""

    said: Said
    opened_on: date
    unit: int | None = None
    owner: int | None = None
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NewEvidence:
    """A photo or file whose bytes are kept already. A photo has no `name`."""

    digest: str
    size: int
    name: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewPayment:
    """`amount` in fen."""

    day: date
    amount: int
    payee: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class NewRisk:
    words: str
    weight: str
    owner: int | None = None
    due_on: date | None = None


def check(said: Said, kind: ProjectKind) -> None:
    """Raises ProjectRefused with all that is wrong."""
    faults: dict[str, str | Promise] = {}
    if not said.name.strip():
        faults["name"] = _("Please write the name.")
    if kind.levels and said.level not in {level.code for level in kind.levels}:
        faults["level"] = _("Please choose one.")
    if not kind.levels and said.level:
        faults["level"] = _("Projects of this kind have no levels.")
    if kind.place == "needed" and not (said.place_code or said.address or said.lat is not None):
        faults["place"] = _("Please say where it is.")
    if said.year not in _YEARS:
        faults["year"] = _("This is no year of a plan.")
    if said.budget is not None and not kind.money:
        faults["budget"] = _("Projects of this kind have no money of their own.")
    elif said.budget is not None and said.budget < 0:
        faults["budget"] = _("An amount is not less than nothing.")
    refuse(faults)


def refuse(faults: Mapping[str, str | Promise]) -> None:
    """Raises ProjectRefused where there are any."""
    if faults:
        raise ProjectRefused(faults)


def needed(words: str, name: str, reason: str | Promise) -> str:
    """The words without blanks around them. Raises ProjectRefused where there are none."""
    said = words.strip()
    if not said:
        raise ProjectRefused({name: reason})
    return said
