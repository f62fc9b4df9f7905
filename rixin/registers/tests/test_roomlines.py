"""Rooms as people write or copy them."""

import pytest
from django.utils import translation

from rixin.registers.models import Room
from rixin.registers.roomlines import KnownRoom, RoomLine, read_floor, read_meant, read_rooms

Use = Room.Use


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("3, 301, 120.5, office", RoomLine(3, "301", 12_050, Use.OFFICE)),
        ("3，301，120.5㎡，办公", RoomLine(3, "301", 12_050, Use.OFFICE)),
        ("B1\tB101\t300 m2\t商铺", RoomLine(-1, "B101", 30_000, Use.SHOP)),
        ("地下2层；D-2；80平方米；其他", RoomLine(-2, "D-2", 8_000, Use.OTHER)),
        ("12F;1203;99", RoomLine(12, "1203", 9_900, Use.OFFICE)),
        ("１层、１０１、６０、厂房", RoomLine(1, "１０１", 6_000, Use.WORKSHOP)),
    ],
)
def test_a_line_says_floor_number_area_and_use(line, room):
    assert read_rooms(line) == ([room], [])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("0, 1, 10", "floor"),
        ("x, 1, 10", "floor"),
        ("3, , 10", "number"),
        ("3, " + "1" * 21 + ", 10", "number"),
        ("3, 301, many", "area"),
        ("3, 301, 0", "area"),
        ("3, 301, 10.555", "area"),
        ("3, 301", "area"),
        ("3, 301, 10, palace", "use"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_column_and_the_others_are_read(line, column):
    rooms, problems = read_rooms(f"2, 201, 50\n\n{line}\n2, 202, 60")

    assert [room.number for room in rooms] == ["201", "202"]
    assert [(problem.row, problem.column) for problem in problems] == [(3, column)]


def test_a_number_that_comes_twice_is_told_with_the_line_of_the_first():
    rooms, problems = read_rooms("3, 301, 50\n4, 301, 60")

    assert len(rooms) == 1
    assert [str(problem) for problem in problems] == ["Row 2, column number: line 1 has room 301 too."]


@pytest.mark.parametrize("written", ["0", "B0", "", "roof", "3层半", "1234"])
def test_no_floor(written):
    assert read_floor(written) is None


KNOWN = [
    KnownRoom(1, 3, "301"),
    KnownRoom(2, 3, "302"),
    KnownRoom(3, 4, "401"),
    KnownRoom(4, 4, "3"),
    KnownRoom(5, -1, "B1"),
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("301", [1]),
        ("3, 302, 80, office", [2]),
        ("3F", [1, 2]),
        ("3层\n302", [1, 2]),
        ("3", [4]),
        ("4", [3, 4]),
        ("B1", [5]),
        ("", []),
    ],
)
def test_rooms_are_meant_by_number_by_line_or_by_floor(written, meant):
    assert read_meant(written, KNOWN) == (meant, [])


def test_a_room_that_is_not_there_is_told():
    meant, problems = read_meant("301\n4, 301\n9F", KNOWN)

    assert meant == [1]
    assert [problem.row for problem in problems] == [2, 3]
