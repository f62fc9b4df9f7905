"""Entering an enterprise and changing its entry through the pages: carried out, refused at the field, seen too late."""

from datetime import date

import pytest

from rixin.desk.enterprise_pages.tests.conftest import do, english, shown
from rixin.people.actors import SYSTEM
from rixin.registers import entering, queries
from rixin.registers.models import Enterprise, How, Return, Standing, TraitSpan
from rixin.registers.tests.builders import DEJIA, JINGZHOU, NOW, a_code, an_enterprise, paid

pytestmark = pytest.mark.django_db
NEW = {
    "name": "杭州青屿软件有限公司",
    "standing": "here",
    "how": "new",
    "since": "2022-12-01",
    "industry": "I65",
    "place-area": DEJIA,
    "place-address": "无名路1号",
    "capital": "500",
    "business": "软件开发",
}


@pytest.fixture
def one() -> Enterprise:
    return an_enterprise("甲公司", address="无名路1号", contact_name="王小明", contact_phone="13800001234")


def fresh(one: Enterprise) -> Enterprise:
    return Enterprise.objects.get(pk=one.pk)


class TestEntering:
    def enter(self, player, **other):
        return english(player).post("/desk/enterprises/new", {**NEW, **other})

    def test_what_was_filled_in_is_in_the_register(self, keeper):
        code = a_code()

        answer = self.enter(keeper, code=f"{code[:9]} {code[9:].lower()}")

        made = Enterprise.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
        assert (made.name, made.code, made.section, made.division) == (NEW["name"], code, "I", "65")
        assert (made.capital, made.area_path, made.since) == (5_000_000, DEJIA, date(2022, 12, 1))
        assert made.standings.get().how == How.NEW

    def test_what_is_alike_is_shown_first_and_a_second_press_enters_it(self, keeper):
        there = an_enterprise("青屿软件（杭州）有限公司")

        first = self.enter(keeper)
        page = first.content.decode()
        second = self.enter(keeper, looked_at=first.context["looked_at"])

        assert first.status_code == 422 and there.get_absolute_url() in page and NEW["name"] in page
        assert (second.status_code, Enterprise.objects.count()) == (302, 2)

    def test_what_is_not_alike_is_in_nobodys_way(self, keeper):
        an_enterprise("杭州山月光电有限公司")

        assert self.enter(keeper).status_code == 302

    def test_a_code_that_is_there_is_refused_at_its_field(self, keeper):
        there = an_enterprise("乙公司", code=a_code())

        first = self.enter(keeper, code=there.code)
        second = self.enter(keeper, code=there.code, looked_at=first.context["looked_at"])

        assert there.get_absolute_url() in first.content.decode()
        assert second.status_code == 422 and "code" in second.context["form"].errors

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("code", "91330106MA0000000X"),
            ("since", "2023-01-11"),
            ("capital", "viel"),
            ("contact_phone", "12"),
            ("place", ""),
            ("name", "（）"),
        ],
    )
    def test_what_cannot_be_so_is_said_at_its_field_and_nothing_typed_is_lost(self, keeper, field, typed):
        other = {"place-area": "", "place-address": ""} if field == "place" else {field: typed}

        answer = self.enter(keeper, **other)

        assert answer.status_code == 422 and not Enterprise.objects.exists()
        assert list(answer.context["form"].errors) == [field]
        assert "软件开发" in answer.content.decode() and typed in answer.content.decode()

    def test_who_keeps_a_part_enters_there_only(self, community_officer):
        assert self.enter(community_officer, **{"place-area": JINGZHOU}).status_code == 422
        assert self.enter(community_officer).status_code == 302

    def test_who_does_not_keep_the_register_finds_no_form(self, handler, keeper):
        assert self.enter(handler).status_code == 404
        assert self.enter(keeper).status_code == 302


class TestCorrecting:
    def given(self, **other) -> dict[str, str]:
        return {"industry": "I65", "place-area": DEJIA, "place-address": "无名路1号", **other}

    def test_what_changed_stands_in_the_history_and_the_rest_stays(self, keeper, one):
        assert do(keeper, one, "correct", **self.given(business="软件", reason="年报")).status_code == 302

        now = fresh(one)
        assert (now.business, now.area_path, now.contact_name) == ("软件", DEJIA, "王小明")
        text = shown(keeper, one.get_absolute_url())
        assert "年报" in text and ": 软件" in text

    def test_whom_to_call_is_replaced_or_deleted_but_never_shown(self, keeper, one):
        assert "王小明" not in shown(keeper, f"{one.get_absolute_url()}do/correct")

        do(keeper, one, "correct", **self.given(contact_name="李华"))
        assert (fresh(one).contact_name, fresh(one).contact_phone) == ("李华", "13800001234")
        assert "李华" not in shown(keeper, one.get_absolute_url())
        do(keeper, one, "correct", **self.given(forget_contact="on"))
        assert (fresh(one).contact_name, fresh(one).contact_phone) == (None, None)

    def test_of_two_the_second_is_told_what_the_first_did_and_can_send_again(self, keeper, one):
        seen = one.version
        entering.correct(one, {"business": "贸易"}, by=SYSTEM, at=NOW, seen=seen)

        late = do(keeper, one, "correct", seen=seen, **self.given(business="软件"))
        text = late.content.decode()
        again = do(
            keeper, one, "correct", seen=int(late.context["form"]["seen"].value()), **self.given(business="软件")
        )

        assert late.status_code == 409 and ": 贸易" in text and "软件" in text
        assert (again.status_code, fresh(one).business) == (302, "软件")

    @pytest.mark.parametrize(
        ("role", "status"), [("keeper", 302), ("community_officer", 302), ("handler", 404), ("auditor", 404)]
    )
    def test_only_who_keeps_it_sees_the_buttons_and_may_send(self, request, role, status, one):
        player = request.getfixturevalue(role)

        assert ("do/correct" in shown(player, one.get_absolute_url())) is (status == 302)
        assert do(player, one, "correct", **self.given(business="软件")).status_code == status


class TestStanding:
    def test_it_moves_out_and_comes_back(self, keeper, one):
        out = {"way": "moved_out:left", "day": "2022-05-02", "where": "余杭区"}
        back = {"way": "moved_in:working", "day": "2022-09-01"}

        assert do(keeper, one, "stand", **out).status_code == 302
        assert fresh(one).standing == Standing.LEFT
        assert do(keeper, one, "stand", **back).status_code == 302

        assert [str(span.standing) for span in one.standings.all()] == ["here", "left", "working"]

    def test_only_what_is_possible_is_offered(self, keeper, one):
        do(keeper, one, "stand", way="moved_out:left", day="2022-05-02")

        assert do(keeper, one, "stand", way="changed:elsewhere", day="2022-06-02").status_code == 422
        assert do(keeper, one, "stand", way="moved_in:elsewhere", day="2022-06-02").status_code == 302

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"way": "moved_out:left", "day": "2023-02-01"}, "day"),
            ({"way": "moved_out:left", "day": "2020-01-01"}, "day"),
            ({"way": "new:here", "day": "2021-04-01"}, "day"),
            ({"way": "new:here", "day": "2021-03-01"}, None),
        ],
    )
    def test_a_refusal_of_the_register_stands_at_its_field(self, keeper, one, typed, field):
        answer = do(keeper, one, "stand", **typed)

        assert answer.status_code == (422 if field else 302)
        if field:
            assert list(answer.context["form"].errors) == [field]


class TestRenaming:
    def test_the_former_name_goes_on_to_find_it(self, keeper, one):
        assert do(keeper, one, "rename", name="青屿软件", on="2022-07-01").status_code == 302

        text = shown(keeper, one.get_absolute_url())
        assert fresh(one).name == "青屿软件" and "until 2022-07-01" in text

    def test_not_from_a_day_to_come(self, keeper, one):
        assert do(keeper, one, "rename", name="青屿软件", on="2023-07-01").status_code == 422


class TestTraits:
    def test_given_ended_and_taken_back(self, keeper, one):
        assert (
            do(keeper, one, "trait", value="stage:specialised", from_day="2022-06-01", note="浙124").status_code == 302
        )
        span = TraitSpan.objects.get()
        assert "浙124" in shown(keeper, one.get_absolute_url())

        assert do(keeper, one, "end_trait", span=span.pk, until_day="2022-05-01").status_code == 422
        assert do(keeper, one, "end_trait", span=span.pk, until_day="2022-12-01").status_code == 302
        assert TraitSpan.objects.get().until_day == date(2022, 12, 1)

        assert do(keeper, one, "take_back_trait", span=span.pk, reason="").status_code == 422
        assert do(keeper, one, "take_back_trait", span=span.pk, reason="认错企业").status_code == 302
        assert not TraitSpan.objects.exists()

    def test_the_trait_of_another_enterprise_is_not_ended_here(self, keeper, one):
        other = an_enterprise("乙公司")
        for each in (one, other):
            do(keeper, each, "trait", value="stage:specialised", from_day="2022-06-01")
        theirs = other.traits.get()

        assert do(keeper, one, "end_trait", span=theirs.pk, until_day="2022-12-01").status_code == 422
        assert do(keeper, other, "end_trait", span=theirs.pk, until_day="2022-12-01").status_code == 302

    def test_what_holds_already_is_said_at_its_day(self, keeper, one):
        do(keeper, one, "trait", value="stage:specialised", from_day="2022-06-01")

        answer = do(keeper, one, "trait", value="stage:specialised", from_day="2022-07-01")

        assert answer.status_code == 422 and list(answer.context["form"].errors) == ["from_day"]


class TestReturns:
    def test_entered_in_either_unit_and_corrected(self, keeper, one):
        assert do(keeper, one, "returns", period="2022-Q1", unit="wan", tax="12.34", output="200").status_code == 302
        assert do(keeper, one, "returns", period="2022-Q1", unit="yuan", tax="123,456.78").status_code == 302

        found = dict(Return.objects.values_list("measured", "amount"))
        assert found == {"tax": 12_345_678, "output": 200_000_000}

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"period": "Q1", "tax": "1"}, "period"),
            ({"period": "2023-Q2", "tax": "1"}, "period"),
            ({"period": "2022-03-05", "tax": "1"}, "period"),
            ({"period": "2021-Q1", "tax": "1"}, "period"),
            ({"period": "2022", "tax": "viel"}, "tax"),
            ({"period": "2022"}, "tax"),
            ({"period": "2022", "tax": "1"}, None),
        ],
    )
    def test_what_cannot_be_read_or_would_count_twice_is_said_at_its_field(self, keeper, one, typed, field):
        paid(one, "2021", 1000)

        answer = do(keeper, one, "returns", unit="wan", **typed)

        assert answer.status_code == (422 if field else 302)
        if field:
            assert list(answer.context["form"].errors) == [field]

    def test_only_by_who_reads_what_enterprises_pay(self, keeper, community_officer, one):
        given = {"period": "2022", "unit": "wan", "tax": "1"}

        assert do(community_officer, one, "returns", **given).status_code == 404
        assert "do/returns" not in shown(community_officer, one.get_absolute_url())
        assert do(keeper, one, "returns", **given).status_code == 302


class TestDoubles:
    def test_the_other_entry_is_offered_chosen_and_goes_over(self, keeper, one):
        double = an_enterprise("甲公司", code=a_code())
        assert f"{double.pk}.{double.version}" in shown(keeper, f"{one.get_absolute_url()}do/merge")

        answer = do(keeper, one, "merge", words="甲公司", enterprise=f"{double.pk}.1")

        assert answer.status_code == 302 and fresh(one).code == double.code
        assert (fresh(double).withdrawn, fresh(double).same_as_id) == (True, one.pk)

    def test_another_name_is_looked_for_without_sending(self, keeper, one):
        other = an_enterprise("杭州山月光电有限公司")

        answer = do(keeper, one, "merge", words="山月", look="1")

        assert answer.status_code == 200 and f"{other.pk}.1" in answer.content.decode()
        assert not fresh(other).withdrawn

    def test_two_with_different_codes_are_two_enterprises(self, keeper, one):
        entering.correct(one, {"code": a_code()}, by=SYSTEM, at=NOW, seen=1)
        other = an_enterprise("甲公司", code=a_code())

        answer = do(keeper, one, "merge", words="甲公司", enterprise=f"{other.pk}.1")

        assert answer.status_code == 422 and "two enterprises" in answer.content.decode()


class TestTakingOut:
    def test_with_a_reason_it_is_found_no_more(self, keeper, one):
        assert do(keeper, one, "withdraw", reason="").status_code == 422
        assert do(keeper, one, "withdraw", reason="录错").status_code == 302

        assert not queries.visible_to(keeper).exists()
        assert do(keeper, one, "correct").status_code == 404


class TestNames:
    def test_names_are_offered_while_they_are_typed(self, handler, one):
        an_enterprise("乙公司")

        by_itself = shown(handler, "/desk/enterprises/names", q="甲公")
        in_a_form = shown(handler, "/desk/enterprises/names?of=value-enterprise&value-enterprise=甲公")

        assert by_itself == in_a_form
        assert 'value="甲公司"' in by_itself and "乙公司" not in by_itself

    def test_of_two_with_one_name_the_code_is_filled_in(self, handler):
        one, other = an_enterprise("丙公司", code=a_code()), an_enterprise("丙公司", code=a_code())

        page = shown(handler, "/desk/enterprises/names", q="丙公司")

        assert f'value="{one.code}"' in page and f'value="{other.code}"' in page and 'value="丙公司"' not in page

    def test_none_from_outside_the_own_area(self, leader, community_officer):
        an_enterprise("甲公司", area_path=JINGZHOU)

        assert "甲公司" in shown(leader, "/desk/enterprises/names", q="甲公司")
        assert "甲公司" not in shown(community_officer, "/desk/enterprises/names", q="甲公司")
