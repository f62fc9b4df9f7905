"""The form of an action, made from what its definition asks for. No action and no field is named in code."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from rixin.cases import queries
from rixin.cases.facts import Given, Refusal
from rixin.cases.files import FileRefused, KeptFile
from rixin.cases.models import Case
from rixin.cases.photos import KeptPhoto
from rixin.catalogue.schema import Action, AskedField, Lifecycle, ResolvedType
from rixin.desk import answers, attached, choices, fields
from rixin.desk.answers import Template
from rixin.desk.attached import Kept
from rixin.desk.room_pages.holding import held_in
from rixin.desk.similar import Similar
from rixin.desk.suggesting import EnterpriseInput, SuggestingInput, suggested
from rixin.people import units
from rixin.people.staff import Staff
from rixin.privacy.photos import ImageRefused

MOST_PHOTOS = MOST_FILES = 9
ATTACHED = ("photos", "files")
"""Kinds of fields whose value is not filled in but comes beside the form."""
_FEW = 4
"""Up to so many options stand open as buttons; more fold into a list."""


ANSWER = "answer"
"""The field in which an answer to the resident is written."""


@dataclass(frozen=True)
class Part:
    """One field as it is drawn, with what helps to fill it in."""

    field: forms.BoundField
    templates: list[Template]
    similar: list[Similar]
    kept: Sequence[tuple[str, KeptPhoto | KeptFile]]
    """Signed notes of photos or files that an earlier sending brought, with what they are."""

    @property
    def is_answer(self) -> bool:
        return self.field.name == ANSWER

    @property
    def files(self) -> list[str]:
        """Names of the files that an earlier sending brought."""
        return [one.name for _note, one in self.kept if isinstance(one, KeptFile)]


class ActionForm(forms.Form):
    """`given`, `photos` and `papers` are what `rixin.cases.actions.act` takes, once the form is valid."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(
        self,
        case: Case,
        code: str,
        rules: ResolvedType,
        staff: Staff,
        at: datetime,
        *,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        similar: Sequence[Similar] = (),
        auto_id: str = "act_%s",
    ) -> None:
        self.case, self.code, self.rules, self.staff, self.at = case, code, rules, staff, at
        self.action: Action = rules.lifecycle.actions[code]
        self.similar = list(similar)
        self.kept: dict[str, list[KeptPhoto]] = {}
        self.kept_files: dict[str, list[KeptFile]] = {}
        super().__init__(
            data,
            files,
            initial={"seen": case.version, **_known(case, self.action), **held_in(case, code, at)},
            auto_id=auto_id,
        )
        for asked in self.action.asks:
            self.fields[asked.name] = (
                fields.PersonField(queries.may_be_named(case, asked, at), **common_of(asked))
                if asked.kind == "staff"
                else field_for(asked, rules.lifecycle, staff)
            )
            if asked.suggests:
                names = suggested(staff, asked.suggests, case.area_path, timezone.localdate(at))
                self.fields[asked.name].widget = SuggestingInput(names)
            if asked.kind == "photos":
                self.kept[asked.name] = attached.remembered(data, asked.name, staff.account.pk, KeptPhoto)
            elif asked.kind == "files":
                self.kept_files[asked.name] = attached.remembered(data, asked.name, staff.account.pk, KeptFile)
        self._say_which_unit()

    def _say_which_unit(self) -> None:
        """For a unit to be chosen: the one that the kind names, preselected with the reason."""
        asked = next((one for one in self.action.asks if one.kind == "unit"), None)
        if asked is None or self.action.moves_to != "field":
            return
        unit_id, why = proposed_unit(self.case, self.rules)
        self.initial[asked.name] = unit_id
        self.fields[asked.name].help_text = why

    def clean(self) -> dict[str, Any]:
        for asked in self.action.asks:
            if asked.kind == "photos":
                self._keep(asked.name, self.kept, attached.keep_photos)
            elif asked.kind == "files":
                self._keep(asked.name, self.kept_files, attached.keep_files)
        return super().clean() or self.cleaned_data

    def _keep(self, name: str, kept: dict[str, list[Kept]], keep: Callable[[list[Any]], list[Kept]]) -> None:
        try:
            new: list[Kept] = keep(self.cleaned_data.get(name) or [])
        except (ImageRefused, FileRefused) as refused:
            self.add_error(name, refused.message)
            return
        before: list[Kept] = kept.get(name, [])
        known: dict[str, Kept] = {one.digest: one for one in before + new}
        kept[name] = list(known.values())

    @property
    def given(self) -> Given:
        """Without photos and files, and without what was left empty."""
        return given_of(self.action.asks, self.cleaned_data)

    @property
    def photos(self) -> dict[str, Sequence[KeptPhoto]]:
        return {name: kept for name, kept in self.kept.items() if kept}

    @property
    def papers(self) -> dict[str, Sequence[KeptFile]]:
        return {name: kept for name, kept in self.kept_files.items() if kept}

    def refuse(self, refused: Refusal) -> None:
        """Puts the engine's refusal where the person looks."""
        for name, message in refused.fields.items():
            self.add_error(name if name in self.fields else None, str(message))
        if not refused.fields:
            self.add_error(None, str(refused.message))

    def parts(self) -> Iterator[Part]:
        for asked in self.action.asks:
            kept: list[KeptPhoto | KeptFile] = [*self.kept.get(asked.name, ()), *self.kept_files.get(asked.name, ())]
            yield Part(
                self[asked.name],
                answers.templates_for(self.case, self.at) if asked.name == ANSWER else [],
                self.similar if asked.kind == "case" else [],
                [(attached.note(one, self.staff.account.pk), one) for one in kept],
            )


def given_of(asks: Sequence[AskedField], cleaned: Mapping[str, Any]) -> Given:
    plain = {asked.name: cleaned.get(asked.name) for asked in asks if asked.kind not in ATTACHED}
    return {name: value for name, value in plain.items() if value not in (None, "", [])}


def proposed_unit(case: Case, rules: ResolvedType) -> tuple[int | None, str]:
    """The unit to propose and why; None where the one that the kind names has had it and given it back.

    What was answered and has come back goes to the unit that answered it: it knows the matter.
    """
    if case.answered_at and case.unit_id:
        known = units.by_id(case.unit_id)
        return known.id, _("Proposed because %(unit)s answered the matter before it came back.") % {"unit": known.name}
    unit = units.by_id(case.owner_unit_id)
    names = {"kind": rules.type.name, "unit": unit.name}
    if unit.id in case.ledger.get("former", ()) or unit.id == case.unit_id:
        return None, _("The kind “%(kind)s” names %(unit)s, which has had it already: please choose.") % names
    return unit.id, _("Proposed because the kind “%(kind)s” names %(unit)s.") % names


def _known(case: Case, action: Action) -> dict[str, Any]:
    """What is known already, to be corrected instead of typed anew."""
    known: dict[str, Any] = {}
    for asked in action.asks:
        if asked.name in action.keeps:
            kept = case.ledger.get("kept", {}).get(asked.name, getattr(case, asked.name, ""))
            known[asked.name] = str(kept["id"]) if asked.kind == "staff" and kept else kept
        elif asked.kind == "type":
            known[asked.name] = case.type
        elif asked.kind == "place":
            known[asked.name] = {
                "area_path": case.area_path,
                "address": case.address,
                "lat": "" if case.lat is None else case.lat,
                "lng": "" if case.lng is None else case.lng,
            }
    return known


def field_for(asked: AskedField, lifecycle: Lifecycle, staff: Staff) -> forms.Field:
    return _MAKE[asked.kind](asked, lifecycle, staff, common_of(asked))


def common_of(asked: AskedField) -> dict[str, Any]:
    """What every kind of form field is told of it."""
    label = asked.label.here()
    missing = {"required": _("Please fill in: %(field)s.") % {"field": label}}
    common: dict[str, Any] = {"label": label, "required": asked.required, "error_messages": missing}
    if asked.help:
        common["help_text"] = asked.help.here()
    return common


Make = Callable[[AskedField, Lifecycle, Staff, dict[str, Any]], forms.Field]


def _text(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(widget=EnterpriseInput() if asked.names == "enterprise" else None, **common)


def _long_text(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)


def _number(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.FloatField(**common)


def _day(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.DayField(**common)


def _yes_no(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda written: written == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **common,
    )


def _choice(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    options = lifecycle.reasons[asked.reasons] if asked.reasons else asked.options
    named = [(option.code, option.name.here()) for option in options]
    if len(named) <= _FEW:
        return forms.ChoiceField(choices=named, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", "—"), *named], **common)


def _phone(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}), **common)


def _photos(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.PhotosField(most=asked.most or MOST_PHOTOS, **common)


def _files(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.FilesField(most=asked.most or MOST_FILES, **common)


def _unit(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.UnitField(_units_by_id(), **common)


def _units(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.UnitsField(_units_by_id(), **common)


def _case(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"placeholder": "20220316-00042"}), **common)


def _type(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.TypeField(**common)


def _place(asked: AskedField, lifecycle: Lifecycle, staff: Staff, common: dict[str, Any]) -> forms.Field:
    return fields.PlaceField(choices.areas(staff), **common)


def _units_by_id() -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in units.all_open()]


_MAKE: dict[str, Make] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "money": _number,
    "date": _day,
    "yes_no": _yes_no,
    "choice": _choice,
    "reason": _choice,
    "phone": _phone,
    "photos": _photos,
    "files": _files,
    "unit": _unit,
    "units": _units,
    "case": _case,
    "type": _type,
    "place": _place,
}
