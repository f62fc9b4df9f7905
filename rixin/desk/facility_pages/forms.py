"""The forms by which facilities are written down."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.desk import choices, fields
from rixin.desk.building_pages.forms import MeasureField, RegisterForm
from rixin.desk.facility_pages import wording
from rixin.facilities import hours, queries
from rixin.facilities.actions import Facts
from rixin.facilities.models import Facility, State
from rixin.people.staff import Staff

_NOTE = 200


class HoursField(forms.CharField):
    """The value is hours by weekday."""

    def clean(self, value: Any) -> Any:
        try:
            return hours.read(super().clean(value))
        except hours.HoursRefused as refused:
            raise ValidationError(refused.message) from None


class FacilityForm(RegisterForm):
    """`facts` once it is valid. What is dated is asked only of a new one."""

    SHOWN_AT = {"lat": "where", "day": "from_day"}

    name_zh = forms.CharField(label=pgettext_lazy("of a facility", "Name"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=120, required=False)
    level = forms.ChoiceField(label=pgettext_lazy("of a facility", "Level"), required=False)
    operator = forms.CharField(label=gettext_lazy("Run by"), max_length=120, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Of the facility. Everybody reads it: no private number."),
    )
    hours = HoursField(
        label=gettext_lazy("Opening hours"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Such as: Mon–Fri 08:30–11:30, 13:00–17:00; Sat 09:00–12:00. Empty: not known."
            " Around the clock: Daily all day"
        ),
    )
    hours_note = forms.CharField(
        label=gettext_lazy("Note on the hours"),
        max_length=_NOTE,
        required=False,
        help_text=gettext_lazy("Such as what holds on public holidays."),
    )
    about_zh = forms.CharField(
        label=gettext_lazy("What it offers"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For residents, in plain words."),
    )
    about_en = forms.CharField(
        label=gettext_lazy("What it offers, in English"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    state = forms.ChoiceField(label=pgettext_lazy("of a facility", "State"), choices=State.choices, initial=State.OPEN)
    from_day = fields.DayField(
        label=gettext_lazy("First day on which it is so"),
        help_text=gettext_lazy("A day that is still to come is a plan."),
    )

    def __init__(self, staff: Staff, data: QueryDict | None = None, facility: Facility | None = None) -> None:
        super().__init__(data, initial=_said(facility) if facility else {})
        self.staff = staff
        kinds = {kind.code for kind in queries.kept_kinds(staff)}
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of facility"),
            choices=[("", "—"), *fields.grouped(wording.kinds_by_group(kinds))],
            widget=fields.SearchedSelect(),
        )
        self.fields["where"] = fields.PlaceField(choices.areas(staff), label=_("Where"))
        self.fields["level"].choices = [("", "—"), *_levels(kinds)]  # type: ignore[attr-defined]
        if facility is not None:
            del self.fields["state"], self.fields["from_day"]
        self.order_fields(["kind", "name_zh", "name_en", "state", "from_day", "where", "level"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind, where, level = said.get("kind"), said.get("where"), said.get("level", "")
        if kind and where and not queries.may_keep(self.staff, kind, where["area_path"]):
            self.add_error("where", _("You keep no facilities of this kind in this area."))
        if kind and level and level.partition(":")[0] != kind:
            self.add_error("level", _("Facilities of this kind do not have this level."))
        return said

    @property
    def facts(self) -> Facts:
        said = self.cleaned_data
        plain = ("kind", "name_zh", "name_en", "operator", "phone", "hours", "hours_note", "about_zh", "about_en")
        return Facts(**{name: said[name] for name in plain}, level=said["level"].partition(":")[2], **said["where"])


def _levels(kinds: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (kind.name.here(), [(f"{kind.code}:{level.code}", level.name.here()) for level in kind.levels])
        for kind in queries.kinds().values()
        if kind.code in kinds and kind.levels
    ]


def _said(facility: Facility) -> dict[str, Any]:
    where = {name: getattr(facility, name) for name in ("address", "lat", "lng", "area_path")}
    return {
        **Facts.of(facility).columns(),
        "hours": hours.in_words(facility.hours),
        "level": f"{facility.kind}:{facility.level}" if facility.level else "",
        "where": where,
    }


class _DatedForm(RegisterForm):
    """From which day on, and in which words."""

    day = fields.DayField(label=gettext_lazy("First day on which it is so"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=_NOTE, required=False)


class StateForm(_DatedForm):
    state = forms.ChoiceField(label=pgettext_lazy("of a facility", "State"), choices=State.choices)
    field_order = ("state", "day", "note")

    def __init__(self, data: QueryDict | None = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["day"].help_text = _("A day that is still to come is a plan.")


class StarsForm(_DatedForm):
    stars = forms.TypedChoiceField(label=gettext_lazy("Stars"), coerce=int)
    field_order = ("stars", "day", "note")

    def __init__(self, most: int, data: QueryDict | None = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["stars"].choices = [(n, wording.stars(n)) for n in range(most, 0, -1)]  # type: ignore[attr-defined]
        self.fields["day"].label = _("Awarded on")
        self.fields["note"].help_text = _("Who awarded them, and by which document.")


class AreaForm(_DatedForm):
    area = MeasureField(label=gettext_lazy("Floor area (m²)"), least=1)
    field_order = ("area", "day", "note")

    def __init__(self, data: QueryDict | None = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)


class BackForm(RegisterForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)


class PicturesForm(RegisterForm):
    says = forms.CharField(
        label=gettext_lazy("What they show"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Read out to those who do not see the pictures."),
    )

    def __init__(self, data: QueryDict | None, files: MultiValueDict[str, Any] | None, *, left: int) -> None:
        super().__init__(data, files)
        self.fields["photos"] = fields.PhotosField(
            most=left,
            label=_("Pictures"),
            help_text=_("Of the place, without faces of people. Everybody sees them where the kind is public."),
        )
        self.order_fields(["photos", "says"])
