"""The demo's projects: what the report and the plan tell of them, and some that are late around the moment."""

from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from rixin.cases.photos import KeptPhoto
from rixin.cases.tests.builders import bundled
from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.life import programmes
from rixin.demo.life.programmes import actual_days
from rixin.demo.pictures import Pair
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.programmes import queries
from rixin.programmes.models import Payment, Project, Risk, Status, Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
PAIR = Pair(KeptPhoto("a" * 64, 640, 480, 9), KeptPhoto("b" * 64, 640, 480, 9))
PICTURES = dict.fromkeys(programmes.SCENES, (PAIR,))


def built(day: str, seed: int = 7) -> int:
    now = datetime.fromisoformat(f"{day}T18:00").replace(tzinfo=LOCAL)
    return programmes.store(Random(seed), now, Cast(now.date()), PICTURES)


def figures(year: str, *codes: str) -> dict[str, Any]:
    found = compute.figures(list(codes), Period.read(year), engine=Database(), as_of=timezone.now())
    return {code: int(one.value or 0) for code, one in found.items()}


def test_the_years_are_those_of_the_report_and_the_plan():
    built("2024-12-31")

    of_2022 = {
        "waste_sorting_provincial": 2, "waste_sorting_municipal": 4, "secondary_water_supply": 11,
        "owners_committee_elections": 7, "key_roads": 1, "other_roads": 3, "murals": 6,
    }  # fmt: skip
    of_2023 = {
        "livelihood_projects_done": 5, "renewals_started": 7, "renewals_completed": 2, "future_communities_accepted": 1,
        "future_communities_started": 2, "environment_projects_done": 2, "sewer_projects_done": 1,
        "facility_projects_done": 3, "office_projects_accepted": 1, "owners_committee_elections": 1,
    }  # fmt: skip
    assert figures("2022", *of_2022) == of_2022
    assert figures("2023", *of_2023) == of_2023


@pytest.mark.parametrize("day", ["2022-06-30", "2023-06-15", "2026-12-01"])
def test_whenever_it_is_built_some_are_late_and_nothing_lies_ahead(day):
    built(day)

    today = date.fromisoformat(day)
    assert queries.waiting_since(today).values("project").distinct().count() >= 2
    assert Risk.objects.filter(settled_on=None).exists() and Project.objects.filter(status=Status.OPEN).exists()
    assert not Step.objects.filter(done_on__gt=today).exists() and not Payment.objects.filter(day__gt=today).exists()


def test_what_is_built_lately_is_in_no_figure_of_the_report():
    built("2022-12-30")

    assert figures("2022", "murals", "key_roads", "other_roads") == {"murals": 6, "key_roads": 1, "other_roads": 3}


def test_the_same_seed_builds_the_same():
    def told(seed: int) -> list[Any]:
        with transaction.atomic():
            built("2023-06-15", seed)
            steps = Step.objects.order_by("project__pk", "nth")
            found = list(steps.values_list("project__name", "code", "planned_on", "done_on", "values", "note"))
            transaction.set_rollback(True)
        return found

    first = told(7)

    assert told(7) == first and told(8) != first


def test_days_between_known_ones_follow_the_template():
    kind = bundled().work.programmes["owners_election"]

    days = actual_days(kind, {"result_shown": date(2022, 3, 18)})

    ordered = [days[step.code] for step in kind.steps]
    assert ordered == sorted(ordered) and days["result_shown"] == date(2022, 3, 18)
    assert (days["candidates"] - days["roll"]).days >= 7 and days["filed"] > date(2022, 3, 25)
