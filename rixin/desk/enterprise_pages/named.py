"""The enterprise that a record or a matter names, as their pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rixin.people.staff import Staff
from rixin.registers import queries
from rixin.registers.linking import Asked, name_in
from rixin.registers.models import Enterprise


@dataclass(frozen=True)
class Named:
    """`enterprise`: the entry that is meant, None for none. `link`: where another is chosen; "" if it may not be."""

    name: str
    enterprise: Enterprise | None
    link: str


def named(
    staff: Staff, fields: Iterable[Asked], said: Mapping[str, Any], enterprise_id: int | None, link: str
) -> Named | None:
    """None where no enterprise is named. At most two statements. `link` is "" for who may not choose."""
    name = name_in(fields, said)
    if not name and enterprise_id is None:
        return None
    if enterprise_id is None:
        return Named(name, None, link)
    found = queries.visible_to(staff).filter(pk=enterprise_id).first()
    if found is None and Enterprise.objects.filter(pk=enterprise_id, withdrawn=False).exists():
        # Linked to one of another area: that it is, and to what, is not told.
        return None
    return Named(name, found, link)
