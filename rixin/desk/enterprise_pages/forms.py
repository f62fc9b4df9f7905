"""What the forms of the register share: industry, place, what is kept of an entry."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.cases.fields import is_phone
from rixin.desk import choices, fields
from rixin.desk.enterprise_pages.filters import industry_groups
from rixin.desk.hundredths import HundredthsField
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.registers import queries
from rixin.registers.codes import WrongCode, read_code
from rixin.registers.models import Enterprise

_HUNDREDTHS_TO_YUAN = 100
"""Of ten thousand yuan with two digits after the point."""


def reason_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=required)


class DetailsForm(RefusableForm):
    """What is known of an enterprise beside its name and standing. `details` once it is valid."""

    code = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Eighteen signs. Empty where it is not known yet."),
    )
    industry = forms.ChoiceField(label=gettext_lazy("Industry"), required=False)
    founded_on = fields.CalendarField(label=gettext_lazy("Founded on"), required=False)
    capital = HundredthsField(label=gettext_lazy("Registered capital (ten thousand yuan)"), required=False)
    business = forms.CharField(
        label=gettext_lazy("What it does"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Name of the contact"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Whom to call there about its business. Kept sealed, shown masked."),
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Telephone of the contact"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    contact_post = forms.CharField(
        label=gettext_lazy("Post of the contact"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place_required = True

    def __init__(self, staff: Staff, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="entry_%s")
        self.staff = staff
        self.fields["industry"] = forms.ChoiceField(
            label=_("Industry"),
            required=False,
            choices=[("", "—"), *fields.grouped(industry_groups())],
            widget=fields.SearchedSelect(),
        )
        self.fields["place"] = fields.PlaceField(
            choices.areas(staff), label=pgettext_lazy("of an enterprise", "Registered address")
        )

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except WrongCode as wrong:
            raise forms.ValidationError(wrong.message) from None

    def clean_capital(self) -> int | None:
        """In yuan."""
        typed: int | None = self.cleaned_data["capital"]
        if typed is None:
            return None
        if typed < 0:
            raise forms.ValidationError(_("It is more than nothing, or not known: then leave it empty."))
        return typed * _HUNDREDTHS_TO_YUAN

    def clean_contact_phone(self) -> str:
        phone = str(self.cleaned_data["contact_phone"]).strip()
        if phone and not is_phone(phone):
            raise forms.ValidationError(_("This is not a telephone number. A mobile number has 11 digits."))
        return phone

    def clean_place(self) -> dict[str, Any] | None:
        place: dict[str, Any] | None = self.cleaned_data["place"]
        if place is not None and not queries.may_keep(self.staff, place["area_path"]):
            raise forms.ValidationError(_("This lies outside the area of your posts."))
        return place

    @property
    def details(self) -> dict[str, Any]:
        said, industry = self.cleaned_data, self.cleaned_data["industry"]
        place = said["place"] or {}
        return {
            "code": said["code"],
            "section": industry[:1],
            "division": industry[1:],
            **{name: place[name] for name in ("area_path", "address", "place_code") if name in place},
            "founded_on": said["founded_on"],
            "capital": said["capital"],
            "business": said["business"],
            "contact_name": said["contact_name"] or None,
            "contact_phone": said["contact_phone"] or None,
            "contact_post": said["contact_post"],
        }


def known_details(enterprise: Enterprise) -> dict[str, Any]:
    """What stands in the entry, as the form has it. Whom to call is not shown: left empty, it stays."""
    capital = enterprise.capital
    return {
        "code": enterprise.code,
        "industry": enterprise.section + enterprise.division,
        "place": {"area": enterprise.area_path, "address": enterprise.address},
        "founded_on": enterprise.founded_on,
        "capital": "" if capital is None else f"{capital / 10_000:.4f}".rstrip("0").rstrip("."),
        "business": enterprise.business,
        "contact_post": enterprise.contact_post,
    }


def not_to_come(form: forms.Form, name: str, today: date) -> None:
    """Adds the refusal of a day that is still to come."""
    day = form.cleaned_data.get(name)
    if day is not None and day > today:
        form.add_error(name, _("This day is still to come."))
