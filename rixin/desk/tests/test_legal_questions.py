"""A legal question of an enterprise on the pages of the desk: taken down by telephone, answered by the office."""

from typing import Any

import pytest

from rixin.cases.models import Case
from rixin.desk.tests.conftest import in_english, press, shown
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.registers.tests.builders import an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
ASKED = {
    "once": "1",
    "channel": "hotline",
    "type": "legal_question",
    "text": "客户拖欠货款半年，想了解怎样催讨。",
    "place-area": "330106013/001/",
    "form-enterprise": "杭州试验科技有限公司",
    "form-field": "contract",
}


@pytest.fixture
def office(units) -> Player:
    return a_player("feng.lv", "冯律", "justice-office", Role.HANDLER)


def taken_down(player: Player, **said: Any) -> Any:
    return in_english(player).post("/desk/new", {**ASKED, **said})


def test_whoever_takes_it_down_gets_the_code_to_tell_and_sees_no_more_of_it(dispatcher, second_dispatcher):
    answer = taken_down(dispatcher)

    case = Case.objects.get()
    slip = shown(dispatcher, answer["Location"])
    assert "Tracking code" in slip and "Go on with the matter" not in slip
    assert in_english(dispatcher).get(case.get_absolute_url()).status_code == 404
    assert in_english(second_dispatcher).get(answer["Location"]).status_code == 404


def test_the_office_names_a_lawyer_and_answers(dispatcher, office):
    enterprise = an_enterprise("杭州试验科技有限公司")
    taken_down(dispatcher)
    case = Case.objects.get()

    press(office, case, "name_lawyer", lawyer="丁正", free="yes")
    press(office, case, "answer", way="written", answer="可先发函催告，再申请支付令。")

    case.refresh_from_db()
    assert (case.state, case.enterprise_id) == ("answered", enterprise.pk)
    page = shown(office, case.get_absolute_url())
    assert "丁正" in page and "可先发函催告" in page


def test_without_its_field_of_law_it_is_not_taken_down(dispatcher):
    answer = taken_down(dispatcher, **{"form-field": ""})
    assert answer.status_code == 422 and "客户拖欠货款半年" in answer.content.decode()

    assert taken_down(dispatcher, once="2").status_code == 302
