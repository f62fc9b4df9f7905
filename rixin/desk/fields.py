"""Form fields for the kinds that definitions ask for. Each turns what a browser sends into what the engine takes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rixin.cases import files
from rixin.desk import choices
from rixin.desk.choices import Choice, Group
from rixin.people.models import Account
from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position

UnitsOrIds = Sequence[tuple[str, str]]
_LONGEST_ADDRESS = 200


class SearchedSelect(forms.Select):
    """A select that the page turns into a box to type in. Without script it is a plain select."""

    def __init__(self, words: dict[str, str] | None = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"data-choose": "", **(attrs or {})})
        self.words = words or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if further := self.words.get(str(value)):
            option["attrs"]["data-words"] = further
        return option


class SearchedSelectMultiple(forms.SelectMultiple):
    def __init__(self) -> None:
        super().__init__(attrs={"data-choose": ""})


class SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class _SeveralField(forms.FileField):
    """The value is a list of uploaded files; what is in them is checked when they are kept."""

    def __init__(self, attrs: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(widget=SeveralInput(attrs={"multiple": True, **attrs}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(_SeveralField, self).clean(file, initial) for file in sent]


class PhotosField(_SeveralField):
    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__({"accept": "image/*", "data-shrink": "", "data-max": most}, **kwargs)


class FilesField(_SeveralField):
    def __init__(self, *, most: int, **kwargs: Any) -> None:
        accept = ",".join(f".{ending}" for ending in files.BEGINS)
        super().__init__({"accept": accept, "data-files": "", "data-max": most}, **kwargs)


class CalendarField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class DayField(CalendarField):
    """A day as ISO text."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if isinstance(day, date) else ""


class UnitField(forms.TypedChoiceField):
    """The id of an open unit."""

    def __init__(self, known: UnitsOrIds, **kwargs: Any) -> None:
        options = [("", "—"), *known]
        super().__init__(choices=options, coerce=int, empty_value=None, widget=SearchedSelect(), **kwargs)


class UnitsField(forms.TypedMultipleChoiceField):
    """Ids of open units."""

    def __init__(self, known: UnitsOrIds, **kwargs: Any) -> None:
        super().__init__(choices=known, coerce=int, empty_value=[], widget=SearchedSelectMultiple(), **kwargs)


class PersonField(forms.ChoiceField):
    """One of these people, as account id and name: the timeline says who was named, whatever becomes of the account."""

    def __init__(self, people: Iterable[Account], **kwargs: Any) -> None:
        self.names = {str(one.pk): one.name for one in people}
        super().__init__(choices=[("", "—"), *self.names.items()], widget=SearchedSelect(), **kwargs)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return {"id": int(chosen), "name": self.names[chosen]} if chosen else None


class TypeField(forms.ChoiceField):
    """The code of a matter type, found by the words that people use for it."""

    def __init__(self, **kwargs: Any) -> None:
        groups = choices.types()
        words = {choice.code: choice.words for group in groups for choice in group.choices}
        super().__init__(choices=[("", "—"), *grouped(groups)], widget=SearchedSelect(words), **kwargs)


def grouped(groups: Iterable[Group]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(group.name, [(choice.code, choice.name) for choice in group.choices]) for group in groups]


class PlaceInput(forms.Widget):
    """An address to type, a pin to set, an area to choose: whichever of them the person has."""

    template_name = "desk/place_input.html"
    parts = ("address", "lat", "lng", "area")

    def __init__(self, areas: Sequence[Choice]) -> None:
        super().__init__()
        self.areas = areas

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known = value or {}
        return {
            **context,
            "place": {**known, "area": known.get("area", known.get("area_path", ""))},
            "areas": self.areas,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-address"


class PlaceField(forms.Field):
    """Where something is, found from the pin, else the words, else the area: area_path, place_code, address, lat, lng.

    `initial` has the same keys. Nothing filled in, or nothing changed, gives None.
    """

    def __init__(self, areas: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(widget=PlaceInput(areas), **kwargs)

    def clean(self, value: Any) -> dict[str, Any] | None:
        if not any(value.get(part) for part in PlaceInput.parts):
            if self.required:
                raise forms.ValidationError(_("Please say where: an address, a pin on the map or an area."))
            return None
        if len(value["address"]) > _LONGEST_ADDRESS:
            raise forms.ValidationError(
                _("The address is too long: at most %(most)s signs.") % {"most": _LONGEST_ADDRESS}
            )
        if value["lat"] or value["lng"]:
            return _by_pin(value)
        if value["address"] and (found := _by_words(value)):
            return found
        if value["area"] and gazetteer.current().area(value["area"]) is not None:
            return _place(value["area"], value)
        raise forms.ValidationError(
            _("This address is not known here. Set the pin on the map, or choose the area in which it lies.")
        )


def _by_pin(value: dict[str, str]) -> dict[str, Any]:
    try:
        position = Position(float(value["lat"]), float(value["lng"]))
    except (ValueError, ImpossiblePosition):
        raise forms.ValidationError(_("This is no position. Set the pin on the map, or empty both numbers.")) from None
    atlas = gazetteer.current()
    try:
        chain = atlas.where(position).chain
    except ImpossiblePosition as impossible:
        raise forms.ValidationError(str(impossible)) from None
    path = chain.path if chain else value["area"]
    if not path or atlas.area(path) is None:
        raise forms.ValidationError(
            _("The pin lies outside our areas. Move it, or choose the area that has to see to it.")
        )
    return _place(path, value, position)


def _by_words(value: dict[str, str]) -> dict[str, Any] | None:
    atlas = gazetteer.current()
    chain = atlas.chain_of_address(value["address"])
    if chain is None:
        return None
    best = next((match for match in atlas.find_in_text(value["address"]) if match.chain), None)
    position = best.position if best and best.chain and best.chain.is_within(chain.path) else None
    return _place(chain.path, value, position)


def _place(path: str, value: dict[str, str], position: Position | None = None) -> dict[str, Any]:
    known = gazetteer.current().place_in(value["address"], path)
    return {
        "area_path": path,
        "place_code": known.code if known else "",
        "address": value["address"],
        "lat": position.lat if position else None,
        "lng": position.lng if position else None,
    }
