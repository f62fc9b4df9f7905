"""For which plain facts somebody calls at an enterprise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.catalogue.register_schema import Warning
from rixin.catalogue.schema import Text
from rixin.liaison.warnings import Known, Lease, Moved, Open, against_the_year_before, reasons

TODAY = date(2023, 5, 20)
WORDS = Text(zh="文", en="words")
YEARS = {"2021": 2_000_000_00, "2022": 1_300_000_00}


def rule(fact: str, **said: int) -> Warning:
    return Warning(code=fact, name=WORDS, fact=fact, advice=WORDS, **said)


def told(known: Known, warning: Warning, today: date = TODAY) -> list:
    return reasons(known, [warning], today)


class TestALeaseThatEndsSoon:
    SOON = rule("lease_end", within_days=180)

    @pytest.mark.parametrize(
        ("ends", "is_told"),
        [("2023-11-16", True), ("2023-11-17", False), ("2023-05-20", True), ("2023-01-31", True)],
    )
    def test_is_told_within_its_days_and_after_it_ran_out(self, ends: str, is_told: bool) -> None:
        known = Known(enterprise=1, leases=[Lease("云联大厦 301", date.fromisoformat(ends))])

        assert bool(told(known, self.SOON)) is is_told

    def test_of_several_the_first_to_end_is_named(self) -> None:
        known = Known(enterprise=1, leases=[Lease("B 2", date(2023, 9, 1)), Lease("A 1", date(2023, 6, 30))])

        [reason] = told(known, self.SOON)

        assert (reason.place, reason.day, reason.days) == ("A 1", date(2023, 6, 30), -41)

    def test_of_an_enterprise_that_has_left_nothing_is_told(self) -> None:
        here = Known(enterprise=1, leases=[Lease("A 1", date(2023, 6, 30))])

        assert told(here, self.SOON) and not told(replace(here, present=False), self.SOON)


class TestLessTax:
    LESS = rule("tax_drop", percent=30, at_least=100_000)

    @pytest.mark.parametrize(("now", "is_told"), [(700_000, True), (700_001, False), (0, True), (900_000, False)])
    def test_is_told_from_the_share_on(self, now: int, is_told: bool) -> None:
        known = Known(enterprise=1, taxes={"2022-Q1": 1_000_000, "2023-Q1": now, "2022-Q2": 20_000_000})

        assert bool(told(known, self.LESS)) is is_told

    def test_the_year_so_far_is_compared_with_the_same_months(self) -> None:
        """Tax is paid in lumps: that one month has none says nothing."""
        taxes = {"2022-01": 50, "2022-02": 0, "2023-01": 0, "2023-02": 48, "2022-03": 99}

        compared = against_the_year_before(taxes, TODAY)

        assert compared is not None
        assert (str(compared.first), str(compared.last), compared.paid, compared.before) == (
            "2023-01",
            "2023-02",
            48,
            50,
        )
        assert compared.percent_less == 4

    @pytest.mark.parametrize(
        "taxes",
        [
            {},
            {"2023-01": 1},  # nothing to compare with
            {"2022": 900, "2023-01": 1},  # a year is no month
            {"2022-02": 900, "2023-01": 1, "2023-02": 1},  # January of the year before is not known
            {"2020": 900, "2021": 1},  # too old to say anything of today
        ],
    )
    def test_what_is_not_known_is_no_drop(self, taxes: dict[str, int]) -> None:
        assert against_the_year_before(taxes, TODAY) is None
        assert not told(Known(enterprise=1, taxes=taxes), rule("tax_drop", percent=1))

    def test_small_amounts_are_left_out(self) -> None:
        small = Known(enterprise=1, taxes={"2021": 9_999_999, "2022": 0})
        enough = Known(enterprise=1, taxes={"2021": 10_000_000, "2022": 0})

        assert not told(small, self.LESS)
        assert told(enough, self.LESS)

    @given(before=st.integers(1, 10**12), paid=st.integers(-(10**12), 10**12), percent=st.integers(1, 100))
    def test_the_share_that_is_said_is_never_less_than_that_asked_for(
        self, before: int, paid: int, percent: int
    ) -> None:
        found = told(Known(enterprise=1, taxes={"2021": before, "2022": paid}), rule("tax_drop", percent=percent))

        assert bool(found) == ((before - paid) * 100 >= percent * before)
        assert all(reason.tax.percent_less >= percent for reason in found)


class TestAChangedAddress:
    CHANGED = rule("address_changed", within_days=90)

    @pytest.mark.parametrize(("ago", "is_told"), [(0, True), (90, True), (91, False), (-1, False)])
    def test_is_told_for_a_while(self, ago: int, is_told: bool) -> None:
        known = Known(enterprise=1, moved=Moved(TODAY - timedelta(days=ago), "文二西路1号", "古墩路2号"))

        assert [(one.place, one.to) for one in told(known, self.CHANGED)] == [("文二西路1号", "古墩路2号")] * is_told

    def test_not_of_one_that_stayed(self) -> None:
        assert not told(Known(enterprise=1), self.CHANGED)


class TestThatItLeftItsBuilding:
    LEFT = rule("moved_out_of_building", within_days=180)

    @pytest.mark.parametrize(("ago", "is_told"), [(0, True), (180, True), (181, False), (-1, False)])
    def test_is_told_for_a_while(self, ago: int, is_told: bool) -> None:
        known = Known(enterprise=1, left_on=TODAY - timedelta(days=ago), left_from="云联大厦")

        assert bool(told(known, self.LEFT)) is is_told

    def test_not_of_one_that_has_rooms_or_never_had_any(self) -> None:
        assert not told(Known(enterprise=1), self.LEFT)


class TestAProblemThatWaits:
    LONG = rule("unsolved_problem", within_days=30)

    def test_is_told_with_all_that_wait_as_long_the_oldest_first(self) -> None:
        known = Known(
            enterprise=1,
            problems=[
                Open("b", TODAY - timedelta(days=31)),
                Open("a", TODAY - timedelta(days=90)),
                Open("c", TODAY - timedelta(days=30)),
            ],
        )

        [reason] = told(known, self.LONG)

        assert (reason.matters, reason.days) == (("a", "b"), 90)


class TestAnEnterpriseThatIsNotVisited:
    LONG = rule("not_visited", within_days=365, at_least=1_000_000)

    @pytest.mark.parametrize(
        ("last", "is_told"), [(None, True), ("2022-05-20", False), ("2022-05-19", True), ("2023-05-01", False)]
    )
    def test_is_told_after_its_days(self, last: str | None, is_told: bool) -> None:
        visited = date.fromisoformat(last) if last else None

        assert bool(told(Known(enterprise=1, last_visit=visited, taxes=YEARS), self.LONG)) is is_told

    def test_not_where_it_pays_less(self) -> None:
        assert not told(Known(enterprise=1, taxes={"2022": 99_999_999}), self.LONG)

    def test_not_where_it_came_only_lately(self) -> None:
        newcomer = Known(enterprise=1, since=date(2022, 12, 1), taxes=YEARS)

        assert not told(newcomer, self.LONG)
        assert told(replace(newcomer, since=date(2022, 5, 1)), self.LONG)
