"""Boards and quarters: sums, what is expected, what was forgotten, how long it took."""

from datetime import date
from decimal import Decimal

from rixin.catalogue.loader import catalogue_dir, load
from rixin.investment import figures
from rixin.investment.figures import WAN
from rixin.investment.models import Lead, Status

PIPELINE = load(catalogue_dir()).work.pipelines["investment"]
TODAY = date(2022, 12, 31)


def lead(stage: str = "clue", moved: str = "2022-12-01", opened: str = "2022-11-01", **said) -> Lead:
    return Lead(stage=stage, moved_on=date.fromisoformat(moved), opened_on=date.fromisoformat(opened), **said)


class TestTheBoard:
    def test_has_every_stage_with_sums_of_what_is_known(self):
        columns = figures.board(PIPELINE, [lead(amount=100 * WAN), lead(amount=None), lead("talks", amount=300 * WAN)])

        assert [(column.stage.code, len(column.leads), column.amount, column.unknown) for column in columns] == [
            ("clue", 2, 100 * WAN, 1),
            ("contact", 0, 0, 0),
            ("visit", 0, 0, 0),
            ("talks", 1, 300 * WAN, 0),
            ("signed", 0, 0, 0),
        ]
        assert (columns[0].expected, columns[3].expected) == (5 * WAN, 165 * WAN)
        assert columns[0].likely_to_land == Decimal("0.1")

    def test_puts_first_what_was_forgotten_longest(self):
        (column, *_rest) = figures.board(PIPELINE, [lead(moved="2022-12-05", name="b"), lead(name="a")])

        assert [one.name for one in column.leads] == ["a", "b"]

    def test_a_stage_that_is_defined_no_more_loses_no_lead(self):
        assert len(figures.board(PIPELINE, [lead("gone")])[0].leads) == 1

    def test_forgotten_is_what_had_no_step_for_longer_than_its_stage_allows(self):
        at_the_limit, beyond = lead("talks", moved="2022-12-10"), lead("talks", moved="2022-12-09")

        assert not figures.is_stale(at_the_limit, PIPELINE, TODAY)
        assert figures.is_stale(beyond, PIPELINE, TODAY)
        assert figures.idle(beyond, TODAY) == 22


class TestQuarters:
    def test_each_counts_what_happened_in_it(self):
        leads = [
            lead(opened="2022-08-01", landed_on=date(2022, 10, 10), status=Status.LANDED, amount=200 * WAN),
            lead(opened="2022-10-01", landed_on=date(2022, 10, 31), status=Status.LANDED, amount=100 * WAN),
            lead(opened="2022-10-05", lost_on=date(2022, 12, 31), lost_reason="rent", status=Status.LOST),
            lead(opened="2022-11-05", lost_on=date(2022, 12, 1), lost_reason="rent", status=Status.LOST),
            lead(opened="2022-11-06", lost_on=date(2022, 12, 1), lost_reason="space", status=Status.LOST),
        ]

        newest, before = figures.by_quarter(leads, date(2022, 7, 1), TODAY)

        assert str(newest.period) == "2022-Q4"
        assert (newest.opened, newest.landed, newest.landed_amount, newest.lost) == (4, 2, 300 * WAN, 3)
        assert newest.reasons == (("rent", 2), ("space", 1))
        assert newest.days == Decimal("50")
        assert (before.opened, before.landed, before.days) == (1, 0, None)

    def test_none_is_left_out_between_two_years(self):
        assert [str(one) for one in figures.quarters(date(2022, 8, 5), date(2023, 2, 1))] == [
            "2022-Q3", "2022-Q4", "2023-Q1",
        ]  # fmt: skip
