"""What was filled in with an action, in words; and the answer templates of a matter type with their blanks filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rixin.cases.models import Case, CaseFile, Photo
from rixin.catalogue import versions, wording
from rixin.catalogue.dates import day_text
from rixin.catalogue.schema import AskedField, Lifecycle
from rixin.people import units
from rixin.places import gazetteer
from rixin.privacy.masking import masked

Kept = Mapping[str, Photo | CaseFile]
"""The photos and files of a case by digest."""


@dataclass(frozen=True)
class Shown:
    """One thing that was filled in. `public`: the resident reads it too."""

    label: str
    text: str
    public: bool
    photos: tuple[Photo, ...] = ()
    files: tuple[CaseFile, ...] = ()
    case: str = ""
    """Number of another case that it names."""


def shown(asks: list[AskedField], given: Mapping[str, Any], lifecycle: Lifecycle, kept: Kept) -> list[Shown]:
    """In the order of the definition. What a definition asks for no more is shown under its own name: nothing hides."""
    asked_for = {asked.name: asked for asked in asks}
    order = [name for name in asked_for if name in given] + [name for name in given if name not in asked_for]
    return [
        _one(asked_for.get(name), name, given[name], lifecycle, kept)
        for name in order
        if given[name] not in (None, "", [])
    ]


def _one(asked: AskedField | None, name: str, value: Any, lifecycle: Lifecycle, kept: Kept) -> Shown:
    if asked is None:
        return Shown(name, masked(str(value)), False)
    label = asked.label.here()
    if asked.kind in ("photos", "files"):
        found = [kept[digest] for digest in value if digest in kept]
        photos = tuple(one for one in found if isinstance(one, Photo))
        return Shown(label, "", asked.public, photos, tuple(one for one in found if isinstance(one, CaseFile)))
    if asked.kind == "case":
        return Shown(label, str(value), asked.public, case=str(value))
    return Shown(label, in_words(asked, value, lifecycle), asked.public)


def in_words(asked: AskedField, value: Any, lifecycle: Lifecycle) -> str:
    """Free text is masked: people write telephone numbers anywhere."""
    match asked.kind:
        case "yes_no":
            return _("yes") if value else _("no")
        case "choice" | "reason":
            options = lifecycle.reasons[asked.reasons] if asked.reasons else asked.options
            return next((option.name.here() for option in options if option.code == value), str(value))
        case "staff":
            return str(value["name"])
        case "unit":
            return unit_name(value)
        case "units":
            return wording.listed([unit_name(unit) for unit in value])
        case "type":
            return _type_name(str(value))
        case "place":
            return _place(value)
        case "date":
            return _day(str(value))
        case "money":
            return _("¥%(amount)s") % {"amount": value}
        case _:
            return masked(str(value))


def unit_name(unit_id: Any) -> str:
    try:
        return units.by_id(unit_id).name
    except units.UnknownUnit:
        return str(unit_id)


def _type_name(code: str) -> str:
    try:
        return versions.current(code).rules.type.name.here()
    except versions.UnknownType:
        return code


def _place(value: Any) -> str:
    label = gazetteer.current().label(value.get("area_path", ""))
    return f"{value['address']}({label})" if value.get("address") else label


def _day(written: str) -> str:
    try:
        return day_text(date.fromisoformat(written))
    except ValueError:
        return written


@dataclass(frozen=True)
class Template:
    name: str
    text: str


def templates_for(case: Case, at: datetime) -> list[Template]:
    """The answer templates of its type. They are written in Chinese: they go to residents."""
    rules = versions.version(case.definition_id).rules
    place = case.address or gazetteer.current().label(case.area_path).rpartition(" › ")[2]
    blanks = {
        "title": case.title,
        "place": masked(place),
        "unit": units.by_id(case.unit_id).name_zh if case.unit_id is not None else pgettext("in an answer", "our unit"),
        "date": date_format(timezone.localtime(at), "n月j日"),
    }
    return [Template(answer.name.here(), _filled(answer.text, blanks)) for answer in rules.type.answers]


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    for name, value in blanks.items():
        text = text.replace("{" + name + "}", value)
    return text
