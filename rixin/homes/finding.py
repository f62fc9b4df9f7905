"""The dwelling that a written address means, such as 德加东区3幢2单元501室."""

import re
from dataclasses import dataclass
from datetime import date

from rixin.homes.models import Dwelling
from rixin.homes.queries import BUILDING, there
from rixin.places import gazetteer
from rixin.privacy.masking import FULL_WIDTH
from rixin.texts import cleaned

_UNIT = re.compile(r"([0-9A-Za-z甲乙丙丁东南西北中]{1,4})\s*单元")
_ROOM = re.compile(r"(?:^|[^0-9A-Za-z])(?:(?P<unit>\d{1,2})-)?(?P<number>[A-Z]?\d{3,4}[A-Z]?)\s*(?:室|号)?\s*$")


@dataclass(frozen=True)
class Found:
    """`dwelling`: None where the register has no such one. `area_path`: "" where no place is known."""

    dwelling: Dwelling | None
    area_path: str


def found(text: str, day: date) -> Found:
    said = cleaned(text).translate(FULL_WIDTH).strip()
    atlas = gazetteer.current()
    buildings = {
        match.place.code: match.chain.path
        for match in atlas.find_in_text(said)
        if match.place and match.chain and match.place.kind == BUILDING
    }
    if len(buildings) == 1:
        code, path = next(iter(buildings.items()))
        return Found(_dwelling(code, said, day), path)
    chain = atlas.chain_of_address(said) if said else None
    return Found(None, chain.path if chain else "")


def _dwelling(building: str, said: str, day: date) -> Dwelling | None:
    room, unit = _ROOM.search(said), _UNIT.search(said)
    if room is None:
        return None
    rows = Dwelling.objects.filter(there(day), building=building, number=room["number"])
    if stairwell := (unit[1] if unit else room["unit"]):
        rows = rows.filter(unit=stairwell)
    meant = list(rows[:2])
    return meant[0] if len(meant) == 1 else None
