"""Homes on the pages of the desk."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.cases.tests.builders import a_case
from rixin.desk.tests.conftest import in_english, shown
from rixin.homes.models import Dwelling, HeadCount
from rixin.homes.tests.builders import AT, HOUSE, OTHER_HOUSE, TOTALS, entered, house, returned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
DESCRIBED = {"units": "1-2", "floors": "1-3", "on_each": "2", "without": "", "also": "", "from_day": "2000-01-01"}


@pytest.fixture(autouse=True)
def _in_january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(hours=1))


def statements(player, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(player, address)
    return len(asked)


class TestTheList:
    def test_tells_each_community_what_is_there_and_missing(self, community_officer):
        entered("1-101", "1-102")
        returned("2022-H2")
        entered("1-101", code=OTHER_HOUSE)

        page = shown(community_officer, "/desk/homes")

        assert "Dejia Community" in page and "1 count missing" in page

    def test_opens_a_community_by_quarter_and_building(self, community_officer):
        entered("1-101", "1-102")
        returned("2022-H1")

        page = shown(community_officer, "/desk/homes?area=330106013001")

        assert f"/desk/homes/{HOUSE}" in page and "2022-06-30" in page and "Dejia East Quarter" in page

    def test_an_address_leads_to_its_building(self, community_officer):
        answer = in_english(community_officer).get("/desk/homes", {"q": "德加东区1幢"})

        assert answer.status_code == 302 and answer["Location"] == f"/desk/homes/{HOUSE}"

    def test_an_unknown_address_is_told(self, community_officer):
        assert "No building of yours is called" in shown(community_officer, "/desk/homes?q=火星")

    def test_asks_as_much_for_one_building_as_for_many(self, community_officer):
        entered("1-101")
        shown(community_officer, "/desk/homes")
        first = statements(community_officer, "/desk/homes?area=330106013001")
        for nth in range(2, 7):
            code = f"building-dejia-east-{nth}"
            entered("1-101", "1-102", code=code)
            returned("2022-H2", code=code)

        assert statements(community_officer, "/desk/homes?area=330106013001") == first

    def test_a_community_that_is_not_there_is_not_found(self, community_officer):
        assert community_officer.client.get("/desk/homes?area=nowhere").status_code == 404

    def test_an_administrator_sees_none(self, administrator):
        assert administrator.client.get("/desk/homes").status_code == 403


class TestABuilding:
    def test_shows_floors_counts_history_and_matters(self, community_officer):
        entered("1-101", "1-201")
        returned("2022-H1", residents=6)
        returned("2022-H2")
        a_case(area_path=house().area_path, place_code=HOUSE)

        page = shown(community_officer, f"/desk/homes/{HOUSE}")

        assert "Stairwell 1" in page and ">201<" in page and "second half of 2022" in page
        assert "2 dwellings entered" in page and "first half of 2022" in page

    def test_says_what_to_do_where_nothing_is(self, community_officer, leader):
        assert "No dwelling is entered" in shown(community_officer, f"/desk/homes/{HOUSE}")
        assert f"/desk/homes/{HOUSE}/enter" not in shown(leader, f"/desk/homes/{HOUSE}")

    @pytest.mark.parametrize("code", ["nowhere", "quarter-dejia-east"])
    def test_what_is_no_building_is_not_found(self, community_officer, code):
        assert community_officer.client.get(f"/desk/homes/{code}").status_code == 404

    def test_is_not_found_from_elsewhere(self, outsider):
        assert outsider.client.get(f"/desk/homes/{HOUSE}").status_code == 404

    def test_asks_as_much_with_one_dwelling_as_with_many(self, community_officer):
        entered("1-101")
        returned("2022-H2", let=0, empty=0, households=1)
        first = statements(community_officer, f"/desk/homes/{HOUSE}")
        entered(*(f"1-{floor}0{nth}" for floor in range(2, 7) for nth in (1, 2)))
        returned("2022-H1", let=0, empty=0, households=1)

        assert statements(community_officer, f"/desk/homes/{HOUSE}") == first


class TestEntering:
    def test_shows_the_dwellings_first_and_enters_nothing(self, community_officer):
        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/enter", DESCRIBED)

        assert answer.status_code == 200 and "12 dwellings would be entered" in answer.content.decode()
        assert not Dwelling.objects.exists()

    def test_then_enters_them(self, community_officer):
        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/enter", {**DESCRIBED, "do": "1"})

        assert answer.status_code == 302 and Dwelling.objects.count() == 12

    @pytest.mark.parametrize(
        "wrong", [{"floors": "many"}, {"on_each": "x"}, {"without": "7-701"}, {"from_day": "2099-01-01", "do": "1"}]
    )
    def test_what_is_wrong_keeps_what_was_typed(self, community_officer, wrong):
        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/enter", {**DESCRIBED, "do": "1", **wrong})

        assert answer.status_code == 422 and 'value="1-2"' in answer.content.decode()
        assert not Dwelling.objects.exists()

    @pytest.mark.parametrize("page", ["enter", "end", "count"])
    def test_only_who_keeps_homes_can(self, grid_worker, leader, page):
        for one in (grid_worker, leader):
            assert one.client.get(f"/desk/homes/{HOUSE}/{page}").status_code == 404


class TestCounting:
    def typed(self, **other: object) -> dict[str, object]:
        return {"period": "2022-H2", **{f"1.{name}": number for name, number in TOTALS.items()}, **other}

    def test_writes_the_totals_down(self, community_officer):
        entered("1-101", "1-102")

        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/count", self.typed())

        assert answer.status_code == 302 and HeadCount.objects.get(counted="residents").number == 5

    def test_shows_what_was_returned_before(self, community_officer):
        entered("1-101", "1-102")
        returned("2022-H2", residents=37)

        assert 'value="37"' in shown(community_officer, f"/desk/homes/{HOUSE}/count?period=2022-H2")

    def test_what_does_not_add_up_is_told_in_its_cell(self, community_officer):
        entered("1-101", "1-102")

        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/count", self.typed(**{"1.aged_60": "9"}))

        assert answer.status_code == 422 and "9 is more than" in answer.content.decode()

    def test_what_is_unusual_is_asked_back_and_taken_once_looked_at(self, community_officer):
        entered("1-101", "1-102")
        typed = self.typed(**{"1.households": "3"})

        first = in_english(community_officer).post(f"/desk/homes/{HOUSE}/count", typed)
        second = in_english(community_officer).post(f"/desk/homes/{HOUSE}/count", {**typed, "looked_again": "on"})

        assert first.status_code == 422 and "Is that right?" in first.content.decode()
        assert second.status_code == 302

    @pytest.mark.parametrize("wrong", [{"1.residents": "张三"}, {"period": "2023-H1"}, {"period": ""}])
    def test_no_word_and_no_other_period_gets_in(self, community_officer, wrong):
        entered("1-101", "1-102")

        answer = in_english(community_officer).post(f"/desk/homes/{HOUSE}/count", self.typed(**wrong))

        assert answer.status_code == 422 and not HeadCount.objects.exists()

    def test_without_dwellings_it_says_what_to_do_first(self, community_officer):
        page = shown(community_officer, f"/desk/homes/{HOUSE}/count")

        assert f"/desk/homes/{HOUSE}/enter" in page


class TestEndingAndCorrecting:
    def test_chosen_dwellings_end(self, community_officer):
        one, _other = entered("1-101", "1-102")
        typed = {"chosen": [str(one.pk)], "until_day": "2022-12-01", "reason": "改作社区用房"}

        assert in_english(community_officer).post(f"/desk/homes/{HOUSE}/end", typed).status_code == 302
        assert Dwelling.objects.filter(until_day=None).count() == 1

    @pytest.mark.parametrize("wrong", [{"reason": ""}, {"chosen": []}, {"chosen": ["999"]}, {"until_day": "soon"}])
    def test_what_is_wrong_ends_nothing(self, community_officer, wrong):
        one, _other = entered("1-101", "1-102")
        typed = {"chosen": [str(one.pk)], "until_day": "2022-12-01", "reason": "改建", **wrong}

        assert in_english(community_officer).post(f"/desk/homes/{HOUSE}/end", typed).status_code == 422
        assert Dwelling.objects.filter(until_day=None).count() == 2

    def test_an_end_before_the_count_is_refused(self, community_officer):
        (one,) = entered("1-101")
        returned("2022-H2", households=1, let=0, empty=0)
        typed = {"chosen": [str(one.pk)], "until_day": "2022-12-31", "reason": "改建"}

        assert in_english(community_officer).post(f"/desk/homes/{HOUSE}/end", typed).status_code == 409

    def test_a_number_is_corrected(self, community_officer):
        (one,) = entered("1-101")
        typed = {"number": "102", "floor": "1", "seen": "1"}

        assert in_english(community_officer).post(f"/desk/homes/dwelling/{one.pk}", typed).status_code == 302
        assert Dwelling.objects.get().number == "102"

    def test_of_two_the_second_is_told(self, community_officer):
        (one,) = entered("1-101")
        answers = [
            in_english(community_officer).post(
                f"/desk/homes/dwelling/{one.pk}", {"number": number, "floor": "1", "seen": "1"}
            )
            for number in ("102", "103")
        ]

        assert [answer.status_code for answer in answers] == [302, 409]

    def test_is_not_found_by_who_does_not_keep_it(self, grid_worker):
        (one,) = entered("1-101")

        assert grid_worker.client.get(f"/desk/homes/dwelling/{one.pk}").status_code == 404


class TestBringingATable:
    def table(self, *rows: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("rooms.csv", "\n".join(["楼幢,单元,室", *rows]).encode())

    def test_is_looked_at_first_then_entered(self, community_officer):
        client = in_english(community_officer)
        first = client.post("/desk/homes/import", {"file": self.table("德加东区1幢,1,101"), "from_day": "2000-01-01"})
        assert first.status_code == 200 and not Dwelling.objects.exists()

        typed = {"rows": first.context["ready"], "from_day": "2000-01-01", "do": "1"}

        assert [client.post("/desk/homes/import", typed).status_code for _nth in range(2)] == [302, 302]
        assert Dwelling.objects.count() == 1

    def test_faults_name_their_rows(self, community_officer):
        answer = in_english(community_officer).post(
            "/desk/homes/import", {"file": self.table("德加东区1幢,1,101", "某处9幢,1,101"), "from_day": "2000-01-01"}
        )

        page = answer.content.decode()
        assert answer.status_code == 422 and "Row 3" in page and "1 dwelling in 1 buildings" in page

    @pytest.mark.parametrize("typed", [{}, {"rows": "  "}, {"rows": "x", "from_day": "never"}])
    def test_nothing_to_read_is_told(self, community_officer, typed):
        given = {"from_day": "2000-01-01", **typed}

        assert in_english(community_officer).post("/desk/homes/import", given).status_code == 422

    def test_only_who_keeps_homes_can(self, grid_worker):
        assert grid_worker.client.get("/desk/homes/import").status_code == 404
