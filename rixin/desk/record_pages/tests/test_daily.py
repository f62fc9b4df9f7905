"""Entering a day's returns quickly, the gaps of the last weeks, and how a facility is used."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.catalogue.worktime import LOCAL
from rixin.desk.record_pages.use import facility_use
from rixin.desk.tests.conftest import in_english, shown
from rixin.facilities.models import Facility
from rixin.people.tests.cast import Player
from rixin.records.models import Record
from rixin.records.tests.canteens import JINGZHOU, a_facility, a_return, daily_catalogue, daily_returns

__all__ = ["daily_catalogue", "daily_returns"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]


@pytest.fixture(autouse=True)
def _wednesday(daily_returns: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 1, 11, 9, 0, tzinfo=LOCAL))


@pytest.fixture
def canteen(daily_returns: None) -> Facility:
    """Eighty meals a day until the 9th."""
    made = a_facility("德加食堂")
    for day in range(1, 10):
        a_return(made, f"2023-01-{day:02}", eaten=80)
    return made


def fields(page: str) -> dict[str, list[str]]:
    """The names of the inputs by the line that they stand in."""
    found: dict[str, list[str]] = {}
    for name, label in re.findall(r'name="([0-9a-f]{12}-\w+)"[^>]*aria-label="([^:"]+):', page):
        found.setdefault(label, []).append(name)
    return found


def send(player: Player, typed: dict[str, str], *, day: str = "2023-01-10", once: str = "k") -> Any:
    return in_english(player).post("/records/daily", {"day": day, "once": once, **typed})


class TestEntering:
    def test_shows_one_line_for_each_that_owes_with_yesterday_beside_it(self, canteen, community_officer):
        a_facility("竞舟食堂", JINGZHOU)

        page = shown(community_officer, "/records/daily")

        assert list(fields(page)) == ["德加食堂"]
        assert "2023-01-10" in page and '<span class="muted small" title="The day before">80</span>' in page

    def test_saves_all_lines_at_once(self, canteen, leader):
        a_facility("二食堂")
        names = fields(shown(leader, "/records/daily"))

        answer = send(leader, {names["德加食堂"][0]: "75", names["二食堂"][0]: "40", names["二食堂"][1]: "6"})

        assert answer.status_code == 302
        saved = Record.objects.filter(day="2023-01-10").order_by("pk")
        assert [(row.facility.name_zh, row.values) for row in saved] == [
            ("德加食堂", {"eaten": 75}), ("二食堂", {"eaten": 40, "delivered": 6}),
        ]  # fmt: skip

    def test_what_is_blank_is_not_nought(self, canteen, leader):
        names = fields(shown(leader, "/records/daily"))

        send(leader, dict.fromkeys(names["德加食堂"], ""))

        assert not Record.objects.filter(day="2023-01-10").exists()

    def test_noughts_are_written_where_the_person_says_so(self, canteen, leader):
        name = fields(shown(leader, "/records/daily"))["德加食堂"][0]

        send(leader, {f"zero-{name.partition('-')[0]}": "1"})

        assert Record.objects.get(day="2023-01-10").values == {"eaten": 0, "delivered": 0}

    def test_a_bad_line_keeps_no_other_back_and_nothing_typed_is_lost(self, canteen, leader):
        a_facility("二食堂")
        names = fields(shown(leader, "/records/daily"))

        answer = send(leader, {names["德加食堂"][0]: "许多", names["二食堂"][0]: "40"})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="许多"' in page and "Saved" in page
        assert [row.facility.name_zh for row in Record.objects.filter(day="2023-01-10")] == ["二食堂"]

    def test_a_number_far_from_the_usual_is_asked_back_and_then_taken(self, canteen, leader):
        name = fields(shown(leader, "/records/daily"))["德加食堂"][0]

        asked = send(leader, {name: "800"})
        there = Record.objects.filter(day="2023-01-10").count()
        taken = send(leader, {name: "800", f"sure-{name.partition('-')[0]}": "1"})

        assert (asked.status_code, there, taken.status_code) == (422, 0, 302)
        assert "Usually about 80" in asked.content.decode()
        assert Record.objects.get(day="2023-01-10").values == {"eaten": 800}

    def test_sent_twice_it_is_there_once(self, canteen, leader):
        name = fields(shown(leader, "/records/daily"))["德加食堂"][0]

        for _nth in range(2):
            send(leader, {name: "75"})

        assert Record.objects.filter(day="2023-01-10").count() == 1
        assert "德加食堂" not in fields(shown(leader, "/records/daily?day=2023-01-10"))

    def test_a_closed_facility_has_no_fields(self, canteen, leader):
        a_facility("关闭食堂", closed="2023-01-05")

        page = shown(leader, "/records/daily")

        assert "德加食堂" in fields(page) and "关闭食堂" not in fields(page)
        assert "Closed on this day" in page

    @pytest.mark.parametrize("day", ["2023-01-12", "gestern", "2020-01-01", "2023-02-30", "\x00"])
    def test_a_day_that_cannot_be_entered_is_told_in_words(self, canteen, leader, day):
        assert send(leader, {}, day=day).status_code == 422
        assert in_english(leader).get("/records/daily", {"day": day}).status_code == 200

    def test_who_may_enter_none_sees_no_form(self, canteen, auditor, outsider):
        for who in (auditor, outsider):
            assert fields(shown(who, "/records/daily")) == {}
            assert send(who, {"000000000000-eaten": "5"}).status_code == 302
        assert not Record.objects.filter(day="2023-01-10").exists()

    def test_asks_no_more_of_the_database_for_many_lines(self, canteen, leader):
        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                shown(leader, "/records/daily")
            return len(captured)

        queries()
        few = queries()
        for nth in range(20):
            a_return(a_facility(f"食堂{nth}"), "2023-01-09", eaten=30)

        assert queries() == few


class TestGaps:
    def cells(self, player: Player, owner: str = "德加食堂") -> dict[str, str]:
        page = shown(player, "/records/gaps")
        rows = re.findall(rf'<th scope="row">{owner}.*?</tr>', page, re.S)
        assert len(rows) == 1
        return {day: state for state, day in re.findall(r'class="gap (\w+)"[^>]*title="([\d-]+):', rows[0])}

    def test_tell_what_is_there_missing_late_and_closed(self, canteen, leader):
        a_facility("关闭食堂", closed="2023-01-05")

        cells, closed = self.cells(leader), self.cells(leader, "关闭食堂")

        assert len(cells) == 31
        assert (cells["2023-01-09"], cells["2023-01-10"], cells["2022-12-31"]) == ("there", "missing", "none")
        assert (closed["2023-01-04"], closed["2023-01-05"]) == ("late", "closed")

    def test_lead_to_the_record_or_its_form(self, canteen, leader):
        page = shown(leader, "/records/gaps")

        assert Record.objects.get(day="2023-01-09").get_absolute_url() in page
        assert f"/records/of/meals/new?day=2023-01-10&amp;area=330106013%2F001%2F&amp;facility={canteen.pk}" in page

    def test_are_those_of_the_own_area(self, canteen, community_officer, outsider):
        a_facility("竞舟食堂", JINGZHOU)

        assert "竞舟食堂" not in shown(community_officer, "/records/gaps")
        assert "德加食堂" not in shown(outsider, "/records/gaps")


class TestASingleForm:
    def test_asks_for_the_facility_and_takes_its_place(self, canteen, leader):
        page = shown(leader, f"/records/of/meals/new?day=2023-01-10&facility={canteen.pk}")
        answer = in_english(leader).post(
            "/records/of/meals/new",
            {"day": "2023-01-10", "facility": canteen.pk, "value-eaten": "70", "value-delivered": ""},
        )

        assert f'<option value="{canteen.pk}" selected>' in page
        assert answer.status_code == 302
        assert Record.objects.get(day="2023-01-10").address == canteen.address

    @pytest.mark.parametrize("facility", ["", "99999", "x"])
    def test_without_one_is_refused(self, canteen, leader, facility):
        sent = {"day": "2023-01-10", "facility": facility, "value-eaten": "70"}

        assert in_english(leader).post("/records/of/meals/new", sent).status_code == 422

    def test_is_shown_with_it_in_lists_and_by_itself(self, canteen, leader):
        record = Record.objects.get(day="2023-01-09")

        assert "德加食堂" in shown(leader, "/records/of/meals")
        assert "德加食堂" in shown(leader, record.get_absolute_url())


class TestUseOfAFacility:
    def test_is_its_last_returns_and_sums_by_month(self, canteen, leader):
        a_return(canteen, "2022-12-31", eaten=60)

        [one] = facility_use(canteen, leader)["use"]

        assert [(month.sums[0][1], month.returns) for month in one.months] == [("720", 9), ("60", 1)]
        assert one.last[0][1][0][1] == "80"

    def test_draws_and_says_where_nothing_is_known(self, leader, community_officer):
        new = a_facility("新食堂")

        drawn = render_to_string("records/facility_use.html", facility_use(new, leader))

        assert f"facility={new.pk}" in drawn

    def test_shows_only_what_the_person_sees(self, canteen, handler):
        assert facility_use(canteen, handler)["use"][0].last == []
