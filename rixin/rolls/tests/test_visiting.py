"""The visit list is drawn from the rolls that a person serves and from nothing else."""

from datetime import date, timedelta

import pytest

from rixin.people.models import Post
from rixin.people.staff import Staff
from rixin.privacy.models import Opening
from rixin.refused import FieldsRefused
from rixin.rolls import actions, opening, queries, visiting
from rixin.rolls.models import Entry, Visit
from rixin.rolls.tests.builders import AT, CARE, MEALS, a_call, an_entry, roll, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]


class TestTheList:
    def test_has_nobody_for_who_serves_nobody(self, keeper, grid_worker, second_grid_worker):
        an_entry(keeper, server=grid_worker)

        assert visiting.visit_list(second_grid_worker) == []
        assert visiting.visit_list(keeper) == []

    def test_has_those_of_all_rolls_that_one_serves_and_no_other(self, keeper, grid_worker, second_grid_worker):
        own = [an_entry(keeper, code, server=grid_worker) for code in (CARE, MEALS)]
        an_entry(keeper, CARE, server=second_grid_worker)
        an_entry(keeper, CARE)
        actions.ask(roll(), said(), origin="o1", at=AT)

        assert {one.pk for one in visiting.visit_list(grid_worker)} == {one.pk for one in own}

    def test_those_due_first(self, keeper, grid_worker):
        meals, care = (an_entry(keeper, code, server=grid_worker) for code in (MEALS, CARE))

        assert visiting.visit_list(grid_worker) == [care, meals]

    def test_whoever_leaves_is_gone_at_once(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)

        actions.leave(entry, by=keeper.actor, at=AT, seen=1)

        assert visiting.visit_list(grid_worker) == []

    def test_a_post_that_ended_shows_nobody(self, keeper, grid_worker):
        an_entry(keeper, server=grid_worker)
        Post.objects.filter(account=grid_worker.account).update(until=AT.date())

        assert visiting.visit_list(Staff.at(grid_worker.account, AT)) == []

    def test_is_one_statement(self, keeper, grid_worker, django_assert_num_queries):
        for _nth in range(3):
            an_entry(keeper, server=grid_worker)

        with django_assert_num_queries(1):
            assert len([one.dwelling for one in visiting.visit_list(grid_worker)]) == 3


class TestACall:
    def test_sets_when_the_next_is_due_and_when_one_is_asked_again(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        at = AT + timedelta(days=20)

        visit = a_call(entry, grid_worker, at=at, words="想换上午来")

        entry.refresh_from_db()
        assert (visit.next_due, entry.visit_due) == (date(2022, 4, 10), date(2022, 4, 10))
        assert (entry.used_on, entry.delete_on) == (date(2022, 3, 27), date(2022, 9, 27))

    def test_sent_twice_is_written_down_once(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        for _nth in range(2):
            a_call(Entry.objects.get(pk=entry.pk), grid_worker, origin="outbox-1")

        assert Visit.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"outcome": "asleep"}, "outcome"),
            ({"words": "高血压"}, "words"),
            ({"words": "x" * 201}, "words"),
            ({"day": date(2022, 3, 6)}, "day"),
            ({"day": date(2022, 3, 8)}, "day"),
        ],
    )
    def test_what_is_wrong_is_told(self, keeper, grid_worker, wrong, field):
        entry = an_entry(keeper, server=grid_worker)

        with pytest.raises(FieldsRefused) as refused:
            a_call(entry, grid_worker, **wrong)

        assert list(refused.value.fields) == [field]

    def test_written_down_late_it_does_not_bring_the_next_one_forward(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        at = AT + timedelta(days=30)

        for day in (date(2022, 4, 5), date(2022, 3, 20)):
            a_call(entry, grid_worker, at=at, day=day)
            entry.refresh_from_db()

        assert entry.visit_due == date(2022, 4, 19)


class TestOpening:
    def test_for_a_visit_is_logged_once_a_day(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)

        for hours in (0, 3, 24):
            opening.open_for_visit(entry, grid_worker, AT + timedelta(hours=hours))

        assert list(Opening.objects.values_list("number", "purpose")) == [(entry.number, "visit")] * 2

    def test_is_told_to_the_person_with_name_post_and_purpose(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        opening.open_for_visit(entry, grid_worker, AT)
        opening.open_for(entry, keeper, "call_back", AT + timedelta(hours=1))

        assert [(one.who, one.post) for one in opening.opened(entry)] == [
            ("吕芳", "养老助残专员"),
            ("吴芳", "网格员"),
        ]

    def test_shows_who_serves_the_fields_that_the_roll_gives_and_no_other(self, keeper, grid_worker, leader):
        entry = an_entry(keeper, server=grid_worker)

        assert queries.fields_seen(grid_worker, entry) == {"service", "when"}
        assert queries.fields_seen(keeper, entry) == {"service", "when", "key_person"}
        assert queries.fields_seen(leader, entry) == frozenset()


class TestWhoSeesEntries:
    def test_keepers_and_nobody_else(
        self, keeper, community_officer, grid_worker, leader, auditor, administrator, dispatcher, handler, outsider
    ):
        an_entry(keeper, server=grid_worker)

        seeing = [keeper, community_officer]
        others = [grid_worker, leader, auditor, administrator, dispatcher, handler, outsider]
        assert [queries.kept_by(one).count() for one in seeing] == [1, 1]
        assert [queries.kept_by(one).count() for one in others] == [0] * len(others)

    def test_leaders_and_auditors_see_totals(self, keeper, leader, auditor, handler, outsider):
        an_entry(keeper)
        an_entry(keeper)

        assert [queries.counts(one, AT.date()) for one in (leader, auditor)] == [{CARE: 2}] * 2
        assert [queries.counts(one, AT.date()) for one in (handler, outsider)] == [{}] * 2
