"""Whatever is done with a project, in whatever order: its steps, money and versions stay in order."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers, lists, sampled_from, tuples

from rixin.programmes import actions, money, stepping
from rixin.programmes.drafts import NewPayment, ProjectRefused
from rixin.programmes.models import Payment, ProjectEvent, Status
from rixin.programmes.stepping import Done
from rixin.programmes.tests.builders import AT, FILLED, OPENED, PHOTO, a_project, act

pytestmark = pytest.mark.django_db
ACTS = sampled_from(["do", "do", "do", "take_back", "pay", "unpay", "plan", "stop", "resume"])
CODES = ["planned", "announced", "begun", "half", "built", "accepted", "looked_back"]
VALUES = {"half": {"done_share": 50}, "looked_back": {"visited": 9}, **FILLED}


def _go(project, what, step, days):
    code, day = CODES[step], OPENED + timedelta(days=days)
    match what:
        case "do":
            given = VALUES.get(code, {}) if project.rules.step(code).fields else {}
            stepping.do_step(project, Done(code=code, day=day, values=given, evidence=[PHOTO]), act(project))
        case "take_back":
            stepping.take_back(project, code, "误登", act(project))
        case "pay":
            new = NewPayment(day=day, amount=1 + days * 100, payee="某公司", purpose="进度款")
            money.pay(project, new, "增项" if step % 2 else "", act(project))
        case "unpay":
            if payment := Payment.objects.filter(project=project).first():
                money.take_back_payment(project, payment, "误登", act(project))
        case "plan":
            actions.plan(project, {code: day}, "因雨", act(project))
        case _:
            getattr(actions, what)(project, "因故", act(project))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=lists(tuples(ACTS, integers(0, len(CODES) - 1), integers(0, 290)), min_size=1, max_size=25))
def test_steps_are_done_in_order_money_adds_up_and_each_change_counts(course):
    with transaction.atomic():
        project = a_project("livelihood", budget=20_000)
        changes = 1
        for what, step, days in course:
            before = project.version
            try:
                with transaction.atomic():
                    _go(project, what, step, days)
            except ProjectRefused:
                project.refresh_from_db()
                assert project.version == before
                continue
            project.refresh_from_db()
            changes += project.version - before
            assert project.version - before == (what != "unpay" or project.version > before)
        steps = list(project.steps.all())
        last = max((one.nth for one in steps if one.done_on), default=0)
        for one in steps:
            assert one.done_on is not None or one.nth > last or one.rules(project.rules).optional
        days_done = [one.done_on for one in steps if one.done_on]
        assert days_done == sorted(days_done) and all(OPENED <= day <= AT.date() for day in days_done)
        kept = Payment.objects.filter(project=project, taken_back=False)
        assert money.paid(project) == sum(one.amount for one in kept)
        lines = ProjectEvent.objects.filter(project=project)
        assert lines.count() == project.version == changes
        told = [line.changes["paid"] for line in lines if "paid" in line.changes]
        assert sum((new or 0) - (old or 0) for old, new in told) == money.paid(project)
        needed = [one for one in steps[: project.rules.last + 1] if not one.rules(project.rules).optional]
        if project.status != Status.STOPPED:
            assert (project.status == Status.DONE) == all(one.done_on for one in needed)
        transaction.set_rollback(True)
