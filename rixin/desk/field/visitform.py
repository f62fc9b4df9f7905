"""A visit to an enterprise, written down on the phone: five questions, and on the spot the problem that was raised."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.cases import queries as cases
from rixin.cases.history import NewCase, Reporter
from rixin.cases.photos import KeptPhoto
from rixin.catalogue import versions
from rixin.catalogue.schema import AskedField
from rixin.catalogue.versions import RecordVersion
from rixin.chain import digest
from rixin.desk import attached, fields
from rixin.desk.newcase import title_of
from rixin.desk.record_pages.forms import RecordForm
from rixin.liaison import actions, queries
from rixin.liaison.actions import Visited
from rixin.liaison.siting import position_of
from rixin.people.staff import Staff
from rixin.privacy.photos import ImageRefused
from rixin.records.journal import NewRecord
from rixin.registers.models import Enterprise

MOST_PHOTOS = 4
_ENTERPRISE, _RAISED, _PHOTOS = "enterprise", "value-problem", "photos"


class VisitForm(RecordForm):
    """`new_visit` and, where a problem was raised, `new_problem`, once it is valid. The enterprise is fixed."""

    about = forms.ChoiceField(label=gettext_lazy("What the problem is about"), widget=forms.RadioSelect, required=False)
    words = forms.CharField(
        label=gettext_lazy("The problem in the enterprise's words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        enterprise: Enterprise,
        version: RecordVersion,
        staff: Staff,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.enterprise = enterprise
        if data is not None:
            data = data.copy()
            data[f"value-{_ENTERPRISE}"] = enterprise.name
        initial = {"day": timezone.localdate().isoformat(), "value-purpose": "regular"}
        super().__init__(version, staff, data, initial=initial, on_the_spot=True)
        self.files = files or MultiValueDict()
        self.fields.pop("place", None)
        self.fields[f"value-{_ENTERPRISE}"].widget = forms.HiddenInput(attrs={"data-outbox-title": ""})
        self.initial[f"value-{_ENTERPRISE}"] = enterprise.name
        offered = _subjects()
        self.fields["about"].choices = [(option.code, option.name.here()) for option in offered]  # type: ignore[attr-defined]
        self.fields[_PHOTOS] = fields.PhotosField(most=MOST_PHOTOS, label=_("Photos"), required=False)
        self.kept: list[KeptPhoto] = attached.remembered(data, _PHOTOS, staff.account.pk, KeptPhoto)

    def kept_notes(self) -> list[str]:
        return [attached.note(photo, self.staff.account.pk) for photo in self.kept]

    def questions(self) -> list[forms.BoundField]:
        """The record's own, but the enterprise, which is fixed."""
        return [field for field in self.value_fields() if not field.is_hidden and field.name != _RAISED]

    def raised_field(self) -> forms.BoundField:
        return self[_RAISED]

    @property
    def raised(self) -> bool:
        return bool(self.cleaned_data.get(_RAISED) == "1")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            new = attached.keep_photos(cleaned.get(_PHOTOS) or [])
        except ImageRefused as refused:
            self.add_error(_PHOTOS, refused.message)
        else:
            self.kept = list({photo.digest: photo for photo in [*self.kept, *new]}.values())
        if self.raised:
            if not cleaned.get("about"):
                self.add_error("about", _("Please choose what the problem is about."))
            if not cleaned.get("words"):
                self.add_error("words", _("Please write the problem in a few words."))
        return cleaned

    def new_visit(self, once: str) -> NewRecord:
        enterprise, unit = self.enterprise, self.unit
        return NewRecord(
            version=self.version,
            day=self.day,
            area_path=enterprise.area_path,
            unit=unit,
            values=self.values,
            place_code=enterprise.place_code,
            address=enterprise.address,
            origin=digest(["form", self.staff.account.pk, once]) if once else "",
            enterprise=enterprise.pk,
        )

    def new_problem(self, once: str) -> NewCase | None:
        """None where none was raised."""
        if not self.raised:
            return None
        enterprise, version = self.enterprise, versions.current(queries.PROBLEM)
        position = position_of(enterprise)
        return NewCase(
            version=version,
            channel="grid",
            text=self.cleaned_data["words"],
            title=title_of(self.cleaned_data["words"]),
            reporter=Reporter(submission_key=f"visit:{self.staff.account.pk}:{once}"),
            area_path=enterprise.area_path,
            owner_unit=cases.owner_unit(version.rules.type.unit, enterprise.area_path),
            form={"enterprise": enterprise.name, "subject": self.cleaned_data["about"]},
            lat=position.lat if position else None,
            lng=position.lng if position else None,
            address=enterprise.address,
            place_code=enterprise.place_code,
            photos=tuple(self.kept),
            enterprise=enterprise.pk,
        )

    def hand_in(self, data: QueryDict) -> Visited:
        """Raises EntryRefused and ActionRefused."""
        once = data.get("once", "")
        return actions.visit(self.new_visit(once), self.new_problem(once), by=self.staff.actor, at=timezone.now())


def _subjects() -> list[Any]:
    asked: list[AskedField] = list(versions.current(queries.PROBLEM).rules.type.form)
    return next(field.options for field in asked if field.name == "subject")
