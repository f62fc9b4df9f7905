"""The dwellings of a building: described, entered, corrected, ended, brought by a table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import integers
from openpyxl import Workbook

from rixin.history import ChangedMeanwhile
from rixin.homes import actions, importing, queries
from rixin.homes.layout import laid_out
from rixin.homes.models import Dwelling, HomeEvent
from rixin.homes.tests.builders import AT, HOUSE, OTHER_HOUSE, entered, house, rooms
from rixin.people.actors import SYSTEM
from rixin.refused import FieldsRefused
from rixin.sheets import Problem

ON = date(2023, 1, 10)


class TestDescribing:
    def test_stairwells_floors_and_dwellings_on_each(self):
        found = laid_out(units="1-2", floors="1-2", on_each=2)

        assert [str(one) for one in found] == [
            *("1-101", "1-102", "1-201", "1-202"),
            *("2-101", "2-102", "2-201", "2-202"),
        ]

    def test_a_building_without_stairwells(self):
        assert [str(one) for one in laid_out(units="", floors="3", on_each=2)] == ["301", "302"]

    def test_what_is_different_is_said_beside_it(self):
        found = laid_out(units="1", floors="1-2", on_each=1, without="1-101", also="1-301、1-B101")

        assert [str(one) for one in found] == ["1-B101", "1-201", "1-301"]

    def test_floors_are_in_their_order(self):
        found = laid_out(units="", floors="9-11", on_each=1)

        assert [(str(one), one.floor) for one in found] == [("901", 9), ("1001", 10), ("1101", 11)]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"floors": "六"}, "floors"),
            ({"floors": ""}, "floors"),
            ({"floors": "1-999", "on_each": 60}, "floors"),
            ({"units": "一号楼旁"}, "units"),
            ({"on_each": 0}, "on_each"),
            ({"without": "9-901"}, "without"),
            ({"also": "隔壁"}, "also"),
        ],
    )
    def test_what_cannot_be_read_is_told_where_it_stands(self, wrong, field):
        with pytest.raises(FieldsRefused) as refused:
            laid_out(**{"units": "1", "floors": "1-6", "on_each": 2, **wrong})

        assert list(refused.value.fields) == [field]

    @given(units=integers(1, 8), floors=integers(1, 30), on_each=integers(1, 8))
    def test_every_dwelling_is_there_once(self, units, floors, on_each):
        found = laid_out(units=f"1-{units}", floors=f"1-{floors}", on_each=on_each)

        assert len(found) == len(set(found)) == units * floors * on_each


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestEntering:
    def test_each_has_its_building_and_area(self):
        one, _two = entered("1-101", "1-102")

        assert (one.building, one.unit, one.number, one.floor) == (HOUSE, "1", "101", 1)
        assert one.area_path == house().area_path != ""

    def test_again_enters_nothing_more(self):
        entered("1-101")

        again = actions.enter(house(), rooms("1-101", "1-102"), ON, by=SYSTEM, at=AT)

        assert (again.made, again.known, Dwelling.objects.count()) == (1, 1, 2)

    def test_not_for_a_day_to_come(self):
        with pytest.raises(FieldsRefused):
            actions.enter(house(), rooms("1-101"), date(2023, 1, 11), by=SYSTEM, at=AT)

    def test_one_that_ended_can_be_there_again_but_not_earlier(self):
        (one,) = entered("1-101")
        actions.end(house(), [one], date(2022, 6, 1), reason="改建", by=SYSTEM, at=AT)

        with pytest.raises(FieldsRefused):
            actions.enter(house(), rooms("1-101"), date(2022, 5, 31), by=SYSTEM, at=AT)
        assert actions.enter(house(), rooms("1-101"), date(2022, 6, 1), by=SYSTEM, at=AT).made == 1

    def test_who_entered_them_stands_in_the_history(self):
        entered("1-101", "1-102")

        event = HomeEvent.objects.get()
        assert (event.action, event.building, event.changes["dwellings"]) == ("enter", HOUSE, [0, 2])


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestCorrecting:
    def test_number_and_floor(self):
        (one,) = entered("1-101")

        actions.correct(one, number="201", floor=2, by=SYSTEM, at=AT, seen=1)

        assert (one.number, one.floor, one.version) == ("201", 2, 2)
        assert HomeEvent.objects.get(action="correct").changes["number"] == ["101", "201"]

    def test_a_number_that_is_there_already_is_refused(self):
        one, _other = entered("1-101", "1-102")

        with pytest.raises(FieldsRefused):
            actions.correct(one, number="102", floor=1, by=SYSTEM, at=AT, seen=1)

    def test_of_two_the_second_is_told(self):
        (one,) = entered("1-101")
        actions.correct(one, number="201", floor=2, by=SYSTEM, at=AT, seen=1)

        with pytest.raises(ChangedMeanwhile):
            actions.correct(one, number="301", floor=3, by=SYSTEM, at=AT, seen=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestEnding:
    def test_from_the_day_on_it_is_none(self):
        one, _other = entered("1-101", "1-102")

        actions.end(house(), [one], date(2022, 6, 1), reason="改作社区用房", by=SYSTEM, at=AT)

        assert queries.per_building([HOUSE], date(2022, 5, 31)) == {HOUSE: 2}
        assert queries.per_building([HOUSE], date(2022, 6, 1)) == {HOUSE: 1}

    def test_twice_is_once(self):
        rows = entered("1-101")

        ends = [
            actions.end(house(), list(Dwelling.objects.all()), ON, reason="拆除", by=SYSTEM, at=AT) for _nth in range(2)
        ]

        assert ends == [1, 0] and HomeEvent.objects.filter(action="end").count() == len(rows)

    def test_asks_why(self):
        with pytest.raises(FieldsRefused) as refused:
            actions.end(house(), entered("1-101"), ON, reason=" ", by=SYSTEM, at=AT)

        assert "reason" in refused.value.fields


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestATable:
    def lines(self, *rows: tuple[str, str, str]) -> list[tuple[int, list[str]]]:
        return [(nth, list(row)) for nth, row in enumerate([("楼幢", "单元", "室"), *rows], start=1)]

    def test_buildings_are_known_by_name_or_code(self, community_officer):
        read = importing.read(self.lines(("德加东区1幢", "1单元", "101"), (OTHER_HOUSE, "2", "201")), community_officer)

        assert {code: [str(one) for one in rooms] for code, rooms in read.rooms.items()} == {
            HOUSE: ["1-101"],
            OTHER_HOUSE: ["2-201"],
        }

    def test_each_fault_names_its_row_and_the_others_are_ready(self, community_officer):
        read = importing.read(
            self.lines(
                ("德加东区1幢", "1", "101"),
                ("空中楼阁9幢", "1", "101"),
                ("德加东区1幢", "1", "对门"),
                ("德加东区1幢", "1", "101"),
            ),
            community_officer,
        )

        assert [problem.row for problem in read.problems] == [3, 4, 5]
        assert all(isinstance(problem, Problem) and problem.message for problem in read.problems)
        assert read.count == 1

    def test_outside_the_own_area_nothing_is_entered(self, outsider):
        read = importing.read(self.lines(("德加东区1幢", "1", "101")), outsider)

        assert (read.count, len(read.problems)) == (0, 1)

    def test_brought_twice_it_is_entered_once(self, community_officer):
        read = importing.read(self.lines(("德加东区1幢", "1", "101")), community_officer)

        made = [importing.enter(read, ON, by=SYSTEM, at=AT).made for _nth in range(2)]

        assert made == [1, 0]

    def test_a_spreadsheet(self, community_officer, tmp_path):
        book = Workbook()
        for row in [("楼幢", "单元", "室"), ("德加东区1幢", 1, 101)]:
            book.active.append(row)
        book.save(tmp_path / "rooms.xlsx")

        with (tmp_path / "rooms.xlsx").open("rb") as file:
            read = importing.read_file(file, "rooms.xlsx", community_officer)

        assert [str(one) for one in read.rooms[HOUSE]] == ["1-101"]
        again = importing.read(importing.lines_of(importing.as_text_again(read)), community_officer)
        assert again.rooms == read.rooms
