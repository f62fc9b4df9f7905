"""The dwellings of a building from a plain description: stairwells, floors, dwellings on each, and what is different.

`3 units, floors 1 to 6, 2 dwellings on each` gives 1-101, 1-102 … 3-602. Pure.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rixin.refused import FieldsRefused
from rixin.texts import cleaned

MOST = 2_000
"""Dwellings of one building."""
_MOST_ON_A_FLOOR = 60
_BETWEEN = re.compile(r"[\s,，、;；]+")
_RUN = re.compile(r"^(-?\d{1,3})(?:[-~至到](-?\d{1,3}))?$")
_UNIT = re.compile(r"^[0-9A-Za-z甲乙丙丁东南西北中]{1,6}$")
_ROOM = re.compile(r"^(?:(?P<unit>[0-9A-Za-z甲乙丙丁东南西北中]{1,6})-)?(?P<number>[0-9A-Za-z]{1,8})$")


@dataclass(frozen=True, order=True)
class Planned:
    """`unit`: "" where the building has no stairwells of its own. `floor`: None where it is not known."""

    unit: str
    number: str
    floor: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.unit}-{self.number}" if self.unit else self.number


def laid_out(*, units: str, floors: str, on_each: int, without: str = "", also: str = "") -> list[Planned]:
    """Raises FieldsRefused. Of the description's texts: `1-3` or `1, 2, 4`; of rooms `1-101` or `101`."""
    refused: dict[str, str] = {}
    stairs, levels = _units(units, refused), _floors(floors, refused)
    gone, more = _rooms(without, "without", refused), _rooms(also, "also", refused)
    if not 1 <= on_each <= _MOST_ON_A_FLOOR:
        refused["on_each"] = _("From 1 to {most} dwellings on a floor.").format(most=_MOST_ON_A_FLOOR)
    elif len(stairs) * len(levels) * on_each > MOST:
        refused["floors"] = _("That would be more than {most} dwellings in one building.").format(most=MOST)
    if refused:
        raise FieldsRefused(refused)
    found = {
        Planned(unit, _number(floor, nth), floor)
        for unit in stairs
        for floor in levels
        for nth in range(1, on_each + 1)
    }
    for room in gone:
        if room not in found:
            refused["without"] = _("{room} is not among these dwellings.").format(room=room)
    if refused:
        raise FieldsRefused(refused)
    return sorted((found - set(gone)) | set(more), key=in_order)


def in_order(one: Planned) -> tuple[int, str, int, str, str]:
    """Stairwells and floors by their numbers: 10 comes after 9."""
    return len(one.unit), one.unit, one.floor or 0, one.number.rjust(8), one.number


def floor_of(number: str) -> int | None:
    """What the number of a room says of its floor: 501 → 5, 1203 → 12; None where it says nothing."""
    digits = re.match(r"^(\d{3,4})[A-Za-z]?$", number)
    return int(digits[1][:-2]) or None if digits else None


def read_room(text: str) -> Planned | None:
    """`2-501`, `501`; None for anything else."""
    match = _ROOM.match(cleaned(text).strip())
    return Planned(match["unit"] or "", match["number"], floor_of(match["number"])) if match else None


def _number(floor: int, nth: int) -> str:
    return f"B{-floor}{nth:02d}" if floor < 0 else f"{floor}{nth:02d}"


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(cleaned(text).strip()) if part]


def _units(text: str, refused: dict[str, str]) -> list[str]:
    found: list[str] = []
    for part in _parts(text.replace("单元", "")):
        if (run := _RUN.match(part)) and run[2]:
            found += [str(nth) for nth in range(int(run[1]), int(run[2]) + 1)]
        elif _UNIT.match(part):
            found.append(part)
        else:
            refused["units"] = _("“{part}” is no stairwell. Write 1-3, or 1, 2, 4.").format(part=part[:20])
    return list(dict.fromkeys(found)) or [""]


def _floors(text: str, refused: dict[str, str]) -> list[int]:
    found: list[int] = []
    for part in _parts(text):
        run = _RUN.match(part.removesuffix("层").removesuffix("楼"))
        if run is None:
            refused["floors"] = _("“{part}” is no floor. Write 1-6, or 2, 3, 5.").format(part=part[:20])
            return []
        last = int(run[2] or run[1])
        found += range(int(run[1]), last + 1)
    floors = [floor for floor in dict.fromkeys(found) if floor]
    if not floors:
        refused.setdefault("floors", _("Which floors have dwellings? Write 1-6, or 2, 3, 5."))
    return floors


def _rooms(text: str, name: str, refused: dict[str, str]) -> list[Planned]:
    found = []
    for part in _parts(text):
        if (room := read_room(part)) is None:
            refused[name] = _("“{part}” is no dwelling. Write 2-501, or 501 where there is one stairwell.").format(
                part=part[:20]
            )
        else:
            found.append(room)
    return found
