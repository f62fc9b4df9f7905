"""The made-up applications and legal questions: at every step, of enterprises that qualify, and nothing paid."""

from collections import Counter
from datetime import date, datetime
from random import Random

import pytest
from django.db import transaction

from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.economy import policies
from rixin.people.actors import SYSTEM
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.policies.queries import sums
from rixin.records.models import Record
from rixin.registers import traits
from rixin.registers.tests.builders import NOW as ENTERED
from rixin.registers.tests.builders import an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
NOW = datetime(2023, 6, 12, 10, 0, tzinfo=LOCAL)


@pytest.fixture
def cast(units) -> Cast:
    a_player("jin.ying", "金英", "economy-office", Role.HANDLER)
    a_player("feng.lv", "冯律", "justice-office", Role.HANDLER)
    a_player("zhou.ming", "周明", "party-office", Role.LEADER)
    Account.objects.update(demo=True)
    return Cast(NOW.date())


@pytest.fixture
def _enterprises(definitions, wenxin_places) -> None:
    for nth in range(12):
        one = an_enterprise(f"杭州第{nth}科技有限公司")
        stage = ("high_tech", "specialised")[nth % 2]
        traits.give(one, "stage", stage, date(2021, 6, 1), by=SYSTEM, at=ENTERED, seen=one.version)


@pytest.mark.usefixtures("_enterprises")
class TestMaking:
    def test_applications_stand_at_every_step_and_nothing_is_paid(self, cast):
        policies.make(Random(1), NOW, cast)

        applied = Case.objects.filter(type="subsidy_application")
        assert {"applied", "checked", "announced"} == set(applied.values_list("state", flat=True))
        assert not applied.filter(enterprise=None).exists()
        assert set(sums()) == {"high_tech", "specialised", "talent_housing"}
        assert not Record.objects.filter(type="subsidy").exists()

    def test_legal_questions_are_answered_but_for_the_last(self, cast):
        policies.make(Random(1), NOW, cast)

        states = Counter(Case.objects.filter(type="legal_question").values_list("state", flat=True))
        assert states == {"answered": 4, "advising": 1, "raised": 1}
        assert Record.objects.filter(type="legal_advice").count() == 4

    def test_one_lawyer_is_on_duty_each_week(self, cast):
        policies.make(Random(1), NOW, cast)

        weeks = Record.objects.filter(type="lawyer_duty").values_list("day", flat=True)
        assert len(set(weeks)) == 6 and date(2023, 6, 12) in weeks

    def test_the_same_random_makes_the_same(self, cast):
        def made() -> list[tuple[str, int, str, str]]:
            with transaction.atomic():
                policies.make(Random(3), NOW, cast)
                rows = list(
                    Case.objects.order_by("opened_at", "pk").values_list("type", "enterprise", "state", "title")
                )
                transaction.set_rollback(True)
            return rows

        assert len(made()) >= 12
        assert made() == made()


def test_without_enterprises_there_is_nothing_to_apply_for(cast):
    assert policies.make(Random(1), NOW, cast) == 0
