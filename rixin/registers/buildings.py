"""Office buildings: entered and corrected. One transaction each; their rooms are in `letting`."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rixin.history import Changes, difference
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Building

_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a building's entry says. `lat`, `lng`: degrees in WGS-84, both or neither."""

    name_zh: str
    name_en: str = ""
    area_path: str
    place_code: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    theme_zh: str = ""
    theme_en: str = ""
    keeper: str = ""
    built_on: date | None = None

    @classmethod
    def of(cls, building: Building) -> "Facts":
        return cls(**{field.name: getattr(building, field.name) for field in fields(cls)})

    def columns(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def enter(code: str, facts: Facts, *, by: Actor, at: datetime) -> Building:
    """`code`: what its address on these pages ends with. Raises RegisterRefused."""
    if not _CODE.fullmatch(code) or len(code) > 40:
        raise RegisterRefused(
            "no_code", _("A code has small letters, digits and single - or _ between them, 40 signs at most."), "code"
        )
    _sound(facts)
    try:
        with transaction.atomic():
            building = Building.objects.create(code=code, changed_at=at, **facts.columns())
    except IntegrityError:
        raise RegisterRefused("code_there", _("Another building has this code."), "code") from None
    changes: Changes = {name: [None, value] for name, value in facts.columns().items() if value not in (None, "")}
    journal.event("enter", by, at, building=building, changes=changes).save()
    return building


@transaction.atomic
def correct(building: Building, facts: Facts, *, by: Actor, at: datetime, seen: int, reason: str = "") -> Building:
    """Nothing new: no event. Raises ChangedMeanwhile, RegisterRefused."""
    _sound(facts)
    changes = difference(building, facts.columns())
    if not changes:
        return building
    journal.update_building(building, seen, at, {name: now for name, (_old, now) in changes.items()})
    journal.event("correct", by, at, building=building, changes=changes, reason=reason).save()
    return building


def _sound(facts: Facts) -> None:
    if not facts.name_zh.strip():
        raise RegisterRefused("no_name", _("Please write the name."), "name_zh")
    if (facts.lat is None) != (facts.lng is None):
        raise RegisterRefused("half_position", _("A position has a latitude and a longitude."), "lat")
    if facts.lat is not None and facts.lng is not None and not (abs(facts.lat) <= 90 and abs(facts.lng) <= 180):
        raise RegisterRefused("no_position", _("This position is not on the earth."), "lat")
