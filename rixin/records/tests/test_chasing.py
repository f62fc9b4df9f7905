"""Late returns: who is told when, once, and never at night."""

from datetime import datetime
from typing import Any

import pytest

from rixin.catalogue import versions
from rixin.catalogue.worktime import LOCAL
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.records import chasing
from rixin.records.chasing import chase
from rixin.records.models import Chased
from rixin.records.tests.canteens import JINGZHOU, a_facility, a_return, daily_catalogue, daily_returns

__all__ = ["daily_catalogue", "daily_returns"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("daily_returns")]


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Of January 2023; the 9th is a Monday."""
    return datetime(2023, 1, day, hour, minute, tzinfo=LOCAL)


def told(who: Any) -> list[str]:
    notices = Notice.objects.filter(account=who.account, kind="return_late")
    return list(notices.order_by("pk").values_list("text_zh", flat=True))


@pytest.fixture
def canteen(daily_returns: None) -> Any:
    """It returned on Sunday the 8th; of Monday the 9th its return is due on the 10th."""
    made = a_facility("德加食堂")
    a_return(made, "2023-01-08", eaten=80)
    return made


@pytest.mark.usefixtures("canteen")
class TestWhoMayEnter:
    def test_is_told_in_the_morning_after_the_day_on_which_it_was_due(self, community_officer):
        chase(at(10, 17))
        before = told(community_officer)
        chase(at(11, 8, 30))

        assert before == []
        assert told(community_officer) == ["报表逾期未报：德加食堂 助餐日报 2023-01-09，请尽快补报。"]

    def test_is_told_once(self, community_officer):
        for hour in (9, 10, 15):
            chase(at(11, hour))

        assert len(told(community_officer)) == 1

    def test_is_told_nothing_at_night_at_noon_or_on_a_day_off(self, community_officer):
        # The 14th was a Saturday.
        assert [chase(at(11, 6)), chase(at(11, 12, 30)), chase(at(11, 20)), chase(at(14, 10))] == [0, 0, 0, 0]
        assert told(community_officer) == []

    def test_hears_of_all_that_is_late_in_one_notice(self, community_officer):
        a_facility("北食堂", opened="2023-01-01")
        chase(at(12))

        assert told(community_officer) == [
            "报表逾期未报：德加食堂 助餐日报 2023-01-09、德加食堂 助餐日报 2023-01-10、北食堂 助餐日报 2023-01-08、"
            "北食堂 助餐日报 2023-01-09、北食堂 助餐日报 2023-01-10，请尽快补报。"
        ]

    def test_is_of_the_area_or_of_the_unit_that_keeps_it(self, community_officer, handler, units):
        keeper = a_player("lu", "吕工", "public-services", Role.HANDLER)
        elsewhere = a_player("wang", "王工", "community-002", Role.COMMUNITY_OFFICER, JINGZHOU)

        chase(at(11))

        assert [len(told(who)) for who in (community_officer, keeper, elsewhere)] == [1, 1, 0]
        # Of the watch of city management only the last day is asked for, which is not late yet.
        assert told(handler) == []

    def test_what_came_meanwhile_is_not_chased(self, community_officer, canteen):
        a_return(canteen, "2023-01-09", eaten=70)
        chase(at(11))

        assert told(community_officer) == []


@pytest.mark.usefixtures("canteen")
class TestWhoOversees:
    def test_is_told_after_three_days_more_and_once(self, dispatcher, leader):
        # Due on the 10th: late by three days on the 13th, by six on Monday the 16th.
        for day in (11, 12, 13, 16, 17):
            chase(at(day))
            if day == 13:
                early = told(dispatcher) + told(leader)

        assert early == []
        assert told(dispatcher)[0].startswith("仍未报送：德加食堂 助餐日报 2023-01-09")
        assert sum("2023-01-09" in text for text in told(leader)) == 1

    def test_how_soon_is_said_by_the_kind_of_return(self):
        days = {version.type.code: chasing.chase_after(version.type) for version in versions.records()}

        assert (days["meals"], days["watch"], days["revenue"]) == (3, 1, 10)


def test_a_closed_facility_is_left_in_peace(community_officer, canteen):
    a_facility("关闭食堂", closed="2023-01-09")
    a_return(canteen, "2023-01-09", eaten=70)
    chase(at(11))

    assert told(community_officer) == ["报表逾期未报：关闭食堂 助餐日报 2023-01-08，请尽快补报。"]


def test_what_was_told_long_ago_is_forgotten(canteen, community_officer):
    chase(at(11))
    there = Chased.objects.count()

    assert there > 0
    assert (chasing.purge(at(20)), chasing.purge(at(12) + chasing.KEPT_FOR)) == (0, there)
