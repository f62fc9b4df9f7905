"""Records at the desk: entered, found, corrected, confirmed and withdrawn through the pages."""

import re

import pytest

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET, a_record
from rixin.records.models import Record, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "wenxin_places")]
FAIR = {"day": "2022-03-05", "value-posts": "１２０", "value-kind": "hall", "place-area": DEJIA, "once": "k1"}


def enter(player, kind="fair", **given):
    return player.client.post(f"/records/of/{kind}/new", {**FAIR, **given})


class TestEntering:
    def test_what_was_filled_in_is_kept_as_a_record(self, leader):
        answer = enter(leader)

        record = Record.objects.get()
        assert (answer.status_code, record.values) == (302, {"posts": 120, "kind": "hall"})
        assert (record.area_path, str(record.day), record.status) == (DEJIA, "2022-03-05", Status.CONFIRMED)

    def test_a_double_click_makes_one(self, leader):
        enter(leader)
        enter(leader)

        assert Record.objects.count() == 1

    def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_typed_is_lost(self, leader):
        answer = enter(leader, **{"value-posts": "许多", "day": "2022-13-05"})

        page = answer.content.decode()
        assert answer.status_code == 422 and not Record.objects.exists()
        assert "许多" in page and "2022-13-05" in page

    @pytest.mark.parametrize("kind", ["fair", "visit", "revenue", "tenancy"])
    def test_each_kind_has_its_form(self, leader, kind):
        assert leader.client.get(f"/records/of/{kind}/new").status_code == 200

    def test_a_day_that_has_not_come_is_refused(self, leader):
        assert enter(leader, day="2090-01-01").status_code == 422

    def test_a_return_that_is_there_already_is_shown(self, leader):
        first = a_record("revenue", "2022-03-31", area=STREET, amount="5")

        given = {"day": "2022-03", "value-amount": "7", "once": "k2"}
        answer = leader.client.post("/records/of/revenue/new", given)

        assert answer.status_code == 409
        assert first.get_absolute_url() in answer.content.decode()

    def test_a_kind_of_another_unit_is_not_offered_to_a_handler(self, handler):
        assert enter(handler).status_code == 404

    def test_nobody_enters_outside_the_own_area(self, community_officer):
        assert enter(community_officer, **{"place-area": JINGZHOU}).status_code == 422
        assert enter(community_officer).status_code == 302


class TestFinding:
    def test_by_words_of_two_signs(self, leader):
        a_record("visit", "2022-05-05", firm="杭州青屿软件")
        a_record("visit", "2022-05-06", firm="杭州山月光电")

        page = leader.client.get("/records/", {"q": "青屿"}).content.decode()

        assert "青屿" in page and "山月" not in page

    def test_by_period(self, leader):
        a_record("visit", "2022-05-05", firm="甲公司")
        a_record("visit", "2022-06-05", firm="乙公司")

        page = leader.client.get("/records/of/visit", {"period": "2022-05"}).content.decode()

        assert "甲公司" in page and "乙公司" not in page

    def test_what_is_no_period_is_said(self, leader):
        assert "去年" in leader.client.get("/records/of/visit", {"period": "去年"}).content.decode()

    def test_a_list_asks_the_database_as_often_for_fifty_as_for_one(self, leader, django_assert_max_num_queries):
        for nth in range(51):
            a_record("visit", "2022-05-05", firm=f"第{nth}公司")
        leader.client.get("/records/of/visit")

        with django_assert_max_num_queries(9):
            page = leader.client.get("/records/of/visit").content.decode()
        assert page.count("公司</td>") == 50

    def test_what_is_out_of_scope_is_not_found(self, community_officer):
        record = a_record("fair", "2022-03-01", posts=1, kind="hall", area=JINGZHOU)

        assert community_officer.client.get(record.get_absolute_url()).status_code == 404


class TestChanging:
    def test_a_correction_needs_its_reason_and_stands_in_the_history(self, leader):
        enter(leader)
        record = Record.objects.get()
        given = {**FAIR, "value-posts": "130", "seen": "1"}

        assert leader.client.post(f"/records/{record.pk}/correct", given).status_code == 422
        leader.client.post(f"/records/{record.pk}/correct", {**given, "reason": "点错了"})

        page = leader.client.get(record.get_absolute_url()).content.decode()
        assert "120 → 130" in page and "点错了" in page

    def test_a_second_person_confirms(self, leader, dispatcher):
        given = {"day": "2022-03", "value-amount": "7", "once": "k2"}
        leader.client.post("/records/of/revenue/new", given)
        record = Record.objects.get()

        own = leader.client.post(f"/records/{record.pk}/confirm", {"seen": "1"})
        other = dispatcher.client.post(f"/records/{record.pk}/confirm", {"seen": "1"})

        record.refresh_from_db()
        assert (own.status_code, other.status_code, record.status) == (409, 302, Status.CONFIRMED)

    def test_who_corrects_what_somebody_just_changed_is_told_who_changed_what(self, leader, dispatcher):
        enter(leader)
        record = Record.objects.get()
        address = f"/records/{record.pk}/correct"
        dispatcher.client.post(address, {**FAIR, "value-posts": "130", "seen": "1", "reason": "点错了"})

        answer = leader.client.post(address, {**FAIR, "value-posts": "140", "seen": "1", "reason": "补录"})

        page = answer.content.decode()
        assert answer.status_code == 409 and "120 → 130" in page and dispatcher.name in page and "140" in page

    def test_what_was_withdrawn_stays_readable(self, leader):
        record = a_record("visit", "2022-05-05", firm="甲公司")

        leader.client.post(f"/records/{record.pk}/withdraw", {"seen": "1", "reason": "重复"})

        record.refresh_from_db()
        assert record.status == Status.WITHDRAWN
        assert "重复" in leader.client.get(record.get_absolute_url()).content.decode()

    def test_an_auditor_reads_and_changes_nothing(self, auditor):
        record = a_record("visit", "2022-05-05", firm="甲公司")

        assert auditor.client.get(record.get_absolute_url()).status_code == 200
        assert auditor.client.post(f"/records/{record.pk}/withdraw", {"reason": "x"}).status_code == 404


class TestWaiting:
    def drafts(self, leader, *months):
        for month in months:
            leader.client.post("/records/of/revenue/new", {"day": month, "value-amount": "7", "once": month})
        return [f"{record.pk}.{record.version}" for record in Record.objects.order_by("day")]

    def test_drafts_are_listed_for_those_who_may_confirm_them(self, leader, dispatcher):
        self.drafts(leader, "2022-03")

        assert "2022-03" in dispatcher.client.get("/records/to-confirm").content.decode()
        assert "2022-03" not in leader.client.get("/records/to-confirm").content.decode()
        assert "/records/to-confirm" in dispatcher.client.get("/records/").content.decode()

    def test_several_are_confirmed_at_once(self, leader, dispatcher):
        chosen = self.drafts(leader, "2022-03", "2022-04")

        dispatcher.client.post("/records/to-confirm", {"chosen": chosen})

        assert set(Record.objects.values_list("status", flat=True)) == {Status.CONFIRMED}

    def test_one_that_was_changed_since_it_was_shown_is_told_and_the_others_are_confirmed(self, leader, dispatcher):
        first, second = self.drafts(leader, "2022-03", "2022-04")
        pk = first.partition(".")[0]
        given = {"day": "2022-03", "value-amount": "9", "seen": "1", "reason": "误"}
        leader.client.post(f"/records/{pk}/correct", given)

        answer = dispatcher.client.post("/records/to-confirm", {"chosen": [first, second]})

        assert answer.status_code == 409 and pk in answer.content.decode()
        assert Record.objects.filter(status=Status.CONFIRMED).count() == 1

    @pytest.mark.parametrize("chosen", ["", "x.1", "1", "99999999999999999999.1", "1.x"])
    def test_what_names_no_draft_confirms_nothing(self, leader, dispatcher, chosen):
        self.drafts(leader, "2022-03")

        assert dispatcher.client.post("/records/to-confirm", {"chosen": chosen}).status_code == 302
        assert not Record.objects.filter(status=Status.CONFIRMED).exists()

    def test_a_missing_return_leads_to_its_form_with_the_period_filled_in(self, leader):
        page = leader.client.get("/records/due").content.decode()

        [address] = re.findall(r'href="(/records/of/revenue/new\?[^"]+)"', page)
        form = leader.client.get(address.replace("&amp;", "&")).content.decode()
        period = re.search(r"day=([\d-]+)", address)
        assert period and f'value="{period[1]}"' in form

    def test_an_auditor_owes_nothing(self, auditor):
        assert "/new?" not in auditor.client.get("/records/due").content.decode()
