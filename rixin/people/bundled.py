"""Units from a YAML file into the database."""

from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from django.db import transaction
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from rixin.people import units as known_units
from rixin.people.models import Unit

BUNDLED = files("rixin.people") / "wenxin" / "units.yaml"
UPDATED = ["name_zh", "name_en", "kind", "level", "area_path", "retired_on", "parent"]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(Strict):
    zh: str
    en: str


class UnitEntry(Strict):
    code: Code
    kind: Unit.Kind
    name: Name
    level: Unit.Level = Unit.Level.SUBDISTRICT
    parent: Code | None = None
    area: str | None = None
    retired_on: date | None = None


class CommunityEntry(Strict):
    code: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    name: Name


class UnitsFile(Strict):
    subdistrict: int
    units: list[UnitEntry]
    communities: list[CommunityEntry]

    @model_validator(mode="after")
    def _codes_are_unique_and_parents_known(self) -> "UnitsFile":
        codes = [unit.code for unit in self.all_units()]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"unit code {twice[0]!r} is given twice; give each unit its own code")
        if unknown := [unit for unit in self.units if unit.parent and unit.parent not in codes]:
            raise ValueError(
                f"unit {unknown[0].code!r} names the parent {unknown[0].parent!r}, which is not in the file"
            )
        return self

    def all_units(self) -> list[UnitEntry]:
        """The units with the committees of the communities among them."""
        return [*self.units, *(self._committee(community) for community in self.communities)]

    def _committee(self, community: CommunityEntry) -> UnitEntry:
        return UnitEntry(
            code=f"community-{community.code}",
            kind=Unit.Kind.COMMUNITY,
            level=Unit.Level.COMMUNITY,
            name=Name(zh=f"{community.name.zh}居委会", en=f"{community.name.en} Committee"),
            area=f"{self.subdistrict}/{community.code}/",
        )


class UnitsFault(Exception):
    """The file of units cannot be used; the message names the file and the reason."""


def read_units(source: Traversable = BUNDLED) -> UnitsFile:
    """Raises UnitsFault."""
    try:
        return UnitsFile.model_validate(YAML(typ="safe").load(source.read_text(encoding="utf-8")))
    except MarkedYAMLError as fault:
        raise UnitsFault(f"{source}: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnitsFault(f"{source}: {where + ': ' if where else ''}{first['msg']}") from fault


@transaction.atomic
def load_units(file: UnitsFile) -> dict[str, Unit]:
    """Create or update every unit of the file, by code. Units that the file does not name stay as they are."""
    entries = file.all_units()
    default_area = f"{file.subdistrict}/"
    rows = [
        Unit(
            code=entry.code,
            name_zh=entry.name.zh,
            name_en=entry.name.en,
            kind=entry.kind,
            level=entry.level,
            area_path=default_area if entry.area is None else entry.area,
            retired_on=entry.retired_on,
        )
        for entry in entries
    ]
    without_parent = [name for name in UPDATED if name != "parent"]
    Unit.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=without_parent)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[entry.code for entry in entries])}
    children = [entry for entry in entries if entry.parent]
    for entry in children:
        units[entry.code].parent = units[str(entry.parent)]
    Unit.objects.bulk_update([units[entry.code] for entry in children], ["parent"])
    transaction.on_commit(known_units.forget)
    known_units.forget()
    return units
