"""The inbox: folders, filters, pages, bulk actions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.cases import actions
from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case, take
from rixin.desk import filters, listing
from rixin.desk.models import SavedFilter
from rixin.desk.tests.conftest import in_english, press, shown, unit_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def some_cases(amount: int) -> list[Case]:
    return [a_case(key=f"k{nth}", title=f"事项第{nth}件", at=MONDAY_0930 + nth * MINUTE) for nth in range(amount)]


class TestFolders:
    def test_a_dispatcher_begins_with_what_waits_for_the_role(self, dispatcher, case):
        page = shown(dispatcher, "/desk/inbox")

        assert case.number in page
        assert "To do by my role" in page

    def test_a_handler_begins_with_what_the_unit_holds(self, dispatcher, handler, other_handler, case):
        take(case, "dispatch", dispatcher, MONDAY_0930 + MINUTE, unit=unit_of(handler))

        assert case.number in shown(handler, "/desk/inbox")
        assert case.number not in shown(other_handler, "/desk/inbox")

    def test_a_helping_unit_finds_it_under_what_it_helps_with(self, dispatcher, handler, other_handler, case):
        helpers = [unit_of(other_handler)]
        take(case, "dispatch", dispatcher, MONDAY_0930 + MINUTE, unit=unit_of(handler), helpers=helpers)

        assert case.number in shown(other_handler, "/desk/inbox?tab=helping")

    def test_nothing_of_elsewhere_is_listed(self, outsider, case):
        assert case.number not in shown(outsider, "/desk/inbox?tab=all")

    def test_start_page_leads_where_the_work_is(self, dispatcher, administrator):
        assert dispatcher.client.get("/desk/").url == "/desk/inbox"
        assert administrator.client.get("/desk/").url == "/staff/accounts"


class TestFilters:
    def test_a_filter_stands_in_the_address_and_narrows(self, dispatcher):
        rubbish, tree = a_case(key="a"), a_case(key="b", type="bulky_waste", title="旧沙发")

        page = shown(dispatcher, "/desk/inbox?type=bulky_waste")

        assert tree.number in page
        assert rubbish.number not in page

    def test_a_value_that_cannot_be_read_is_said_and_left_out(self, dispatcher, case):
        page = shown(dispatcher, "/desk/inbox?opened_from=2022-13-05&unit=nowhere")

        assert case.number in page
        assert "is not a day" in page
        assert "is not known" in page

    def test_what_is_read_is_written_back_the_same(self):
        written = {"state": "reported", "late": "1", "opened_from": "2022-03-01", "q": "垃圾"}

        parsed = filters.parse(written)

        assert parsed.problems == ()
        assert parsed.filter.given() == {**written}
        assert filters.parse(parsed.filter.given()).filter == parsed.filter

    def test_two_characters_find_a_matter(self, dispatcher):
        wanted, other = a_case(key="a", text="路灯不亮已经一周"), a_case(key="b")

        page = shown(dispatcher, "/desk/inbox?q=路灯")

        assert wanted.number in page
        assert other.number not in page

    def test_a_saved_filter_is_the_persons_own(self, dispatcher, second_dispatcher, case):
        dispatcher.client.post("/desk/inbox/saved", {"name": "紧急件", "tab": "open", "urgent": "1"})

        assert "紧急件" in shown(dispatcher, "/desk/inbox")
        assert "紧急件" not in shown(second_dispatcher, "/desk/inbox")
        assert SavedFilter.objects.get().query == "tab=open&urgent=1"


class TestNews:
    """What the page of a folder asks each minute by itself."""

    def asked(self, player, since, tab="open"):
        return player.client.get("/desk/inbox/news", {"tab": tab, "since": since}).json()

    def test_is_how_many_matters_of_the_folder_came_in_or_changed_since_the_page_was_made(
        self, dispatcher, second_dispatcher, case
    ):
        since = dispatcher.client.get("/desk/inbox?tab=open").context["as_of"]
        assert self.asked(dispatcher, since)["changed"] == 0

        press(second_dispatcher, case, "note", note="已电话核实")

        assert self.asked(dispatcher, since) == {"changed": 1, "unread": 0}
        assert self.asked(dispatcher, since, tab="waiting")["changed"] == 0

    @pytest.mark.parametrize("since", ["", "soon", "2022-02-30T00:00:00+08:00", "2022-03-14T09:30:00"])
    def test_is_nothing_where_the_moment_cannot_be_read(self, dispatcher, case, since):
        assert self.asked(dispatcher, since)["changed"] == 0


class TestPages:
    def test_every_matter_stands_on_exactly_one_page_there_and_back(self, dispatcher, monkeypatch):
        monkeypatch.setattr(listing, "PAGE_SIZE", 3)
        cases = some_cases(8)
        order, address = [], "/desk/inbox?tab=open"
        while address:
            page = dispatcher.client.get(address)
            order.append([row.id for row in page.context["rows"]])
            address = page.context["after"] and f"/desk/inbox?{page.context['after']}"
        back = dispatcher.client.get(f"/desk/inbox?{page.context['before']}")

        assert [pk for rows in order for pk in rows] == [case.pk for case in cases]
        assert [row.id for row in back.context["rows"]] == order[-2]

    def test_matters_without_a_date_come_last(self, dispatcher, handler, monkeypatch):
        monkeypatch.setattr(listing, "PAGE_SIZE", 2)
        cases = some_cases(5)
        for case in cases[:2]:
            take(case, "accept", dispatcher, MONDAY_0930 + 30 * MINUTE)
            take(
                Case.objects.get(pk=case.pk),
                "suspend",
                dispatcher,
                MONDAY_0930 + 40 * MINUTE,
                reason="project",
                explanation="列入计划",
                until="2023-01-31",
            )
        found, address = [], "/desk/inbox?tab=open"
        while address:
            page = dispatcher.client.get(address)
            found += [row.id for row in page.context["rows"]]
            address = page.context["after"] and f"/desk/inbox?{page.context['after']}"

        assert found == [case.pk for case in [*cases[2:], *cases[:2]]]

    @pytest.mark.parametrize("cursor", ["x", "a", "a1.x", "b99999999999999999999.1", "a.1"])
    def test_a_spoilt_address_is_no_error(self, dispatcher, case, cursor):
        assert dispatcher.client.get(f"/desk/inbox?tab=open&at={cursor}").status_code == 200

    def test_a_page_asks_no_oftener_for_fifty_rows_than_for_one_and_at_most_ten_times(self, dispatcher):
        def asked() -> int:
            shown(dispatcher, "/desk/inbox")
            with CaptureQueriesContext(connection) as queries:
                shown(dispatcher, "/desk/inbox")
            return len(queries)

        a_case(key="first")
        with_one = asked()
        some_cases(50)

        # A page that is not full looks once more, for matters without a date.
        assert asked() <= with_one <= 10


class TestBulk:
    def chosen(self, *cases: Case) -> list[str]:
        return [f"{case.pk}.{case.version}" for case in cases]

    def test_an_action_with_questions_is_asked_once_and_done_on_each(self, dispatcher, handler):
        cases = some_cases(3)
        asked = dispatcher.client.post("/desk/bulk", {"action": "dispatch", "chosen": self.chosen(*cases)})
        assert asked.status_code == 200
        assert Case.objects.filter(state="dispatched").count() == 0

        data = {"action": "dispatch", "chosen": self.chosen(*cases), "go": "1", "unit": unit_of(handler)}
        done = dispatcher.client.post("/desk/bulk", data)

        assert done.context["done"] == 3
        assert set(Case.objects.values_list("unit_id", flat=True)) == {unit_of(handler)}

    def test_each_may_go_to_the_unit_that_its_kind_names(self, dispatcher):
        cases = some_cases(2)

        data = {"action": "dispatch", "chosen": self.chosen(*cases), "go": "1", "unit": "own"}
        dispatcher.client.post("/desk/bulk", data)

        assert all(case.unit_id == case.owner_unit_id for case in Case.objects.all())

    def test_without_questions_it_is_done_at_once(self, dispatcher, handler):
        cases = [take(case, "dispatch", dispatcher, case.opened_at, unit=unit_of(handler)) for case in some_cases(2)]

        done = handler.client.post("/desk/bulk", {"action": "acknowledge", "chosen": self.chosen(*cases)})

        assert done.context["done"] == 2

    def test_one_that_changed_meanwhile_is_left_and_said_so(self, dispatcher, second_dispatcher, handler):
        first, second = some_cases(2)
        chosen = self.chosen(first, second)
        actions.act(first, "note", by=second_dispatcher, given={"note": "先别派"}, seen=1, at=first.opened_at)

        data = {"action": "dispatch", "chosen": chosen, "go": "1", "unit": unit_of(handler)}
        done = in_english(dispatcher).post("/desk/bulk", data)

        assert (done.context["done"], done.context["failed"]) == (1, 1)
        assert "陆佳" in done.content.decode()
        assert Case.objects.get(pk=first.pk).state == "reported"

    def test_one_that_does_not_allow_it_is_shown_before_anything_happens(self, dispatcher, handler):
        first, second = some_cases(2)
        second = take(second, "dispatch", dispatcher, second.opened_at, unit=unit_of(handler))

        data = {"action": "accept", "chosen": self.chosen(first, second)}
        page = in_english(dispatcher).post("/desk/bulk", data)

        assert "Left out:" in page.content.decode()
        assert Case.objects.get(pk=first.pk).state == "reported"

    def test_what_the_definition_does_not_mark_is_not_done_in_bulk(self, dispatcher, case):
        data = {"action": "decline", "chosen": self.chosen(case), "go": "1", "reason": "not_ours", "answer": "x"}
        dispatcher.client.post("/desk/bulk", data)

        assert Case.objects.get(pk=case.pk).state == "reported"

    def test_rows_out_of_scope_are_not_touched(self, outsider, case):
        outsider.client.post("/desk/bulk", {"action": "accept", "chosen": self.chosen(case), "go": "1"})

        assert Case.objects.get(pk=case.pk).state == "reported"
