"""Forms of a project: what is known of it, its plan, money, risks, and the like. Those of its steps: `stepforms`."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.programme_schema import ProjectKind
from rixin.desk import choices
from rixin.desk.fields import CalendarField, PersonField, PlaceField, UnitField
from rixin.desk.hundredths import HundredthsField
from rixin.people import staffing, units
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.programmes import queries
from rixin.programmes.drafts import NewPayment, NewProject, NewRisk, Said
from rixin.programmes.models import Project, Risk
from rixin.programmes.way import Stand
from rixin.refusable import RefusableForm


class KnownForm(RefusableForm):
    """What is known of a project. `said` once it is valid."""

    name = forms.CharField(label=_("Name of the project"), max_length=120)
    about = forms.CharField(
        label=_("What is done"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    year = forms.IntegerField(label=_("Plan of the year"), min_value=2000, max_value=2099)

    def __init__(
        self, kind: ProjectKind, staff: Staff, data: QueryDict | None = None, project: Project | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial or (_known(project) if project else {}))
        self.kind, self.staff, self.project = kind, staff, project
        if kind.level is not None:
            offered = [(level.code, level.name.here()) for level in kind.levels]
            self.fields["level"] = forms.ChoiceField(label=kind.level.here(), choices=offered, widget=forms.RadioSelect)
        if kind.place != "none":
            needed = kind.place == "needed" and project is None
            self.fields["place"] = PlaceField(choices.areas(staff), label=_("Where"), required=needed)
        if kind.contractor is not None:
            self.fields["contractor"] = forms.CharField(label=kind.contractor.here(), required=False, max_length=120)
        if kind.money:
            self.fields["budget"] = HundredthsField(label=_("Budget (yuan)"), required=False)
        if project is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), help_text=_("Needed where the budget changes."), required=False, max_length=400
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        place = cleaned.get("place")
        if "place" in self.errors or self.may_be_in(place["area_path"] if place else self._known_area()):
            return cleaned
        self.add_error("place" if "place" in self.fields else None, _("This lies outside the area of your posts."))
        return cleaned

    def _known_area(self) -> str:
        return self.project.area_path if self.project else own_area(self.kind)

    def may_be_in(self, area_path: str) -> bool:
        if self.project is None:
            return queries.may_open(self.staff, self.kind, area_path)
        return self.staff.scope.covers_area(area_path)

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            name=given["name"],
            about=given["about"],
            year=given["year"],
            level=given.get("level", ""),
            contractor=given.get("contractor", ""),
            budget=given.get("budget"),
            **self._where(),
        )

    def _where(self) -> dict[str, Any]:
        place = self.cleaned_data.get("place")
        if place is None:
            names = ("area_path", "place_code", "address", "lat", "lng")
            known = self.project
            return {name: getattr(known, name) for name in names} if known else {"area_path": own_area(self.kind)}
        known_place = gazetteer.current().places.get(place["place_code"])
        if place["lat"] is None and known_place is not None and known_place.position is not None:
            return {**place, "lat": known_place.position.lat, "lng": known_place.position.lng}
        return dict(place)


def own_area(kind: ProjectKind) -> str:
    """Of what has no place of its own: the area of the unit."""
    return units.by_code(kind.unit).area_path


def _known(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "about": project.about,
        "year": project.year,
        "level": project.level,
        "contractor": project.contractor,
        "budget": "" if project.budget is None else f"{project.budget / 100:.2f}",
        "place": {
            "area_path": project.area_path,
            "address": project.address,
            "lat": "" if project.lat is None else project.lat,
            "lng": "" if project.lng is None else project.lng,
        },
    }


class OpenForm(KnownForm):
    """A new project with the days of its template, each of which can be another."""

    opened_on = CalendarField(label=_("Opened on"))

    def __init__(
        self, kind: ProjectKind, staff: Staff, planned: Sequence[date], data: QueryDict | None = None, *, today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        days = {f"day-{step.code}": day for step, day in zip(kind.steps, planned, strict=True)}
        super().__init__(kind, staff, data, initial={"year": today.year, "opened_on": today, **(initial or {}), **days})
        unit = units.by_code(kind.unit)
        if staff.may(Role.DISPATCHER, Role.LEADER):
            offered = [(str(one.id), one.name) for one in units.all_open()]
            self.fields["unit"] = UnitField(offered, label=_("Unit that answers for it"), initial=unit.id)
        people = staffing.accounts_of(unit.id, None, today)
        self.fields["owner"] = PersonField(people, label=_("In charge"), required=False)
        for step in kind.steps:
            self.fields[f"day-{step.code}"] = CalendarField(label=step.name.here(), required=False)

    def day_fields(self) -> list[forms.BoundField]:
        return [self[f"day-{step.code}"] for step in self.kind.steps]

    def known_fields(self) -> list[forms.BoundField]:
        """All others."""
        return [self[name] for name in self.fields if not name.startswith("day-")]

    @property
    def new(self) -> NewProject:
        given, owner = self.cleaned_data, self.cleaned_data.get("owner")
        days = {step.code: day for step in self.kind.steps if (day := given.get(f"day-{step.code}"))}
        return NewProject(
            said=self.said,
            opened_on=given["opened_on"],
            unit=given.get("unit"),
            owner=owner["id"] if owner else None,
            days=days,
        )


class WhyForm(RefusableForm):
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class PlanForm(WhyForm):
    """Other days for steps that are not done."""

    def __init__(self, stands: Iterable[Stand], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.codes = [stand.rules.code for stand in stands if stand.done_on is None]
        days = {
            f"day-{stand.rules.code}": CalendarField(label=stand.rules.name.here(), initial=stand.planned_on)
            for stand in stands
            if stand.done_on is None
        }
        self.fields = {**days, **self.fields}

    @property
    def days(self) -> dict[str, date]:
        return {code: self.cleaned_data[f"day-{code}"] for code in self.codes}


class PayForm(RefusableForm):
    day = CalendarField(label=_("Paid on"))
    amount = HundredthsField(label=_("Amount (yuan)"))
    payee = forms.CharField(label=_("Paid to"), max_length=120)
    purpose = forms.CharField(label=_("What for"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=400, help_text=_("Needed where it is more than the budget.")
    )

    @property
    def payment(self) -> NewPayment:
        return NewPayment(**{name: self.cleaned_data[name] for name in ("day", "amount", "payee", "purpose")})


class RiskForm(RefusableForm):
    words = forms.CharField(label=_("What may go wrong"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    weight = forms.ChoiceField(label=_("Weight"), choices=Risk.Weight.choices, widget=forms.RadioSelect)
    due_on = CalendarField(label=_("To be settled by"), required=False)

    def __init__(self, people: Iterable[Account], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["owner"] = PersonField(people, label=_("Who sees to it"), required=False)

    @property
    def risk(self) -> NewRisk:
        given, owner = self.cleaned_data, self.cleaned_data.get("owner")
        return NewRisk(
            words=given["words"], weight=given["weight"], due_on=given["due_on"], owner=owner["id"] if owner else None
        )


class SettleForm(RefusableForm):
    answer = forms.CharField(label=_("How it was settled"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class HandForm(RefusableForm):
    def __init__(self, people: Iterable[Account], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["to"] = PersonField(people, label=_("Who is in charge from now on"))
