"""The choice of livelihood projects in the demonstration."""

from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from django.db import transaction

from rixin.catalogue.worktime import LOCAL
from rixin.choosing.models import ProjectRating, Proposal, Round
from rixin.choosing.results import outcomes
from rixin.choosing.stages import Stage, State
from rixin.choosing.tests.builders import a_project
from rixin.demo.cast import Cast
from rixin.demo.life import choosing
from rixin.people.roles import Role
from rixin.people.tests.cast import a_post, a_unit, an_account
from rixin.programmes.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
FIVE = {"口袋公园新建", "社区食堂扩面", "电动自行车充电桩", "文化家园提升", "健身步道贯通"}


@pytest.fixture
def cast(units: Any) -> Cast:
    for username in ("public-services1", "public-services2"):
        a_post(an_account(username, demo=True), a_unit("public-services"), Role.HANDLER)
    return Cast(date(2022, 12, 1))


def make(cast: Cast, day: date) -> int:
    return choosing.store(Random(1), datetime(day.year, day.month, day.day, 18, tzinfo=LOCAL), cast)


def test_the_five_projects_of_the_plan_were_chosen_in_january_2023(cast):
    make(cast, date(2023, 2, 1))

    row = Round.objects.get()
    assert row.stage == Stage.ANNOUNCED and row.proposals.count() == 40
    assert set(row.proposals.filter(state=State.CHOSEN).values_list("title", flat=True)) == FIVE
    assert row.proposals.filter(state__in=(State.CHOSEN, State.PASSED)).count() == 12
    [vote] = outcomes(row)
    assert vote.result.counts and len(vote.result.chosen) == 5


def test_before_the_vote_nothing_is_decided(cast):
    make(cast, date(2022, 12, 10))

    assert Round.objects.get().stage == Stage.RAISING
    assert not Proposal.objects.filter(raised_on__gt=date(2022, 12, 10)).exists()


def test_a_round_is_open_now(cast):
    make(cast, date(2026, 12, 1))

    row = Round.objects.get(year=2027)
    assert row.called_on(date(2026, 12, 1))
    assert set(row.proposals.values_list("state", flat=True)) == {State.RAISED, State.PUBLISHED}


def test_what_was_built_is_linked_and_rated(cast):
    built = a_project(name="口袋公园新建", status=Status.DONE, done_on=date(2023, 9, 28))

    make(cast, date(2023, 12, 1))

    assert built.proposals.get().title == "口袋公园新建"
    days = set(ProjectRating.objects.values_list("day", flat=True))
    assert len(days) > 5 and min(days) >= date(2023, 9, 28) and max(days) <= date(2023, 12, 1)


def test_what_was_joined_brought_its_supporters(cast):
    make(cast, date(2023, 2, 1))

    said = dict(Proposal.objects.values_list("title", "supporters"))
    assert said["电动自行车充电桩"] == (1 + 26) + (1 + 7) + (1 + 6) + (1 + 4)


def test_the_same_seed_makes_the_same(cast):
    days = (date(2022, 11, 6), date(2022, 11, 6))
    made = []
    for day in days:
        with transaction.atomic():
            make(cast, day)
            made.append(list(Proposal.objects.order_by("pk").values_list("code_mark", "raised_at", "supporters")))
            transaction.set_rollback(True)

    assert made[0] == made[1] != []
