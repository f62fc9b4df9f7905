"""What residents fill in to come to an event, or to be a volunteer."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.activities.asking import guest_of, not_asked
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import SignUp
from rixin.activities.signing import MOST_PEOPLE, Guest
from rixin.activities.volunteers import Joining
from rixin.cases.fields import is_phone
from rixin.catalogue.activity_schema import EventKind
from rixin.channels.words import WordsField
from rixin.places import gazetteer

_LEAST_KEY, _LONGEST_KEY = 16, 64


class SentOnceForm(forms.Form):
    """With a key of this filling-in, so that it counts once however often it is sent."""

    use_required_attribute = False

    @property
    def key(self) -> str:
        if not hasattr(self, "_key"):
            sent = str(self.data.get("once", "")) if self.is_bound else ""
            fits = _LEAST_KEY <= len(sent) <= _LONGEST_KEY and sent.isascii() and sent.isprintable()
            self._key = sent if fits else secrets.token_urlsafe(16)
        return self._key

    def refuse(self, refused: ActivityRefused) -> None:
        for name, reason in refused.fields.items():
            self.add_error(name if name in self.fields else None, str(reason))

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if not is_phone(phone):
            raise ValidationError(_("This is not a telephone number. A mobile number has 11 digits."))
        return phone


def _phone() -> WordsField:
    return WordsField(
        label=_("Your telephone"),
        max_length=30,
        help_text=_("Only to tell you if something changes. It is stored encrypted."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Please write a telephone number.")},
    )


def _name() -> WordsField:
    return WordsField(
        label=_("Your name"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please write a name.")},
    )


class SignUpForm(SentOnceForm):
    """Only what the kind asks for. `guest` once it is valid."""

    name = _name()
    phone = _phone()
    people = forms.IntegerField(
        label=_("How many come, with you?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    age_band = forms.ChoiceField(
        label=pgettext_lazy("of who comes", "Age"),
        choices=[("", "—"), *SignUp.AgeBand.choices],
        help_text=_("Of the child, if you bring one."),
        error_messages={"required": _("Please choose an age.")},
    )

    def __init__(self, kind: EventKind, data: Any = None) -> None:
        super().__init__(data)
        for name in not_asked(kind):
            del self.fields[name]

    @property
    def guest(self) -> Guest:
        return guest_of(self.cleaned_data)


class VolunteerForm(SentOnceForm):
    """`joining` once it is valid."""

    name = _name()
    phone = _phone()
    community = forms.ChoiceField(
        label=_("Your community"), error_messages={"required": _("Please choose your community.")}
    )
    agreed = forms.BooleanField(
        label=_("I agree that my name and telephone are kept as long as I am a volunteer, and a year after."),
        error_messages={"required": _("Without this we cannot write you down.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        offered = [(one.path, one.name) for one in communities()]
        self.fields["community"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    @property
    def joining(self) -> Joining:
        said = self.cleaned_data
        return Joining(name=said["name"], phone=said["phone"], area_path=said["community"], once=self.key)


def communities() -> list[Any]:
    """Those that are there, in the order of their codes."""
    areas = gazetteer.current().areas.values()
    found = [area for area in areas if area.level == "community" and not area.retired]
    return sorted(found, key=lambda area: str(area.path))
