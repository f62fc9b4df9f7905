"""Whose enterprise it is: given, handed over, ended, and always known of any day."""

from datetime import date, timedelta

import pytest

from rixin.liaison import actions, queries
from rixin.liaison.actions import LiaisonRefused
from rixin.liaison.models import Assignment
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.registers import entering
from rixin.registers.models import Enterprise, RegisterEvent
from rixin.registers.tests.builders import NOW, TODAY, an_enterprise

pytestmark = pytest.mark.django_db
JANUARY, MARCH = date(2023, 1, 1), date(2023, 3, 1)


def give(officer: Player, day: date, *enterprises: Enterprise) -> int:
    return actions.assign(enterprises, officer.account, day, by=SYSTEM, at=NOW, today=TODAY)


def whose(enterprise: Enterprise, day: date) -> int | None:
    return queries.officer_of(enterprise.pk, day)


class TestAssigning:
    def test_many_at_once_each_with_a_line_in_its_history(self, handler: Player) -> None:
        all_ = [an_enterprise() for _three in range(3)]

        assert give(handler, JANUARY, *all_) == 3

        assert [whose(one, TODAY) for one in all_] == [handler.account.pk] * 3
        last = RegisterEvent.objects.filter(enterprise=all_[0]).last()
        assert (last.action, last.changes["officer"]) == ("assign", [None, "李工"])
        assert Enterprise.objects.get(pk=all_[0].pk).version == 2

    def test_handed_over_from_a_day_on(self, handler: Player, leader: Player) -> None:
        one = an_enterprise()
        give(handler, JANUARY, one)

        give(leader, MARCH, one)

        before, after = MARCH - timedelta(days=1), MARCH
        assert (whose(one, before), whose(one, after)) == (handler.account.pk, leader.account.pk)
        assert RegisterEvent.objects.filter(enterprise=one).last().changes["officer"] == ["李工", "周明"]

    def test_put_between_what_is_known(self, handler: Player, leader: Player) -> None:
        one = an_enterprise()
        give(handler, MARCH, one)

        give(leader, JANUARY, one)

        assert (whose(one, JANUARY), whose(one, MARCH)) == (leader.account.pk, handler.account.pk)

    def test_said_again_it_changes_nothing(self, handler: Player) -> None:
        one = an_enterprise()
        give(handler, JANUARY, one)

        assert give(handler, MARCH, one) == 0
        assert Assignment.objects.count() == 1

    def test_the_same_day_again_replaces_it(self, handler: Player, leader: Player) -> None:
        one = an_enterprise()
        give(handler, JANUARY, one)

        give(leader, JANUARY, one)

        assert [row.account_id for row in Assignment.objects.all()] == [leader.account.pk]

    def test_ended_it_is_nobodys(self, handler: Player) -> None:
        one, other = an_enterprise(), an_enterprise()
        give(handler, JANUARY, one, other)

        changed = actions.end([one, an_enterprise()], MARCH, by=SYSTEM, at=NOW, today=TODAY)

        assert changed == 1
        assert (whose(one, MARCH - timedelta(days=1)), whose(one, MARCH)) == (handler.account.pk, None)
        assert whose(other, MARCH) == handler.account.pk

    def test_ended_before_it_begins_it_never_came_about(self, handler: Player) -> None:
        one = an_enterprise()
        give(handler, MARCH, one)

        actions.end([one], JANUARY, by=SYSTEM, at=NOW, today=TODAY)

        assert not Assignment.objects.exists()

    def test_not_more_than_a_year_ahead(self, handler: Player) -> None:
        one = an_enterprise()
        with pytest.raises(LiaisonRefused):
            give(handler, TODAY + timedelta(days=367), one)

        assert give(handler, TODAY + timedelta(days=366), one) == 1

    def test_that_of_a_double_goes_over_to_the_entry_that_goes_on(self, handler: Player) -> None:
        double, into = an_enterprise("杭州甲公司"), an_enterprise("杭州甲有限公司")
        give(handler, JANUARY, double)
        actions.plan(double, handler.account, by=None, at=NOW)
        for one in (double, into):
            one.refresh_from_db()

        entering.merge(double, into, by=SYSTEM, at=NOW, seen=double.version, into_seen=into.version)

        assert whose(into, TODAY) == handler.account.pk and whose(double, TODAY) is None
        assert [one.enterprise_id for one in queries.planned_for(handler.account.pk)] == [into.pk]
