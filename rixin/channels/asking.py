"""Forms made from definitions: a kind's own questions, and what an action asks of a resident."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.cases.facts import Given
from rixin.cases.fields import Moments, wrong_fields
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.schema import AskedField, Lifecycle
from rixin.channels.sent_photos import PhotosField
from rixin.channels.words import WordsField

YES_NO = (("yes", _("yes")), ("no", _("no")))


class AskedForm(forms.Form):
    """One field per asked field. `given` has the JSON values that the case engine takes, `photos` those sent."""

    def __init__(self, asks: Sequence[AskedField], lifecycle: Lifecycle, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.asks = [asked for asked in asks if asked.kind in _FIELDS]
        self.lifecycle = lifecycle
        for asked in self.asks:
            self.fields[asked.name] = asked_field(asked, lifecycle)

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or {}
        # The rules of the engine are asked too, so that page and engine never disagree on what is right.
        plain = [asked for asked in self.asks if asked.kind != "photos" and asked.name in filled]
        said = {asked.name: _json(asked, filled) for asked in plain}
        now = timezone.now()
        for name, fault in wrong_fields(plain, said, self.lifecycle, Moments(opened=now, now=now)).items():
            if name not in self.errors:
                self.add_error(name, str(fault))
        return filled

    @property
    def given(self) -> Given:
        """Without photos and without what was left empty."""
        values = {asked.name: _json(asked, self.cleaned_data) for asked in self.asks if asked.kind != "photos"}
        return {name: value for name, value in values.items() if value not in (None, "", [])}

    @property
    def photos(self) -> dict[str, list[KeptPhoto]]:
        return {asked.name: self.cleaned_data[asked.name] for asked in self.asks if asked.kind == "photos"}


def _json(asked: AskedField, filled: dict[str, Any]) -> Any:
    value = filled.get(asked.name)
    if asked.kind == "yes_no":
        return {"yes": True, "no": False}.get(value or "")
    if asked.kind in ("number", "money") and isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def asked_field(asked: AskedField, lifecycle: Lifecycle) -> forms.Field:
    given: dict[str, Any] = {
        "label": asked.label.here(),
        "required": asked.required,
        "help_text": asked.help.here() if asked.help else "",
        "error_messages": {"required": _("Please answer this.")},
    }
    return _FIELDS[asked.kind](asked, lifecycle, given)


def _line(asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return WordsField(max_length=asked.most or 200, **given)


def _lines(asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return WordsField(max_length=asked.most or 4000, widget=forms.Textarea({"rows": 4}), **given)


def _number(asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return forms.FloatField(
        min_value=0, max_value=asked.most, widget=forms.NumberInput({"inputmode": "decimal"}), **given
    )


def _day(_asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **given)


def _yes_no(_asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **given)


def _choice(asked: AskedField, lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    options = lifecycle.reasons.get(asked.reasons or "", []) if asked.kind == "reason" else asked.options
    choices = [(option.code, option.name.here()) for option in options]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)


def _phone(_asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return WordsField(max_length=30, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}), **given)


def _photos(asked: AskedField, _lifecycle: Lifecycle, given: dict[str, Any]) -> forms.Field:
    return PhotosField(most=asked.most or 9, **given)


_FIELDS: dict[str, Callable[[AskedField, Lifecycle, dict[str, Any]], forms.Field]] = {
    "text": _line,
    "long_text": _lines,
    "number": _number,
    "money": _number,
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "reason": _choice,
    "phone": _phone,
    "photos": _photos,
}
