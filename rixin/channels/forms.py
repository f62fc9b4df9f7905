"""What residents fill in."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rixin.cases.fields import is_phone
from rixin.catalogue.versions import Version
from rixin.channels import sorting
from rixin.channels.asking import AskedForm
from rixin.channels.reporting import Report
from rixin.channels.sent_photos import PhotosField
from rixin.channels.spots import Spot
from rixin.channels.words import WordsField
from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position

QUESTIONS = "q"
"""Prefix of a kind's own questions, so that none of them can be taken for a field of the report."""
_LONGEST_KEY = 64


class ReportForm(forms.Form):
    """A report. With `joining` the words may be missing: the matter is described already."""

    kind = forms.CharField(required=False, max_length=64)
    text = WordsField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Please write in a few words what is wrong.")},
    )
    photos = PhotosField(label=_("Photos"), required=False)
    where = WordsField(
        label=_("Where exactly?"),
        required=False,
        max_length=100,
        help_text=_("For example: at the door of building 3, unit 2"),
    )
    lat = forms.CharField(required=False, widget=forms.HiddenInput)
    lng = forms.CharField(required=False, widget=forms.HiddenInput)
    phone = WordsField(
        label=_("Your telephone"),
        required=False,
        max_length=30,
        help_text=_(
            "Only so that we can ask you back about this matter. It is stored encrypted; only those who work on it may "
            "open it, and each time is logged."
        ),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    private = forms.BooleanField(label=_("Do not show neighbours that this is open"), required=False)
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spot: Spot, joining: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.spot = spot
        self.position: Position | None = None
        self.fields["text"].required = not joining
        self.joining = joining
        asked_of = sorting.chosen(str(self.data.get("kind", ""))) if self.is_bound and not joining else None
        self.questions = questions_of(asked_of, self.data) if asked_of else None

    @property
    def key(self) -> str:
        """The key of this filling-in; a new one for a form that is not sent yet, or was sent without."""
        if not hasattr(self, "_key"):
            sent = str(self.data.get("once", "")) if self.is_bound else ""
            self._key = sent if 16 <= len(sent) <= _LONGEST_KEY and sent.isascii() else secrets.token_urlsafe(16)
        return self._key

    def clean_kind(self) -> str:
        """A kind that was retired while the page was open is left to us to choose."""
        return str(self.cleaned_data["kind"]) if sorting.chosen(self.cleaned_data["kind"]) else ""

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not is_phone(phone):
            raise ValidationError(
                _("This is not a telephone number. A mobile number has 11 digits; you may also leave it empty.")
            )
        return phone

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        try:
            self.position = _position(str(filled.get("lat") or ""), str(filled.get("lng") or ""))
        except ImpossiblePosition as impossible:
            self.add_error("where", impossible.message)
            # The pin itself is let go: sent again as it is, it would be refused for ever.
            unpinned: Any = self.data
            unpinned = unpinned.copy()
            unpinned["lat"] = unpinned["lng"] = ""
            self.data = unpinned
        if self.questions is not None and not self.questions.is_valid():
            self.add_error(None, _("This kind of matter has questions that still need an answer."))
        return filled

    @property
    def report(self) -> Report:
        filled = self.cleaned_data
        return Report(
            key=self.key,
            text=filled["text"],
            chosen=filled["kind"],
            form=self.questions.given if self.questions else {},
            where=filled["where"],
            position=self.position,
            phone=filled["phone"],
            private=filled["private"],
            photos=tuple(filled["photos"]),
        )


def questions_of(version: Version, data: Any = None) -> AskedForm | None:
    """The kind's own questions; None where it has none."""
    rules = version.rules
    if not rules.type.form:
        return None
    return AskedForm(rules.type.form, rules.lifecycle, data, prefix=QUESTIONS)


def _position(lat: str, lng: str) -> Position | None:
    """None where none was given. Raises ImpossiblePosition, with words, for nonsense and for places far away."""
    if not lat.strip() and not lng.strip():
        return None
    try:
        position = Position(float(lat), float(lng))
    except ValueError as wrong:
        if isinstance(wrong, ImpossiblePosition):
            raise
        raise ImpossiblePosition(
            str(_("The position is not a number. Please set the pin on the map again."))
        ) from wrong
    gazetteer.current().where(position)
    return position


class PhoneForm(forms.Form):
    """The own telephone number, to be changed or deleted."""

    phone = WordsField(
        label=_("Your telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    clean_phone = ReportForm.clean_phone


class CodeForm(forms.Form):
    """A tracking code as people type it."""

    code = WordsField(
        label=_("Tracking code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "placeholder": "XXXX-XXXX"}
        ),
        error_messages={"required": _("Please enter the code of eight letters and digits from your receipt.")},
    )
