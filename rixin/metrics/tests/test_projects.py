"""Figures over projects: what steps, projects and payments count, until when, and when a row has become another."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.desk.figure_pages.enterprise_rows import evaluated
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.metrics.rows import behind
from rixin.metrics.tests.plain import Ledger, Stored, said
from rixin.programmes import actions, money, stepping
from rixin.programmes.drafts import NewPayment
from rixin.programmes.models import Payment, Project
from rixin.programmes.tests import builders
from rixin.programmes.tests.builders import AT, a_project, act, done, through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


def figure(code: str, period: str = "2023") -> Figure:
    return compute.figures([code], Period.read(period), engine=Database(), as_of=datetime.now(AT.tzinfo))[code]


def digest(code: str) -> str:
    return figure(code).digest


def a_planned_project(first: date) -> Project:
    """A step each ten days from the first one on."""
    days = {code: first + timedelta(days=10 * nth) for nth, code in enumerate(("sketched", "agreed", "painted"))}
    return a_project("mural", opened_on=first - timedelta(days=9), days=days)


class TestSteps:
    def test_a_project_counts_on_the_day_of_its_milestone(self):
        through(a_project("mural"))
        done(a_project("mural"), "sketched")

        assert [figure("murals", period).value for period in ("2023", "2023-03", "2023-04", "2022")] == [1, 1, 0, 0]

    def test_levels_are_told_apart(self):
        through(a_project("facade", level="key"))
        for _nth in range(2):
            through(a_project("facade", level="other"))

        assert (figure("key_roads").value, figure("other_roads").value) == (1, 2)

    def test_by_its_planned_day_is_on_time(self):
        project = a_planned_project(date(2023, 5, 10))
        done(project, "sketched", "2023-05-10")
        done(project, "agreed", "2023-05-21")

        on_time = figure("project_steps_on_time")

        assert (on_time.value, on_time.numerator, on_time.denominator) == (Decimal(50), 1, 2)

    def test_one_taken_back_counts_no_more(self):
        project = through(a_project("mural"))

        stepping.take_back(project, "painted", "误登", act(project))

        assert figure("murals").value == 0

    @pytest.mark.parametrize("change", [{"level": "other"}, {"year": 2022}, {"area_path": "330106013/002/"}])
    def test_what_a_row_says_of_its_project_makes_it_another_row(self, change):
        project = through(a_project("facade", name="古墩路", level="key"))
        before = digest("project_steps_on_time")

        actions.correct(project, builders.said(**{"name": "古墩路", "level": "key", **change}), "", act(project))

        assert digest("project_steps_on_time") != before

    def test_what_no_row_says_leaves_it_as_it_was(self):
        project = through(a_project("mural", name="墙绘"))
        before = digest("murals")

        actions.correct(project, builders.said(name="墙绘", contractor="彩墙文化"), "", act(project))

        assert digest("murals") == before


class TestProjectsAndPayments:
    def test_under_way_from_the_opening_until_the_end(self):
        through(a_project("mural", opened_on=date(2023, 3, 1)))
        a_project("mural", opened_on=date(2023, 3, 31))
        stopped = a_project("mural", opened_on=date(2023, 4, 1))
        actions.stop(stopped, "墙面拆除", act(stopped))

        assert [figure("projects_under_way", one).value for one in ("2023-02", "2023-03", "2023-04", "2023")] == [
            0,
            1,
            2,
            1,
        ]

    def test_money_is_added_up_in_the_period_and_what_was_taken_back_is_not(self):
        project = a_project("mural", budget=10_000_000)
        for day, amount in (("2023-05-31", 1_000_000), ("2023-06-01", 2_500_000), ("2022-12-31", 400_000)):
            new = NewPayment(day=date.fromisoformat(day), amount=amount, payee="甲", purpose="进度款")
            money.pay(project, new, "", act(project))
        assert [figure("project_money_paid", one).value for one in ("2023", "2023-05")] == [Decimal("3.5"), Decimal(1)]

        money.take_back_payment(project, Payment.objects.order_by("-amount")[0], "误登", act(project))

        assert figure("project_money_paid").value == Decimal(1)

    def test_a_payment_makes_its_project_another_row(self):
        project = a_project("mural", budget=10_000_000)
        before = digest("projects_under_way")

        money.pay(project, NewPayment(day=AT.date(), amount=1, payee="甲", purpose="款"), "", act(project))

        assert digest("projects_under_way") != before


@pytest.mark.parametrize("code", ["murals", "projects_under_way", "project_steps_on_time", "project_money_paid"])
def test_plain_python_counts_the_same(code):
    through(a_project("mural", budget=9_000_000, level=""))
    done(a_planned_project(date(2023, 5, 10)), "sketched", "2023-06-10")
    project = through(a_project("facade", level="key", budget=9_000_000))
    money.pay(project, NewPayment(day=date(2023, 6, 1), amount=123_456, payee="甲", purpose="款"), "", act(project))
    rows = behind(code, Period.read("2023"))
    assert rows is not None

    counted = said(figure(code), evaluated(rows.ids))

    assert counted == Ledger(versions.work(), Stored(), AT.date()).expected(code, Period.read("2023"))
