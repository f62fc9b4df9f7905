"""Rooms as people write them down or copy them from a table: a line each, floor, number, area in m² and use. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.places.wording import plain
from rixin.registers.amounts import hundredths
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Room
from rixin.sheets import Problem

MOST = 1_000
"""Lines at a time."""
_BETWEEN = re.compile("[\t,;，；、]")
_FLOOR = re.compile(r"(?P<below>地下|负|-|b)?第?(?P<number>\d{1,3})(?:层|楼|f)?")
_WHOLE_FLOOR = re.compile(r".*(?:层|楼|f)|b\d+")
_USES = {
    Room.Use.OFFICE: ("office", "办公", "办公室", "写字间"),
    Room.Use.SHOP: ("shop", "商铺", "店铺", "商业"),
    Room.Use.WORKSHOP: ("workshop", "厂房", "车间"),
    Room.Use.OTHER: ("other", "其他", "其它"),
}


@dataclass(frozen=True)
class RoomLine:
    """`area` in square decimetres."""

    floor: int
    number: str
    area: int
    use: Room.Use


@dataclass(frozen=True)
class KnownRoom:
    """A room that is there, as far as it has to be known to mean it."""

    room: int
    floor: int
    number: str


class _Unreadable(Exception):
    def __init__(self, column: str, message: str) -> None:
        self.column, self.message = column, message


def read_rooms(text: str) -> tuple[list[RoomLine], list[Problem]]:
    """The rooms, and what is wrong with which line. Blank lines count as lines, and say nothing."""
    found: list[RoomLine] = []
    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    for nth, cells in _lines(text, problems):
        try:
            room = _room(cells)
            if room.number in numbers:
                raise _Unreadable(
                    _("number"), _("line {n} has room {number} too.").format(n=numbers[room.number], number=room.number)
                )
        except _Unreadable as fault:
            problems.append(Problem(nth, fault.message, fault.column))
        else:
            numbers[room.number] = nth
            found.append(room)
    return found, problems


def read_meant(text: str, rooms: Iterable[KnownRoom]) -> tuple[list[int], list[Problem]]:
    """Which of the rooms are meant: by number, by floor and number as above, or a whole floor (3F, 3层)."""
    known = list(rooms)
    found: list[int] = []
    problems: list[Problem] = []
    for nth, cells in _lines(text, problems):
        meant = _meant(cells, known)
        if not meant:
            written = cells[1] if len(cells) > 1 and cells[1] else cells[0]
            problems.append(Problem(nth, _("No room or floor here is “{text}”.").format(text=written)))
        found += [room for room in meant if room not in found]
    return found, problems


def read_floor(written: str) -> int | None:
    """3, 3F, 3层; -1, B1, 地下1层. None for anything else, and for 0: there is no such floor."""
    match = _FLOOR.fullmatch("".join(plain(written).split()))
    if match is None or int(match["number"]) == 0:
        return None
    return -int(match["number"]) if match["below"] else int(match["number"])


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    for nth, line in enumerate(text.splitlines(), start=1):
        if nth > MOST:
            problems.append(Problem(nth, _("At most {n} lines at a time, please.").format(n=MOST)))
            return
        cells = [cell.strip() for cell in _BETWEEN.split(line)]
        if any(cells):
            yield nth, cells


def _room(cells: list[str]) -> RoomLine:
    floor, number, area, use = (*cells, "", "", "", "")[:4]
    read = read_floor(floor)
    if read is None:
        raise _Unreadable(_("floor"), _("“{text}” is no floor. Write 3, or -1 for below ground.").format(text=floor))
    if not number or len(number) > 20:
        raise _Unreadable(_("number"), _("a room has a number of at most 20 signs."))
    return RoomLine(read, number, _area(area), read_use(use))


def _area(written: str) -> int:
    try:
        area = hundredths(re.sub("(?:m²|m2|㎡|平方米|平米)$", "", plain(written).strip()), "area")
    except RegisterRefused as refused:
        raise _Unreadable(pgettext("size", "area"), str(refused.message)) from None
    if not 0 < area < 2**31:
        raise _Unreadable(pgettext("size", "area"), _("a room has an area of more than 0 m²."))
    return area


def read_use(written: str) -> Room.Use:
    """From a code or a word; offices for nothing. Raises what `read_rooms` puts down beside the line."""
    asked = plain(written).strip()
    if not asked:
        return Room.Use.OFFICE
    for use, words in _USES.items():
        if asked in words or asked == plain(str(use.label)):
            return use
    names = _(", ").join(str(use.label) for use in Room.Use)
    raise _Unreadable(_("use"), _("“{text}” is no use of a room: {names}.").format(text=written, names=names))


def _meant(cells: list[str], known: list[KnownRoom]) -> list[int]:
    if len(cells) > 1 and cells[1]:
        floor = read_floor(cells[0])
        return [one.room for one in known if one.floor == floor and one.number == cells[1]]
    by_number = [one.room for one in known if one.number == cells[0]]
    if by_number and not _WHOLE_FLOOR.fullmatch(plain(cells[0])):
        return by_number
    floor = read_floor(cells[0])
    return [one.room for one in known if one.floor == floor] or by_number
