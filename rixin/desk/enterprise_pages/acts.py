"""What can be done with an enterprise's entry: names, forms, and when each is offered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.desk.enterprise_pages import act_forms
from rixin.desk.enterprise_pages.act_forms import ActForm, lasting
from rixin.people.staff import Staff
from rixin.registers import queries
from rixin.registers.models import Enterprise, Standing, TraitSpan

Possible = Callable[[Enterprise, Staff, Sequence[TraitSpan]], bool]


def _always(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> bool:
    return True


def _not_closed(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> bool:
    return enterprise.standing != Standing.CLOSED


def _with_money(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> bool:
    return queries.sees_money(staff)


def _with_lasting(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> bool:
    return bool(lasting(list(spans)))


def _with_traits(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> bool:
    return bool(spans)


@dataclass(frozen=True)
class Act:
    """`told`: what it does, where the name does not say it. `seldom`: folded away. `warns`: it is not taken back."""

    code: str
    name: str | Promise
    form: type[ActForm]
    done: str | Promise
    told: str | Promise = ""
    possible: Possible = _always
    seldom: bool = False
    warns: bool = False


@dataclass(frozen=True)
class ActLink:
    code: str
    name: str
    url: str
    seldom: bool


ACTS = (
    Act(
        "stand",
        pgettext_lazy("act on an enterprise", "Moved, closed …"),
        act_forms.StandForm,
        _("Written down: its standing."),
        _("What it is to the sub-district from a day on. Whoever moves away or closes leaves its rooms on that day."),
    ),
    Act(
        "correct",
        pgettext_lazy("act on an enterprise", "Correct details"),
        act_forms.CorrectForm,
        _("Corrected."),
        _("Code, industry, address, capital, whom to call. The name and the standing have forms of their own."),
    ),
    Act(
        "rename",
        pgettext_lazy("act on an enterprise", "Rename"),
        act_forms.RenameForm,
        _("Renamed. It is found by the former name too."),
    ),
    Act(
        "trait",
        pgettext_lazy("act on an enterprise", "Give a trait"),
        act_forms.GiveTraitForm,
        _("Written down."),
        _("A stage of cultivation, a recognition, the group it belongs to: with the day from which it holds."),
        _not_closed,
    ),
    Act(
        "end_trait",
        pgettext_lazy("act on an enterprise", "End a trait"),
        act_forms.EndTraitForm,
        _("Written down: it ends."),
        possible=_with_lasting,
        seldom=True,
    ),
    Act(
        "returns",
        pgettext_lazy("act on an enterprise", "Enter returns"),
        act_forms.ReturnsForm,
        _("Entered."),
        _("What is there for the same period is replaced; what it said stays in the history."),
        _with_money,
    ),
    Act(
        "take_back_trait",
        pgettext_lazy("act on an enterprise", "Take a trait back"),
        act_forms.TakeBackTraitForm,
        _("Taken back."),
        _("For what was entered by mistake. What merely ended is ended instead."),
        _with_traits,
        seldom=True,
        warns=True,
    ),
    Act(
        "merge",
        pgettext_lazy("act on an enterprise", "It is here twice"),
        act_forms.MergeForm,
        _("The two entries are one now."),
        _(
            "Choose the other entry. It goes out of use: its rooms, traits, returns, matters and records go over to "
            "this one, and its name goes on to find it."
        ),
        seldom=True,
        warns=True,
    ),
    Act(
        "withdraw",
        pgettext_lazy("act on an enterprise", "Take it out of the register"),
        act_forms.WithdrawForm,
        _("Taken out: it counts no more and is found no more."),
        _("Only for what was entered by mistake. An enterprise that moved away or closed stays, with that standing."),
        seldom=True,
        warns=True,
    ),
)
BY_CODE = {act.code: act for act in ACTS}


def links(enterprise: Enterprise, staff: Staff, spans: Sequence[TraitSpan]) -> list[ActLink]:
    """For who may change the entry."""
    return [
        ActLink(act.code, str(act.name), reverse("desk:act_on_enterprise", args=[enterprise.pk, act.code]), act.seldom)
        for act in ACTS
        if act.possible(enterprise, staff, spans)
    ]
