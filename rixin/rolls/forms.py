"""What a roll asks of a person, as the desk and the person's own page ask it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue.roll_schema import Roll, RollField
from rixin.homes import finding
from rixin.places import gazetteer
from rixin.refusable import RefusableForm
from rixin.rolls.drafts import LONGEST, Said, read
from rixin.rolls.models import Entry

Areas = Sequence[tuple[str, str]]
_YES_NO = {"yes": True, "no": False}


class EntryForm(RefusableForm):
    """`said` once it is valid. With `known`, what is left empty stays as it is.

    `prefilled`: for the person, who sees it all; a keeper has it empty and changes what is to be changed.
    """

    SHOWN_AT: ClassVar = {"dwelling": "address"}

    def __init__(
        self,
        roll: Roll,
        areas: Areas,
        today: date,
        data: Any = None,
        *,
        known: Said | None = None,
        prefilled: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.roll, self.today, self.known, self.prefilled = roll, today, known, prefilled
        keeps = known is not None and not prefilled
        self.fields["name"] = forms.CharField(
            label=_("Name"), max_length=LONGEST["name"], required=not keeps, widget=_quiet(forms.TextInput)
        )
        if roll.phone:
            self.fields["phone"] = forms.CharField(
                label=_("Telephone"), max_length=LONGEST["phone"], required=False, widget=_quiet(forms.TextInput, "tel")
            )
        if roll.dwelling:
            self.fields["address"] = forms.CharField(
                label=_("Address"),
                max_length=LONGEST["address"],
                required=not keeps,
                help_text=_("Quarter, building, stairwell and room, such as 德加东区3幢2单元501."),
                widget=_quiet(forms.TextInput),
            )
        self.fields["area"] = forms.ChoiceField(
            label=_("Area, if the address is not known"), choices=[("", "—"), *areas], required=False
        )
        for field in roll.fields:
            self.fields[f"value-{field.name}"] = _field(field, required=field.required and not keeps)
        if prefilled and known is not None:
            self.initial = {**_initial(known, roll), **self.initial}

    def value_fields(self) -> list[forms.BoundField]:
        return [self[f"value-{field.name}"] for field in self.roll.fields]

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        values = {field.name: _value(field, given.get(f"value-{field.name}")) for field in self.roll.fields}
        values = {name: value for name, value in values.items() if value is not None}
        if self.known is None:
            return self._placed(Said(name=given["name"], area_path="", phone=given.get("phone", ""), values=values))
        if self.prefilled:
            changed = replace(self.known, name=given["name"], phone=given.get("phone", ""), values=values)
        else:
            changed = replace(
                self.known,
                name=given["name"] or self.known.name,
                phone=given.get("phone", "") or self.known.phone,
                values={**_of_fields(self.known, self.roll), **values},
            )
        address = given.get("address", "").strip()
        return self._placed(changed) if address and address != shown_address(self.known) else changed

    def _placed(self, said: Said) -> Said:
        """Raises FieldsRefused through `coarse` where nothing is known of the place."""
        address = self.cleaned_data.get("address", "").strip()
        found = finding.found(address, self.today)
        path = found.area_path or self.cleaned_data["area"]
        return replace(said, dwelling=found.dwelling, address="" if found.dwelling else address, area_path=path)


def _quiet(widget: type[forms.TextInput], kind: str = "text") -> forms.TextInput:
    """Browsers of the office remember nothing that is typed here."""
    return widget(attrs={"autocomplete": "off", "type": kind})


def _field(asked: RollField, *, required: bool) -> forms.Field:
    common: dict[str, Any] = {"label": asked.label.here(), "required": required, "help_text": asked.why.here()}
    if asked.kind == "choice":
        return forms.ChoiceField(choices=[("", "—"), *((one.code, one.name.here()) for one in asked.options)], **common)
    if asked.kind == "yes_no":
        return forms.ChoiceField(choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))], **common)
    if asked.kind == "day":
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **common)
    return forms.CharField(max_length=LONGEST["text"], widget=_quiet(forms.TextInput), **common)


def _value(asked: RollField, given: Any) -> Any:
    if asked.kind == "yes_no":
        return _YES_NO.get(given)
    return given or None


def _of_fields(known: Said, roll: Roll) -> dict[str, Any]:
    """What is held, as `check` takes it: days are texts in storage. What the roll no longer asks is left out."""
    kinds = {field.name: field.kind for field in roll.fields}
    return {
        name: date.fromisoformat(value) if kinds[name] == "day" and isinstance(value, str) else value
        for name, value in known.values.items()
        if name in kinds
    }


def _initial(known: Said, roll: Roll) -> dict[str, Any]:
    words = {True: "yes", False: "no"}
    values = {
        f"value-{name}": words[value] if isinstance(value, bool) else value
        for name, value in _of_fields(known, roll).items()
    }
    return {"name": known.name, "phone": known.phone, "address": shown_address(known), **values}


def shown_address(said: Said) -> str:
    """In words, down to the door."""
    one = said.dwelling
    if one is None:
        return said.address
    place = gazetteer.current().places.get(one.building)
    stairwell = f"{one.unit}单元" if one.unit else ""
    return f"{place.name_zh if place else one.building}{stairwell}{one.number}"


def shown_values(entry: Entry, roll: Roll, only: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """(label, answer) of what is held, of these fields or of all."""
    held = read(entry.values)
    rows = []
    for field in roll.fields:
        value = held.get(field.name)
        if value is None or (only is not None and field.name not in only):
            continue
        names = {option.code: option.name.here() for option in field.options}
        said = (_("Yes") if value else _("No")) if isinstance(value, bool) else names.get(str(value), str(value))
        rows.append((field.label.here(), said))
    return rows


class ConsentField(forms.BooleanField):
    """Ticked by the person; the words are the roll's."""

    def __init__(self, roll: Roll) -> None:
        words = roll.consent.here() if roll.consent else ""
        super().__init__(
            label=words, error_messages={"required": gettext_lazy("Without your consent nothing is written down.")}
        )
