"""The form of a record, made from its type. What cannot be read is said beside its field; what was typed stays."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from rixin.catalogue import versions
from rixin.catalogue.versions import RecordVersion
from rixin.catalogue.work_schema import RecordField
from rixin.desk import choices, fields
from rixin.desk.suggesting import EnterpriseInput
from rixin.facilities.models import Facility
from rixin.people import units
from rixin.people.staff import Staff
from rixin.records import queries
from rixin.records.days import has_come, read_own_day
from rixin.records.entry import Values, read_values, typed
from rixin.records.facilities import enterable_for, of_facility
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.records.tables import headed
from rixin.sheets import Unreadable

_BUTTONS, _BUTTONS_ON_PHONE = 4, 8


class RecordForm(forms.Form):
    """Fields of the type are named `value-…`. `values`, `day` and `where` once it is valid.

    `initial`: what is so unless it is changed. `on_the_spot`: for work written down where it was done, today.
    """

    use_required_attribute = False

    def __init__(
        self,
        version: RecordVersion,
        staff: Staff,
        data: QueryDict | None = None,
        record: Record | None = None,
        *,
        initial: dict[str, Any] | None = None,
        on_the_spot: bool = False,
    ) -> None:
        super().__init__(data, auto_id="record_%s", initial=initial)
        self.version, self.staff, self.record = version, staff, record
        kind = version.type
        self.fields["day"] = _day_field(version)
        if on_the_spot and data is None and kind.period in (None, "day"):
            self.fields["day"].widget.attrs["data-today"] = ""
        buttons = _BUTTONS_ON_PHONE if on_the_spot else _BUTTONS
        for asked in kind.fields:
            self.fields[f"value-{asked.name}"] = value_field(asked, buttons=buttons)
        if kind.subject:
            self.fields[f"value-{kind.subject}"].widget.attrs["data-outbox-title"] = ""
        if kind.facility:
            self._facilities = {str(one.pk): one for one in _offered(staff, version, record)}
            self.fields["facility"] = forms.ChoiceField(
                label=pgettext("of a record", "Facility"),
                choices=[("", "—"), *((pk, one.name) for pk, one in self._facilities.items())],
                widget=fields.SearchedSelect(),
            )
        elif kind.place != "none":
            self.fields["place"] = fields.PlaceField(
                choices.areas(staff), label=_("Where"), required=kind.place == "needed" and record is None
            )
        if kind.period:
            self.fields["source"] = forms.CharField(label=_("Source"), max_length=120, required=False)
        if record is not None:
            self.fields["reason"] = forms.CharField(label=_("Why it is corrected"), max_length=400)
            self.initial = _initial(version, record)

    def value_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("value-")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = {asked.name: cleaned.get(f"value-{asked.name}") for asked in self.version.type.fields}
        self.values, faults = read_values(self.version.type, given, versions.work().measures)
        for name, message in faults.items():
            if f"value-{name}" not in self.errors:
                self.add_error(f"value-{name}", message)
        self._read_day(cleaned.get("day", ""))
        place = cleaned.get("place")
        if place is not None and not self.staff.scope.covers_area(place["area_path"]):
            self.add_error("place", _("This lies outside the area of your posts."))
        return cleaned

    def _read_day(self, given: str) -> None:
        kind = self.version.type
        try:
            self.day: date = has_come(kind, read_own_day(kind, given), timezone.localdate())
        except Unreadable as wrong:
            self.add_error("day", wrong.message)

    @property
    def unit(self) -> int:
        """Whose work it is."""
        return queries.unit_for(self.staff, self.version)

    def new_record(self, origin: str) -> NewRecord:
        place, unit = self.cleaned_data.get("place"), self.unit
        if self.facility is not None:
            return NewRecord(
                version=self.version,
                day=self.day,
                unit=unit,
                values=self.values,
                source=self.cleaned_data.get("source", ""),
                origin=origin,
                **of_facility(self.facility),
            )
        return NewRecord(
            version=self.version,
            day=self.day,
            area_path=place["area_path"] if place else units.by_id(unit).area_path,
            unit=unit,
            values=self.values,
            place_code=place["place_code"] if place else "",
            address=place["address"] if place else "",
            source=self.cleaned_data.get("source", ""),
            origin=origin,
        )

    @property
    def facility(self) -> Facility | None:
        """That it belongs to, where its kind asks for one."""
        return self._facilities[self.cleaned_data["facility"]] if self.version.type.facility else None

    @property
    def where(self) -> tuple[str, str, str] | None:
        """(area path, place code, address), where one was given."""
        if self.facility is not None:
            return self.facility.area_path, self.facility.place_code, self.facility.address
        place = self.cleaned_data.get("place")
        return (place["area_path"], place["place_code"], place["address"]) if place else None


def _initial(version: RecordVersion, record: Record) -> dict[str, Any]:
    said: Values = record.values
    initial = {f"value-{asked.name}": typed(asked, said.get(asked.name)) for asked in version.type.fields}
    day = record.period or record.day.isoformat()
    return {**initial, "day": day, "source": record.source, "facility": str(record.facility_id or "")}


def _offered(staff: Staff, version: RecordVersion, record: Record | None) -> list[Facility]:
    """Those in the area of the person's posts, and the one that the record belongs to."""
    found = enterable_for(staff, version.type)
    own = record.facility if record else None
    return found if own is None or own in found else [own, *found]


def _day_field(version: RecordVersion) -> forms.Field:
    step = version.type.period
    kinds = {"month": "month", None: "date", "day": "date"}
    examples = {"quarter": "2022-Q1", "year": "2022"}
    attrs = {"type": kinds.get(step, "text"), "placeholder": examples.get(step or "", "")}
    return forms.CharField(label=version.type.day.here(), widget=forms.TextInput(attrs=attrs))


def value_field(asked: RecordField, *, buttons: int = _BUTTONS) -> forms.Field:
    """`buttons`: up to how many choices are shown side by side."""
    # Once a button was pressed, another one takes it back.
    open_ = [] if asked.required else [("", _("not known"))]
    common: dict[str, Any] = {
        "label": headed(asked),
        "required": asked.required,
        "help_text": asked.help.here() if asked.help else "",
    }
    if asked.kind == "choice":
        offered = [(option.code, option.name.here()) for option in asked.options]
        if len(offered) <= buttons:
            return forms.ChoiceField(choices=[*open_, *offered], widget=forms.RadioSelect, **common)
        return forms.ChoiceField(choices=[("", "—"), *offered], **common)
    if asked.kind == "yes_no":
        yes_no = [*open_, ("1", _("yes")), ("0", _("no"))]
        return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, **common)
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if asked.names == "enterprise":
        widget = EnterpriseInput()
    elif asked.kind in ("count", "amount"):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    elif asked.kind == "date":
        widget = forms.TextInput(attrs={"type": "date"})
    elif asked.kind == "long_text":
        widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(widget=widget, **common)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)
