"""Forms of steps: what is filled in when one is done, and the photos and files that show it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.cases.files import FileRefused, KeptFile
from rixin.cases.photos import KeptPhoto
from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectStep
from rixin.desk import attached
from rixin.desk.attached import Kept
from rixin.desk.fields import CalendarField, FilesField, PhotosField
from rixin.desk.record_pages.forms import value_field
from rixin.privacy.photos import ImageRefused
from rixin.programmes.drafts import NewEvidence
from rixin.programmes.stepping import Done
from rixin.records.entry import read_values
from rixin.refusable import RefusableForm

MOST = 9
"""Photos, and files, of one sending."""


class EvidenceForm(RefusableForm):
    """`evidence` once it is valid. What an earlier, refused sending brought comes back with signed notes."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=400)

    def __init__(
        self, account: int, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)
        self.account = account
        self.fields["photos"] = PhotosField(most=MOST, label=_("Photos"), required=False)
        self.fields["files"] = FilesField(most=MOST, label=_("Files"), required=False)
        self.photos: list[KeptPhoto] = attached.remembered(data, "photos", account, KeptPhoto)
        self.papers: list[KeptFile] = attached.remembered(data, "files", account, KeptFile)

    def clean(self) -> dict[str, Any]:
        self.photos = self._kept("photos", self.photos, attached.keep_photos)
        self.papers = self._kept("files", self.papers, attached.keep_files)
        return super().clean() or self.cleaned_data

    def _kept(self, name: str, before: list[Kept], keep: Callable[[list[Any]], list[Kept]]) -> list[Kept]:
        try:
            new = keep((self.cleaned_data.get(name) or [])[:MOST])
        except (ImageRefused, FileRefused) as refused:
            self.add_error(name, refused.message)
            return before
        return list({one.digest: one for one in before + new}.values())

    def notes(self) -> list[tuple[str, str]]:
        """(name of the hidden field, signed note) of what was kept already."""
        kept: list[tuple[str, KeptPhoto | KeptFile]] = [
            *(("photos-kept", one) for one in self.photos),
            *(("files-kept", one) for one in self.papers),
        ]
        return [(name, attached.note(one, self.account)) for name, one in kept]

    @property
    def evidence(self) -> list[NewEvidence]:
        photos = [
            NewEvidence(digest=one.digest, size=one.size, width=one.width, height=one.height) for one in self.photos
        ]
        return [*photos, *(NewEvidence(digest=one.digest, size=one.size, name=one.name) for one in self.papers)]


class MoreEvidenceForm(EvidenceForm):
    """Photos and files for one of some steps."""

    def __init__(self, steps: Iterable[ProjectStep], account: int, data: Any = None, files: Any = None) -> None:
        super().__init__(account, data, files)
        offered = [(step.code, step.name.here()) for step in steps]
        self.fields = {"step": forms.ChoiceField(label=_("Step"), choices=offered), **self.fields}


class StepForm(EvidenceForm):
    """`done` once it is valid."""

    def __init__(
        self, step: ProjectStep, account: int, data: Any = None, files: Any = None, *, today: date, there: int = 0
    ) -> None:
        super().__init__(account, data, files)
        self.step = step
        asked = {f"value-{field.name}": value_field(field) for field in step.fields}
        day = CalendarField(label=_("Done on"), initial=today)
        self.fields = {"day": day, **asked, **self.fields}
        if step.photos > there:
            self.fields["photos"].help_text = _("At least {n}.").format(n=step.photos - there)
        if step.files:
            self.fields["files"].help_text = _("At least {n}.").format(n=step.files)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = {field.name: cleaned.get(f"value-{field.name}") for field in self.step.fields}
        self.values, faults = read_values(self.step, given, versions.work().measures)
        for name, message in faults.items():
            if f"value-{name}" not in self.errors:
                self.add_error(f"value-{name}", message)
        return cleaned

    @property
    def done(self) -> Done:
        given = self.cleaned_data
        return Done(
            code=self.step.code, day=given["day"], values=self.values, note=given["note"], evidence=self.evidence
        )
