"""The page of indicators: what a year has come to, what it will come to, and what is missing or waits."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from rixin.cases.tests.builders import LOCAL
from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.desk.tests.conftest import in_english, shown
from rixin.metrics.tests.ground import NOW, STREET, a_record, small
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.records import actions
from rixin.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
GOALS = """\
goals: {year: 2022, name: {zh: 2022年目标, en: Goals of 2022}}
items:
  - code: enough
    name: {zh: 收入达到120万元, en: Enough}
    chapter: {zh: 经济, en: Economy}
    unit: economy-office
    metric: revenue_total
    target: 120
"""


@pytest.fixture(scope="module")
def with_goals(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("goals"), goals=GOALS)


@pytest.fixture(autouse=True)
def _fifth_of_june(units: Any, with_goals: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The return of April was due on 10 May, that of May is due on 10 June."""
    versions.publish(with_goals, datetime(2021, 12, 1, tzinfo=LOCAL))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2022, 6, 5, 9, 0, tzinfo=LOCAL))


@pytest.fixture
def economy() -> Player:
    return a_player("qian.gong", "钱工", "economy-office", Role.HANDLER)


def returned(month: str, amount: str) -> Record:
    return a_record("revenue", f"{month}-28", area=STREET, amount=amount)


@pytest.fixture
def years() -> None:
    """In 万元. 2020: 10 a month, 120; 2021: 5, 5, then 11 a month, 120; of 2022 three months."""
    for month in range(1, 13):
        returned(f"2020-{month:02}", "10")
        returned(f"2021-{month:02}", "5" if month < 3 else "11")
    for month, amount in enumerate(("6", "6", "13.2"), 1):
        returned(f"2022-{month:02}", amount)


def words(page: str) -> str:
    """What the page says, without marks and in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def indicators(player: Player, query: str = "") -> str:
    return words(shown(player, f"/desk/indicators{query}"))


@pytest.mark.usefixtures("years")
class TestAYearSoFar:
    def test_is_summed_up_to_its_last_month_and_set_against_the_same_months(self, leader):
        page = indicators(leader)

        assert "25.20 × 10,000 yuan 2022-01..2022-03 3 months counted" in page
        assert "Same months of last year 21.00 × 10,000 yuan Year on year +20.0%" in page

    def test_opens_to_the_rows_behind_it(self, leader):
        page = shown(leader, "/desk/indicators")

        for period, sum_of in (("2022-01..2022-03", "25.20"), ("2021-01..2021-03", "21.00"), ("2022-03", "13.20")):
            link = re.search(rf'href="(/figures/revenue_total\?period={re.escape(period)}&amp;[^"]*)"', page)
            assert link, period
            assert f"Revenue: {sum_of} × 10,000 yuan" in shown(leader, link[1].replace("&amp;", "&"))

    def test_stands_beside_its_target_and_the_share_of_the_year_that_is_gone(self, leader):
        page = indicators(leader)

        assert "120.00 × 10,000 yuan Enough reached 21.0% of the year gone 25.0%" in page

    def test_is_forecast_with_the_method_in_words_and_held_to_the_target(self, leader):
        page = indicators(leader)

        assert "Forecast of the year 144.00 × 10,000 yuan Would be met, with 24.00 × 10,000 yuan to spare" in page
        assert (
            "As last year went: 25.20 × 10,000 yuan so far × 120.00 × 10,000 yuan of last year"
            " ÷ 21.00 × 10,000 yuan of its same months."
        ) in page

    def test_tells_how_far_off_the_method_was_a_year_ago(self, leader):
        said = "it would have said 84.00 × 10,000 yuan. It came to 120.00 × 10,000 yuan: 30.0% too little."

        assert f"Tested on 2021: from the same months {said}" in indicators(leader)

    def test_without_the_year_before_last_the_method_is_not_tested(self, leader):
        assert "Tested on" not in indicators(leader, "?year=2021&until=3")

    def test_is_looked_at_as_it_stood_with_an_earlier_month(self, leader):
        page = indicators(leader, "?until=2")

        assert "12.00 × 10,000 yuan 2022-01..2022-02 2 months counted" in page

    def test_is_drawn_with_the_months_in_words(self, leader):
        drawn = re.search(r'<svg class="strip course"[^>]*aria-label="([^"]*)"', shown(leader, "/desk/indicators"))

        assert drawn and "Jan 6.00 (5.00), Feb 6.00 (5.00), Mar 13.20 (11.00), Apr — (11.00)" in drawn[1]

    def test_reads_in_chinese_too(self, leader):
        page = words(leader.client.get("/desk/indicators").content.decode())

        assert "25.20万元 2022年1月至3月" in page and "收入达到120万元" in page


class TestWhatIsMissing:
    @pytest.fixture(autouse=True)
    def _years(self, years: None) -> None: ...

    def test_late_and_not_yet_late_months_are_told_with_their_day(self, leader):
        page = indicators(leader)

        assert "Apr missing, was due on Tue 10 May 2022" in page
        assert "May not there yet, due on Fri 10 Jun 2022" in page
        assert "Jun missing" not in page and "Jun not there" not in page

    def test_they_lead_whoever_may_enter_them_to_the_form(self, leader, auditor):
        form = "/records/of/revenue/new?day=2022-04"

        assert form in shown(leader, "/desk/indicators")
        assert 'value="2022-04"' in shown(leader, form)
        assert form not in shown(auditor, "/desk/indicators") and "Apr missing" in indicators(auditor)

    def test_a_gap_is_named_and_left_out_of_last_year_too(self, leader):
        returned("2022-05", "11")
        page = indicators(leader)

        assert "36.20 × 10,000 yuan 2022-01..2022-05 4 months counted, without Apr" in page
        assert "Same months of last year 32.00 × 10,000 yuan Year on year +13.1%" in page  # 21 and the 11 of May

    def test_what_is_there_is_not_missing(self, leader):
        returned("2022-04", "11")

        assert "Apr missing" not in indicators(leader)


class TestWaitingForASecondPerson:
    def enter_april(self, player: Player) -> Record:
        given = {"day": "2022-04", "value-amount": "11", "once": "k1"}
        assert in_english(player).post("/records/of/revenue/new", given).status_code == 302
        return Record.objects.get(period="2022-04")

    def test_it_does_not_count_before_it_is_confirmed(self, years, economy, leader):
        april = self.enter_april(economy)
        page = shown(leader, "/desk/indicators")

        assert "25.20 × 10,000 yuan" in words(page) and "Apr missing" not in words(page)
        assert f'href="{april.get_absolute_url()}"' in page and "Apr waits for confirmation" in words(page)

        in_english(leader).post(f"{april.get_absolute_url()}/confirm", {"seen": april.version})
        assert "36.20 × 10,000 yuan 2022-01..2022-04 4 months counted" in indicators(leader)

    def test_a_year_of_which_nothing_else_is_there_is_shown_without_a_number(self, economy, leader):
        self.enter_april(economy)
        page = indicators(leader)

        assert "No month is counted yet." in page and "Apr waits for confirmation" in page
        assert "No forecast: at least 2 months have to be counted" in page


class TestWithLittleToGoBy:
    def test_one_month_is_no_forecast(self, leader):
        returned("2022-01", "6")

        assert "Forecast of the year — No forecast: at least 2 months" in indicators(leader)

    def test_without_last_year_it_is_the_mean_and_said_to_be(self, leader):
        returned("2022-01", "6")
        returned("2022-02", "10")
        page = indicators(leader)

        assert "Forecast of the year 96.00 × 10,000 yuan Would be missed by 24.00 × 10,000 yuan" in page
        assert "The mean of the 2 months so far × 12, since months of last year are not known." in page
        assert "Same months of last year — not all of them are known" in page

    def test_where_nothing_was_ever_returned_the_last_month_is_missing(self, leader):
        page = indicators(leader)

        assert "No month is counted yet." in page and "May not there yet" in page and "Apr missing" not in page


@pytest.mark.usefixtures("years")
class TestWhichYear:
    def test_it_is_the_last_one_of_which_anything_was_returned(self, leader):
        for month in ("2022-01", "2022-02", "2022-03"):
            assert f"{month[:4]}, as of" in indicators(leader)
            one = Record.objects.get(period=month)
            actions.withdraw(one, by=SYSTEM, at=NOW, seen=one.version, reason="误报")

        assert "2021, as of" in indicators(leader)

    def test_a_year_that_is_over_is_no_forecast(self, leader):
        page = indicators(leader, "?year=2021")

        assert "120.00 × 10,000 yuan 2021 12 months counted" in page
        assert "All twelve months are counted: nothing is left to forecast." in page

    @pytest.mark.parametrize("year", ["1999", "去年"])
    def test_a_year_of_which_there_is_nothing_is_said(self, year, leader):
        page = indicators(leader, f"?year={year}")

        assert f"There is nothing of the year “{year}”." in page and "25.20 × 10,000 yuan" in page


@pytest.mark.usefixtures("years")
class TestWhoMayAsk:
    @pytest.mark.parametrize("role", ["leader", "dispatcher", "verifier", "auditor", "economy"])
    def test_whoever_may_ask_for_the_figures_of_the_street_or_keeps_the_returns(self, role, request):
        player = request.getfixturevalue(role)

        assert "25.20 × 10,000 yuan" in indicators(player)
        assert "/desk/indicators" in shown(player, "/figures/")

    @pytest.mark.parametrize(
        ("role", "status"),
        [("handler", 404), ("community_officer", 404), ("outsider", 404), ("administrator", 403)],
    )
    def test_to_all_others_it_is_what_the_figure_of_the_street_is(self, role, status, request):
        client = request.getfixturevalue(role).client

        for address in ("/desk/indicators", "/desk/indicators/table.xlsx", f"/figures/revenue_total?area={STREET}"):
            assert client.get(address).status_code == status, address

    def test_nobody_is_led_to_what_is_not_for_him(self, handler):
        assert "/desk/indicators" not in shown(handler, "/figures/")


@pytest.mark.usefixtures("years")
class TestTheTable:
    def test_it_has_what_the_page_has_with_its_months(self, leader):
        answer = in_english(leader).get("/desk/indicators/table.xlsx", {"year": "2022"})

        heads, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
        said = dict(zip(heads, row, strict=True))
        assert [said[head] for head in ("Indicator", "So far", "Same months of last year", "Forecast of the year")] == [
            "Revenue", 25.2, 21, 144,
        ]  # fmt: skip
        assert (said["Target"], said["Missing"]) == ("120.00 × 10,000 yuan", "Apr, May")
        assert [said[month] for month in ("2022 Mar", "2022 Apr", "2021 Dec")] == [13.2, None, 11]


def test_the_page_asks_the_database_as_often_for_three_years_as_for_one_month(leader):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            leader.client.get("/desk/indicators")
        return len(queries)

    returned("2022-01", "6")
    asked()
    with_one = asked()
    for month in range(1, 13):
        returned(f"2020-{month:02}", "10")
        returned(f"2021-{month:02}", "10")

    assert asked() == with_one


class TestTheCatalogueOfTheStreet:
    """What is an indicator, the catalogue says."""

    @pytest.fixture(autouse=True)
    def _published(self, _fifth_of_june: None, definitions: None) -> None: ...

    def test_five_are_on_the_page(self, leader):
        names = re.findall(r"<h2 id=\"\w+-name\">([^<]*)</h2>", leader.client.get("/desk/indicators").content.decode())

        assert names == ["财政总收入", "一般公共预算收入", "社会消费品零售总额", "固定资产投资", "实际利用外资"]
