"""How people write a spot: digits of any kind, building, unit and room, door numbers. Pure; offsets are kept.

`plain` maps each character to one character, so that an offset in the plain text is an offset in what was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_PLAIN |= {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_PLAIN |= {full: full - 0xFEE0 + 32 for full in range(0xFF21, 0xFF3B)}
_PLAIN |= {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20, 0x0A: 0x20, 0x0D: 0x20}
_PLAIN |= dict.fromkeys(map(ord, "–—−‐"), ord("-"))

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERALS = _DIGITS.keys() | {"十", "百"}
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百零〇两]{1,5})"

_BUILDING = re.compile(
    rf"""(?:
        (?<![\da-z-])(?P<dash>\d{{1,3}})-(?P<dash_unit>\d{{1,2}})-(?P<dash_room>\d{{3,4}})(?![\d-])
      | (?<![这那整每某])(?P<number>{_NUMBER}|(?<![a-z])[a-z])\s?(?:号楼|幢|栋)
      | (?P<marked>\d{{1,3}})\s?(?:\#楼?|号(?=\s?{_NUMBER}\s?单元))
      | (?P<seat>(?<![a-z])[a-z])\s?座
      | (?<![a-z])(?:building|bldg\.?|block)\s?(?:no\.?\s?)?(?P<english>\d{{1,3}}|[b-h](?![a-z])|a(?!\s?[a-z]))
    )
    (?:[,,\s]{{0,2}}(?:(?P<unit>{_NUMBER})\s?单元|unit\s?(?P<english_unit>\d{{1,2}})))?
    (?:[,,\s]{{0,2}}(?:(?P<room>\d{{3,4}})(?!\d)\s?室?|(?:room|rm\.?|flat)\s?(?P<english_room>\d{{3,4}})))?""",
    re.VERBOSE,
)
_MAY_NAME_A_BUILDING = re.compile(r"\d|[号幢栋座]|b(?:ui)?ld|block")
_DOOR = re.compile(r"\s?(\d{1,5})(-\d{1,4})?\s?号(?![线楼])")
# "古墩路99-1号", "文二西路 738 号": a road, then its number.
_ADDRESS = re.compile(r"(?P<road>.{1,20}?(?:路|街|巷|弄|道))\s?(?P<number>\d{1,5}(?:-\d{1,4})?)\s?号")


@dataclass(frozen=True, slots=True)
class BuildingNamed:
    """A building as written, with the offsets of the words. Numbers are in plain digits: "3", "2", "501", or "A"."""

    start: int
    end: int
    building: str
    unit: str
    room: str


@dataclass(frozen=True, slots=True)
class DoorNamed:
    end: int
    number: str  # "99" or "99-1"


def plain(text: str) -> str:
    """Half-width, lower case, one kind of blank and dash; as long as `text`."""
    return text.translate(_PLAIN)


def number(written: str) -> str:
    """ "三" → "3", "十二" → "12", "一百零三" → "103", "03" → "3"; letters come back as capitals, the rest as it is."""
    if written.isdigit():
        return str(int(written))
    if written.isascii() or set(written) - _NUMERALS:
        return written.upper()
    if not set(written) & set("十百"):
        return str(int("".join(str(_DIGITS[digit]) for digit in written)))
    value, pending = 0, 0
    for sign in written:
        if sign in _DIGITS:
            pending = _DIGITS[sign]
        else:
            value, pending = value + (pending or 1) * (10 if sign == "十" else 100), 0
    return str(value + pending)


def buildings_in(plain_text: str) -> Iterator[BuildingNamed]:
    if not _MAY_NAME_A_BUILDING.search(plain_text):
        return
    for found in _BUILDING.finditer(plain_text):
        named = found.groupdict()
        building = named["dash"] or named["number"] or named["marked"] or named["seat"] or named["english"]
        unit = named["dash_unit"] or named["unit"] or named["english_unit"] or ""
        room = named["dash_room"] or named["room"] or named["english_room"] or ""
        yield BuildingNamed(found.start(), found.end(), number(building), number(unit) if unit else "", room)


def door_at(plain_text: str, start: int) -> DoorNamed | None:
    """The door number that follows a road's name at `start`."""
    if not (found := _DOOR.match(plain_text, start)):
        return None
    return DoorNamed(found.end(), f"{int(found[1])}{found[2] or ''}")


def road_and_number(address: str) -> tuple[str, str] | None:
    """An address in its two parts, in plain characters; None if it is not a road with a number."""
    found = _ADDRESS.fullmatch(plain(address).strip())
    return (found["road"].strip(), found["number"]) if found else None
