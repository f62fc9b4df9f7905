"""Leads on their way: opened, moved on, handed over, given up, taken up again."""

from datetime import date, timedelta

import pytest

from rixin.append_only import WrittenOnce
from rixin.investment import actions, queries
from rixin.investment.actions import ChangedMeanwhile, Move
from rixin.investment.drafts import LeadRefused
from rixin.investment.models import Lead, Status
from rixin.investment.tests.builders import AT, a_lead, a_university_lead, noted, said
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.registers import entering
from rixin.registers.tests.builders import DEJIA, JINGZHOU, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
LATER = AT + timedelta(days=3)


def acts(lead: Lead) -> list[str]:
    return [step.act for step in lead.steps.order_by("number")]


class TestOpening:
    def test_it_begins_in_the_first_stage_with_its_first_step(self, officer):
        lead = a_lead(officer, next_step="电话联系", due_on=date(2022, 12, 8))

        assert (lead.stage, lead.status, acts(lead)) == ("clue", Status.OPEN, ["open"])
        assert lead.steps.get().due_on == date(2022, 12, 8)

    def test_sent_twice_it_is_one_lead(self, officer):
        first, second = a_lead(officer, origin="once"), a_lead(officer, origin="once")

        assert first == second and Lead.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": "  "}, "name"),
            ({"kind": "gold"}, "kind"),
            ({"amount": -1}, "amount"),
            ({"area_least": 200, "area_most": 100}, "area_most"),
            ({"stage": "flying"}, "stage"),
            ({"opened_on": date(2022, 12, 2)}, "opened_on"),
        ],
    )
    def test_what_does_not_fit_is_refused_at_its_field(self, officer, given, field):
        with pytest.raises(LeadRefused) as refused:
            a_lead(officer, **given)

        assert list(refused.value.fields) == [field] and not Lead.objects.exists()

    def test_one_with_a_university_names_it(self, officer):
        a_university_lead(officer)

        with pytest.raises(LeadRefused) as refused:
            a_university_lead(officer, partner="")

        assert list(refused.value.fields) == ["partner"]


class TestSteps:
    def test_a_step_moves_it_and_says_what_comes_next(self, officer):
        lead = noted(a_lead(officer), officer, at=LATER, stage="visit", next_step="看房", due_on=date(2022, 12, 9))

        assert (lead.stage, lead.next_step, lead.moved_on) == ("visit", "看房", LATER.date())
        step = lead.steps.order_by("-number")[0]
        assert (step.stage_from, step.stage_to, step.by) == ("clue", "visit", officer.account)

    def test_without_words_only_a_move_is_a_step(self, officer):
        lead = a_lead(officer)

        with pytest.raises(LeadRefused):
            noted(lead, officer, words=" ")

        assert noted(lead, officer, words=" ", stage="talks").stage == "talks"

    def test_of_two_the_second_is_told_what_the_first_did(self, officer, second_officer):
        lead = a_lead(officer)
        noted(lead, officer, words="已约考察")

        with pytest.raises(ChangedMeanwhile) as changed:
            actions.note(lead, Move(words="没联系上"), by=second_officer.actor, at=LATER, seen=1)

        assert [step.words for step in changed.value.since] == ["已约考察"]

    def test_a_double_click_takes_one_step(self, officer):
        lead = a_lead(officer)

        for _nth in range(2):
            fresh = Lead.objects.get(pk=lead.pk)
            actions.note(fresh, Move(words="已约考察", stage="visit"), by=officer.actor, at=LATER, seen=1)

        assert acts(lead) == ["open", "note"]

    def test_steps_are_written_once(self, officer):
        with pytest.raises(WrittenOnce):
            a_lead(officer).steps.get().delete()


class TestCorrecting:
    def test_it_keeps_what_stood_there_before_but_not_who_told_of_it(self, officer):
        lead = a_lead(officer, name="旧名", introduced_by="王先生")

        actions.correct(lead, said(name="新名", introduced_by="李先生"), by=officer.actor, at=LATER, seen=1)

        assert lead.name == "新名" and lead.introduced_by == "李先生"
        assert lead.steps.get(number=2).changes == {"introduced_by": ["", ""], "name": ["旧名", "新名"]}

    def test_it_is_no_step_forward(self, officer):
        lead = a_lead(officer, name="旧名")

        actions.correct(lead, said(name="新名"), by=officer.actor, at=LATER, seen=1)

        assert lead.moved_on == AT.date()

    def test_what_says_nothing_new_is_none(self, officer):
        lead = a_lead(officer, name="名")

        actions.correct(lead, said(name="名"), by=officer.actor, at=LATER, seen=1)

        assert acts(lead) == ["open"]


class TestHandingOver:
    def test_another_answers_for_it(self, officer, second_officer):
        lead = a_lead(officer)

        actions.hand(lead, second_officer.account.pk, by=officer.actor, at=LATER, seen=1)

        assert lead.owner == second_officer.account and lead.steps.get(number=2).to == second_officer.account

    def test_not_to_who_has_it(self, officer):
        lead = a_lead(officer)

        with pytest.raises(LeadRefused):
            actions.hand(lead, officer.account.pk, by=officer.actor, at=LATER, seen=1)


class TestEnding:
    def test_given_up_with_a_reason_of_the_list_and_taken_up_again(self, officer):
        lead = a_lead(officer)
        with pytest.raises(LeadRefused):
            actions.give_up(lead, "whim", by=officer.actor, at=LATER, seen=1)

        actions.give_up(lead, "rent", words="租金谈不拢", by=officer.actor, at=LATER, seen=1)
        assert (lead.status, lead.lost_reason, lead.lost_on) == (Status.LOST, "rent", LATER.date())

        actions.take_up(lead, Move(words="业主降价", stage="talks"), by=officer.actor, at=LATER, seen=2)
        assert (lead.status, lead.stage, lead.lost_reason) == (Status.OPEN, "talks", "")

    def test_a_double_click_gives_up_once(self, officer):
        lead = a_lead(officer)

        for _nth in range(2):
            fresh = Lead.objects.get(pk=lead.pk)
            actions.give_up(fresh, "rent", by=officer.actor, at=LATER, seen=1)

        assert acts(lead) == ["open", "give_up"]

    def test_what_has_ended_takes_no_step(self, officer):
        lead = a_lead(officer)
        actions.give_up(lead, "rent", by=officer.actor, at=LATER, seen=1)

        with pytest.raises(LeadRefused):
            noted(lead, officer)

    def test_what_is_followed_is_not_taken_up(self, officer):
        with pytest.raises(LeadRefused):
            actions.take_up(a_lead(officer), Move(words="继续"), by=officer.actor, at=LATER, seen=1)


class TestWhoSeesThem:
    @pytest.mark.parametrize(
        ("who", "sees", "works"),
        [
            ("officer", True, True),
            ("dispatcher", True, True),
            ("leader", True, True),
            ("auditor", True, False),
            ("handler", False, False),
            ("community_officer", False, False),
            ("grid_worker", False, False),
            ("verifier", False, False),
            ("administrator", False, False),
            ("outsider", False, False),
        ],
    )
    def test_the_unit_that_keeps_them_and_who_oversees(self, request, officer, who, sees, works):
        lead, player = a_lead(officer), request.getfixturevalue(who)

        assert queries.visible_to(player).filter(pk=lead.pk).exists() is sees
        assert queries.may_work(player, lead) is works
        assert queries.sees_links(player) is sees

    def test_only_in_the_area_of_the_post(self, officer, units):
        here, there = a_lead(officer, area_path=DEJIA), a_lead(officer, area_path=JINGZHOU)
        local = a_player("bu.fen", "卜芬", "economy-office", Role.HANDLER, DEJIA)

        assert set(queries.visible_to(local)) == {here}
        assert set(queries.visible_to(officer)) == {here, there}


def test_leads_follow_an_enterprise_that_was_entered_twice(officer):
    into, double = an_enterprise("杭州一二三科技有限公司"), an_enterprise("一二三科技")
    lead = a_lead(officer, parent=double.pk)

    entering.merge(double, into, by=officer.actor, at=AT, seen=double.version, into_seen=into.version)

    lead.refresh_from_db()
    assert lead.parent == into
