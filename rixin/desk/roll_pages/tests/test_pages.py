"""Rolls on the pages of the desk: masked for keepers, totals for leaders, opened for a purpose."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rixin.desk.tests.conftest import in_english, shown
from rixin.homes.tests.builders import entered
from rixin.privacy.models import Opening
from rixin.rolls import actions, queries
from rixin.rolls.models import Entry, RollEvent, Status
from rixin.rolls.tests.builders import AT, CARE, an_entry, joined, roll, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
NAME, PHONE = "王秀兰", "13800001234"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(hours=1))


def typed(**other: Any) -> dict[str, Any]:
    known = {"name": NAME, "phone": PHONE, "address": "德加东区1幢1单元101", "value-service": "call"}
    return {**known, "consent_how": "paper", "consent_on": "2022-03-01", "once": "once-1", **other}


def statements(player: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(player, address)
    return len(asked)


class TestTheRolls:
    def test_say_their_purpose_and_how_many_are_on_them(self, keeper):
        an_entry(keeper)

        page = shown(keeper, "/desk/rolls")

        assert "Elder care at home" in page and "1 person" in page and roll().purpose.en in page

    def test_a_leader_and_an_auditor_see_totals_and_no_entry(self, keeper, leader, auditor):
        entry = an_entry(keeper, name=NAME)

        for one in (leader, auditor):
            page = shown(one, f"/desk/rolls/{CARE}")
            assert "On the roll today" in page and "王" not in page
            assert one.client.get(f"/desk/rolls/entry/{entry.pk}").status_code == 404

    def test_a_handler_of_another_unit_sees_the_purpose_only(self, keeper, handler):
        an_entry(keeper)

        page = shown(handler, f"/desk/rolls/{CARE}")

        assert "On the roll today" not in page and "Entries are seen by those who keep the roll" in page

    def test_keepers_see_entries_masked(self, keeper, community_officer):
        an_entry(keeper, name=NAME)

        for one in (keeper, community_officer):
            page = shown(one, f"/desk/rolls/{CARE}")
            assert "王**" in page and "138****1234" in page
            assert NAME not in page and PHONE not in page and "101室" not in page

    def test_what_is_sealed_is_found_by_the_whole_name_or_number(self, keeper):
        an_entry(keeper, name=NAME)
        an_entry(keeper, name="李建国", phone="13900005678")

        by_name, by_phone, by_part = (
            shown(keeper, f"/desk/rolls/{CARE}?q={asked}") for asked in (NAME, "139 0000 5678", "王")
        )

        assert "王**" in by_name and "李**" not in by_name
        assert "李**" in by_phone and "王**" not in by_phone
        assert "Nobody stands here" in by_part

    def test_asks_as_much_for_one_entry_as_for_many(self, keeper, grid_worker):
        an_entry(keeper, server=grid_worker)
        shown(keeper, "/desk/rolls")
        first = statements(keeper, f"/desk/rolls/{CARE}")
        for _nth in range(6):
            an_entry(keeper, server=grid_worker)

        assert statements(keeper, f"/desk/rolls/{CARE}") == first

    def test_a_roll_that_is_not_there_is_not_found(self, keeper):
        assert keeper.client.get("/desk/rolls/nothing").status_code == 404


class TestJoining:
    def test_answers_with_the_slip_and_its_code(self, keeper):
        entered("1-101", at=AT)

        answer = in_english(keeper).post(f"/desk/rolls/{CARE}/join", typed())

        page = answer.content.decode()
        code = re.search(r'tracking-code">([0-9A-Z-]{9})<', page)
        entry = Entry.objects.get()
        assert answer.status_code == 200 and code and queries.by_code(code[1]) == entry
        assert "data:image/svg" in page and "2022-09-07" in page
        assert entry.dwelling is not None and entry.address is None

    def test_sent_twice_the_code_is_not_told_again(self, keeper):
        answers = [in_english(keeper).post(f"/desk/rolls/{CARE}/join", typed()) for _nth in range(2)]

        assert [answer.status_code for answer in answers] == [200, 302] and Entry.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"consent_how": ""},
            {"consent_on": "2022-03-09"},
            {"address": "月亮背面"},
            {"value-service": ""},
            {"value-when": "服药以后"},
            {"phone": "110"},
        ],
    )
    def test_what_is_wrong_keeps_what_was_typed(self, keeper, wrong):
        answer = in_english(keeper).post(f"/desk/rolls/{CARE}/join", typed(**wrong))

        assert answer.status_code == 422 and not Entry.objects.exists()

    def test_only_keepers_can_and_only_in_their_area(self, leader, grid_worker, community_officer):
        for one in (leader, grid_worker):
            assert one.client.get(f"/desk/rolls/{CARE}/join").status_code == 404
        elsewhere = typed(address="", area="330106013/002/01/")
        answer = in_english(community_officer).post(f"/desk/rolls/{CARE}/join", elsewhere)
        assert answer.status_code == 422 and not Entry.objects.exists()


class TestAnEntry:
    def test_is_opened_for_a_purpose_that_is_put_on_record(self, keeper):
        entry = an_entry(keeper, name=NAME)
        page = shown(keeper, f"/desk/rolls/entry/{entry.pk}")
        assert NAME not in page and PHONE not in page

        without = in_english(keeper).post(f"/desk/rolls/entry/{entry.pk}/open", {"purpose": ""})
        assert without.status_code == 422 and NAME not in without.content.decode() and not Opening.objects.exists()

        opened = in_english(keeper).post(f"/desk/rolls/entry/{entry.pk}/open", {"purpose": "call_back"})
        assert NAME in opened.content.decode() and PHONE in opened.content.decode()
        assert Opening.objects.get().number == entry.number

    def test_is_corrected_without_opening_it(self, keeper):
        entry = an_entry(keeper, name=NAME)
        page = shown(keeper, f"/desk/rolls/entry/{entry.pk}/correct")
        assert NAME not in page and PHONE not in page

        answer = in_english(keeper).post(
            f"/desk/rolls/entry/{entry.pk}/correct", {"seen": "1", "phone": "13900005678", "name": "", "address": ""}
        )

        now = Entry.objects.get()
        assert answer.status_code == 302
        assert (now.name, now.phone, now.address) == (NAME, "13900005678", "德加东区1幢1单元101室")

    def test_of_two_the_second_is_told(self, keeper):
        entry = an_entry(keeper)
        answers = [
            in_english(keeper).post(f"/desk/rolls/entry/{entry.pk}/correct", {"seen": "1", "phone": phone})
            for phone in ("13900005678", "13900005679")
        ]

        assert [answer.status_code for answer in answers] == [302, 409]

    @pytest.mark.parametrize("action", ["stays", "give", "leave"])
    def test_can_be_given_kept_and_ended(self, keeper, grid_worker, action):
        entry = an_entry(keeper)
        given = {"seen": "1", "server": str(grid_worker.account.pk), "reason": ""}

        answer = in_english(keeper).post(f"/desk/rolls/entry/{entry.pk}/do/{action}", given)

        assert answer.status_code == 302
        assert RollEvent.objects.filter(action="leave").exists() == (action == "leave")

    def test_what_is_not_possible_is_a_409_and_what_is_wrong_a_422(self, keeper):
        entry = an_entry(keeper)
        address = f"/desk/rolls/entry/{entry.pk}/do"

        assert in_english(keeper).post(f"{address}/take_in", {"seen": "1"}).status_code == 409
        assert in_english(keeper).post(f"{address}/leave", {"seen": "x"}).status_code == 422
        assert in_english(keeper).post(f"{address}/give", {"seen": "1", "server": "999"}).status_code == 422
        assert in_english(keeper).post(f"{address}/dance", {"seen": "1"}).status_code == 404

    def test_a_request_waits_and_is_taken_in(self, keeper):
        entry = actions.ask(roll(), said(name=NAME), origin="o1", at=AT).entry
        assert "1 asks to join" in shown(keeper, "/desk/rolls")

        answer = in_english(keeper).post(f"/desk/rolls/entry/{entry.pk}/do/take_in", {"seen": "1"})

        entry.refresh_from_db()
        assert answer.status_code == 302 and entry.status == Status.ON

    def test_a_new_slip_ends_the_old_code(self, keeper):
        made = joined(keeper)

        page = in_english(keeper).post(f"/desk/rolls/entry/{made.entry.pk}/slip").content.decode()

        assert "tracking-code" in page and queries.by_code(made.code) is None

    def test_is_not_found_by_anybody_else(self, keeper, leader, auditor, grid_worker, handler, outsider):
        entry = an_entry(keeper, server=grid_worker)

        for one in (leader, auditor, grid_worker, handler, outsider):
            for method, page in (("get", ""), ("post", "/open"), ("get", "/correct"), ("post", "/slip")):
                answer = getattr(one.client, method)(f"/desk/rolls/entry/{entry.pk}{page}", {"purpose": "visit"})
                assert answer.status_code == 404
        assert not Opening.objects.exists()
