"""What may be done with a project, and what is refused in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rixin.history import ChangedMeanwhile
from rixin.people.actors import SYSTEM
from rixin.programmes import actions, money, risks, stepping
from rixin.programmes.drafts import NewEvidence, NewPayment, NewProject, NewRisk, ProjectRefused
from rixin.programmes.models import Evidence, Payment, Project, ProjectEvent, Risk, Status
from rixin.programmes.stepping import Done
from rixin.programmes.tests.builders import AT, FILLED, OPENED, PHOTO, a_project, act, done, said, through

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def refusal(function, *given) -> dict[str, str]:
    with pytest.raises(ProjectRefused) as refused:
        function(*given)
    return {name: str(reason) for name, reason in refused.value.fields.items()}


def a_payment(**given) -> NewPayment:
    return NewPayment(**{"day": TODAY, "amount": 60_000, "payee": "西溪工程公司", "purpose": "首期款", **given})


class TestOpening:
    def test_its_steps_are_planned_by_the_template(self):
        project = a_project("mural", opened_on=date(2023, 4, 20))

        assert [step.planned_on.isoformat() for step in project.steps.all()] == [
            "2023-05-06",
            "2023-05-12",
            "2023-06-02",
        ]
        assert project.status == Status.OPEN and project.rules.code == "mural"

    def test_dates_of_the_template_can_be_others(self):
        project = a_project("mural", days={"painted": date(2023, 11, 30)})

        assert project.steps.get(code="painted").planned_on == date(2023, 11, 30)

    @pytest.mark.parametrize(
        ("kind", "given", "field"),
        [
            ("mural", {"name": " "}, "name"),
            ("mural", {"place_code": "", "address": ""}, "place"),
            ("facade", {"level": "highest"}, "level"),
            ("mural", {"level": "key"}, "level"),
            ("owners_election", {"budget": 5_000}, "budget"),
            ("mural", {"budget": -1}, "budget"),
            ("mural", {"year": 1023}, "year"),
            ("mural", {"opened_on": TODAY + timedelta(days=1)}, "opened_on"),
            ("mural", {"days": {"agreed": OPENED}}, "day-agreed"),
            ("castle", {}, ""),
        ],
    )
    def test_what_is_wrong_is_said_where_it_stands(self, kind, given, field):
        with pytest.raises(ProjectRefused) as refused:
            a_project(kind, **given)

        assert list(refused.value.fields) == [field]

    def test_sent_twice_it_is_one_project(self):
        new = NewProject(said=said(), opened_on=OPENED)

        first, second = (actions.open_project("mural", new, by=SYSTEM, at=AT, once="k") for _nth in range(2))

        assert first == second and Project.objects.count() == 1


class TestSteps:
    def test_one_after_the_other_until_it_is_done(self):
        project = through(a_project("mural"))

        assert project.status == Status.DONE and project.ended_on == OPENED
        assert project.steps.get(code="painted").values == {"painted": 860}

    def test_not_before_the_one_that_comes_first(self):
        project = a_project("mural")

        assert "“" in refusal(done, project, "agreed")[""]

    def test_not_twice(self):
        project = done(a_project("mural"), "sketched")

        assert "done already" in refusal(done, project, "sketched")[""]

    def test_not_without_its_photos(self):
        project = a_project("mural")

        refused = refusal(stepping.do_step, project, Done(code="sketched", day=OPENED), act(project))

        assert "At least 1 photo" in refused["photos"]
        assert done(project, "sketched").version == 2

    def test_not_without_what_it_asks_for(self):
        project = through(a_project("mural"), "agreed")

        given = Done(code="painted", day=OPENED, evidence=[PHOTO])

        assert refusal(stepping.do_step, project, given, act(project)) == {"value-painted": "This is needed."}

    def test_not_in_the_future_nor_before_the_last_step(self):
        project = done(a_project("mural"), "sketched", "2023-04-03")

        assert "still to come" in refusal(done, project, "agreed", TODAY + timedelta(days=1))["day"]
        assert "2023-04-03" in refusal(done, project, "agreed", "2023-04-02")["day"]
        assert done(project, "agreed", "2023-04-03").version == 3

    def test_not_while_the_result_is_shown(self):
        project = done(a_project("owners_election"), "preparing", "2023-04-03", values={"members": 7})
        project = done(project, "roll", "2023-04-10", values={"owners": 900})
        given = {"values": {"candidates": 7}}

        assert "7 days" in refusal(lambda: done(project, "candidates", "2023-04-16", **given))["day"]
        assert done(project, "candidates", "2023-04-17", **given).version == 4

    def test_not_where_the_owners_did_not_agree(self):
        project, given = a_project("renewal"), FILLED["wishes"]

        too_few = refusal(lambda: done(project, "wishes", values={**given, "agreed": 599}))

        assert "600" in too_few[""]
        assert done(project, "wishes", values={**given, "agreed": 600}).version == 2

    def test_more_owners_than_there_are_is_said_at_the_number(self):
        project = a_project("renewal")

        refused = refusal(lambda: done(project, "wishes", values={**FILLED["wishes"], "voted": 901}))

        assert list(refused) == ["value-voted"]

    def test_the_last_one_is_taken_back_with_a_reason(self):
        project = through(a_project("mural"))

        assert list(refusal(stepping.take_back, project, "painted", " ", act(project))) == ["reason"]
        assert "last step" in refusal(stepping.take_back, project, "agreed", "误登", act(project))[""]
        project = stepping.take_back(project, "painted", "误登", act(project))

        step = project.steps.get(code="painted")
        assert (project.status, project.ended_on, step.done_on, step.values) == (Status.OPEN, None, None, {})
        assert step.evidence.count() == 1

    def test_a_renewal_is_done_with_the_hand_over_and_its_guarantee_ends_later(self):
        project = through(a_project("renewal"), "handed_over")
        assert project.status == Status.DONE

        assert done(project, "guarantee").steps.filter(done_on=None).count() == 0


class TestEvidence:
    def test_photos_come_while_a_step_is_on_its_way(self):
        project = a_project("mural")
        project = stepping.add_evidence(project, "sketched", [PHOTO], "画稿", act(project))

        assert stepping.do_step(project, Done(code="sketched", day=OPENED), act(project)).version == 3

    def test_nothing_is_no_evidence_and_a_later_step_waits(self):
        project = a_project("mural")

        assert list(refusal(stepping.add_evidence, project, "sketched", [], "", act(project))) == ["photos"]
        assert list(refusal(stepping.add_evidence, project, "painted", [PHOTO], "", act(project))) == [""]

    def test_a_wrong_photo_is_removed_unless_the_step_would_stand_without(self):
        project = done(a_project("mural"), "sketched")
        photo = Evidence.objects.get()

        assert list(refusal(stepping.remove_evidence, project, photo, "拍错了", act(project))) == [""]
        project = stepping.add_evidence(project, "sketched", [replace(PHOTO, digest="b" * 64)], "", act(project))
        stepping.remove_evidence(project, photo, "拍错了", act(project))

        assert [one.digest[0] for one in Evidence.objects.filter(removed=False)] == ["b"]

    def test_a_file_is_no_photo(self):
        project = a_project("mural")
        given = Done(code="sketched", day=OPENED, evidence=[NewEvidence(digest="c" * 64, size=9, name="画稿.pdf")])

        assert "photos" in refusal(stepping.do_step, project, given, act(project))


class TestMoney:
    def test_payments_add_up(self):
        project = a_project(budget=100_000)
        for amount in (60_000, 40_000):
            money.pay(project, a_payment(amount=amount), "", act(project))

        assert money.paid(project) == 100_000

    def test_more_than_the_budget_needs_a_reason(self):
        project = a_project(budget=100_000)

        over = a_payment(amount=100_001)

        assert list(refusal(money.pay, project, over, " ", act(project))) == ["reason"]
        assert money.pay(project, over, "增项", act(project)).version == 2

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"amount": 0}, "amount"),
            ({"day": TODAY + timedelta(days=1)}, "day"),
            ({"payee": ""}, "payee"),
            ({"purpose": " "}, "purpose"),
        ],
    )
    def test_what_is_wrong_is_said_where_it_stands(self, wrong, field):
        project = a_project(budget=100_000)

        assert list(refusal(money.pay, project, a_payment(**wrong), "", act(project))) == [field]

    def test_one_taken_back_counts_no_more_and_stays(self):
        project = a_project(budget=100_000)
        money.pay(project, a_payment(), "", act(project))

        money.take_back_payment(project, Payment.objects.get(), "重复登记", act(project))

        assert money.paid(project) == 0 and Payment.objects.count() == 1

    def test_another_budget_needs_a_reason_and_is_history(self):
        project = a_project(name="墙绘", budget=100_000)
        other = said(name="墙绘", budget=120_000)

        assert list(refusal(actions.correct, project, other, "", act(project))) == ["reason"]
        actions.correct(project, other, "增加点位", act(project))

        line = ProjectEvent.objects.last()
        assert line.changes == {"budget": [100_000, 120_000]} and line.reason == "增加点位"


class TestPlanAndCourse:
    def test_dates_change_with_a_reason(self):
        project = a_project("mural")
        later = {"painted": date(2023, 12, 1)}

        assert list(refusal(actions.plan, project, later, "", act(project))) == ["reason"]
        actions.plan(project, later, "连日下雨", act(project))

        assert project.steps.get(code="painted").planned_on == date(2023, 12, 1)
        assert ProjectEvent.objects.last().changes["planned:painted"][1] == "2023-12-01"

    @pytest.mark.parametrize(("days", "field"), [({"painted": OPENED}, "day-painted"), ({}, "")])
    def test_a_plan_goes_forward_and_changes_something(self, days, field):
        project = a_project("mural")

        assert list(refusal(actions.plan, project, days, "因雨", act(project))) == [field]

    def test_what_is_done_keeps_its_planned_day(self):
        project = done(a_project("mural"), "sketched")

        assert refusal(actions.plan, project, {"sketched": OPENED}, "因雨", act(project))

    def test_a_stopped_one_goes_on_where_it_was(self):
        project = done(a_project("mural"), "sketched")
        project = actions.stop(project, "墙面拆除", act(project))
        assert project.status == Status.STOPPED and project.ended_on == TODAY

        assert refusal(done, project, "agreed")
        project = actions.resume(project, "恢复施工", act(project))

        assert project.status == Status.OPEN and done(project, "agreed").version == 5

    def test_risks_are_noted_and_settled(self):
        project = a_project()
        project = risks.note(project, NewRisk(words="雨季影响", weight="grave"), act(project))
        risk = Risk.objects.get()

        assert list(refusal(risks.settle, project, risk, "", act(project))) == ["answer"]
        risks.settle(project, risk, "搭设雨棚", act(project))

        risk.refresh_from_db()
        assert risk.settled_on == TODAY and risk.answer == "搭设雨棚"
        assert refusal(risks.note, project, NewRisk(words="雨", weight="huge"), act(project)) != {}

    def test_it_is_handed_over_to_another_person(self, handler):
        project = a_project()

        assert actions.hand(project, handler.account.pk, act(project)).owner_id == handler.account.pk
        assert refusal(actions.hand, project, handler.account.pk, act(project))


class TestTwoAtOnce:
    def test_the_second_is_told(self):
        project = a_project(budget=100_000)
        seen = act(project)
        money.pay(project, a_payment(), "", seen)

        with pytest.raises(ChangedMeanwhile):
            money.pay(project, a_payment(), "", seen)

    def test_a_double_click_is_harmless(self):
        project = a_project(budget=100_000)
        sent = act(project, once="one sending")

        for _nth in range(2):
            project = money.pay(project, a_payment(), "", sent)

        assert money.paid(project) == 60_000 and project.version == 2
