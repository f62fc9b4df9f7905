"""Residents rate what was built; nobody does it for them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from rixin.catalogue.worktime import LOCAL
from rixin.choosing import rating
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import ProjectRating
from rixin.choosing.rating import Rated, Summary
from rixin.choosing.tests.builders import a_project
from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM, resident
from rixin.programmes.models import Project, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units", "definitions")]
ACCEPTED = date(2023, 9, 20)
AT = datetime(2023, 10, 1, 12, 0, tzinfo=LOCAL)


@pytest.fixture
def built(units: Any) -> Project:
    return a_project(status=Status.DONE, done_on=ACCEPTED)


def rate(project: Project, said: str = "satisfied", phone: str = "a", **how: Any) -> bool:
    return rating.rate(project, Rated(rating=said, browser=phone), **{"by": resident(), "at": AT, **how})


def test_a_browser_counts_once_and_its_first_answer_stands(built):
    assert [rate(built), rate(built, "not_satisfied")] == [True, False]

    assert ProjectRating.objects.get().rating == "satisfied"
    assert rating.rated_by("a", built.pk) and not rating.rated_by("b", built.pk)


def test_what_is_not_finished_is_not_rated(units):
    with pytest.raises(ChoosingRefused):
        rate(a_project())


def test_it_is_rated_for_ninety_days(built):
    last = AT.replace(month=12, day=19)
    assert last.date() == ACCEPTED + timedelta(days=90)

    assert rate(built, at=last)
    with pytest.raises(ChoosingRefused):
        rate(built, phone="b", at=last + timedelta(days=1))


def test_a_kind_that_is_not_public_is_not_rated(units):
    with pytest.raises(ChoosingRefused):
        rate(a_project(kind="stairwell", status=Status.DONE, done_on=ACCEPTED))


def test_staff_do_not_rate(built, leader):
    with pytest.raises(ChoosingRefused, match="by residents"):
        rate(built, by=leader.actor)


def test_those_who_did_not_answer_are_known_only_where_the_asked_are(built):
    rate(built), rate(built, "fairly", "b"), rate(built, "not_satisfied", "c")
    assert rating.summaries([built.pk]) == {built.pk: Summary(1, 1, 1, None)}

    asked = rating.say_asked(built, 40, by=SYSTEM, at=AT, seen=0)

    found = rating.summaries([built.pk])[built.pk]
    assert (found.answered, found.well, found.silent) == (3, 2, 37)
    with pytest.raises(ChoosingRefused, match="answered already"):
        rating.say_asked(built, 2, by=SYSTEM, at=AT, seen=asked.version)
    with pytest.raises(ChangedMeanwhile):
        rating.say_asked(built, 50, by=SYSTEM, at=AT, seen=asked.version + 1)
