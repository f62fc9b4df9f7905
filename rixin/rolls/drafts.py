"""What is said of a person who joins a roll, checked against what the roll may hold. Pure but for the gazetteer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rixin.catalogue.limits import crossed, named
from rixin.catalogue.roll_schema import Roll, RollField
from rixin.homes.models import Dwelling
from rixin.places import gazetteer
from rixin.privacy.fields import fingerprint
from rixin.privacy.masking import BANK_CARD, FULL_WIDTH, ID_NUMBER, LANDLINE, LOCAL_LINE, MOBILE, OLD_ID_NUMBER
from rixin.refused import FieldsRefused
from rixin.rolls.models import Entry
from rixin.texts import cleaned

LONGEST = {"name": 40, "phone": 20, "address": 120, "text": 60, "words": 200}
SEALED = ("name", "phone", "address", "dwelling", "values")
"""Of which the history says only that they changed."""
_NUMBERS = (ID_NUMBER, OLD_ID_NUMBER, BANK_CARD)


@dataclass(frozen=True, kw_only=True)
class Said:
    """`dwelling`: one of the register; else `address` in words. `area_path`: where the person lives."""

    name: str
    area_path: str
    phone: str = ""
    dwelling: Dwelling | None = None
    address: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What of an entry is to be written."""
        name, phone = cleaned(self.name).strip(), plain_phone(self.phone)
        address = "" if self.dwelling else cleaned(self.address).strip()
        return {
            "name": name,
            "name_mark": fingerprint(name),
            "phone": phone or None,
            "phone_mark": fingerprint(phone) if phone else "",
            "dwelling_id": self.dwelling.pk if self.dwelling else None,
            "address": address or None,
            "values": written({name: value for name, value in self.values.items() if value not in ("", None)}),
            "area_path": coarse(self.dwelling.area_path if self.dwelling else self.area_path),
        }


def written(values: Mapping[str, Any]) -> str:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def read(values: str | None) -> dict[str, Any]:
    return dict(json.loads(values)) if values else {}


def plain_phone(text: str) -> str:
    """A mobile number without what stands around it; any other as it was typed."""
    said = text.translate(FULL_WIDTH).strip()
    mobile = MOBILE.fullmatch(said)
    return "".join(mobile.groups()) if mobile else said


def is_phone(text: str) -> bool:
    return any(form.fullmatch(text) for form in (MOBILE, LANDLINE, LOCAL_LINE))


def coarse(path: str) -> str:
    """The grid in which it lies, or what is known above it: a stairwell with two homes would point at somebody."""
    atlas = gazetteer.current()
    area = atlas.area(path) if path else None
    chain = atlas.chain_of(area.code) if area else None
    if chain is None:
        raise FieldsRefused({"address": _("This address is not known here. Choose the area in which it lies.")})
    return chain.grid.path if chain.grid else chain.path


def check(said: Said, roll: Roll) -> None:
    """Raises FieldsRefused."""
    refused: dict[str, str | Promise] = {}
    if not cleaned(said.name).strip():
        refused["name"] = _("Please write the name.")
    if said.phone and not roll.phone:
        refused["phone"] = _("This roll holds no telephone.")
    elif said.phone and not is_phone(plain_phone(said.phone)):
        refused["phone"] = _("This is not a telephone number. A mobile number has 11 digits.")
    if not roll.dwelling and (said.dwelling or said.address):
        refused["address"] = _("This roll holds no address.")
    elif roll.dwelling and not said.dwelling and not said.address.strip():
        refused["address"] = _("Please say where: the service goes there.")
    refused |= _texts(said) | _answers(said.values, roll)
    if refused:
        raise FieldsRefused(refused)


def _texts(said: Said) -> dict[str, str]:
    refused = {name: why for name in ("name", "address") if (why := wrong_in(getattr(said, name), numbers_only=True))}
    for name in ("name", "phone", "address"):
        if len(getattr(said, name)) > LONGEST[name]:
            refused[name] = _("At most {most} signs.").format(most=LONGEST[name])
    return refused


def _answers(values: Mapping[str, Any], roll: Roll) -> dict[str, str]:
    known = {field.name: field for field in roll.fields}
    refused = {f"value-{name}": _("This is not held here.") for name in values.keys() - known.keys()}
    for name, field_ in known.items():
        value = values.get(name)
        if value in ("", None):
            if field_.required:
                refused[f"value-{name}"] = _("Please fill this in.")
        elif why := _answer(field_, value):
            refused[f"value-{name}"] = why
    return refused


def _answer(asked: RollField, value: Any) -> str:
    """Why the value is not taken; "" where it is."""
    if asked.kind == "choice":
        return "" if value in {option.code for option in asked.options} else _("Please choose one of these.")
    if asked.kind == "yes_no":
        return "" if isinstance(value, bool) else _("Yes or no?")
    if asked.kind == "day":
        return "" if isinstance(value, date) else _("This is no day.")
    if len(str(value)) > LONGEST["text"]:
        return _("At most {most} signs.").format(most=LONGEST["text"])
    return wrong_in(str(value))


def wrong_in(text: str, *, numbers_only: bool = False) -> str:
    """Why these words about somebody are not taken; "" where they are."""
    plain = text.translate(FULL_WIDTH)
    if any(form.search(plain) for form in _NUMBERS):
        return _("A number of an identity or bank card is not kept here. Leave it out.")
    if not numbers_only and (found := crossed(plain)):
        return _("“{word}” is about {what}: that is not written down of anybody. Write what help is needed.").format(
            word=found.word, what=named(found.limit)
        )
    return ""


def said_of(entry: Entry) -> Said:
    """What is held now, to be changed in part."""
    return Said(
        name=entry.name or "",
        area_path=entry.area_path,
        phone=entry.phone or "",
        dwelling=entry.dwelling,
        address=entry.address or "",
        values=read(entry.values),
    )
