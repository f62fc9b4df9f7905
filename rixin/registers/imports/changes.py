"""What a row would change of an enterprise that is known: blank cells change nothing. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from rixin.registers.imports.known import Entry
from rixin.registers.imports.said import Said
from rixin.registers.models import How, Standing
from rixin.registers.models.enterprises import PRESENT
from rixin.registers.returns import Figure

NameAs = Literal["", "rename", "former"]
"""What becomes of the name that a row has for one of another name: its name from now on, or one it is found by."""


@dataclass(frozen=True)
class Stand:
    standing: Standing
    how: How
    day: date
    where: str = ""


@dataclass(frozen=True)
class Let:
    """A room that is let. `room`: its id; None for one that is made. `area` in square decimetres."""

    building: int
    number: str
    floor: int | None
    room: int | None
    area: int
    from_day: date
    lease_end: date | None


@dataclass(frozen=True)
class Renewal:
    tenancy: int
    before: date | None
    lease_end: date


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is written about one enterprise. `name`: as the row has it, where something becomes of it."""

    details: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    name_as: NameAs = ""
    stand: Stand | None = None
    traits: tuple[tuple[str, str, date], ...] = ()
    """(trait, value, from when)"""
    figures: tuple[Figure, ...] = ()
    lets: tuple[Let, ...] = ()
    renewals: tuple[Renewal, ...] = ()

    def __bool__(self) -> bool:
        parts = (self.details, self.name_as, self.stand, self.traits, self.figures, self.lets, self.renewals)
        return any(map(bool, parts))


def changes(said: Said, entry: Entry, name_as: NameAs, today: date) -> Changes:
    """Without rooms: whether these fit is told by what other rows take (see `ledger`)."""
    return Changes(
        details=dict(_details(said, entry)),
        name=said.name if name_as else "",
        name_as=name_as,
        stand=_stand(said, entry, today),
        traits=tuple(
            (trait, value, said.trait_day or today)
            for trait, value in said.traits
            if (trait, value) not in entry.traits
        ),
        figures=tuple(one for one in said.figures if entry.figures.get(one.key) != one.amount),
    )


def _details(said: Said, entry: Entry) -> Iterator[tuple[str, Any]]:
    given, there = said.details, entry.details
    for name, value in given.items():
        if name in ("area_path", "place_code", "section", "division"):
            continue
        if there[name] != value:
            yield name, value
    if "section" in given and _finer_or_other(given, there):
        yield from (
            (name, given.get(name, "")) for name in ("section", "division") if there[name] != given.get(name, "")
        )
    # An area above the one that is known says nothing new.
    if said.placed and not str(there["area_path"]).startswith(given["area_path"]):
        yield "area_path", given["area_path"]
    if "address" in given and there["address"] != given["address"]:
        place = given.get("place_code", "")
        if there["place_code"] != place:
            yield "place_code", place


def _finer_or_other(given: Any, there: Any) -> bool:
    if given["section"] != there["section"]:
        return True
    return bool(given.get("division")) and given["division"] != there["division"]


def _stand(said: Said, entry: Entry, today: date) -> Stand | None:
    if said.standing is None or said.standing == entry.standing or entry.since > today:
        return None
    day = said.since if said.since is not None and said.since > entry.since else today
    if said.standing == Standing.LEFT:
        how = How.MOVED_OUT
    elif said.standing == Standing.CLOSED:
        how = How.CLOSED
    elif entry.standing in PRESENT:
        how = How.CHANGED
    else:
        how = said.how if said.how in (How.NEW, How.MOVED_IN) else How.MOVED_IN
    return Stand(said.standing, how, max(day, entry.since), said.where)
