"""Names of a register are offered while somebody types: those in force, the nearest to the place first."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from rixin.cases.tests.builders import LOCAL, take
from rixin.cases.tests.statutes import received
from rixin.desk.tests.conftest import shown
from rixin.metrics.tests.ground import a_record
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NOW = datetime(2022, 3, 14, 11, 0, tzinfo=LOCAL)
HERE, ELSEWHERE = "330106013/001/", "330106013/002/"


def a_mediator(name: str, area: str, **given: str) -> None:
    a_record("mediator", "2022-01-04", area=area, name=name, force="committee", expertise="neighbours", at=NOW, **given)


def test_mediators_in_force_are_offered_those_of_the_place_first(units):
    centre = a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)
    a_mediator("王远", ELSEWHERE)
    a_mediator("周近", HERE)
    a_mediator("赵旧", HERE, until_day=str((timezone.now() - timedelta(days=30)).date()))
    form = {"origin": "self", "dispute": "neighbours", "other_side": "邻居", "people": 2}
    case = take(received("mediation", NOW - timedelta(hours=2), **form), "accept", centre, NOW, willing=True)

    page = shown(centre, f"/desk/case/{case.number}/do/appoint")

    assert re.findall(r'<option value="(王远|周近|赵旧)">', page) == ["周近", "王远"]
    assert "The community&#x27;s committee · Neighbours and family" in page


def test_lawyers_on_duty_are_offered_once_with_firm_and_hours(units):
    office = a_player("feng.lv", "冯律", "justice-office", Role.HANDLER)
    for name, day, until, hours in (
        ("丁正", "2022-03-14", "2022-03-18", "morning"),
        ("丁正", "2022-03-10", "2022-03-31", "afternoon"),
        ("余明", "2022-03-21", "2022-03-25", "day"),
        ("陆衡", "2022-02-28", "2022-03-04", "day"),
    ):
        a_record("lawyer_duty", day, name=name, firm="某律师事务所", hours=hours, until_day=until, at=NOW)
    case = received("legal_question", NOW - timedelta(hours=2), enterprise="某软件公司", field="contract")

    page = shown(office, f"/desk/case/{case.number}/do/name_lawyer")

    # One is not on duty yet, another no longer.
    assert re.findall(r'<option value="(丁正|余明|陆衡)">', page) == ["丁正"]
    assert "某律师事务所 · Afternoon" in page
