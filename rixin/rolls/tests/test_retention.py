"""What is held goes on its day; the count stays."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from rixin.catalogue.worktime import LOCAL
from rixin.privacy import retention
from rixin.privacy.models import RetentionRun
from rixin.rolls import actions, queries
from rixin.rolls.models import Entry, Status, Visit
from rixin.rolls.tests.builders import AT, CARE, a_call, an_entry, joined, roll, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]
THE_DAY = datetime(2022, 9, 7, 3, 0, tzinfo=LOCAL)


def run(at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    return {result.rule.name: result.rows for result in retention.run(at, dry_run=dry_run)}


def test_nothing_goes_the_day_before_and_all_of_it_on_the_day(keeper, grid_worker):
    made = joined(keeper, server=grid_worker)
    a_call(made.entry, grid_worker, words="想换上午来")

    assert run(THE_DAY - timedelta(days=1))["service_rolls"] == 0
    assert Entry.objects.get().name
    assert run(THE_DAY)["service_rolls"] == 1

    entry = Entry.objects.get()
    assert [entry.name, entry.phone, entry.address, entry.values, entry.dwelling, entry.server] == [None] * 6
    assert (entry.phone_mark, entry.name_mark, entry.code_mark) == ("", "", "")
    assert Visit.objects.get().words is None
    assert queries.by_code(made.code) is None


def test_the_count_of_the_days_before_stays(keeper, leader):
    an_entry(keeper)

    run(THE_DAY)

    entry = Entry.objects.get()
    assert (entry.status, entry.joined_on, entry.left_on) == (Status.LEFT, AT.date(), date(2022, 9, 7))
    assert queries.counts(leader, date(2022, 9, 6)) == {CARE: 1}
    assert queries.counts(leader, date(2022, 9, 7)) == {}


def test_whoever_was_asked_again_stays(keeper):
    entry = an_entry(keeper)

    actions.stays(entry, by=keeper.actor, at=AT + timedelta(days=100), seen=1)

    assert run(THE_DAY)["service_rolls"] == 0


def test_who_left_keeps_the_day_of_leaving(keeper):
    entry = an_entry(keeper)
    actions.leave(entry, by=keeper.actor, at=AT + timedelta(days=10), seen=1)

    run(THE_DAY)

    assert Entry.objects.get().left_on == date(2022, 3, 17)


def test_a_request_that_nobody_answered_goes_after_a_month_and_was_never_counted(keeper, leader):
    actions.ask(roll(), said(), origin="o1", at=AT)

    assert run(AT + timedelta(days=30))["service_rolls"] == 1

    assert Entry.objects.get().status == Status.DECLINED
    assert queries.counts(leader, AT.date()) == {}


def test_tried_dry_it_counts_and_leaves(keeper):
    an_entry(keeper)

    assert run(THE_DAY, dry_run=True)["service_rolls"] == 1
    assert Entry.objects.get().name


def test_the_command_covers_it_and_writes_it_down(keeper, monkeypatch):
    an_entry(keeper)
    monkeypatch.setattr(timezone, "now", lambda: THE_DAY)
    out = StringIO()

    call_command("retention", stdout=out)
    call_command("retention", stdout=out)

    assert RetentionRun.objects.get(rule="service_rolls").deleted == 1
    assert Entry.objects.get().emptied


def test_emptied_it_is_no_entry_of_anybodys_any_more(keeper, grid_worker):
    an_entry(keeper, server=grid_worker)

    run(THE_DAY)

    assert not queries.served_by(grid_worker).exists()
