"""A timeline that was altered afterwards is found."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case, take
from rixin.cases.verification import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]


@pytest.fixture
def case(dispatcher, handler):
    opened = a_case()
    at = MONDAY_0930 + timedelta(hours=1)
    return take(opened, "dispatch", dispatcher, at, unit=handler.main_post.unit_id, note="请尽快处理")


def reasons():
    return [finding.reason for _case, found in verify(Case.objects.all()) for finding in found]


def behind_the_back(statement: str, *params: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_what_nobody_touched_adds_up(case):
    assert reasons() == []


def test_an_event_whose_words_were_changed_is_named(case):
    behind_the_back("UPDATE cases_caseevent SET given = %s WHERE seq = 2", '{"note": "不急"}')

    assert "“dispatch” was altered after it was written" in reasons()


def test_an_event_that_was_taken_out_is_missed(case):
    behind_the_back("DELETE FROM cases_caseevent WHERE seq = 2")

    assert reasons() == ["it should have 2 events and has 1"]


def test_a_row_that_was_set_past_its_events_is_named(case):
    behind_the_back("UPDATE cases_case SET rating = 'satisfied', state = 'rated'")

    assert any(reason.startswith("“rating” is 'satisfied'") for reason in reasons())


def test_a_unit_that_was_taken_off_or_hidden_from_a_case_is_missed(case):
    behind_the_back("UPDATE cases_involvement SET open = %s", "0" if connection.vendor == "sqlite" else "f")

    assert reasons() == ["the units involved differ from what its events say"]


def test_words_of_a_report_that_were_changed_are_found(case):
    behind_the_back("UPDATE cases_case SET text = 'nothing happened'")

    assert reasons() == ["the words of the report are not those that were sent"]


def test_the_command_fails_and_names_the_case(case):
    behind_the_back("UPDATE cases_caseevent SET by_name = 'X' WHERE seq = 2")

    out = StringIO()
    with pytest.raises(CommandError, match="1 of 1 cases do not add up"):
        call_command("verify", stdout=out)

    assert case.number in out.getvalue()
