"""What can be done with a project, each with its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.desk.project_pages import forms
from rixin.desk.project_pages.finding import evidence_of, payment_of, risk_of
from rixin.desk.project_pages.sight import Sight
from rixin.desk.project_pages.stepforms import MoreEvidenceForm, StepForm
from rixin.desk.project_pages.steps import StepLine
from rixin.desk.views.common import whole_number
from rixin.people import staffing
from rixin.people.models import Account
from rixin.programmes import actions, money, risks, stepping
from rixin.programmes.journal import Act
from rixin.programmes.models import Project, Status
from rixin.refusable import RefusableForm

Form = Callable[[Sight, str, Any, Any], RefusableForm]
Doing = Callable[[Sight, Any, str, Act], Project]
"""Sight, form, what it is about (`of`), and by whom."""


@dataclass(frozen=True)
class Deed:
    """Something to do. `of`: whether it is about one step, payment, risk or picture; then it is offered in place."""

    name: str | Promise
    button: str | Promise
    done: str | Promise
    offered: Callable[[Sight], bool]
    form: Form
    act: Doing
    of: bool = False
    tone: str = ""


def _why(_seen: Sight, _of: str, data: Any, _files: Any) -> RefusableForm:
    return forms.WhyForm(data)


def _is(*statuses: Status) -> Callable[[Sight], bool]:
    return lambda seen: seen.works and seen.project.status in statuses


def _step(seen: Sight, code: str) -> StepLine:
    found = next((one for one in seen.doable if one.rules.code == code), None)
    if found is None:
        raise Http404(_("This step is not yours to do now."))
    return found


def _step_form(seen: Sight, of: str, data: Any, files: Any) -> StepForm:
    line = _step(seen, of)
    return StepForm(line.rules, seen.staff.account.pk, data, files, today=seen.today, there=len(line.photos))


def _shown(seen: Sight) -> list[StepLine]:
    """Steps for which photos can be added."""
    return [*(one for one in seen.steps if one.step.done_on and seen.works), *seen.doable][::-1]


def _people(seen: Sight) -> list[Account]:
    return staffing.accounts_of(seen.project.unit_id, None, seen.today)


DEEDS: dict[str, Deed] = {
    "step": Deed(
        name=gettext_lazy("Do a step"),
        button=gettext_lazy("Write down that it is done"),
        done=gettext_lazy("The step is done."),
        offered=lambda seen: bool(seen.doable),
        form=_step_form,
        act=lambda seen, form, _of, act: stepping.do_step(seen.project, form.done, act),
        of=True,
    ),
    "evidence": Deed(
        name=gettext_lazy("Add photos or files"),
        button=gettext_lazy("Add them"),
        done=gettext_lazy("Added."),
        offered=lambda seen: seen.project.status != Status.STOPPED and bool(_shown(seen)),
        form=lambda seen, _of, data, files: MoreEvidenceForm(
            [one.rules for one in _shown(seen)], seen.staff.account.pk, data, files
        ),
        act=lambda seen, form, _of, act: stepping.add_evidence(
            seen.project, form.cleaned_data["step"], form.evidence, form.cleaned_data["note"], act
        ),
    ),
    "pay": Deed(
        name=gettext_lazy("Note a payment"),
        button=gettext_lazy("Note it"),
        done=gettext_lazy("Noted."),
        offered=lambda seen: seen.works and seen.project.rules.money,
        form=lambda seen, _of, data, _files: forms.PayForm(
            data, initial={"day": seen.today, "payee": seen.project.contractor}
        ),
        act=lambda seen, form, _of, act: money.pay(seen.project, form.payment, form.cleaned_data["reason"], act),
    ),
    "risk": Deed(
        name=gettext_lazy("Note a risk"),
        button=gettext_lazy("Note it"),
        done=gettext_lazy("Noted."),
        offered=_is(Status.OPEN),
        form=lambda seen, _of, data, _files: forms.RiskForm(_people(seen), data),
        act=lambda seen, form, _of, act: risks.note(seen.project, form.risk, act),
    ),
    "plan": Deed(
        name=gettext_lazy("Change dates"),
        button=gettext_lazy("Save the dates"),
        done=gettext_lazy("The plan is changed."),
        offered=lambda seen: _is(Status.OPEN, Status.DONE)(seen) and not all(one.step.done_on for one in seen.steps),
        form=lambda seen, _of, data, _files: forms.PlanForm(seen.line.stands, data),
        act=lambda seen, form, _of, act: actions.plan(seen.project, form.days, form.cleaned_data["reason"], act),
    ),
    "correct": Deed(
        name=gettext_lazy("Correct what is known"),
        button=gettext_lazy("Save"),
        done=gettext_lazy("Corrected."),
        offered=lambda seen: seen.works,
        form=lambda seen, _of, data, _files: forms.KnownForm(seen.project.rules, seen.staff, data, seen.project),
        act=lambda seen, form, _of, act: actions.correct(seen.project, form.said, form.cleaned_data["reason"], act),
    ),
    "hand": Deed(
        name=gettext_lazy("Hand over"),
        button=gettext_lazy("Hand over"),
        done=gettext_lazy("Handed over."),
        offered=_is(Status.OPEN),
        form=lambda seen, _of, data, _files: forms.HandForm(_people(seen), data),
        act=lambda seen, form, _of, act: actions.hand(seen.project, form.cleaned_data["to"]["id"], act),
    ),
    "take_back": Deed(
        name=gettext_lazy("Take the last step back"),
        button=gettext_lazy("Take it back"),
        done=gettext_lazy("The step was taken back."),
        offered=lambda seen: _is(Status.OPEN, Status.DONE)(seen) and seen.last_done is not None,
        form=_why,
        act=lambda seen, form, _of, act: stepping.take_back(
            seen.project, seen.last_done.rules.code if seen.last_done else "", form.cleaned_data["reason"], act
        ),
        tone="danger",
    ),
    "stop": Deed(
        name=gettext_lazy("Stop it"),
        button=gettext_lazy("Stop it"),
        done=gettext_lazy("Stopped. It can go on later."),
        offered=_is(Status.OPEN),
        form=_why,
        act=lambda seen, form, _of, act: actions.stop(seen.project, form.cleaned_data["reason"], act),
        tone="danger",
    ),
    "resume": Deed(
        name=gettext_lazy("Let it go on"),
        button=gettext_lazy("Let it go on"),
        done=gettext_lazy("It goes on."),
        offered=_is(Status.STOPPED),
        form=_why,
        act=lambda seen, form, _of, act: actions.resume(seen.project, form.cleaned_data["reason"], act),
    ),
    "unpay": Deed(
        name=gettext_lazy("Take the payment back"),
        button=gettext_lazy("Take it back"),
        done=gettext_lazy("The payment was taken back."),
        offered=lambda seen: seen.works,
        form=_why,
        act=lambda seen, form, of, act: money.take_back_payment(
            seen.project, payment_of(seen.project, whole_number(of)), form.cleaned_data["reason"], act
        ),
        of=True,
        tone="danger",
    ),
    "settle": Deed(
        name=gettext_lazy("Settle the risk"),
        button=gettext_lazy("It is settled"),
        done=gettext_lazy("Settled."),
        offered=lambda seen: seen.works,
        form=lambda _seen, _of, data, _files: forms.SettleForm(data),
        act=lambda seen, form, of, act: risks.settle(
            seen.project, risk_of(seen.project, whole_number(of)), form.cleaned_data["answer"], act
        ),
        of=True,
    ),
    "unshow": Deed(
        name=gettext_lazy("Remove the photo or file"),
        button=gettext_lazy("Remove it"),
        done=gettext_lazy("Removed."),
        offered=lambda seen: seen.works,
        form=_why,
        act=lambda seen, form, of, act: stepping.remove_evidence(
            seen.project, evidence_of(seen.project, whole_number(of)), form.cleaned_data["reason"], act
        ),
        of=True,
        tone="danger",
    ),
}
