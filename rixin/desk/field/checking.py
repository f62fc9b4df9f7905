"""A round of inspection on the phone: a checklist gone through, a record of the round, a matter of each thing wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from rixin.cases import actions, queries
from rixin.cases.history import NewCase, Reporter
from rixin.cases.models import Case
from rixin.cases.photos import KeptPhoto
from rixin.catalogue import versions
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import CheckItem, Checklist
from rixin.desk import attached, fields
from rixin.desk.newcase import title_of
from rixin.desk.record_pages import entering
from rixin.desk.record_pages.forms import RecordForm
from rixin.people.staff import Staff
from rixin.privacy.photos import ImageRefused
from rixin.records.models import Record

MOST_PHOTOS = 4
FINE, WRONG, NONE = "fine", "wrong", "none"


@dataclass(frozen=True)
class Line:
    """One item as it is drawn: the answer, and what is said and shown where it is wrong."""

    item: CheckItem
    answer: forms.BoundField
    note: forms.BoundField
    photos: forms.BoundField
    kept: list[str]
    """Signed notes of photos that an earlier sending brought."""


class ChecklistForm(RecordForm):
    """The record of the round, and an answer to each item: `found` are the items that are wrong."""

    site = forms.CharField(max_length=80)

    def __init__(
        self,
        checklist: Checklist,
        version: RecordVersion,
        staff: Staff,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        initial: dict[str, Any],
    ) -> None:
        self.checklist = checklist
        set_by_list = {f"value-{name}": _written(value) for name, value in checklist.sets.items()}
        super().__init__(version, staff, data, initial={**initial, **set_by_list}, on_the_spot=True)
        self.files = files or MultiValueDict()
        self.fields["site"].label = _("Name of the place")
        self.fields["site"].widget.attrs["data-outbox-title"] = ""
        answers = [(FINE, _("in order")), (WRONG, _("wrong")), (NONE, _("does not apply"))]
        for item in checklist.items:
            label = item.text.here()
            missing = {"required": _("Please answer: %(item)s") % {"item": label}}
            self.fields[f"check-{item.code}"] = forms.ChoiceField(
                choices=answers, widget=forms.RadioSelect, label=label, error_messages=missing
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                label=_("What is wrong"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"photos-{item.code}"] = fields.PhotosField(most=MOST_PHOTOS, label=_("Photos"), required=False)
        self.kept: dict[str, list[KeptPhoto]] = {
            item.code: attached.remembered(data, f"photos-{item.code}", staff.account.pk, KeptPhoto)
            for item in checklist.items
        }

    def lines(self) -> Iterator[Line]:
        for item in self.checklist.items:
            yield Line(
                item,
                self[f"check-{item.code}"],
                self[f"note-{item.code}"],
                self[f"photos-{item.code}"],
                [attached.note(photo, self.staff.account.pk) for photo in self.kept[item.code]],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for item in self.checklist.items:
            self._keep(item.code)
            if cleaned.get(f"check-{item.code}") == WRONG and not cleaned.get(f"note-{item.code}"):
                self.add_error(f"note-{item.code}", _("Please say what is wrong."))
        if self.found and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Please say where: what is wrong is put right there."))
        return cleaned

    def _keep(self, code: str) -> None:
        try:
            new = attached.keep_photos(self.cleaned_data.get(f"photos-{code}") or [])
        except ImageRefused as refused:
            self.add_error(f"photos-{code}", refused.message)
            return
        known = {photo.digest: photo for photo in [*self.kept[code], *new]}
        self.kept[code] = list(known.values())

    @property
    def found(self) -> list[CheckItem]:
        return [item for item in self.checklist.items if self.cleaned_data.get(f"check-{item.code}") == WRONG]

    def matter_of(self, item: CheckItem, key: str) -> NewCase:
        """What is wrong, as a matter at the place."""
        place, site = self.cleaned_data["place"], self.cleaned_data["site"]
        version = versions.current(self.checklist.opens)
        text = f"{site}：{item.text.zh}——不合格。{self.cleaned_data[f'note-{item.code}']}"
        if item.rule:
            text = f"{text}（{item.rule.zh}）"
        form: dict[str, Any] = dict(item.form)
        if self.checklist.site:
            form[self.checklist.site] = site
        return NewCase(
            version=version,
            channel="grid",
            text=text,
            title=title_of(text),
            reporter=Reporter(submission_key=key),
            area_path=place["area_path"],
            owner_unit=queries.owner_unit(version.rules.type.unit, place["area_path"]),
            form=form,
            lat=place["lat"],
            lng=place["lng"],
            address=place["address"],
            place_code=place["place_code"],
            photos=tuple(self.kept[item.code]),
        )


def _written(value: bool | int | str) -> str:
    """As the record's own form field has it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@transaction.atomic
def hand_in(form: ChecklistForm, staff: Staff, data: QueryDict) -> tuple[Record, list[Case]]:
    """The record of the round and a matter of each thing wrong: all or nothing, and once however often it is sent.

    Raises EntryRefused and ActionRefused.
    """
    record = entering.enter(form, staff, data)
    once = data.get("once", "")
    opened = [
        actions.open_case(
            form.matter_of(item, f"check:{staff.account.pk}:{once}:{item.code}"), by=staff.actor, at=timezone.now()
        ).case
        for item in form.found
    ]
    return record, opened
