from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.privacy.opening import Asked
from rixin.privacy.purposes import Purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _day(label: "StrPromise") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class AskedForm(forms.Form):
    person = forms.CharField(label=_("Who"), required=False, max_length=40)
    number = forms.CharField(label=_("Matter number"), required=False, max_length=40)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, choices=[("", _("All purposes")), *Purpose.choices])
    since = _day(pgettext_lazy("day", "From"))
    until = _day(pgettext_lazy("day", "To"))

    @property
    def asked(self) -> Asked:
        """What can be understood; a field that cannot stands in the form with its error and narrows nothing."""
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})
