"""One's own clocks, the calendar of legal dates, its feed, and what is said about a date that was missed.

Dates are worked out by hand: Spring Festival 2022 is 31 January to 6 February, with 29 and 30 January worked.
"""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from rixin.cases.escalation import sweep
from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, a_case, take
from rixin.cases.verification import verify
from rixin.desk.tests.conftest import _published, in_english, shown
from rixin.people.models import Account, Notice, Post
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

__all__ = ["_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
RECEIVED = datetime(2022, 1, 19, 10, 0, tzinfo=LOCAL)
"""Fifteen days from here end on Thursday 3 February, within Spring Festival: the date is Monday 7 February."""
DAY = timedelta(days=1)


@pytest.fixture
def office(units):
    return a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)


@pytest.fixture
def petition(office) -> Case:
    return a_case(type="petition", at=RECEIVED, channel="desk", title="安置补偿不到位", form={"way": "visit"})


@pytest.fixture
def clock(monkeypatch):
    """Sets the moment at which pages are opened."""

    def at(*day: int) -> datetime:
        moment = datetime.combine(date(*day), time(9), LOCAL)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return at


class TestMyClocks:
    def test_what_is_in_ones_hands_stands_with_its_rule_and_the_working_days_left(self, petition, office, clock):
        clock(2022, 1, 28)
        page = shown(office, "/desk/clocks")

        assert petition.number in page and "Acceptance" in page and "by law" in page
        assert "Regulations on Petition Work" in page
        # 29 and 30 January are worked, and 7 February.
        assert "3 working days" in page

    def test_what_is_in_other_hands_is_not_there(self, petition, handler, clock):
        clock(2022, 1, 28)

        assert petition.number not in shown(handler, "/desk/clocks")

    def test_who_oversees_asks_for_all_within_sight(self, petition, leader, auditor, clock):
        clock(2022, 1, 28)

        assert petition.number not in shown(leader, "/desk/clocks?whose=mine")
        assert petition.number in shown(leader, "/desk/clocks?whose=all")

    @pytest.mark.parametrize(
        ("day", "when", "is_there"),
        [
            ((2022, 1, 28), "late", False),
            ((2022, 2, 8), "late", True),
            ((2022, 1, 28), "week", False),
            ((2022, 2, 7), "week", True),
            ((2022, 2, 7), "held", False),
        ],
    )
    def test_it_is_narrowed_by_time(self, petition, office, clock, day, when, is_there):
        clock(*day)

        assert (petition.number in shown(office, f"/desk/clocks?when={when}")) == is_there

    def test_only_those_of_the_law_if_asked(self, petition, office, clock):
        clock(2022, 1, 28)
        plain = a_case(type="exposed_rubbish", key="plain", at=RECEIVED)

        page = shown(office, "/desk/clocks?whose=all&statutory=1")

        assert petition.number in page and plain.number not in page

    def test_nonsense_in_the_address_falls_back(self, petition, office, clock):
        clock(2022, 1, 28)

        assert petition.number in shown(office, "/desk/clocks?when=x&day=2022-02-31&page=x&whose=y")


class TestCalendar:
    def test_the_date_stands_on_its_day_and_days_off_are_told(self, petition, office, clock):
        clock(2022, 1, 28)
        page = shown(office, "/desk/clocks/calendar?month=2022-02")

        week = page[page.index(">7</strong>") :]
        assert petition.number in week[: week.index(">8</strong>")]
        assert "Spring Festival" in page
        assert petition.number not in shown(office, "/desk/clocks/calendar?month=2022-03")

    def test_of_a_matter_that_complains_of_a_unit_that_unit_sees_no_date(self, petition, office, clock, handler):
        clock(2022, 1, 28)
        Case.objects.filter(pk=petition.pk).update(complained_of=handler.main_post.unit_id)

        assert petition.number not in shown(handler, "/desk/clocks/calendar?month=2022-02&whose=all&statutory=0")

    def test_a_month_that_is_none_is_this_one(self, office, clock):
        clock(2022, 1, 28)

        assert "January 2022" in shown(office, "/desk/clocks/calendar?month=2022-13")


class TestMissedDates:
    @pytest.fixture
    def missed(self, petition, clock) -> Case:
        sweep(clock(2022, 2, 10))
        return petition

    def test_a_breach_is_told_and_listed_with_who_held_it_and_by_how_much(self, office, leader, missed):
        page = shown(leader, "/desk/clocks/missed?statutory=1")

        assert missed.number in page
        # Due on Monday 7 February, looked at on Thursday.
        assert "3 days (3 working days)" in page
        assert "still open" in page and "1 without an explanation" in page
        assert Notice.objects.filter(account=office.account, kind="breach").exists()
        assert Notice.objects.filter(account=leader.account, kind="breach").exists()

    def test_a_reminder_went_out_before_the_date(self, petition, office, clock):
        sweep(clock(2022, 1, 30))

        assert Notice.objects.filter(account=office.account, kind="warning").exists()
        assert not Notice.objects.filter(kind="breach").exists()

    def test_its_holder_explains_it_in_the_timeline(self, missed, office, leader):
        address = f"/desk/case/{missed.number}/clocks/accept/explain"
        assert in_english(office).post(address, {"reason": "春节期间人员不足，已补派。"}).status_code == 302

        assert "春节期间人员不足" in shown(leader, "/desk/clocks/missed")
        assert missed.number not in shown(leader, "/desk/clocks/missed?unexplained=1")
        assert "春节期间人员不足" in shown(office, missed.get_absolute_url())
        assert [found for _case, found in verify(Case.objects.all()) if found] == []

    def test_the_holder_is_led_there_from_the_matter(self, missed, office, leader):
        address = f"/desk/case/{missed.number}/clocks/accept/explain"

        assert address in shown(office, missed.get_absolute_url())
        assert address not in shown(leader, missed.get_absolute_url())

    def test_nothing_said_is_no_explanation(self, missed, office):
        answer = in_english(office).post(f"/desk/case/{missed.number}/clocks/accept/explain", {"reason": " "})

        assert answer.status_code == 422
        assert not missed.events.filter(action="breach_explained").exists()

    def test_nobody_else_explains_it(self, missed, leader):
        address = f"/desk/case/{missed.number}/clocks/accept/explain"

        assert leader.client.post(address, {"reason": "x"}).status_code == 404

    def test_a_date_that_was_kept_has_nothing_to_explain(self, petition, office, clock):
        clock(2022, 1, 28)

        assert office.client.get(f"/desk/case/{petition.number}/clocks/accept/explain").status_code == 404

    def test_what_was_made_up_stays_listed(self, missed, office, leader):
        take(Case.objects.get(pk=missed.pk), "accept", office, timezone.now())

        assert missed.number in shown(leader, "/desk/clocks/missed")
        assert missed.number not in shown(leader, "/desk/clocks/missed?still=1")

    def test_it_is_fetched_as_a_spreadsheet(self, missed, leader):
        answer = in_english(leader).get("/desk/clocks/missed.xlsx")

        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert rows[0][0] == "Matter" and rows[1][0] == missed.number

    def test_nobody_hears_of_what_is_out_of_sight(self, missed, handler, outsider):
        for player in (handler, outsider):
            assert missed.number not in shown(player, "/desk/clocks/missed")


class TestTheFeed:
    def key_of(self, player) -> str:
        page = in_english(player).post("/desk/clocks/feed", {"make": "1"}).content.decode()
        start = page.index("/desk/clocks/feed/") + len("/desk/clocks/feed/")
        return page[start : page.index(".ics", start)]

    def test_a_calendar_program_reads_the_dates_and_no_word_that_anybody_wrote(self, petition, office, client, clock):
        clock(2022, 1, 28)
        answer = client.get(f"/desk/clocks/feed/{self.key_of(office)}.ics")

        lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
        assert f"UID:{petition.number}-accept@rixin" in lines
        # The end of 7 February in China.
        assert "DTSTART:20220207T155959Z" in lines
        assert "安置补偿" not in answer.content.decode()

    def test_no_line_is_longer_than_75_octets(self, petition, office, client, clock):
        clock(2022, 1, 28)
        content = client.get(f"/desk/clocks/feed/{self.key_of(office)}.ics").content

        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        assert content.count(b"\n") == content.count(b"\r\n")

    def test_a_new_address_makes_the_old_one_worthless_and_it_can_be_withdrawn(self, petition, office, client, clock):
        clock(2022, 1, 28)
        old, new = self.key_of(office), self.key_of(office)

        assert client.get(f"/desk/clocks/feed/{old}.ics").status_code == 404
        assert client.get(f"/desk/clocks/feed/{new}.ics").status_code == 200
        office.client.post("/desk/clocks/feed", {"withdraw": "1"})
        assert client.get(f"/desk/clocks/feed/{new}.ics").status_code == 404

    def test_it_ends_with_the_post_and_with_the_account(self, petition, office, client, clock):
        clock(2022, 1, 28)
        key = self.key_of(office)
        Post.objects.filter(account=office.account).update(until=timezone.localdate() - DAY)
        assert client.get(f"/desk/clocks/feed/{key}.ics").status_code == 404

        Post.objects.filter(account=office.account).update(until=None)
        Account.objects.filter(pk=office.account.pk).update(is_active=False)
        assert client.get(f"/desk/clocks/feed/{key}.ics").status_code == 404

    def test_the_key_itself_is_kept_nowhere(self, office, clock):
        from rixin.desk.models import FeedKey

        clock(2022, 1, 28)
        assert self.key_of(office) not in str(list(FeedKey.objects.values_list()))
