"""Figures over projects open to the projects behind them."""

from datetime import date

import pytest

from rixin.desk.tests.conftest import shown
from rixin.programmes import money
from rixin.programmes.drafts import NewPayment
from rixin.programmes.tests.builders import a_project, act, through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("murals", "Painted"),
        ("project_steps_on_time", "planned for"),
        ("projects_under_way", "Mural"),
        ("project_money_paid", "绘制费"),
    ],
)
def test_a_figure_opens_to_its_projects(leader, code, told):
    project = a_project("mural", name="科技新村墙绘", budget=1_000_000)
    payment = NewPayment(day=date(2023, 6, 1), amount=123_456, payee="甲", purpose="绘制费")
    money.pay(project, payment, "", act(project))
    if code != "projects_under_way":
        through(project)

    page = shown(leader, f"/figures/{code}?period=2023")

    assert "科技新村墙绘" in page and told in page and project.get_absolute_url() in page


def test_late_projects_stand_above_the_figures(leader):
    a_project("mural", name="科技新村墙绘", opened_on=date(2021, 3, 1))

    page = shown(leader, "/figures/")

    assert "Late projects" in page and "科技新村墙绘" in page
