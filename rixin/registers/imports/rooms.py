"""Rooms and floors as tables write them. Pure but for the language."""

import re
import unicodedata

from django.utils.translation import gettext as _

from rixin.places.wording import number
from rixin.sheets import Unreadable

_LONGEST = 20
_FLOOR = re.compile(r"^第?(负|地下|b|-)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:楼|层|f)$")
_BARE_FLOOR = re.compile(r"^(负|地下|b|-)?(\d{1,3})$")
_AND_ROOM = re.compile(r"^(第?(?:负|地下|b|-)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:楼|层|f))[-_\s]*(.+)$")
_BELOW = re.compile(r"^(?:b|负|-)(\d)\d{2}$")
_STOREY = re.compile(r"^[a-z]?(?:座|区)?-?(\d{1,3})\d{2}[a-z]?$")
_TOWER_ROOM = re.compile(r"^[a-z\d]{1,3}-(\d{3,5}[a-z]?)$")


def rooms_in(written: str, floor: str = "") -> list[tuple[str, int | None]]:
    """(number, floor) of each room that the cells name; the floor None where nothing tells it. Raises Unreadable."""
    said = read_floor(floor) if floor.strip() else None
    parts = re.split(r"[、,，;；/\n]+", written)
    return list(dict.fromkeys(_room(part, said) for part in parts if part.strip()))


def read_floor(written: str) -> int:
    """-1 for the first one below ground. Raises Unreadable."""
    text = _plain(written)
    match = _FLOOR.match(text) or _BARE_FLOOR.match(text)
    level = int(number(match[2])) if match and number(match[2]).isdigit() else 0
    if match is None or not level:
        raise Unreadable(_("“{text}” is no floor: write it as 3, or -1 below ground.").format(text=written))
    return -level if match[1] else level


def _room(written: str, floor: int | None) -> tuple[str, int | None]:
    text = _plain(written)
    if match := _AND_ROOM.match(text):
        floor, text = (read_floor(match[1]) if floor is None else floor), match[2]
    elif _FLOOR.match(text):
        return text.upper(), floor if floor is not None else read_floor(text)
    text = text.removesuffix("室").removesuffix("号").strip("-")
    if not text or len(text) > _LONGEST:
        raise Unreadable(_("“{text}” is no number of a room.").format(text=written))
    return text.upper(), floor if floor is not None else _told_by(text)


def _told_by(room: str) -> int | None:
    """301 is on the third floor, 1201 on the twelfth, B105 below ground."""
    if match := _BELOW.match(room):
        return -int(match[1])
    inner = _TOWER_ROOM.match(room)
    match = _STOREY.match(inner[1] if inner else room)
    return int(match[1]) or None if match else None


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).lower().split())
