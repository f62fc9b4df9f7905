"""The demonstration in its full size: what the report of the sub-district says of 2022, and every action in use."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from rixin.cases.models import Case, CaseClock, CaseEvent
from rixin.catalogue import versions
from rixin.demo.tests.building import a_year
from rixin.demo.year import CODE_CASES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def year(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with a_year(django_db_blocker, tmp_path_factory, cases=CODE_CASES) as said:
        yield said


class TestTheFullYear:
    def test_it_has_the_matters_and_the_satisfaction_of_the_report(self) -> None:
        through_the_code = Case.objects.filter(channel="code", opened_at__year=2022)
        ratings = through_the_code.filter(excluded=False).exclude(rating="")

        satisfied = 100 * ratings.exclude(rating="not_satisfied").count() / ratings.count()

        assert through_the_code.count() == 8945
        assert round(satisfied, 1) == 99.2

    def test_every_action_of_the_lifecycle_occurs(self) -> None:
        taken = set(CaseEvent.objects.values_list("action", flat=True))

        assert not set(versions.lifecycles()[0].actions) - taken

    def test_handled_in_time_are_between_96_and_98_in_a_hundred(self) -> None:
        clocks = CaseClock.objects.filter(code="handle", case__opened_at__year=2022)

        assert 0.96 <= clocks.filter(missed=False).count() / clocks.count() <= 0.98

    def test_hardly_two_people_write_the_same(self) -> None:
        texts = list(Case.objects.values_list("text", flat=True))

        assert len(set(texts)) > 0.99 * len(texts)

    def test_the_record_is_whole(self) -> None:
        call_command("verify", stdout=StringIO())
