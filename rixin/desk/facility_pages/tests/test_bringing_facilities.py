"""A table of facilities is looked at, then written; the table that was fetched can be read in again."""

from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from rixin.desk.facility_pages.tests.test_facility_pages import _media, keeper
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.facilities.models import Facility, FacilityEvent
from rixin.facilities.tests.builders import DEJIA, JINGZHOU, NOW, a_facility
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

__all__ = ["_media", "_monday", "_published", "keeper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "_january")]
HEAD = "Kind of facility,Name of the facility,Area,Address,Latitude,Longitude,Level,Opening hours,State,As of"
GOOD = (
    "Canteen for older people,竞舟助餐点,竞舟社区,竞舟路216号,30.2839,120.0982,Meal point,每天 10:30-13:00,"
    "Open,2022-03-01"
)


@pytest.fixture
def _january(_monday, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def look(player, *lines: str, name: str = "facilities.csv") -> Any:
    file = BytesIO("\n".join([HEAD, *lines]).encode())
    file.name = name
    return in_english(player).post("/desk/facilities/bring", {"table": file})


def write(player, looked, *chosen: int) -> Any:
    typed = {"lines": looked.context["lines"], "chosen": [str(number) for number in chosen]}
    return in_english(player).post("/desk/facilities/bring", typed)


def test_nothing_is_written_by_looking(keeper):
    page = look(keeper, GOOD).content.decode()

    assert "1 line can be written" in page and "竞舟助餐点" in page and not Facility.objects.exists()


def test_a_good_line_becomes_a_facility(keeper):
    assert write(keeper, look(keeper, GOOD), 2).status_code == 302

    one = Facility.objects.get()
    assert (one.kind, one.level, one.area_path, one.lat) == ("canteen", "point", JINGZHOU, 30.2839)
    assert str(one.states.get().from_day) == "2022-03-01"


def test_only_chosen_lines_are_written(keeper):
    looked = look(keeper, GOOD, GOOD.replace("竞舟助餐点", "另一处"))

    write(keeper, looked, 3)

    assert [one.name_zh for one in Facility.objects.all()] == ["另一处"]


def test_the_same_table_again_makes_no_doubles(keeper):
    write(keeper, look(keeper, GOOD), 2)

    again = look(keeper, GOOD)
    assert "says nothing new" in again.content.decode()
    write(keeper, again, 2)
    assert Facility.objects.count() == 1 and FacilityEvent.objects.count() == 1


def test_the_table_that_was_fetched_says_nothing_new_and_mended_it_corrects(keeper):
    a_facility(name_zh="阳光老年食堂", level="canteen", hours={"1": [["10:30", "13:00"]]}, phone="0571-00000001")
    fetched = BytesIO(in_english(keeper).get("/desk/facilities.xlsx").content)
    fetched.name = "facilities.xlsx"
    assert "says nothing new" in in_english(keeper).post("/desk/facilities/bring", {"table": fetched}).content.decode()

    looked = look(keeper, "老年食堂,阳光老年食堂,竞舟社区,,,,,每天 11:00-13:00,,")
    write(keeper, looked, 2)

    one = Facility.objects.get()
    assert one.hours["7"] == [["11:00", "13:00"]] and one.phone == "0571-00000001"


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("Canteen for older people", "Casino", "no kind of facility “Casino”"),
        ("竞舟助餐点", "", "Please write the name."),
        ("竞舟社区", "月球社区", "月球社区"),
        ("30.2839", "north", "latitude and a longitude"),
        ("Meal point", "Branch", "do not have this level"),
        ("10:30-13:00", "22:00-06:00", "runs over midnight"),
        (",Open,", ",Closing,", "no state “Closing”"),
        ("2022-03-01", "2022-13-01", "2022-13-01"),
    ],
)
def test_a_line_that_cannot_be_is_told_why_beside_its_number(keeper, wrong, right, said):
    looked = look(keeper, GOOD.replace(wrong, right, 1))

    page = looked.content.decode()
    assert said in page and "1 line has to be mended" in page
    write(keeper, looked, 2)
    assert not Facility.objects.exists()


def test_a_table_in_the_other_language_is_understood(keeper):
    file = BytesIO("设施类型,设施名称,区域,状态,截至\n老年食堂,竞舟助餐点,竞舟社区,暂停开放,2022-03-01".encode())
    file.name = "设施.csv"

    looked = in_english(keeper).post("/desk/facilities/bring", {"table": file})
    write(keeper, looked, 2)

    assert Facility.objects.get().state == "paused"


def test_two_lines_of_one_facility_are_told(keeper):
    assert "Row 2 is the same facility." in look(keeper, GOOD, GOOD).content.decode()


def test_what_somebody_does_not_keep_is_not_brought(units):
    officer = a_player("tang", "汤琴", "community-001", Role.COMMUNITY_OFFICER, area=DEJIA)

    assert "outside the area of your posts" in look(officer, GOOD).content.decode()


@pytest.mark.parametrize("name", ["facilities.csv", "facilities.xlsx"])
def test_a_file_that_is_no_table_is_refused_in_words(keeper, name):
    file = BytesIO(b"\x00\x01nothing")
    file.name = name

    answer = in_english(keeper).post("/desk/facilities/bring", {"table": file})

    assert answer.status_code == 422 and not Facility.objects.exists()


def test_a_table_without_the_needed_columns_says_which(keeper):
    file = BytesIO("Address\n文三西路351号".encode())
    file.name = "a.csv"

    answer = in_english(keeper).post("/desk/facilities/bring", {"table": file})

    assert answer.status_code == 422 and "Name of the facility" in answer.content.decode()


def test_forged_lines_are_not_written(keeper):
    assert in_english(keeper).post("/desk/facilities/bring", {"lines": "x", "chosen": "2"}).status_code == 302
    assert not Facility.objects.exists()


def test_only_who_keeps_facilities_is_offered_it(keeper, handler):
    assert "/desk/facilities/bring" in shown(keeper, "/desk/facilities")
    assert "/desk/facilities/bring" not in shown(handler, "/desk/facilities")
    assert in_english(handler).get("/desk/facilities/bring").status_code == 404
