"""What is due with an officer's enterprises, and how many were called at."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from rixin.catalogue.periods import Period
from rixin.catalogue.register_schema import Warning
from rixin.catalogue.schema import Text
from rixin.liaison.coverage import Call, by_group, by_month
from rixin.liaison.due import Due, due, for_today, in_order
from rixin.liaison.warnings import Known, Reason

TODAY = date(2023, 5, 20)
WORDS = Text(zh="文", en="words")
LEASE = Reason(warning=Warning(code="lease", name=WORDS, fact="lease_end", advice=WORDS, within_days=90))


def found(pk: int = 1, *, last: int | None = None, planned: int | None = None, reasons: tuple[Reason, ...] = ()) -> Due:
    """`last` and `planned`: so many days ago."""
    days = [TODAY - timedelta(days=ago) if ago is not None else None for ago in (last, planned)]
    known = Known(enterprise=pk, last_visit=days[0])
    return due(known, reasons, planned=days[1], every_days=90, today=TODAY)


class TestWhatIsDue:
    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({}, "never"),
            ({"last": 89}, None),
            ({"last": 90}, "long_ago"),
            ({"last": 5, "planned": 2}, "planned"),
            ({"last": 2, "planned": 5}, None),  # was paid since
            ({"planned": 0}, "planned"),
            ({"last": 60, "reasons": (LEASE,)}, "warning"),
            ({"last": 10, "reasons": (LEASE,)}, None),  # was spoken of
        ],
    )
    def test_each_enterprise_says_why(self, said: dict, why: str | None) -> None:
        assert found(**said).why == why

    def test_for_today_are_up_to_six_of_what_is_due_the_planned_ones_first(self) -> None:
        all_ = [found(pk, last=100 + pk) for pk in range(1, 9)]
        all_ += [found(20, last=10), found(21), found(22, last=3, planned=1), found(23, last=50, reasons=(LEASE,))]

        assert for_today(all_) == [22, 23, 21, 8, 7, 6]
        assert in_order(all_)[-1].enterprise == 20


class TestCoverage:
    CALLS = [
        Call(1, date(2023, 1, 5), 7, True),
        Call(1, date(2023, 3, 5), 7),
        Call(2, date(2023, 2, 5), 8),
        Call(9, date(2023, 2, 6), 8),
    ]

    def test_an_enterprise_counts_once_and_each_visit_to_it(self) -> None:
        [one, two, none] = by_group({"7": [1, 3], "8": [2], "9": []}, self.CALLS)

        assert (one.enterprises, one.visited, one.visits, one.problems, one.missed) == (2, 1, 2, 1, 1)
        assert one.share == Fraction(1, 2) and two.share == 1
        assert none.share is None

    def test_months_to_come_are_not_shown(self) -> None:
        months = by_month(Period.read("2023"), [1, 2], self.CALLS, date(2023, 3, 20))

        assert [(month.key, month.visited, month.visits) for month in months] == [
            ("2023-01", 1, 1),
            ("2023-02", 1, 1),
            ("2023-03", 1, 1),
        ]
