"""What one line of a table says of an enterprise, as plain values. None and "" mean: not said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rixin.registers.models import How, Standing
from rixin.registers.returns import Figure


@dataclass(frozen=True)
class RoomSaid:
    """`area` in square decimetres. `floor`: None where nothing tells it."""

    building: int
    number: str
    floor: int | None = None
    area: int | None = None
    lease_end: date | None = None

    @property
    def key(self) -> tuple[int, str]:
        """Equal for one room."""
        return self.building, room_key(self.number)


@dataclass(frozen=True, kw_only=True)
class Said:
    """`details`: of `entering.DETAILS`, what is said. `placed`: the area was, not only told by an address."""

    name: str = ""
    plain_name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    placed: bool = False
    standing: Standing | None = None
    how: How | None = None
    where: str = ""
    since: date | None = None
    traits: tuple[tuple[str, str], ...] = ()
    """(trait, value)"""
    trait_day: date | None = None
    figures: tuple[Figure, ...] = ()
    rooms: tuple[RoomSaid, ...] = ()
    note: str = ""

    @property
    def code(self) -> str:
        return str(self.details.get("code", ""))

    def without_rooms(self) -> "Said":
        return replace(self, rooms=(), note="")


def room_key(number: str) -> str:
    return "".join(number.upper().split()).removesuffix("室").removesuffix("号")
