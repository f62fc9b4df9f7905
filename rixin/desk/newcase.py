"""A report taken down at the desk: by telephone, or from somebody who came in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.cases import queries
from rixin.cases.fields import Moments, is_phone, wrong_fields
from rixin.cases.history import NewCase, Reporter
from rixin.cases.models import Channel
from rixin.cases.photos import KeptPhoto
from rixin.catalogue import versions
from rixin.catalogue.schema import AskedField, ResolvedType
from rixin.desk import attached, choices, fields
from rixin.desk.actionforms import MOST_PHOTOS, field_for, given_of
from rixin.desk.suggesting import SuggestingInput, policies_in_force
from rixin.desk.views.common import whole_number
from rixin.people.staff import Staff
from rixin.privacy.photos import ImageRefused
from rixin.registers import queries as registers
from rixin.registers.linking import name_in
from rixin.triage import proposals

LONGEST_TEXT = 4000
TITLE = 30
"""Signs of the text that become the title where none is given."""
TAKEN_BY = [(Channel.HOTLINE.value, gettext_lazy("Call")), (Channel.DESK.value, gettext_lazy("Visit or letter"))]
_STOPS = "。！？!?;；\n"


class NewCaseForm(forms.Form):
    """`new_case` once it is valid. The questions of the chosen type are fields named `form-…`."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came in"), choices=TAKEN_BY, widget=forms.RadioSelect, initial=Channel.HOTLINE.value
    )
    text = forms.CharField(
        label=gettext_lazy("What the person says"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Without one, the first words become the title."),
    )
    urgent = forms.BooleanField(label=gettext_lazy("Urgent: somebody may be in danger"), required=False)
    outside_number = forms.CharField(
        label=gettext_lazy("Number of the hotline order"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Only if the person wants to be called back. It is kept sealed and opened for a purpose."
        ),
    )

    enterprise = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        staff: Staff,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        begun: QueryDict | None = None,
    ) -> None:
        """`begun`: what is filled in beforehand, under the names that the form is sent with."""
        super().__init__(data, files, auto_id="new_%s")
        self.staff = staff
        self.kept: list[KeptPhoto] = attached.remembered(data, "photos", staff.account.pk, KeptPhoto)
        self.fields["type"] = fields.TypeField(
            label=_("Kind of matter"), error_messages={"required": _("Please choose the kind of matter.")}
        )
        self.fields["place"] = fields.PlaceField(choices.areas(staff), label=_("Where"))
        self.fields["photos"] = fields.PhotosField(most=MOST_PHOTOS, label=_("Photos"), required=False)
        known = begun if data is None else data
        self.rules = _rules(known.get("type", "") if known is not None else "")
        if self.rules is not None:
            for asked in self.rules.type.form:
                self.fields[f"form-{asked.name}"] = field_for(asked, self.rules.lifecycle, staff)
                self.fields[f"form-{asked.name}"].required = False
                if asked.names == "policy":
                    self.fields[f"form-{asked.name}"].widget = SuggestingInput(policies_in_force(timezone.localdate()))
        if begun:
            self.initial.update({**self._of_enterprise(begun), **_filled_in(self.fields, begun)})

    def _of_enterprise(self, begun: QueryDict) -> dict[str, Any]:
        """What follows from the enterprise (its number) with which a page leads here: name, area, address."""
        pk = whole_number(begun.get("enterprise", ""))
        one = registers.visible_to(self.staff).filter(pk=pk).first() if pk else None
        if one is None:
            return {}
        named = {f"form-{asked.name}": one.name for asked in self._asked() if asked.names == "enterprise"}
        place = {"area": one.area_path, "address": one.address or (one.building.name_zh if one.building else "")}
        return {**named, "channel": Channel.DESK.value, "place": place}

    def questions(self) -> list[forms.BoundField]:
        """The type's own, as far as they can be asked here; photos have one place."""
        return [self[f"form-{asked.name}"] for asked in self._asked()]

    def _asked(self) -> Sequence[AskedField]:
        return [asked for asked in self.rules.type.form if asked.kind != "photos"] if self.rules else []

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data.get("phone", "")).strip()
        if phone and not is_phone(phone):
            raise forms.ValidationError(_("This is not a telephone number. A mobile number has 11 digits."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.kept += attached.keep_photos(cleaned.get("photos") or [])
        except ImageRefused as refused:
            self.add_error("photos", refused.message)
        if self.rules is not None:
            now = timezone.now()
            moments = Moments(opened=now, now=now)
            wrong = wrong_fields(list(self._asked()), self.answers, self.rules.lifecycle, moments)
            for name, message in wrong.items():
                self.add_error(f"form-{name}" if f"form-{name}" in self.fields else None, str(message))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        return given_of(
            self._asked(), {asked.name: self.cleaned_data.get(f"form-{asked.name}") for asked in self._asked()}
        )

    @property
    def _chosen_enterprise(self) -> int | None:
        """The one that the page led here with, as long as the form still names it."""
        pk = self.cleaned_data.get("enterprise")
        known = registers.visible_to(self.staff).filter(pk=pk).first() if pk else None
        return known.pk if known is not None and name_in(self._asked(), self.answers) == known.name else None

    def kept_notes(self) -> list[tuple[str, KeptPhoto]]:
        return [(attached.note(photo, self.staff.account.pk), photo) for photo in self.kept]

    def new_case(self, submission_key: str) -> NewCase:
        said = self.cleaned_data
        place = said["place"]
        version = versions.current(said["type"])
        return NewCase(
            version=version,
            channel=said["channel"],
            text=said["text"],
            title=said["title"] or title_of(said["text"]),
            reporter=Reporter(
                submission_key=submission_key,
                name=said["name"],
                phone=said["phone"],
                outside_number=said["outside_number"],
            ),
            area_path=place["area_path"],
            owner_unit=queries.owner_unit(version.rules.type.unit, place["area_path"]),
            form=self.answers,
            lat=place["lat"],
            lng=place["lng"],
            address=place["address"],
            place_code=place["place_code"],
            urgent=said["urgent"],
            photos=tuple({photo.digest: photo for photo in self.kept}.values()),
            enterprise=self._chosen_enterprise,
            proposed=proposals.propose(said["text"], title=said["title"]).proposed,
        )


def title_of(text: str) -> str:
    """The first sentence, cut where it is long."""
    first = text.strip()
    for stop in _STOPS:
        first = first.split(stop, 1)[0]
    first = first.strip()
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def _filled_in(asked: Mapping[str, forms.Field], begun: QueryDict) -> dict[str, Any]:
    none: MultiValueDict[str, Any] = MultiValueDict()
    return {
        name: field.widget.value_from_datadict(begun, none, name)
        for name, field in asked.items()
        if not field.widget.value_omitted_from_data(begun, none, name)
    }


def _rules(code: str) -> ResolvedType | None:
    try:
        return versions.current(code).rules
    except versions.UnknownType:
        return None
