"""The forms by which a room is booked and a booking is taken back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.bookings.booking import Wanted
from rixin.bookings.rooms import Room
from rixin.desk import fields
from rixin.refusable import RefusableForm


class BookingForm(RefusableForm):
    """`wanted` once it is valid."""

    room = forms.ChoiceField(label=pgettext_lazy("booking", "Room"))
    day = fields.DayField(label=pgettext_lazy("booking", "Day"))
    starts = forms.TimeField(label=pgettext_lazy("booking", "From"))
    ends = forms.TimeField(label=pgettext_lazy("booking", "Until"))
    people = forms.IntegerField(label=pgettext_lazy("booking", "People"), min_value=1, max_value=1000)

    def __init__(self, rooms: Sequence[Room], at: datetime, data: QueryDict | None = None, **initial: Any) -> None:
        tomorrow = timezone.localdate(at) + timedelta(days=1)
        super().__init__(data, initial={"day": tomorrow, "starts": "09:00", "ends": "10:30", **initial})
        self.fields["room"].choices = [(str(room.record.pk), _told(room)) for room in rooms]  # type: ignore[attr-defined]
        for name in ("starts", "ends"):
            self.fields[name].widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": 300})

    @property
    def chosen_day(self) -> date:
        """The day asked for, as far as it can be read; else the one that was offered."""
        said = str(self["day"].value() or "")
        try:
            return date.fromisoformat(said)
        except ValueError:
            return date.fromisoformat(str(self.initial["day"]))

    @property
    def wanted(self) -> Wanted:
        cleaned, here = self.cleaned_data, timezone.get_default_timezone()
        day = date.fromisoformat(cleaned["day"])
        starts, ends = (datetime.combine(day, cleaned[name], here) for name in ("starts", "ends"))
        return Wanted(int(cleaned["room"]), starts, ends, cleaned["people"])


class FreeForm(RefusableForm):
    why = forms.CharField(max_length=200, label=pgettext_lazy("booking", "Why it is taken back"))


def _told(room: Room) -> str:
    parts = [room.name]
    if room.seats is not None:
        parts.append(_("%(n)s seats") % {"n": room.seats})
    if not room.works:
        parts.append(_("equipment out of order"))
    return " · ".join(parts)
