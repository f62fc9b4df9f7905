"""Which returns are due and missing, and for whom; which drafts wait for whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.periods import Period
from rixin.catalogue.schema import Text
from rixin.catalogue.work_schema import RecordType
from rixin.metrics.tests.ground import NOW, a_record
from rixin.records import actions, queries
from rixin.records.due import duties, missing, missing_of
from rixin.records.models import Record
from rixin.records.tests.brought import as_xlsx, imported

TODAY = date(2023, 1, 15)
STEPS = some.sampled_from(["day", "month", "quarter", "year"])


def a_return(period: str = "month", **more: object) -> RecordType:
    text = Text(zh="月报", en="Return")
    return RecordType(code="it", name=text, meaning=text, unit="office", day=text, period=period, **more)


def gone(record: RecordType, *returned: str, since: str | None = "2022-01-31", today: date = TODAY) -> list[str]:
    days = [Period.read(one).last for one in returned]
    first = date.fromisoformat(since) if since else None
    return [str(one.period) for one in missing(record, days, since=first, today=today)]


class TestWhatIsMissing:
    def test_is_each_ended_period_since_the_first_return_that_has_none(self):
        months = [f"2022-{month:02}" for month in range(1, 13)]

        assert gone(a_return(), *months) == []
        assert gone(a_return(), *months[:4], *months[6:]) == ["2022-05", "2022-06"]

    def test_the_period_that_has_not_ended_is_not_among_it(self):
        assert gone(a_return("day"), "2023-01-14", since="2023-01-14") == []

    def test_where_nothing_was_ever_returned_it_is_the_last_period(self):
        assert gone(a_return(), since=None) == ["2022-12"]

    def test_is_late_once_its_day_is_past_and_not_before(self):
        first, second = (
            missing(a_return(due_days=days), [], since=None, today=TODAY)[0].days_late for days in (14, 15)
        )

        assert (first, second) == (1, 0)

    def test_ends_with_the_duty(self):
        assert gone(a_return("day", due_until="2022-12-31"), since="2022-12-29", today=date(2023, 1, 3)) == [
            "2022-12-29", "2022-12-30", "2022-12-31",
        ]  # fmt: skip

    @given(step=STEPS, today=some.dates(date(2010, 1, 1), date(2090, 1, 1)), back=some.integers(0, 400))
    def test_one_that_returned_everything_owes_nothing(self, step, today, back):
        first = Period.of(step, date.fromordinal(today.toordinal() - back))
        there, period = [], first
        while period.last < today:
            there.append(period.last)
            period = period.after()

        assert missing(a_return(step), there, since=first.last, today=today) == []


class TestWhatIsMissingOfAYear:
    YEAR = tuple(Period.read("2020").parts("month"))

    def of_2020(self, *returned: str, since: str = "2019-01-31", **more: object) -> list[str]:
        days, first = [Period.read(one).last for one in returned], date.fromisoformat(since)
        return [str(one.period) for one in missing_of(a_return(**more), self.YEAR, days, since=first, today=TODAY)]

    def test_is_told_however_long_ago_it_was(self):
        months = [f"2020-{month:02}" for month in range(1, 13)]

        assert self.of_2020(*months[:2], *months[3:]) == ["2020-03"]

    def test_begins_with_the_first_return_and_ends_with_the_duty(self):
        assert self.of_2020(since="2020-11-30") == ["2020-11", "2020-12"]
        assert self.of_2020(due_until="2020-02-29") == ["2020-01", "2020-02"]

    def test_is_nothing_of_a_year_to_come(self):
        year = Period.read("2024").parts("month")

        assert missing_of(a_return(), year, [], since=None, today=TODAY) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("small_street")
class TestForWhom:
    def owing(self, staff):
        return {duty.version.type.code: [str(one.period) for one in duty.missing] for duty in duties(staff, TODAY)}

    def test_it_is_shown_to_who_enters_such_returns(self, leader, handler, auditor, outsider):
        a_record("revenue", "2022-10-31", amount="5", area="330106013/")

        assert self.owing(leader) == {"revenue": ["2022-11", "2022-12"]}
        assert self.owing(handler) == self.owing(auditor) == self.owing(outsider) == {}

    def test_a_withdrawn_one_is_missing_again(self, leader):
        for month in ("2022-11-30", "2022-12-31"):
            record = a_record("revenue", month, amount="5", area="330106013/")
        complete = self.owing(leader)
        actions.withdraw(record, by=leader.actor, at=NOW, seen=record.version, reason="误")

        assert (complete, self.owing(leader)) == ({"revenue": []}, {"revenue": ["2022-12"]})


@pytest.mark.django_db
@pytest.mark.usefixtures("small_street", "own_folder")
class TestWhatWaitsForConfirmation:
    def test_waits_for_others_and_not_for_who_wrote_it(self, leader, dispatcher, auditor):
        imported(as_xlsx(["月份", "收入"], ["2022-01", "5"]), leader, kind="revenue")

        waiting = [queries.to_confirm(who).count() for who in (leader, dispatcher, auditor)]

        assert waiting == [0, 1, 0]

    def test_who_corrected_it_last_leaves_it_to_others(self, leader, dispatcher):
        imported(as_xlsx(["月份", "收入"], ["2022-01", "5"]), leader, kind="revenue")
        record = Record.objects.get()
        actions.correct(
            record, by=dispatcher.actor, at=NOW, seen=1, reason="误", values={"amount": 600}, day=record.day
        )

        assert [queries.to_confirm(who).count() for who in (leader, dispatcher)] == [1, 0]

    def test_is_no_more_once_it_counts(self, leader, dispatcher):
        imported(as_xlsx(["月份", "收入"], ["2022-01", "5"]), leader, kind="revenue")
        actions.confirm(Record.objects.get(), by=dispatcher.actor, at=NOW, seen=1)

        assert queries.to_confirm(dispatcher).count() == 0
