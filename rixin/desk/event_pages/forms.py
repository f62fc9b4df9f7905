"""The forms by which events are planned, corrected, cancelled and held."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.activities import queries
from rixin.activities.asking import guest_of, not_asked
from rixin.activities.facts import EventFacts
from rixin.activities.models import Event, SignUp
from rixin.activities.pictures import MOST
from rixin.activities.signing import MOST_PEOPLE, Guest
from rixin.catalogue.activity_schema import EventKind
from rixin.desk import choices, fields
from rixin.facilities.models import Facility
from rixin.people import units
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.written_days import read_day

_LONGEST_DAYS = 2000
_MOST_SESSIONS = 120


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **kwargs)


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 300}), **kwargs)


class DaysField(forms.CharField):
    """Days, one a line; the value is the list of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_LONGEST_DAYS, widget=forms.Textarea({"rows": 4, "class": "lines"}), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line for line in re.split(r"[,，\n]", super().clean(value)) if line.strip()]
        if len(lines) > _MOST_SESSIONS:
            raise ValidationError(_("These are too many days."))
        try:
            return sorted({read_day(line) for line in lines})
        except ValueError as wrong:
            raise ValidationError(str(getattr(wrong, "message", wrong))) from None


class EventForm(RefusableForm):
    """`facts` once it is valid. Without what its kind has no use for."""

    title = forms.CharField(label=pgettext_lazy("of an event", "Title"), max_length=120)
    sort = forms.ChoiceField(label=pgettext_lazy("of an event", "Sort"))
    day = fields.CalendarField(label=pgettext_lazy("of an event", "Day"))
    starts = ClockField(label=pgettext_lazy("of an event", "Starts"), required=False)
    ends = ClockField(label=pgettext_lazy("of an event", "Ends"), required=False)
    days = DaysField(
        label=gettext_lazy("Days of its sessions"),
        required=False,
        help_text=gettext_lazy("One a line, such as 2022-07-04. Empty: it meets once."),
    )
    facility = forms.TypedChoiceField(
        label=gettext_lazy("Venue"), coerce=int, empty_value=None, required=False, widget=fields.SearchedSelect()
    )
    team = forms.TypedChoiceField(
        label=gettext_lazy("Team that puts it on"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=fields.SearchedSelect(),
    )
    about = forms.CharField(
        label=pgettext_lazy("of an event", "What it offers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Residents read it: what to bring, whom it suits."),
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("of an event", "Room for"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("People. Empty: room for all."),
    )
    sign_up_from = MomentField(
        label=pgettext_lazy("of an event", "Sign-up from"),
        required=False,
        help_text=gettext_lazy("Empty: nobody has to sign up."),
    )
    sign_up_until = MomentField(label=pgettext_lazy("of an event", "Sign-up until"), required=False)

    def __init__(
        self, kind: EventKind, staff: Staff, data: QueryDict | None = None, *, event: Event | None = None
    ) -> None:
        super().__init__(data, initial=_said(event) if event else {})
        self.kind, self.staff, self.event = kind, staff, event
        self.fields["where"] = fields.PlaceField(choices.areas(staff), label=_("Where"))
        self._offer("sort", [(one.code, one.name.here()) for one in kind.options])
        self._offer("facility", _facilities(staff))
        self._offer("team", _teams(staff, kind))
        dropped = [] if kind.sign_up else ["capacity", "sign_up_from", "sign_up_until"]
        dropped += [] if kind.sessions and event is None else ["days"]
        dropped += [] if kind.teams else ["team"]
        dropped += [] if kind.options else ["sort"]
        for name in dropped:
            del self.fields[name]
        self.order_fields(["title", "sort", "day", "starts", "ends", "days", "where", "facility"])

    def _offer(self, name: str, offered: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def clean_where(self) -> dict[str, Any] | None:
        where: dict[str, Any] | None = self.cleaned_data["where"]
        unit = self.event.unit_id if self.event else None
        if where and not queries.may_keep(self.staff, self.kind, where["area_path"], unit):
            raise ValidationError(_("You do not keep such events in this area."))
        return where

    @property
    def facts(self) -> EventFacts:
        said = self.cleaned_data
        place = said.get("where") or {}
        return EventFacts(
            kind=self.kind.code,
            sort=said.get("sort", ""),
            title=said["title"].strip(),
            about=said["about"].strip(),
            day=said["day"],
            starts=said["starts"],
            ends=said["ends"],
            facility_id=said["facility"],
            unit_id=self.event.unit_id if self.event else units.by_code(self.kind.unit).id,
            team_id=said.get("team"),
            capacity=said.get("capacity"),
            sign_up_from=said.get("sign_up_from"),
            sign_up_until=said.get("sign_up_until"),
            **place,
        )


def _said(event: Event) -> dict[str, Any]:
    names = ("title", "sort", "day", "starts", "ends", "about", "capacity", "sign_up_from", "sign_up_until")
    where = {name: getattr(event, name) for name in ("address", "lat", "lng", "area_path")}
    said = {name: getattr(event, name) for name in names}
    return {**said, "facility": event.facility_id, "team": event.team_id, "where": where}


def _facilities(staff: Staff) -> list[tuple[int, str]]:
    rows = Facility.objects.filter(staff.scope.in_areas("area_path")).exclude(state="ended")
    return [(one.pk, one.name) for one in rows.order_by("name_zh")]


def _teams(staff: Staff, kind: EventKind) -> list[tuple[int, str]]:
    rows = queries.teams_visible_to(staff).filter(kind=kind.code, until_day=None)
    return list(rows.order_by("name").values_list("pk", "name"))


class HoldForm(RefusableForm):
    """How many came, how it went, pictures. `reason` where it is a correction."""

    people = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    words = forms.CharField(
        label=pgettext_lazy("of an event", "How it went"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), required=False, max_length=200)
    photos = fields.PhotosField(label=pgettext_lazy("of an event", "Pictures"), most=MOST, required=False)

    def __init__(self, event: Event, kind: EventKind, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"people": event.attendance, "words": event.words})
        self.fields["people"].label = kind.people.here()
        if kind.sessions:
            del self.fields["people"]
        if event.state != Event.State.HELD or kind.sessions:
            del self.fields["reason"]


class CancelForm(RefusableForm):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("Whoever signed up reads it on the page of the own code."),
    )


class GuestForm(RefusableForm):
    """Somebody who signs up at the desk. `guest` once it is valid."""

    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30)
    people = forms.IntegerField(
        label=gettext_lazy("How many come"), min_value=1, max_value=MOST_PEOPLE, initial=1, required=False
    )
    age_band = forms.ChoiceField(label=gettext_lazy("Age"), choices=SignUp.AgeBand)

    def __init__(self, kind: EventKind, data: QueryDict | None = None) -> None:
        super().__init__(data)
        for name in not_asked(kind):
            del self.fields[name]

    @property
    def guest(self) -> Guest:
        return guest_of(self.cleaned_data)
