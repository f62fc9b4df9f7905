"""Lists of matters: who stands on one, what it says of each, and who sees it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from rixin.cases import lists
from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, on, received
from rixin.catalogue import versions
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
AT = on(2022, 2, 21)
LABOUR = {"employer": "某餐饮店", "subject": "wages", "since": "2022-01-01", "amount": 12_800, "people": 3}


@pytest.fixture
def safety(units):
    return a_player("gu.qiang", "顾强", "peace-office", Role.HANDLER)


@pytest.fixture
def party(units):
    return a_player("hu.min", "胡敏", "party-office", Role.HANDLER)


def a_problem(party, kind: str = "safety", at=AT) -> Case:
    problem = received("listed_problem", at, list=kind, level="district")
    return take(problem, "grade", party, at, note="属实")


def standing(code: str) -> list[str]:
    return [case.number for case in lists.on_list(versions.work().lists[code], Case.objects.order_by("pk"))]


class TestWhoStandsOnIt:
    def test_complaints_about_wages_in_arrears_and_no_others(self, units):
        owed = received("labour_complaint", AT, **LABOUR, arrears=True)
        received("labour_complaint", AT + DAY, **LABOUR, arrears=False)

        assert standing("wage_arrears") == [owed.number]

    def test_hazards_once_they_are_graded_as_major(self, safety):
        hazard = received("inspection_hazard", AT, kind="fire", site="某群租房")
        assert standing("major_hazards") == []

        take(hazard, "grade_major", safety, AT, grounds="堵塞唯一出口", danger="难以逃生")

        assert standing("major_hazards") == [hazard.number]

    def test_petitions_that_a_leader_took_on_as_backlog(self, units, leader):
        office = a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)
        named = {"id": leader.account.pk, "name": leader.account.name}
        old, other = (take(received("petition", AT + nth * DAY), "accept", office, AT + nth * DAY) for nth in (0, 1))
        take(old, "name_leader", office, AT + DAY, leader=named, backlog=True)
        take(other, "name_leader", office, AT + DAY, leader=named, backlog=False)

        assert standing("backlog_petitions") == [old.number]

    def test_what_was_merged_goes_on_in_the_other(self, party):
        first, second = a_problem(party), received("listed_problem", AT + DAY, list="safety", level="city")
        take(second, "merge", party, AT + DAY, into=first.number)

        assert standing("seven_lists") == [first.number]


class TestThePage:
    def test_each_with_its_unit_level_progress_and_date(self, party):
        problem = take(a_problem(party), "progress", party, AT + DAY, share=30, note="已排班")
        take(problem, "progress", party, AT + 2 * DAY, share=60, note="已培训")

        page = shown(party, "/desk/lists/seven_lists")

        assert problem.number in page and "已培训" in page and "60" in page
        assert "已排班" not in page
        assert "District" in page

    def test_it_is_told_apart_and_counted_by_list(self, party):
        safety, audit = a_problem(party), a_problem(party, "audit", AT + DAY)

        whole = shown(party, "/desk/lists/seven_lists")
        narrowed = shown(party, "/desk/lists/seven_lists?of=audit")

        assert "Audit (1)" in whole and safety.number in whole
        assert audit.number in narrowed and safety.number not in narrowed

    def test_what_is_struck_off_stands_apart_with_its_day(self, party):
        problem = received("listed_problem", AT, list="safety", level="district")
        take(problem, "dismiss", party, AT + DAY, answer="经核不属实，已书面回复。")

        assert problem.number not in shown(party, "/desk/lists/seven_lists")
        off = shown(party, "/desk/lists/seven_lists?state=struck_off")
        assert problem.number in off and "2022-02-22" in off

    def test_nobody_sees_on_a_list_what_is_closed_off_from_them(self, party, handler):
        problem = a_problem(party)

        assert problem.number not in shown(handler, "/desk/lists/seven_lists")
        assert "No matter that you may see" in shown(handler, "/desk/lists/seven_lists")

    def test_the_overview_counts_open_late_and_struck_off(self, party):
        a_problem(party)

        page = shown(party, "/desk/lists")

        assert "/desk/lists/seven_lists" in page and "The seven lists" in page

    @pytest.mark.parametrize("query", ["state=none", "page=0", "page=x", "page=99", "of=%00", "of=none"])
    def test_an_address_that_says_nonsense_is_no_error(self, party, query):
        a_problem(party)

        assert in_english(party).get(f"/desk/lists/seven_lists?{query}").status_code == 200

    def test_a_list_that_is_none_is_not_found(self, party):
        assert in_english(party).get("/desk/lists/flying").status_code == 404


def test_the_table_has_all_of_it_with_its_own_columns(party):
    problem = take(a_problem(party), "progress", party, AT + DAY, share=30, note="=1+1")

    answer = in_english(party).get("/desk/lists/seven_lists.xlsx")

    heading, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert heading[0] == "Number" and "Level" in heading
    assert row[0] == problem.number and "District" in row
    assert "=1+1" not in row  # no cell begins a formula


def test_statements_do_not_grow_with_the_list(party, django_assert_max_num_queries):
    for nth in range(6):
        a_problem(party, at=AT + nth * DAY)
    client = in_english(party)
    client.get("/desk/lists/seven_lists")

    with django_assert_max_num_queries(14):
        client.get("/desk/lists/seven_lists")
