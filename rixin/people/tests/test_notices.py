"""The bell: what somebody is told inside the product."""

from datetime import UTC, datetime, timedelta

import pytest

from rixin.people.models import Notice
from rixin.people.notices import mark_read, notify, unread_count

NOON = datetime(2022, 6, 1, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class TestANotice:
    def test_reaches_each_person_once_in_one_statement(self, dispatcher, handler, django_assert_num_queries):
        people = [dispatcher.account, handler.account.pk, dispatcher.account.pk]

        with django_assert_num_queries(1):
            told = notify(people, kind="assigned", zh="有新件", en="A new matter", at=NOON)

        assert told == 2
        assert unread_count(dispatcher.account.pk) == unread_count(handler.account.pk) == 1

    def test_to_nobody_asks_the_database_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert notify([], kind="assigned", zh="有新件", at=NOON) == 0

    def test_that_comes_in_while_somebody_reads_stays_unread(self, handler):
        notify([handler.account], kind="assigned", zh="有新件", at=NOON)
        notify([handler.account], kind="assigned", zh="又有新件", at=NOON + timedelta(minutes=1))

        mark_read(handler.account.pk, up_to=NOON, at=NOON + timedelta(minutes=2))

        assert unread_count(handler.account.pk) == 1

    def test_too_long_is_cut_and_not_refused(self, handler):
        notify([handler.account], kind="assigned", zh="长" * 500, at=NOON)

        assert len(Notice.objects.get().text_zh) == 300
