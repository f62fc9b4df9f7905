"""Personal data goes when its time is over: `rixin retention`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from rixin.privacy import opening, retention
from rixin.privacy.models import Opening, RetentionRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters() -> Iterator[list[datetime]]:
    """Days of letters, which a rule keeps for a year."""
    now = timezone.now()
    days = [now - timedelta(days=400), now - timedelta(days=300)]

    def delete(before: datetime, *, dry_run: bool) -> int:
        old = [day for day in days if day < before]
        if not dry_run:
            days[:] = [day for day in days if day >= before]
        return len(old)

    retention.rule("letters", 12, delete)
    yield days
    retention._rules.pop("letters")


def run(*options: str) -> str:
    out = StringIO()
    call_command("retention", *options, stdout=out)
    return out.getvalue()


class TestRetention:
    def test_deletes_what_is_past_its_date_and_nothing_else(self, letters):
        run()

        assert len(letters) == 1

    def test_tried_dry_says_what_would_go_and_leaves_it(self, letters):
        said = run("--dry-run")

        assert "letters" in said and "1" in said
        assert len(letters) == 2
        assert not RetentionRun.objects.exists()

    def test_writes_down_what_went(self, letters):
        run()

        assert RetentionRun.objects.get(rule="letters").deleted == 1

    def test_run_again_finds_nothing_more(self, letters):
        run()
        run()

        assert RetentionRun.objects.count() == 1

    def test_lets_the_log_of_openings_go_after_three_years(self, dispatcher):
        for years in (2, 4):
            at = timezone.now() - timedelta(days=365 * years)
            opening.log(dispatcher.account, "phone", "WX-1", "call_back", at)

        run()

        assert Opening.objects.count() == 1


def test_a_month_back_from_the_last_day_of_march_is_the_last_day_of_february():
    end_of_march = datetime(2022, 3, 31, 8, tzinfo=UTC)

    assert retention.months_before(end_of_march, 1) == datetime(2022, 2, 28, 8, tzinfo=UTC)
    assert retention.months_before(end_of_march, 15) == datetime(2020, 12, 31, 8, tzinfo=UTC)


def test_a_rule_that_keeps_nothing_at_all_is_a_mistake():
    with pytest.raises(ValueError, match="letters"):
        retention.rule("letters", 0, lambda before, *, dry_run: 0)
