"""How a change of a register is written: only by who saw the entry as it is, and with a line in its history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.functional import Promise

from rixin import history
from rixin.history import ChangedMeanwhile
from rixin.people.actors import Actor
from rixin.refused import FieldsRefused
from rixin.registers.models import (
    Building,
    Enterprise,
    RegisterEvent,
    Return,
    Room,
    StandingSpan,
    Tenancy,
    TraitSpan,
)

SEALED = ("contact_name", "contact_phone")
"""Fields of which the history says only that they changed."""
BATCH = 500
"""Rows of one statement."""
_COUNTED = frozenset({"section", "division", "area_path"})
"""What the rows of figures say of their enterprise: where it changes they are other rows than before."""


class RegisterRefused(FieldsRefused):
    """It cannot be entered or changed so. `message` is for the person; `field`: where to mend it, "" for no field."""

    def __init__(self, code: str, message: str | Promise, field: str = "") -> None:
        self.code, self.message, self.field = code, message, field
        super().__init__({field: message})


def update_enterprise(enterprise: Enterprise, seen: int, at: datetime, columns: Mapping[str, Any]) -> None:
    """Raises ChangedMeanwhile. `enterprise` has the new values afterwards."""
    changed = Enterprise.objects.filter(pk=enterprise.pk, version=seen).update(
        version=seen + 1, changed_at=at, **columns
    )
    if not changed:
        raise ChangedMeanwhile
    if columns.keys() & _COUNTED:
        for rows in (StandingSpan, TraitSpan, Tenancy, Return):
            rows.objects.filter(enterprise=enterprise).update(version=F("version") + 1)
    enterprise.refresh_from_db()


def touch_all(enterprises: Sequence[Enterprise], at: datetime) -> None:
    """Each as it was seen gets one more version for each time that it is named, in a statement per some hundred.

    Raises ChangedMeanwhile.
    """
    times = Counter(one.pk for one in enterprises)
    seen = {one.pk: one for one in enterprises}
    ids = list(seen)
    for first in range(0, len(ids), BATCH):
        some = ids[first : first + BATCH]
        rows = Enterprise.objects.select_for_update().filter(pk__in=some)
        if dict(rows.values_list("pk", "version")) != {pk: seen[pk].version for pk in some}:
            raise ChangedMeanwhile
        for more in sorted({times[pk] for pk in some}):
            alike = [pk for pk in some if times[pk] == more]
            Enterprise.objects.filter(pk__in=alike).update(version=F("version") + more, changed_at=at)
    for one in enterprises:
        one.version, one.changed_at = one.version + 1, at


def update_building(building: Building, seen: int, at: datetime, columns: Mapping[str, Any]) -> None:
    """Raises ChangedMeanwhile. `building` has the new values afterwards."""
    changed = Building.objects.filter(pk=building.pk, version=seen).update(version=seen + 1, changed_at=at, **columns)
    if not changed:
        raise ChangedMeanwhile
    if "area_path" in columns:
        Room.objects.filter(building=building).update(version=F("version") + 1)
        Tenancy.objects.filter(room__building=building).update(version=F("version") + 1)
    building.refresh_from_db()


def event(
    action: str,
    by: Actor,
    at: datetime,
    *,
    enterprise: Enterprise | None = None,
    building: Building | None = None,
    changes: Mapping[str, list[Any]] | None = None,
    reason: str = "",
    batch: int | None = None,
) -> RegisterEvent:
    """The row, not saved yet."""
    about = {"enterprise": enterprise, "building": building, "batch_id": batch}
    return history.line(RegisterEvent, action, by, at, changes=changes, reason=reason, sealed=SEALED, **about)
