"""What figures promise: the number, the rows behind it, and what has to be said beside it."""

from decimal import Decimal

import pytest

from rixin.catalogue.periods import Period
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.rows import versions_behind, versions_behind_each
from rixin.metrics.tests.ground import DEJIA, JINGZHOU, NOW, STREET, a_record
from rixin.people.actors import SYSTEM
from rixin.records import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street")]


def figure(code: str, period: str = "2022", **place: str) -> Figure:
    return compute.figures([code], Period.read(period), engine=Database(), as_of=NOW, **place)[code]


@pytest.fixture
def fairs(small_street: None) -> None:
    a_record("fair", "2022-01-31", posts=120, kind="hall", signed="2022-02-01")
    a_record("fair", "2022-03-01", posts=80, kind="online", signed="2022-03-02")
    a_record("fair", "2022-03-31", posts=101, kind="online", area=JINGZHOU, outdoors=True, signed="2022-04-01")
    a_record("fair", "2022-12-31", posts=30, kind="hall", area=JINGZHOU)
    a_record("fair", "2021-12-31", posts=999, kind="hall")
    a_record("fair", "2023-01-01", posts=999, kind="hall")


@pytest.mark.usefixtures("fairs")
class TestCountingAndAdding:
    def test_rows_of_the_period_are_counted_first_and_last_day_included(self):
        assert figure("fairs").value == 4

    def test_only_rows_that_meet_the_conditions_count(self):
        assert figure("big_fairs").value == 2

    def test_numbers_are_added_up(self):
        assert figure("posts").value == 331

    def test_at_least_rounds_down_and_says_so(self):
        said = figure("posts_said")
        assert (said.value, said.at_least) == (300, True)

    def test_a_shorter_period_has_its_own_rows(self):
        assert [figure("posts", period).value for period in ("2022-03", "2022-Q1", "2022-12-31")] == [181, 301, 30]

    def test_an_area_has_its_own_rows(self):
        assert (figure("posts", area=DEJIA).value, figure("posts", area=JINGZHOU).value) == (200, 131)

    def test_a_unit_has_its_own_rows(self):
        assert (figure("posts", unit="public-services").value, figure("posts", unit="greening").value) == (331, 0)

    def test_many_figures_over_one_source_are_one_statement(self, django_assert_num_queries):
        codes = ["fairs", "big_fairs", "posts", "posts_said", "online_rate", "posts_per_fair"]
        compute.figures(codes, Period.read("2022"), engine=Database(), as_of=NOW)
        with django_assert_num_queries(1):
            compute.figures(codes, Period.read("2022"), engine=Database(), as_of=NOW)

    def test_figures_of_many_areas_and_periods_are_those_asked_for_one_by_one(self, django_assert_num_queries):
        a_record("revenue", "2022-03-31", area=STREET, amount="7")
        wanted = [
            (code, Period.read(period), area)
            for code in ("posts", "online_rate", "posts_per_fair", "revenue_growth")
            for period in ("2022", "2022-01..2022-03")
            for area in ("", STREET, DEJIA, JINGZHOU)
        ]
        apart = {
            one: compute.figures([one[0]], one[1], engine=Database(), as_of=NOW, area=one[2])[one[0]] for one in wanted
        }

        with django_assert_num_queries(6):  # two sources, areas of three levels
            assert compute.ask_at(wanted, engine=Database(), as_of=NOW) == apart

    def test_the_rows_behind_many_figures_are_those_behind_each(self):
        wanted = [(code, Period.read("2022"), area) for code in ("posts", "online_rate") for area in (STREET, DEJIA)]

        together = versions_behind_each(wanted)

        assert together == {(one, "fair"): versions_behind(one[0], one[1], area=one[2]) for one in wanted}

    def test_behind_a_growth_lie_the_rows_of_its_base_too(self):
        now = a_record("revenue", "2022-12-31", area=STREET, amount="7")
        then = a_record("revenue", "2021-12-31", area=STREET, amount="5")

        (behind,) = versions_behind_each([("revenue_growth", Period.read("2022"), STREET)]).values()

        assert [pk for pk, _version in behind] == [now.pk, then.pk]

    def test_different_values_are_told_apart(self):
        for firm in ("甲公司", "乙公司", "甲公司"):
            a_record("visit", "2022-05-05", firm=firm)
        assert figure("firms_visited").value == 2


@pytest.mark.usefixtures("fairs")
class TestRates:
    def test_a_rate_has_its_numerator_and_denominator(self):
        rate = figure("online_rate")
        assert (rate.value, rate.numerator, rate.denominator) == (Decimal("50.0"), 2, 4)

    def test_exclusions_are_counted_with_their_reason_and_left_out(self):
        rate = figure("indoors_online_rate")
        assert (rate.value, rate.numerator, rate.denominator) == (Decimal("50.0"), 1, 2)
        assert [(one.en, one.rows) for one in rate.excluded] == [("Outdoors", 1)]

    def test_who_did_not_answer_is_counted(self):
        assert figure("indoors_online_rate").silent == 1

    def test_a_rate_over_few_rows_is_marked(self):
        assert figure("online_rate").small

    def test_a_rate_over_nothing_is_no_number(self):
        rate = figure("online_rate", "2020")
        assert (rate.value, rate.why, rate.denominator) == (None, "nothing_counted", 0)

    def test_one_count_over_another(self):
        assert figure("posts_per_fair").value == Decimal("0.500")


class TestReturns:
    def test_nothing_counted_is_zero_and_nothing_returned_is_missing(self):
        assert figure("fairs").value == 0
        assert (figure("revenue_total").value, figure("revenue_total").why) == (None, "nothing_returned")

    def test_a_month_that_is_not_there_is_named(self):
        for month in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12):
            a_record("revenue", f"2022-{month:02}-28", amount="10.55")
        total = figure("revenue_total")
        assert (total.value, total.missing) == (Decimal("116.05"), ("2022-05",))

    def test_a_draft_does_not_count(self):
        record = a_record("revenue", "2022-01-31", amount="10")
        actions.correct(
            record, by=SYSTEM, at=NOW, seen=record.version, reason="", values={"amount": 2000}, day=record.day
        )
        assert figure("revenue_total", "2022-01").why == "nothing_returned"

    def test_growth_is_against_the_same_period_of_the_year_before(self):
        a_record("revenue", "2022-03-31", amount="113.05")
        a_record("revenue", "2021-03-31", amount="100")
        grown = figure("revenue_growth", "2022-03")
        assert (grown.value, grown.base.value, str(grown.base.period)) == (Decimal("13.05"), 100, "2021-03")

    def test_growth_against_the_period_before(self):
        a_record("revenue", "2022-03-31", amount="90")
        a_record("revenue", "2022-02-28", amount="100")
        assert figure("revenue_growth_in_month", "2022-03").value == -10

    @pytest.mark.parametrize(("base", "why"), [(None, "no_base"), ("0", "base_is_zero")])
    def test_growth_without_a_base_is_no_number(self, base, why):
        a_record("revenue", "2022-03-31", amount="90")
        if base is not None:
            a_record("revenue", "2021-03-31", amount=base)
        assert figure("revenue_growth", "2022-03").why == why


class TestPointsInTime:
    def test_what_has_begun_and_not_ended_counts(self):
        a_record("tenancy", "2022-01-05", **{"from": "2021-06-01"})
        a_record("tenancy", "2022-01-05", **{"from": "2022-06-01", "until": "2022-12-31"})
        a_record("tenancy", "2022-01-05", **{"from": "2022-12-31", "until": "2023-01-01"})
        a_record("tenancy", "2022-01-05", **{"from": "2023-01-01"})
        assert [figure("tenants", period).value for period in ("2021", "2022", "2023")] == [1, 2, 2]


@pytest.mark.usefixtures("fairs")
class TestDigests:
    def test_the_same_rows_give_the_same_digest(self):
        assert figure("posts").digest == figure("posts").digest

    def test_a_row_that_comes_changes_it(self):
        before = figure("fairs")
        a_record("fair", "2022-07-07", posts=1, kind="hall")
        assert (figure("fairs").value, figure("fairs").digest != before.digest) == (5, True)

    def test_a_row_that_is_corrected_changes_it_even_if_the_number_stays(self):
        record = a_record("fair", "2022-07-07", posts=1, kind="hall")
        before = figure("fairs")
        values = {**record.values, "posts": 2}
        actions.correct(record, by=SYSTEM, at=NOW, seen=record.version, reason="", values=values, day=record.day)
        assert (figure("fairs").value, figure("fairs").digest != before.digest) == (before.value, True)


@pytest.mark.usefixtures("fairs")
class TestSplits:
    def split(self, code: str, by: str, **place: str) -> dict[str, Decimal | None]:
        found = compute.split(code, Period.read("2022"), by, engine=Database(), as_of=NOW, **place)
        return {part: one.value for part, one in found.items()}

    def test_by_month(self):
        assert self.split("posts", "month") == {"202201": 120, "202203": 181, "202212": 30}

    def test_by_area(self):
        assert self.split("posts", "area") == {DEJIA: 200, JINGZHOU: 131}

    def test_by_unit(self):
        assert self.split("fairs", "unit") == {"public-services": 4}

    def test_rates_are_made_of_the_parts_own_rows(self):
        assert self.split("online_rate", "area") == {DEJIA: Decimal("50.0"), JINGZHOU: Decimal("50.0")}
