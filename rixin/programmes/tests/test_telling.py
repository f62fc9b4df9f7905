"""Steps past their planned day rise by themselves: to who is in charge, the unit, the leaders; each is told once."""

from datetime import timedelta

import pytest

from rixin.people.models import Notice
from rixin.programmes import actions, telling
from rixin.programmes.tests.builders import AT, a_project, act, done

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(handler, leader, dispatcher):
    """Its first step is planned for the day of AT."""
    day = AT.date()
    days = {"sketched": day, "agreed": day + timedelta(days=30), "painted": day + timedelta(days=60)}
    return a_project("mural", owner=handler.account.pk, days=days)


def told(days: int) -> list[str]:
    """Whom the job tells so many days later."""
    before = Notice.objects.count()
    telling.tell_late(AT + timedelta(days=days))
    return sorted(Notice.objects.order_by("pk")[before:].values_list("account__username", flat=True))


@pytest.mark.usefixtures("project")
class TestRising:
    def test_nobody_on_the_day_itself(self):
        assert told(0) == []

    def test_who_is_in_charge_the_day_after_and_only_once(self):
        assert told(1) == ["li.gong"]
        assert told(2) == []

    def test_the_unit_and_the_dispatcher_after_a_week(self):
        told(1)

        assert told(6) == []
        assert told(7) == ["chen.min", "li.gong"]

    def test_the_leader_after_fifteen_days(self, leader):
        told(7)

        assert told(14) == []
        assert told(15) == [leader.account.username]

    def test_the_notice_says_what_in_both_languages_and_leads_there(self, project):
        told(1)

        notice = Notice.objects.get()
        assert "Site and sketch" in notice.text_en and "选点与画稿" in notice.text_zh
        assert notice.url == f"/desk/projects/{project.pk}"


def test_a_new_date_is_told_anew(project):
    told(1)
    later = {code: AT.date() + timedelta(days=days) for code, days in (("sketched", 10), ("agreed", 30))}
    actions.plan(project, later, "画师未到", act(project))

    assert told(9) == [] and told(11) == ["li.gong"]


def test_neither_one_that_was_done_nor_one_that_was_stopped(project):
    done(project, "sketched")
    assert told(20) == []

    actions.stop(project, "墙面拆除", act(project))
    assert told(40) == []
