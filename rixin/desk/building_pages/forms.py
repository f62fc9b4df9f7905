"""The forms by which buildings, rooms and leases are written down."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.desk import choices, fields
from rixin.desk.building_pages import wording
from rixin.desk.hundredths import HundredthsField
from rixin.desk.suggesting import EnterpriseInput
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.registers import matching, queries
from rixin.registers.amounts import square_metres
from rixin.registers.buildings import Facts
from rixin.registers.letting import Lease, NewRoom
from rixin.registers.models import Building, Enterprise, Room
from rixin.registers.offering import FreeRoom
from rixin.registers.roomlines import RoomLine, read_floor, read_rooms

_MOST_SIGNS = 60_000
"""Of pasted lines."""


class RegisterForm(RefusableForm):
    """With days read from their fields."""

    def maybe_day(self, name: str) -> date | None:
        """Of a day field that was left empty, None."""
        written = self.cleaned_data.get(name)
        return date.fromisoformat(written) if written else None

    def known_day(self, name: str) -> date:
        """Of one that must be filled in."""
        return date.fromisoformat(self.cleaned_data[name])


class MeasureField(HundredthsField):
    """Square metres or yuan, in hundredths and not below `least`."""

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)
        self.least = least

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and not self.least <= number < 2**31:
            raise ValidationError(_("This is too little or too much."))
        return number


class BuildingForm(RegisterForm):
    """`facts` once it is valid. `code` only of a new one."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Small letters and digits, such as xixi. It stays and stands in addresses and figures."),
    )
    name_zh = forms.CharField(label=pgettext_lazy("building", "Name"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=120, required=False)
    theme_zh = forms.CharField(
        label=gettext_lazy("Theme"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("What the building is to be known for: one building, one theme."),
    )
    theme_en = forms.CharField(label=gettext_lazy("English theme"), max_length=120, required=False)
    keeper = forms.CharField(label=gettext_lazy("Run by"), max_length=80, required=False)
    built_on = fields.DayField(label=gettext_lazy("Built"), required=False)

    def __init__(self, staff: Staff, data: QueryDict | None = None, building: Building | None = None) -> None:
        super().__init__(data, initial=_said(building) if building else {})
        self.staff = staff
        if building is not None:
            del self.fields["code"]
        self.fields["where"] = fields.PlaceField(choices.areas(staff), label=_("Where"))
        self.order_fields(["code", "name_zh", "name_en", "where"])

    def clean_where(self) -> dict[str, Any] | None:
        where: dict[str, Any] | None = self.cleaned_data["where"]
        if where and not queries.may_keep(self.staff, where["area_path"]):
            raise ValidationError(_("You keep no buildings in this area."))
        return where

    @property
    def facts(self) -> Facts:
        said = {name: self.cleaned_data[name].strip() for name in ("name_zh", "name_en", "theme_zh", "theme_en")}
        return Facts(
            **said,
            **self.cleaned_data["where"],
            keeper=self.cleaned_data["keeper"].strip(),
            built_on=self.maybe_day("built_on"),
        )


def _said(building: Building) -> dict[str, Any]:
    where = {name: getattr(building, name) for name in ("address", "lat", "lng", "area_path")}
    return {**Facts.of(building).columns(), "where": where}


class RoomForm(RegisterForm):
    """One room; `rooms` once it is valid."""

    floor = forms.CharField(
        label=gettext_lazy("Floor"), max_length=8, help_text=gettext_lazy("3, or -1 for the first one below ground.")
    )
    number = forms.CharField(label=gettext_lazy("Room number"), max_length=20)
    area = MeasureField(label=gettext_lazy("Area (m²)"), least=1)
    use = forms.ChoiceField(label=gettext_lazy("Use"), choices=Room.Use)
    from_day = fields.DayField(label=gettext_lazy("There from"))

    def clean_floor(self) -> int:
        floor = read_floor(self.cleaned_data["floor"])
        if floor is None:
            raise ValidationError(
                _("“{text}” is no floor. Write 3, or -1 for below ground.").format(text=self.cleaned_data["floor"])
            )
        return floor

    @property
    def rooms(self) -> list[NewRoom]:
        said = self.cleaned_data
        return [
            NewRoom(
                floor=said["floor"],
                number=said["number"],
                area=said["area"],
                use=Room.Use(said["use"]),
                from_day=self.known_day("from_day"),
            )
        ]


class LinesField(forms.CharField):
    """Lines of rooms; the value is what was read of them. What is wrong is told line by line."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"rows": 8, "class": "lines", "spellcheck": "false"}
        super().__init__(max_length=_MOST_SIGNS, widget=forms.Textarea(attrs=shape), **kwargs)

    def clean(self, value: Any) -> Any:
        rooms, problems = read_rooms(super().clean(value))
        if problems:
            raise ValidationError([str(problem) for problem in problems])
        return rooms


class LinesForm(RegisterForm):
    """Many rooms; `rooms` once it is valid."""

    number = LinesField(
        label=pgettext_lazy("building", "Rooms"),
        help_text=gettext_lazy(
            "A line each, or copied from a table: floor, number, area in m², use (office if left out)."
            " Such as: 3, 301, 120.5, office"
        ),
    )
    from_day = fields.DayField(label=gettext_lazy("There from"))

    @property
    def rooms(self) -> list[NewRoom]:
        lines: list[RoomLine] = self.cleaned_data["number"]
        day = self.known_day("from_day")
        return [NewRoom(floor=one.floor, number=one.number, area=one.area, use=one.use, from_day=day) for one in lines]


class DayForm(RegisterForm):
    """A day and why: a tenant leaves, a room is closed."""

    day = fields.DayField(label=gettext_lazy("First day on which it is so"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=False)

    def __init__(self, data: QueryDict | None = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)

    @property
    def said_day(self) -> date:
        return self.known_day("day")


class LeaseForm(RegisterForm):
    """What `let` and `move` ask for alike; `lease` once it is valid."""

    area = MeasureField(
        label=gettext_lazy("Area (m²)"),
        least=1,
        required=False,
        help_text=gettext_lazy("Empty: all that is free of the room."),
    )
    from_day = fields.DayField(label=gettext_lazy("First day"))
    lease_end = fields.DayField(label=gettext_lazy("Last day of the lease"), required=False)
    rent = MeasureField(label=gettext_lazy("Rent (yuan per m² and day)"), required=False)

    @property
    def lease(self) -> Lease:
        return Lease(
            from_day=self.known_day("from_day"),
            lease_end=self.maybe_day("lease_end"),
            area=self.cleaned_data["area"],
            rent=self.cleaned_data["rent"],
        )


class LetForm(LeaseForm):
    """The enterprise is one of those that the person sees."""

    enterprise = forms.CharField(
        label=gettext_lazy("Enterprise"),
        max_length=120,
        widget=EnterpriseInput(),
        help_text=gettext_lazy("Name or unified social credit code, as the register has it."),
    )

    def __init__(self, seen: QuerySet[Enterprise], data: QueryDict | None = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.seen = seen
        self.order_fields(["enterprise"])

    def clean_enterprise(self) -> Enterprise:
        typed = self.cleaned_data["enterprise"]
        known = matching.meant(typed)
        found = self.seen.filter(pk=known).first() if known is not None else None
        if found is None:
            raise ValidationError(_not_known(typed, matching.offered(self.seen, typed, 5)))
        return found


def _not_known(typed: str, alike: Sequence[Enterprise]) -> str:
    if not alike:
        return _("No enterprise that you may see has this name or code. Enter it in the register first.")
    names = _(", ").join(_("{name} ({code})").format(name=one.name, code=one.code or "—") for one in alike)
    return _("Which one is meant? {names}. Write the whole name, or the code where several have one name.").format(
        names=names
    )


class MoveForm(LeaseForm):
    """`room`: its id, of those that are free."""

    room = forms.TypedChoiceField(label=gettext_lazy("To room"), coerce=int, widget=fields.SearchedSelect())

    def __init__(
        self,
        free: Sequence[FreeRoom],
        buildings: dict[int, Building],
        data: QueryDict | None = None,
        **initial: Any,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["room"].choices = [("", "—"), *_grouped(free, buildings)]  # type: ignore[attr-defined]
        self.order_fields(["room"])


def _grouped(free: Sequence[FreeRoom], buildings: dict[int, Building]) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for one in free:
        name = buildings[one.building].name
        told = _("{building} {room}, {floor}, {use}: {area} free").format(
            building=name,
            room=one.number,
            floor=wording.floor(one.floor),
            use=wording.use(one.use),
            area=square_metres(one.free),
        )
        found.setdefault(name, []).append((str(one.room), told))
    return list(found.items())


class RenewForm(RegisterForm):
    lease_end = fields.DayField(label=gettext_lazy("New last day of the lease"))
    rent = MeasureField(
        label=gettext_lazy("Rent (yuan per m² and day)"),
        required=False,
        help_text=gettext_lazy("Empty: as before."),
    )
