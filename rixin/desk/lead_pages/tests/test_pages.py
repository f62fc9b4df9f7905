"""Leads on the pages of the desk."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from rixin.desk.tests.conftest import in_english, shown
from rixin.investment import actions
from rixin.investment.figures import WAN
from rixin.investment.landing import Landing, land
from rixin.investment.models import Lead, Status
from rixin.investment.tests.builders import AT, a_lead, a_university_lead, noted
from rixin.people.actors import SYSTEM
from rixin.records.models import Record
from rixin.registers import traits
from rixin.registers.models import Enterprise
from rixin.registers.tests.builders import STREET, a_building, a_code, a_lease, a_room, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NOW = AT + timedelta(days=29)
BOARD, LIST = "/desk/leads/of/investment", "/desk/leads/of/investment/list"


@pytest.fixture(autouse=True)
def _end_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def typed(**given: Any) -> dict[str, Any]:
    """A form for a new lead as it is sent."""
    known = {
        "name": "云帆智能总部",
        "kind": "strong",
        "amount": "1,234.56",
        "industry": "I65",
        "area": STREET,
        "opened_on": "2022-12-20",
        "stage": "contact",
        "words": "企业来电咨询",
        "next_step": "约看房",
        "due_on": "2023-01-06",
        "once": "k",
    }
    return {**known, **given}


def press(player: Any, lead: Lead, action: str, **given: Any) -> Any:
    seen = given.pop("seen", None) or Lead.objects.get(pk=lead.pk).version
    return in_english(player).post(f"/desk/leads/{lead.pk}/do/{action}", {"seen": seen, **given})


class TestOpening:
    def test_a_lead_is_opened_and_stands_on_the_board(self, officer):
        sent = in_english(officer).post(f"{BOARD}/new", typed(owner=officer.account.pk))

        lead = Lead.objects.get()
        assert sent.status_code == 302 and sent["Location"] == lead.get_absolute_url()
        assert (lead.amount, lead.section, lead.division, lead.stage) == (1_234_560_000, "I", "65", "contact")
        assert "云帆智能总部" in shown(officer, "/desk/leads")

    def test_sent_twice_it_is_one_lead(self, officer):
        for _nth in range(2):
            in_english(officer).post(f"{BOARD}/new", typed(owner=officer.account.pk))

        assert Lead.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"amount": "many"}, "is no number"),
            ({"amount": "1.234"}, "At most two digits"),
            ({"name": ""}, "This field is required"),
            ({"parent": "没有这家企业"}, "No enterprise of exactly this name"),
            ({"area_least": "300", "area_most": "200"}, "less than the least"),
            ({"opened_on": "2023-01-05"}, "still to come"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(self, officer, wrong, said):
        answer = in_english(officer).post(f"{BOARD}/new", typed(owner=officer.account.pk, **wrong))

        page = answer.content.decode()
        assert answer.status_code == 422 and said in page
        assert "企业来电咨询" in page and not Lead.objects.exists()

    def test_what_is_known_before_stands_in_the_form(self, officer):
        parent = an_enterprise("杭州母公司有限公司")

        page = shown(officer, f"{BOARD}/new?name=第三方检测供应商&industry=M74&parent=杭州母公司有限公司")

        assert 'value="第三方检测供应商"' in page and '<option value="M74" selected' in page
        assert parent.name in page

    def test_one_with_a_university_asks_for_the_partner_and_no_amount(self, officer):
        page = shown(officer, "/desk/leads/of/university/new")

        assert 'name="partner"' in page and 'name="amount"' not in page and 'name="area_least"' not in page


class TestTheBoard:
    def test_sums_what_is_known_and_says_whose_estimate_is_expected(self, officer):
        a_lead(officer, stage="talks", amount=300 * WAN)
        a_lead(officer, stage="talks", amount=100 * WAN)
        a_lead(officer, amount=None)

        page = shown(officer, BOARD)

        assert "400 ten thousand yuan" in page and "expected 220 ten thousand yuan (55 %, estimate)" in page
        assert "1 without an amount" in page
        assert "own estimate" in page

    def test_marks_what_had_no_step_for_too_long(self, officer):
        a_lead(officer, name="冷落的", stage="talks")
        noted(a_lead(officer, name="新近的", stage="talks"), officer, at=NOW - timedelta(days=2))

        page = shown(officer, BOARD)

        assert "29 days without a step" in page and "2 days without a step" not in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("kind=chain", {"甲"}),
            ("section=M", {"乙"}),
            ("group=greentown", {"丙"}),
            ("q=甲", {"甲"}),
            ("owner=0", set()),
            ("owner=x", set()),
            ("", {"甲", "乙", "丙"}),
        ],
    )
    def test_shows_what_is_asked_for(self, officer, asked, found):
        parent = in_group("杭州绿城服务有限公司")
        a_lead(officer, name="项目甲", kind="chain")
        a_lead(officer, name="项目乙", section="M", division="74")
        a_lead(officer, name="项目丙", parent=parent.pk)

        page = shown(officer, f"{BOARD}?{asked}")

        assert {name for name in "甲乙丙" if f"<strong>项目{name}</strong>" in page} == found

    def test_what_ended_is_not_on_it(self, officer):
        lead = a_lead(officer, name="放弃的项目")
        actions.give_up(lead, "rent", by=officer.actor, at=NOW, seen=1)

        assert "放弃的项目" not in shown(officer, BOARD)
        assert "放弃的项目" in shown(officer, f"{LIST}?status=lost")

    @pytest.mark.parametrize(
        ("address", "most"), [(BOARD, 9), (LIST, 10), (f"{BOARD}/quarters", 8), ("/desk/leads/mine", 8)]
    )
    def test_asks_the_database_as_often_for_many_as_for_one(self, officer, address, most):
        a_lead(officer, parent=an_enterprise().pk)
        shown(officer, address)
        with CaptureQueriesContext(connection) as with_one:
            shown(officer, address)
        for _nth in range(12):
            a_lead(officer, parent=an_enterprise().pk)

        with CaptureQueriesContext(connection) as with_many:
            shown(officer, address)

        assert len(with_many) == len(with_one) <= most, [query["sql"] for query in with_many]

    def test_a_table_has_the_same_leads(self, officer):
        a_lead(officer, name="=项目甲", amount=50 * WAN)
        a_lead(officer, name="项目乙", kind="chain")

        answer = in_english(officer).get("/desk/leads/of/investment/table?kind=strong")

        sheet = load_workbook(BytesIO(answer.content)).active
        assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Project or enterprise", "'=项目甲"]
        assert sheet["E2"].value == 50


def in_group(name: str) -> Enterprise:
    one = an_enterprise(name)
    traits.give(one, "group", "greentown", date(2021, 1, 1), by=SYSTEM, at=AT, seen=one.version)
    one.refresh_from_db()
    return one


class TestALead:
    def test_shows_its_steps_and_where_it_comes_from(self, officer):
        parent = an_enterprise("杭州母公司有限公司")
        lead = noted(
            a_lead(officer, parent=parent.pk, introduced_by="市侨商会"), officer, words="已约考察", stage="visit"
        )

        page = shown(officer, lead.get_absolute_url())

        assert "已约考察" in page and "Clue → Looked around" in page
        assert parent.name in page and "市侨商会" in page

    def test_a_step_is_noted(self, officer):
        lead = a_lead(officer)

        sent = press(officer, lead, "note", words="看了三处", stage="visit", next_step="报价", due_on="2023-01-10")

        lead.refresh_from_db()
        assert sent.status_code == 302
        assert (lead.stage, lead.next_step, lead.due_on) == ("visit", "报价", date(2023, 1, 10))

    def test_a_refused_step_keeps_what_was_typed(self, officer):
        lead = a_lead(officer)

        answer = press(officer, lead, "note", words="看了三处", stage="nowhere")

        assert answer.status_code == 422 and "看了三处" in answer.content.decode()

    def test_of_two_the_second_is_told_with_what_was_typed(self, officer, second_officer):
        lead = a_lead(officer)
        noted(lead, officer, words="已约考察")

        answer = press(second_officer, lead, "note", seen=1, words="没联系上", stage="clue")

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "没联系上" in page and "已约考察" in page and 'name="seen" value="2"' in page

    def test_it_is_handed_over(self, officer, second_officer):
        lead = a_lead(officer)

        press(officer, lead, "hand", to=second_officer.account.pk)

        lead.refresh_from_db()
        assert lead.owner == second_officer.account

    def test_only_to_who_is_of_the_unit(self, officer, handler):
        assert press(officer, a_lead(officer), "hand", to=handler.account.pk).status_code == 422

    def test_what_is_known_is_corrected_and_what_stood_there_stays(self, officer):
        lead = a_lead(officer, name="旧名")
        form = {name: value for name, value in typed().items() if name not in ("stage", "words", "once")}

        assert press(officer, lead, "correct", **form).status_code == 302

        assert "Project or enterprise: 旧名 → 云帆智能总部" in shown(officer, lead.get_absolute_url())

    def test_it_is_given_up_with_a_reason_and_taken_up_again(self, officer):
        lead = a_lead(officer)
        assert press(officer, lead, "give_up", words="谈不拢").status_code == 422
        assert press(officer, lead, "give_up", reason="rent", words="谈不拢").status_code == 302
        assert "Rent or cost" in shown(officer, lead.get_absolute_url())

        assert press(officer, lead, "take_up", words="业主降价", stage="talks").status_code == 302
        lead.refresh_from_db()
        assert lead.status == Status.OPEN

    def test_an_unknown_step_is_not_found(self, officer):
        assert press(officer, a_lead(officer), "fly").status_code == 404


class TestLanding:
    def test_it_becomes_a_record_and_an_enterprise_and_a_double_click_lands_once(self, officer):
        lead = a_lead(officer, name="云帆智能", amount=500 * WAN)
        form = {
            "day": "2022-12-30", "amount": "500", "name": "杭州云帆智能有限公司", "code": a_code(), "how": "new",
            "standing": "here",
        }  # fmt: skip

        for _nth in range(2):
            assert press(officer, lead, "land", seen=1, **form).status_code == 302

        made, record = Enterprise.objects.get(), Record.objects.get()
        assert (made.name, record.values["amount"], record.enterprise) == ("杭州云帆智能有限公司", 50_000, made)
        page = shown(officer, lead.get_absolute_url())
        assert "Record of the landing" in page and "Take up again" in page

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"amount": ""}, ""),
            ({"code": "12"}, "18 signs"),
            ({"day": "2023-02-01"}, "still to come"),
            ({"name": "杭州已有有限公司"}, "in the register already"),
            ({"enterprise": "没有"}, "No enterprise of exactly this name"),
        ],
    )
    def test_a_refusal_leaves_the_lead_as_it_was(self, officer, wrong, said):
        an_enterprise("杭州已有有限公司")
        lead = a_lead(officer, amount=None)
        form = {"day": "2022-12-30", "amount": "5", "name": "新公司", "how": "new", "standing": "here", **wrong}

        answer = press(officer, lead, "land", **form)

        assert answer.status_code == 422 and said in answer.content.decode()
        lead.refresh_from_db()
        assert lead.status == Status.OPEN and Enterprise.objects.count() == 1

    def test_one_that_is_in_the_register_is_linked(self, officer):
        there, lead = an_enterprise("杭州已有有限公司"), a_lead(officer)

        press(officer, lead, "land", day="2022-12-30", amount="5", enterprise=there.code or there.name, how="new",
              standing="here")  # fmt: skip

        lead.refresh_from_db()
        assert lead.enterprise == there

    def test_a_university_project_has_no_enterprise(self, officer):
        lead = a_university_lead(officer)
        assert 'name="how"' not in shown(officer, f"/desk/leads/{lead.pk}/do/land")

        assert press(officer, lead, "land", day="2022-12-30").status_code == 302

        assert Record.objects.get().type == "university_project"


class TestQuarters:
    def test_each_figure_opens_the_leads_behind_it(self, officer):
        lost, lead = a_lead(officer, name="放弃的项目"), a_lead(officer, name="落地的项目")
        actions.give_up(lost, "rent", by=officer.actor, at=NOW, seen=1)
        land(lead, Landing(day=date(2022, 12, 21)), by=officer.actor, at=NOW, seen=1)
        a_lead(officer, name="在谈的项目")

        page = shown(officer, f"{BOARD}/quarters")

        assert f'{LIST}?landed=2022-Q4">1<' in page and f'{LIST}?opened=2022-Q4">3<' in page
        assert f"{LIST}?lost=2022-Q4&amp;reason=rent" in page
        behind = shown(officer, f"{LIST}?lost=2022-Q4&reason=rent")
        assert "放弃的项目" in behind and "落地的项目" not in behind
        assert "在谈的项目" not in shown(officer, f"{LIST}?landed=2022-Q4")

    def test_eight_are_shown_and_earlier_ones_are_a_step_away(self, officer):
        page = shown(officer, f"{BOARD}/quarters")
        assert "2021-Q1" in page and "2020-Q4" not in page.replace("?to=2020-Q4", "")

        assert "2020-Q4" in shown(officer, f"{BOARD}/quarters?to=2020-Q4")
        for wrong in ("nonsense", "0001-Q1", "9999-Q4"):
            assert "2022-Q4" in shown(officer, f"{BOARD}/quarters?to={wrong}")

    def test_a_period_that_is_none_finds_nothing(self, officer):
        a_lead(officer, name="在谈的项目")

        assert "在谈的项目" not in shown(officer, f"{LIST}?opened=2022-Q9")


class TestMine:
    def test_stand_by_the_day_of_their_next_step(self, officer, second_officer):
        a_lead(officer, name="逾期项目", due_on=date(2022, 12, 20))
        a_lead(officer, name="将到项目", due_on=date(2023, 1, 2))
        a_lead(officer, name="没有日期")
        a_lead(second_officer, name="别人的项目")

        page = shown(officer, "/desk/leads/mine")

        assert page.index("逾期项目") < page.index("将到项目") < page.index("没有日期")
        assert "别人的项目" not in page


class TestRooms:
    def test_show_what_fits_with_the_reasons(self, officer):
        lead = a_lead(officer, area_least=8_000, area_most=12_000, wanted_from=date(2023, 1, 1))
        tower = a_building()
        a_room(tower, "301")
        a_lease(a_room(tower, "401", floor=4), an_enterprise(), until="2023-03-31")
        a_room(tower, "501", floor=5, metres=900)

        page = shown(officer, f"/desk/leads/{lead.pk}/rooms")

        assert page.index("Floor 3: 301") < page.index("Floor 4: 401")
        assert "free now" in page and "lease ends; free from 2023-04-01, 90 days after it is wanted" in page
        assert "1 of 1 tenant of the same industry" in page and "501" not in page
        assert "401" not in shown(officer, f"/desk/leads/{lead.pk}/rooms?within=0")

    def test_a_university_lead_looks_for_none(self, officer):
        lead = a_university_lead(officer)

        assert in_english(officer).get(f"/desk/leads/{lead.pk}/rooms").status_code == 404


@pytest.mark.parametrize(
    ("who", "sees", "works"),
    [
        ("officer", True, True),
        ("dispatcher", True, True),
        ("leader", True, True),
        ("auditor", True, False),
        ("handler", False, False),
        ("community_officer", False, False),
        ("outsider", False, False),
    ],
)
def test_every_page_is_found_by_those_only_who_may_see_leads(request, officer, who, sees, works):
    lead, player = a_lead(officer), request.getfixturevalue(who)
    enterprise = an_enterprise()
    reading = [
        "/desk/leads", BOARD, LIST, f"{BOARD}/table", f"{BOARD}/quarters", "/desk/leads/mine", lead.get_absolute_url(),
        f"/desk/leads/{lead.pk}/rooms", "/desk/chain", f"/desk/chain/{enterprise.pk}", "/desk/enterprise-groups",
        "/desk/enterprise-groups/greentown",
    ]  # fmt: skip

    assert {in_english(player).get(address).status_code for address in reading} == {200 if sees else 404}
    changing = [f"{BOARD}/new", f"/desk/leads/{lead.pk}/do/note"]
    assert {in_english(player).get(address).status_code for address in changing} == {200 if works else 404}
    posted = in_english(player).post(f"/desk/chain/{enterprise.pk}/new", {})
    assert posted.status_code == (422 if works else 404)
