"""Head counts: totals that add up, returned for a period, holding until the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, sampled_from

from rixin.catalogue import versions
from rixin.homes import actions, counting, queries
from rixin.homes.counting import LookAgain
from rixin.homes.models import HeadCount, HeadReturn, HomeEvent
from rixin.homes.sums import judged
from rixin.homes.terms import NoTerm, Term
from rixin.homes.tests.builders import AT, HOUSE, OTHER_HOUSE, TOTALS, entered, house, returned
from rixin.people.actors import SYSTEM
from rixin.refused import FieldsRefused


class TestPeriods:
    @given(day=dates(date(1995, 1, 1), date(2050, 1, 1)), months=sampled_from([3, 6]))
    def test_every_day_lies_in_one_and_it_reads_back(self, day, months):
        term = Term.of(months, day)

        assert term.first <= day <= term.last
        assert Term.read(str(term)) == term
        assert term.before().last < term.first and (term.first - term.before().last).days == 1

    @pytest.mark.parametrize("wrong", ["2022", "2022-H3", "2022-Q5", "", "2022-1", "H1-2022"])
    def test_anything_else_is_none(self, wrong):
        with pytest.raises(NoTerm):
            Term.read(wrong)

    def test_the_last_one_that_is_over(self):
        assert str(Term.last_over(6, date(2022, 6, 30))) == "2021-H2"
        assert str(Term.last_over(6, date(2022, 7, 1))) == "2022-H1"


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestAddingUp:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"aged_60": 6}, "aged_60"),
            ({"aged_80": 3}, "aged_80"),
            ({"under_3": 2}, "under_3"),
            ({"aged_60": 4, "under_18": 2}, "under_18"),
            ({"let": 3}, "let"),
            ({"let": 2, "empty": 1}, "empty"),
            ({"residents": None}, "residents"),
            ({"residents": -1}, "residents"),
            ({"张三": 1}, "张三"),
        ],
    )
    def test_what_does_not_is_refused_where_it_stands(self, said, field):
        assert field in judged(versions.work().head_counts["homes"], {**TOTALS, **said}, 2).refused

    def test_what_does_is_taken(self):
        found = judged(versions.work().head_counts["homes"], TOTALS, 2)

        assert (found.refused, found.unusual) == ({}, {})

    def test_more_households_than_dwellings_is_asked_back_once(self):
        entered("1-101", "1-102")

        with pytest.raises(LookAgain):
            returned("2022-H1", households=3)
        returned("2022-H1", households=3, looked_again=True)

        assert HeadCount.objects.get(counted="households").number == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestReturning:
    def test_holds_from_the_end_of_its_period_until_the_next(self):
        entered("1-101", "1-102")
        returned("2022-H2", residents=6)
        returned("2022-H1", residents=5)

        spans = list(HeadReturn.objects.values_list("period", "from_day", "until_day"))
        assert spans == [
            ("2022-H1", date(2022, 6, 30), date(2022, 12, 31)),
            ("2022-H2", date(2022, 12, 31), None),
        ]

    def test_again_for_the_same_period_replaces_what_stood_there(self):
        entered("1-101", "1-102")
        returned("2022-H1", residents=5)
        returned("2022-H1", residents=4)
        returned("2022-H1", residents=4)

        assert HeadCount.objects.get(counted="residents").number == 4
        assert [event.action for event in HomeEvent.objects.filter(ret__isnull=False)] == ["count", "recount"]
        assert HomeEvent.objects.get(action="recount").changes == {"residents": [5, 4]}

    def test_every_stairwell_has_to_say(self):
        entered("1-101", "1-102", "2-101", "2-102")

        with pytest.raises(FieldsRefused):
            returned("2022-H1", units=("1",))
        assert len(returned("2022-H1", units=("1", "2"))) == 2

    def test_not_before_the_period_is_over(self):
        entered("1-101", "1-102")

        with pytest.raises(FieldsRefused):
            returned("2023-H1")

    def test_not_where_no_dwelling_was_on_its_last_day(self):
        entered("1-101", "1-102", since=date(2022, 7, 1))

        with pytest.raises(FieldsRefused):
            returned("2022-H1")
        assert returned("2022-H2")

    def test_of_a_quarter_where_halves_are_returned_none(self):
        entered("1-101", "1-102")

        with pytest.raises(FieldsRefused):
            returned("2022-Q2")

    def test_ends_with_the_last_dwelling(self):
        rows = entered("1-101", "1-102")
        returned("2022-H1")

        actions.end(house(), rows, date(2022, 9, 1), reason="拆除", by=SYSTEM, at=AT)

        assert HeadReturn.objects.get().until_day == date(2022, 9, 1)

    def test_dwellings_cannot_have_ended_before_their_heads_were_counted(self):
        rows = entered("1-101", "1-102")
        returned("2022-H1")

        with pytest.raises(FieldsRefused):
            actions.end(house(), rows, date(2022, 6, 30), reason="拆除", by=SYSTEM, at=AT)

    def test_the_latest_of_each_building_is_found_in_two_statements(self, django_assert_num_queries):
        for code in (HOUSE, OTHER_HOUSE):
            entered("1-101", "1-102", code=code)
            returned("2022-H1", code=code)
        returned("2022-H2", code=HOUSE)

        with django_assert_num_queries(2):
            found = queries.latest_returns([HOUSE, OTHER_HOUSE], AT.date())
            periods = {code: [(ret.period, len(ret.counts.all())) for ret in rets] for code, rets in found.items()}

        assert periods == {HOUSE: [("2022-H2", 8)], OTHER_HOUSE: [("2022-H1", 8)]}


@pytest.mark.django_db
@pytest.mark.usefixtures("wenxin_places", "definitions")
class TestWhoKeeps:
    def test_the_unit_and_the_community(self, community_officer, handler, grid_worker, leader, outsider):
        where = house().area_path

        kept = {
            one.account.name: queries.keeps(one, where)
            for one in (community_officer, handler, grid_worker, leader, outsider)
        }

        assert [name for name, may in kept.items() if may] == [community_officer.account.name]

    def test_nobody_of_elsewhere_sees_anything(self, outsider, community_officer):
        entered("1-101")

        assert queries.visible_to(community_officer).count() == 1
        assert queries.visible_to(outsider).count() == 0
        assert queries.seen_building(outsider, HOUSE) is None


def test_a_put_names_cells_as_the_form_does():
    assert (counting.name_of("1", "residents"), counting.name_of("", "residents")) == ("1.residents", "whole.residents")
