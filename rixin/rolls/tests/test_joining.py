"""Joining a roll, correcting what is held, leaving it."""

from datetime import date, timedelta

import pytest
from django.db import connection

from rixin.history import ChangedMeanwhile
from rixin.homes.tests.builders import entered
from rixin.people.actors import resident
from rixin.refused import FieldsRefused
from rixin.rolls import actions, queries
from rixin.rolls.actions import Joining
from rixin.rolls.drafts import read, wrong_in
from rixin.rolls.models import Consent, Entry, RollEvent, Status
from rixin.rolls.tests.builders import AT, CARE, MEALS, a_call, an_entry, joined, roll, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]
LATER = AT + timedelta(days=40)


class TestJoining:
    def test_holds_what_the_service_needs_and_when_it_is_deleted(self, keeper):
        entry = an_entry(keeper, name="王秀兰")

        assert (entry.name, entry.phone, read(entry.values)["service"]) == ("王秀兰", "13800001234", "call")
        assert (entry.status, entry.joined_on, entry.visit_due) == (Status.ON, date(2022, 3, 7), date(2022, 3, 21))
        assert entry.delete_on == date(2022, 9, 7)

    def test_is_sealed_in_the_database(self, keeper):
        an_entry(keeper, name="王秀兰", values={"service": "call", "when": "傍晚六点后"})

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM rolls_entry")
            stored = " ".join(str(value) for row in cursor.fetchall() for value in row)
        assert not any(words in stored for words in ("王秀兰", "13800001234", "傍晚", "101室"))

    def test_the_history_tells_no_personal_data(self, keeper):
        entry = an_entry(keeper, name="王秀兰")
        actions.correct(entry, said(name="王秀兰", phone="13900005678"), by=keeper.actor, at=LATER, seen=entry.version)

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM rolls_rollevent")
            stored = " ".join(str(value) for row in cursor.fetchall() for value in row)
        assert "phone" in stored and "13900005678" not in stored and "13800001234" not in stored

    def test_nobody_is_entered_without_consent_that_is_noted(self, keeper):
        for how in ("", "own_phone", "implied"):
            new = Joining(said=said(), consent_how=how, consent_on=date(2022, 3, 1))
            with pytest.raises(FieldsRefused) as refused:
                actions.join(roll(), new, by=keeper.actor, at=AT)
            assert "consent_how" in refused.value.fields

        assert Entry.objects.count() == 0

    def test_sent_twice_it_is_one_entry_and_its_code_is_told_once(self, keeper):
        first, second = (joined(keeper, origin="once-1") for _nth in range(2))

        assert first.entry == second.entry and len(first.code) == 8 and second.code == ""

    def test_the_same_person_is_not_entered_twice(self, keeper):
        an_entry(keeper, name="王秀兰")

        with pytest.raises(FieldsRefused):
            an_entry(keeper, name="王秀兰")
        assert an_entry(keeper, name="王秀英").pk and an_entry(keeper, MEALS, name="王秀兰").pk

    def test_the_place_is_kept_no_finer_than_the_grid(self, keeper):
        (dwelling,) = entered("1-101", at=AT)

        entry = an_entry(keeper, dwelling=dwelling, address="")

        assert entry.dwelling == dwelling and entry.area_path.count("/") == 3
        assert dwelling.area_path.startswith(entry.area_path)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": " "}, "name"),
            ({"phone": "12"}, "phone"),
            ({"address": ""}, "address"),
            ({"address": "身份证330106195001011234"}, "address"),
            ({"values": {}}, "value-service"),
            ({"values": {"service": "massage"}}, "value-service"),
            ({"values": {"service": "call", "diet": "x"}}, "value-diet"),
            ({"values": {"service": "call", "when": "服药后"}}, "value-when"),
            ({"values": {"service": "call", "when": "x" * 61}}, "value-when"),
        ],
    )
    def test_what_is_wrong_is_told_where_it_stands(self, keeper, wrong, field):
        with pytest.raises(FieldsRefused) as refused:
            an_entry(keeper, **wrong)

        assert list(refused.value.fields) == [field]

    def test_only_somebody_of_the_place_can_serve(self, keeper, grid_worker, handler):
        assert an_entry(keeper, server=grid_worker).server == grid_worker.account
        with pytest.raises(FieldsRefused):
            an_entry(keeper, server=handler)


class TestWords:
    @pytest.mark.parametrize(
        "words",
        ["高血压，按时服药", "信教", "常去上访", "330106195001011234", "６２２２０２１２０２０１２３４５"],
    )
    def test_about_health_belief_opinion_or_numbers_of_cards_are_not_taken(self, words):
        assert wrong_in(words)

    @pytest.mark.parametrize("words", ["", "要人陪着下楼", "上午在家", "13800001234", "老人想换大一点的字"])
    def test_about_the_help_that_is_needed_are(self, words):
        assert wrong_in(words) == ""


class TestAsking:
    def test_waits_for_the_keeper(self, keeper):
        asked = actions.ask(roll(), said(), origin="o1", at=AT)

        assert (asked.entry.status, asked.entry.consent_how) == (Status.ASKED, Consent.OWN_PHONE)
        assert asked.entry.joined_on is None and asked.entry.delete_on == date(2022, 4, 6)
        assert queries.by_code(asked.code) == asked.entry

    def test_taken_in_it_is_an_entry(self, keeper, grid_worker):
        entry = actions.ask(roll(), said(), origin="o1", at=AT).entry

        actions.take_in(entry, server=grid_worker.account.pk, by=keeper.actor, at=AT, seen=1)

        assert (entry.status, entry.joined_on, entry.server) == (Status.ON, AT.date(), grid_worker.account)

    def test_declined_with_a_reason(self, keeper):
        entry = actions.ask(roll(), said(), origin="o1", at=AT).entry

        with pytest.raises(FieldsRefused):
            actions.decline(entry, "", by=keeper.actor, at=AT, seen=1)
        actions.decline(entry, "不在本街道居住", by=keeper.actor, at=AT, seen=1)

        assert entry.status == Status.DECLINED
        with pytest.raises(FieldsRefused):
            actions.take_in(entry, server=None, by=keeper.actor, at=AT, seen=entry.version)

    def test_told_of_no_double(self):
        """Whoever asks from outside must not learn who is on the roll."""
        first = actions.ask(roll(), said(name="王秀兰"), origin="o1", at=AT)

        assert actions.ask(roll(), said(name="王秀兰"), origin="o2", at=AT).entry != first.entry


class TestCorrecting:
    def test_by_the_person_stands_in_the_history_as_such(self, keeper):
        entry = an_entry(keeper, name="王秀兰")

        actions.correct(
            entry, said(name="王秀兰", phone="13900005678"), by=resident(), at=LATER, seen=1, by_person=True
        )

        event = RollEvent.objects.get(action="correct")
        assert (entry.phone, event.by_person, event.changes) == ("13900005678", True, {"phone": ["", ""]})

    def test_of_two_the_second_is_told(self, keeper):
        entry = an_entry(keeper)
        actions.correct(entry, said(name="王秀兰"), by=keeper.actor, at=LATER, seen=1)

        with pytest.raises(ChangedMeanwhile):
            actions.correct(entry, said(name="王秀英"), by=keeper.actor, at=LATER, seen=1)

    def test_nothing_new_leaves_no_line(self, keeper):
        entry = an_entry(keeper, name="王秀兰")

        actions.correct(entry, said(name="王秀兰"), by=keeper.actor, at=LATER, seen=1)

        assert entry.version == 1 and RollEvent.objects.count() == 1


class TestLeaving:
    def test_holds_at_once(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)

        actions.leave(entry, by=resident(), at=LATER, seen=1, by_person=True)

        assert (entry.status, entry.left_on) == (Status.LEFT, LATER.date())
        assert entry.server is None and entry.visit_due is None
        assert not queries.served_by(grid_worker).exists()

    def test_fixes_the_day_of_deletion_and_never_puts_it_off(self, keeper):
        soon, late = an_entry(keeper), an_entry(keeper)
        actions.leave(soon, by=keeper.actor, at=AT, seen=1)
        actions.leave(late, by=keeper.actor, at=LATER, seen=1)

        assert (soon.delete_on, late.delete_on) == (date(2022, 9, 7), date(2022, 9, 7))

    def test_again_changes_nothing(self, keeper):
        entry = an_entry(keeper)
        for _nth in range(2):
            actions.leave(entry, by=keeper.actor, at=LATER, seen=1)

        assert RollEvent.objects.filter(action="leave").count() == 1

    def test_nothing_can_be_corrected_or_called_at_afterwards(self, keeper, grid_worker):
        entry = an_entry(keeper, server=grid_worker)
        actions.leave(entry, by=keeper.actor, at=LATER, seen=1)

        with pytest.raises(FieldsRefused):
            actions.correct(entry, said(), by=keeper.actor, at=LATER, seen=entry.version)
        with pytest.raises(FieldsRefused):
            a_call(entry, grid_worker, at=LATER)

    def test_a_request_that_is_taken_back_is_deleted_the_same_day(self):
        entry = actions.ask(roll(), said(), origin="o1", at=AT).entry

        actions.leave(entry, by=resident(), at=AT, seen=1, by_person=True)

        assert (entry.status, entry.delete_on) == (Status.DECLINED, AT.date())


class TestSlips:
    def test_a_new_one_shuts_the_old_one_out(self, keeper):
        made = joined(keeper)

        code = actions.new_slip(made.entry, by=keeper.actor, at=LATER)

        assert queries.by_code(made.code) is None
        assert queries.by_code(f"{code[:4]}-{code[4:].lower()}") == made.entry

    def test_the_code_is_kept_nowhere(self, keeper):
        made = joined(keeper, CARE)

        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM rolls_entry")
            assert made.code not in " ".join(str(value) for row in cursor.fetchall() for value in row)
