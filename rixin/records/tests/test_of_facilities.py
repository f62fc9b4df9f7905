"""Records that belong to a facility: one return each for every day, wherever they are entered; and what is due."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.tests.ground import NOW
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.records import actions, tables
from rixin.records.actions import EntryRefused
from rixin.records.due import duties
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.records.tests.brought import as_xlsx, imported, read
from rixin.records.tests.canteens import (
    DEJIA,
    JINGZHOU,
    a_facility,
    a_return,
    daily_catalogue,
    daily_returns,
)
from rixin.records.verification import verify

__all__ = ["daily_catalogue", "daily_returns"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("daily_returns")]
TODAY = date(2023, 1, 11)


class TestAReturn:
    def test_has_the_place_of_its_facility(self):
        canteen = a_facility("德加食堂")

        record = a_return(canteen, "2023-01-09", eaten=80)

        assert (record.facility, record.area_path, record.address) == (canteen, DEJIA, "德加食堂路1号")

    def test_is_there_once_for_each_day_and_facility(self):
        one, other = a_facility("一食堂"), a_facility("二食堂")
        first = a_return(one, "2023-01-09", eaten=80)
        a_return(other, "2023-01-09", eaten=40)
        a_return(one, "2023-01-10", eaten=70)

        with pytest.raises(EntryRefused) as refused:
            a_return(one, "2023-01-09", eaten=81)
        assert (refused.value.code, refused.value.record) == ("there_already", first)

    def test_the_database_itself_keeps_out_a_second_one(self):
        record = a_return(a_facility("一食堂"), "2023-01-09", eaten=80)
        record.pk, record.unit_id = None, record.unit_id + 1

        with pytest.raises(IntegrityError):
            record.save()

    def test_without_a_facility_is_refused(self):
        unit = a_return(a_facility("一食堂"), "2023-01-09", eaten=80).unit_id
        new = NewRecord(
            version=versions.record("meals"), day=date(2023, 1, 8), area_path=DEJIA, unit=unit, values={"eaten": 1}
        )

        with pytest.raises(EntryRefused) as refused:
            actions.enter(new, by=SYSTEM, at=NOW)
        assert refused.value.code == "no_facility"

    def test_its_history_says_which_facility_and_notices_another_one(self):
        record = a_return(a_facility("一食堂"), "2023-01-09", eaten=80)
        clean = [found for _record, found in verify(Record.objects.all())]

        Record.objects.filter(pk=record.pk).update(facility=a_facility("二食堂"))

        assert clean == [[]]
        [(_record, found)] = verify(Record.objects.all())
        assert len(found) == 1 and "facility" in found[0]

    def test_can_be_corrected_to_another_facility(self, leader):
        record, other = a_return(a_facility("一食堂"), "2023-01-09", eaten=80), a_facility("二食堂", JINGZHOU)

        changed = actions.correct(
            record, by=leader.actor, at=NOW, seen=1, reason="误选", values=record.values, day=record.day,
            place=(other.area_path, "", other.address), facility=other.pk,
        )  # fmt: skip

        assert (changed.facility, changed.area_path) == (other, JINGZHOU)


class TestFigures:
    def test_are_asked_over_returns_and_tell_facilities_apart(self):
        one, other = a_facility("一食堂"), a_facility("二食堂")
        for canteen, day, eaten in ((one, "2023-01-08", 80), (one, "2023-01-09", 70), (other, "2023-01-09", 40)):
            a_return(canteen, day, eaten=eaten)

        found = compute.figures(["meals_eaten", "canteens"], Period.read("2023-01"), engine=Database(), as_of=NOW)

        assert {code: figure.value for code, figure in found.items()} == {"meals_eaten": 190, "canteens": 2}


@pytest.mark.usefixtures("own_folder")
class TestImporting:
    HEADS = ("日期", "设施名称", "堂食")

    def test_finds_the_facility_by_its_name(self, leader):
        canteen = a_facility("德加食堂")

        imported(as_xlsx(self.HEADS, ["2023-01-08", "德加 食堂", 80]), leader, kind="meals")

        assert Record.objects.get().facility == canteen

    @pytest.mark.parametrize(
        ("name", "said"),
        [("", ""), ("没有的食堂", "没有的食堂"), ("两处食堂", "两处食堂"), ("书房", "书房")],
    )
    def test_a_row_that_names_none_is_mended_and_keeps_nobody_back(self, leader, name, said):
        a_facility("德加食堂")
        a_facility("两处食堂")
        a_facility("两处食堂", JINGZHOU)
        a_facility("书房", kind="library")

        plan = read(as_xlsx(self.HEADS, ["2023-01-08", "德加食堂", 80], ["2023-01-08", name, 80]), leader, kind="meals")

        assert (plan.counts["ready"], plan.counts["bad"]) == (1, 1)
        assert plan.problems[0].column == "设施名称" and said in plan.problems[0].message

    def test_a_facility_outside_the_own_posts_is_not_found(self, community_officer: Player):
        a_facility("竞舟食堂", JINGZHOU)
        a_facility("德加食堂", DEJIA)

        plan = read(
            as_xlsx(self.HEADS, ["2023-01-08", "竞舟食堂", 80], ["2023-01-08", "德加食堂", 80]),
            community_officer,
            kind="meals",
        )

        assert [outcome.result for outcome in plan.outcomes] == ["bad", "ready"]

    def test_two_facilities_on_one_day_are_two_returns_and_one_twice_is_not(self, leader):
        a_facility("一食堂")
        a_facility("二食堂")
        rows = ["2023-01-08", "一食堂", 80], ["2023-01-08", "二食堂", 80], ["2023-01-08", "一食堂", 81]

        plan = read(as_xlsx(self.HEADS, *rows), leader, kind="meals")

        assert [outcome.result for outcome in plan.outcomes] == ["ready", "ready", "bad"]

    def test_what_was_fetched_comes_back_as_there_already(self, leader):
        a_return(a_facility("一食堂"), "2023-01-08", eaten=80)
        record = Record.objects.get()
        rows = list(tables.rows(Record.objects.all(), versions.record("meals"), "zh-hans"))

        plan = read(as_xlsx(tables.headings(versions.record("meals").type), *map(_plain, rows)), leader, kind="meals")

        assert [(outcome.result, outcome.record) for outcome in plan.outcomes] == [("already", record.pk)]


class TestWhatIsDue:
    def owing(self, staff: Any, kind: str = "meals") -> dict[str, list[str]]:
        return {
            duty.facility.name: [str(one.period) for one in duty.missing]
            for duty in duties(staff, TODAY)
            if duty.version.type.code == kind and duty.facility
        }

    def test_is_one_return_from_each_that_is_open(self, leader):
        one, _other = a_facility("一食堂"), a_facility("二食堂")
        a_return(one, "2023-01-09", eaten=80)

        assert self.owing(leader) == {"一食堂": ["2023-01-10"], "二食堂": ["2023-01-09", "2023-01-10"]}

    def test_is_none_from_one_that_is_closed_but_for_the_days_before(self, leader):
        a_return(a_facility("一食堂"), "2023-01-06", eaten=80)
        a_facility("关闭食堂", closed="2023-01-08")

        assert self.owing(leader)["关闭食堂"] == ["2023-01-06", "2023-01-07"]

    def test_begins_with_the_opening(self, leader):
        a_return(a_facility("一食堂"), "2023-01-01", eaten=80)
        a_facility("新食堂", opened="2023-01-10")

        assert self.owing(leader)["新食堂"] == ["2023-01-10"]

    def test_is_the_last_day_only_while_nobody_returned_anything_yet(self, leader):
        a_facility("一食堂")

        assert self.owing(leader) == {"一食堂": ["2023-01-10"]}

    def test_rests_once_nobody_has_returned_anything_for_long(self, leader):
        a_return(a_facility("一食堂"), "2022-11-01", eaten=80)

        assert self.owing(leader) == {}

    def test_is_shown_to_the_people_of_its_area(self, community_officer, handler, outsider):
        a_facility("德加食堂")
        a_facility("竞舟食堂", JINGZHOU)

        assert self.owing(community_officer) == {"德加食堂": ["2023-01-10"]}
        assert self.owing(handler) == self.owing(outsider) == {}


def _plain(row: list[Any]) -> list[Any]:
    return [str(cell) if isinstance(cell, date) else cell for cell in row]
