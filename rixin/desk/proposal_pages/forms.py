"""Forms by which proposals are read, judged and decided, and rounds called and put to the vote."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.choosing import queries
from rixin.choosing.judging import Judged
from rixin.choosing.models import Count, Proposal, Round
from rixin.choosing.projects import offered_for
from rixin.choosing.rounds import Called
from rixin.choosing.stages import Declined, Feasible, NotPublished
from rixin.choosing.vote import Counted
from rixin.desk.fields import CalendarField, SearchedSelect, UnitField
from rixin.desk.hundredths import HundredthsField
from rixin.people import units
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm


def _lines(label: Any, *, most: int, rows: int = 3, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, **more)


# ---- of a proposal


class PublishForm(RefusableForm):
    title = forms.CharField(label=pgettext_lazy("of a proposal", "Title"), max_length=60)
    why = _lines(
        gettext_lazy("What and why"),
        most=2000,
        rows=5,
        help_text=gettext_lazy("Everybody reads this: take out names of persons and firms."),
    )

    def __init__(self, proposal: Proposal, _staff: Staff, data: Any = None) -> None:
        known = {"title": proposal.shown_title, "why": proposal.public_why or proposal.why}
        super().__init__(data, initial=known)


class _ReasonForm(RefusableForm):
    said = forms.CharField(label=gettext_lazy("In words, if needed"), required=False, max_length=400)
    REASONS: type[NotPublished] | type[Declined]

    def __init__(self, _proposal: Proposal, _staff: Staff, data: Any = None) -> None:
        super().__init__(data)
        options = [("", "—"), *self.REASONS.choices]
        self.fields["reason"] = forms.ChoiceField(label=gettext_lazy("Why"), choices=options)
        self.order_fields(["reason", "said"])


class HideForm(_ReasonForm):
    REASONS = NotPublished


class DeclineForm(_ReasonForm):
    REASONS = Declined


class PlainForm(RefusableForm):
    """Nothing to fill in."""

    def __init__(self, _proposal: Proposal, _staff: Staff, data: Any = None) -> None:
        super().__init__(data)


class MergeForm(RefusableForm):
    def __init__(self, proposal: Proposal, staff: Staff, data: Any = None) -> None:
        super().__init__(data)
        seen = queries.visible_to(staff).filter(pk__in=queries.public_of(proposal.round).values("pk"))
        self.fields["into"] = forms.ModelChoiceField(
            label=gettext_lazy("Goes on in"), queryset=seen.exclude(pk=proposal.pk), widget=SearchedSelect()
        )


class JudgeForm(RefusableForm):
    group = forms.CharField(
        label=pgettext_lazy("of proposals", "Group"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("A word by which alike ones stand together, such as “charging”."),
    )
    feasible = forms.ChoiceField(
        label=gettext_lazy("Can it be done?"), required=False, choices=[("", "—"), *Feasible.choices]
    )
    cost = HundredthsField(label=gettext_lazy("Estimated cost (yuan)"), required=False)
    payer = forms.CharField(label=gettext_lazy("Who pays"), required=False, max_length=80)
    remarks = _lines(pgettext_lazy("of a proposal", "Remarks"), most=600)

    def __init__(self, proposal: Proposal, _staff: Staff, data: Any = None) -> None:
        names = ("group", "feasible", "unit_id", "payer", "remarks")
        known = {name: getattr(proposal, name) for name in names}
        cost = "" if proposal.cost is None else f"{proposal.cost / 100:.2f}".removesuffix(".00")
        super().__init__(data, initial={**known, "cost": cost})
        known_units = [(str(one.id), one.name) for one in units.all_open()]
        self.fields["unit_id"] = UnitField(known_units, label=gettext_lazy("Unit that would see to it"), required=False)
        self.order_fields(["group", "feasible", "cost", "unit_id", "payer", "remarks"])

    def clean_cost(self) -> int | None:
        cost: int | None = self.cleaned_data["cost"]
        if cost is not None and cost < 0:
            raise forms.ValidationError(_("Less than nothing cannot be entered here."))
        return cost

    @property
    def judged(self) -> Judged:
        return Judged(**self.cleaned_data)


class ProjectForm(RefusableForm):
    def __init__(self, proposal: Proposal, staff: Staff, data: Any = None) -> None:
        super().__init__(data, initial={"project": proposal.project_id})
        seen = queries.projects_visible_to(staff)
        offered = offered_for(proposal).filter(pk__in=seen.values("pk"))
        self.fields["project"] = forms.ModelChoiceField(
            label=gettext_lazy("Livelihood project"), queryset=offered, widget=SearchedSelect()
        )


# ---- of a round


class RoundForm(RefusableForm):
    """Area and year of a round that is there already stay."""

    year = forms.IntegerField(label=gettext_lazy("Year in which it is built"), min_value=2015, max_value=2099)
    call_from = CalendarField(label=gettext_lazy("Call from"))
    call_until = CalendarField(label=gettext_lazy("Call until (included)"))
    places = forms.IntegerField(label=gettext_lazy("How many are to be chosen"), min_value=1, max_value=50)
    deputies = forms.IntegerField(label=gettext_lazy("Deputies who may vote"), min_value=1, max_value=2000)
    call = _lines(
        gettext_lazy("What residents are told"), most=2000, rows=6, required=True,
        help_text=gettext_lazy("What can be raised, what cannot, and what happens then."),
    )  # fmt: skip

    def __init__(self, area_path: str, data: Any = None, row: Round | None = None) -> None:
        names = ("year", "call_from", "call_until", "places", "deputies", "call")
        super().__init__(data, initial={name: getattr(row, name) for name in names} if row else {})
        self.area_path, self.row = area_path, row
        if row is not None:
            del self.fields["year"]

    @property
    def called(self) -> Called:
        said = {**self.cleaned_data, "area_path": self.area_path}
        return Called(**{"year": self.row.year if self.row else None, **said})


class HeldForm(RefusableForm):
    held_on = CalendarField(label=gettext_lazy("Day of the vote"))

    def __init__(self, _row: Round, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"held_on": today})


class StageForm(RefusableForm):
    def __init__(self, _row: Round, _today: date, data: Any = None) -> None:
        super().__init__(data)


class CorrectRoundForm(RoundForm):
    def __init__(self, row: Round, _today: date, data: Any = None) -> None:
        super().__init__(row.area_path, data, row)


class CountForm(RefusableForm):
    """One number for each candidate, and how many voted."""

    present = forms.IntegerField(label=gettext_lazy("Deputies who voted"), min_value=0, max_value=2000)

    def __init__(self, candidates: Iterable[Proposal], data: Any = None, own: Count | None = None) -> None:
        known = {f"votes_{number}": n for number, n in own.votes.items()} if own else {}
        super().__init__(data, initial={**known, "present": own.present if own else None})
        self.candidates = list(candidates)
        for one in self.candidates:
            self.fields[f"votes_{one.pk}"] = forms.IntegerField(
                label=one.shown_title, min_value=0, max_value=2000, widget=forms.NumberInput({"class": "votes"})
            )

    @property
    def counted(self) -> Counted:
        votes = {one.pk: self.cleaned_data[f"votes_{one.pk}"] for one in self.candidates}
        return Counted(self.cleaned_data["present"], votes)


class AskedForm(RefusableForm):
    people = forms.IntegerField(label=gettext_lazy("People asked for their rating"), min_value=0, max_value=1_000_000)
