"""The form of a planned rebuild: what would go and come, when, and what is assumed of the time after it."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.desk import fields
from rixin.desk.building_pages.forms import LinesField, MeasureField, RegisterForm
from rixin.registers.models import Building
from rixin.registers.occupancy import Occupancy, occupancy
from rixin.registers.rebuild import Plan
from rixin.registers.roomlines import KnownRoom, RoomLine, read_meant

_SHARE = 80
_MOST_SIGNS = 20_000


class RebuildForm(RegisterForm):
    """`plan` and `there`, the building on the first day, once it is valid."""

    from_day = fields.DayField(label=gettext_lazy("Rebuilt from"))
    until_day = fields.DayField(
        label=gettext_lazy("New rooms there from"), help_text=gettext_lazy("The first day on which they can be let.")
    )
    going = forms.CharField(
        label=gettext_lazy("Rooms that would go"),
        max_length=_MOST_SIGNS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "lines", "spellcheck": "false"}),
        help_text=gettext_lazy("A line each: a room number, or a whole floor such as 3F. Lines of a table do too."),
    )
    everything = forms.BooleanField(label=gettext_lazy("The whole building goes"), required=False)
    coming = LinesField(
        label=gettext_lazy("Rooms that would come"),
        required=False,
        help_text=gettext_lazy("A line each: floor, number, area in m², use. Such as: 3, 301, 120.5, office"),
    )
    let_share = forms.IntegerField(
        label=gettext_lazy("Share of them that is let afterwards (%)"), min_value=0, max_value=100, initial=_SHARE
    )
    tax_per_metre = MeasureField(
        label=gettext_lazy("Tax that a let m² brings (yuan a year)"),
        required=False,
        help_text=gettext_lazy("Empty: what a let m² of this building brought in the last full year."),
    )

    def __init__(self, building: Building, own: int | None, today: date, data: QueryDict | None = None) -> None:
        initial: dict[str, Any] = {
            "from_day": today + timedelta(days=90),
            "until_day": today + timedelta(days=820),
            "tax_per_metre": f"{own / 100:g}" if own is not None else "",
        }
        super().__init__(data, initial=initial)
        self.building, self.own, self.today = building, own, today
        self.there: Occupancy | None = None

    def clean_from_day(self) -> str:
        written: str = self.cleaned_data["from_day"]
        if date.fromisoformat(written) <= self.today:
            raise forms.ValidationError(_("A plan begins on a day to come."))
        return written

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "from_day" not in said:
            return said
        self.there = occupancy(self.building, self.known_day("from_day"))
        said["going"] = self._going(self.there)
        self._check_numbers(self.there, said["going"], said.get("coming", []))
        if said.get("tax_per_metre") is None and "tax_per_metre" not in self.errors and self.own is None:
            self.add_error(
                "tax_per_metre", _("Nothing is known of this building's own tax. Please say what you assume.")
            )
        return said

    @property
    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            going=said["going"],
            coming=tuple(said["coming"]),
            from_day=self.known_day("from_day"),
            until_day=self.known_day("until_day"),
            let_share=Fraction(said["let_share"], 100),
            tax_per_metre=said["tax_per_metre"] if said["tax_per_metre"] is not None else self.own or 0,
        )

    def _going(self, there: Occupancy) -> frozenset[int]:
        if self.cleaned_data.get("everything"):
            return frozenset(room.room for room in there.rooms)
        known = [KnownRoom(room.room, floor.floor, room.number) for floor in there.floors for room in floor.rooms]
        meant, problems = read_meant(self.cleaned_data.get("going", ""), known)
        for problem in problems:
            self.add_error("going", str(problem))
        return frozenset(meant)

    def _check_numbers(self, there: Occupancy, going: frozenset[int], coming: Iterable[RoomLine]) -> None:
        staying = {room.number for room in there.rooms if room.room not in going}
        for one in coming:
            if one.number in staying:
                self.add_error("coming", _("Room {number} is there already.").format(number=one.number))
