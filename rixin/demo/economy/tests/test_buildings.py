"""The made-up rooms of the sub-district's office buildings."""

from datetime import date
from random import Random

import pytest
from django.db import transaction

from rixin.demo.economy.buildings import make
from rixin.people.actors import SYSTEM
from rixin.registers.models import Building, Room
from rixin.registers.tests.builders import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]


def test_nine_buildings_stand_in_the_sub_district_with_a_position():
    make(Random(1), SYSTEM, NOW)

    found = {one.code: one for one in Building.objects.all()}
    assert set(found) == {
        "yunlian", "xixi", "accelerator", "fudi", "alliance_467", "zijingang", "wulian", "luojiazhuang", "airport_line"
    }  # fmt: skip
    assert all(one.area_path.startswith("330106013/0") and one.lat for one in found.values())
    assert {one.theme_zh for one in found.values() if one.theme_zh} == {
        "数字经济集聚区",
        "高端人才集聚区",
        "文创产业示范",
    }


def test_rooms_are_there_since_2015_and_no_number_comes_twice():
    make(Random(5), SYSTEM, NOW)

    rooms = list(Room.objects.values_list("building__code", "number"))
    assert len(rooms) == len(set(rooms)) > 400
    assert not Room.objects.exclude(from_day=date(2015, 1, 1), until_day=None).exists()


def test_the_same_random_makes_the_same_rooms():
    def made() -> list[tuple[str, int, str, int, str]]:
        with transaction.atomic():
            make(Random(5), SYSTEM, NOW)
            rooms = list(Room.objects.order_by("pk").values_list("building__code", "floor", "number", "area", "use"))
            transaction.set_rollback(True)
        return rooms

    assert made() == made()
