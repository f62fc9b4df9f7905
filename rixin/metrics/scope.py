"""For which places a person may ask for figures. The rows behind a figure are asked for apart, row by row.

Whoever oversees or audits an area, and whoever serves it, asks for figures of that area and its parts; a handler for
those of the own unit in the area of the post. An administrator keeps definitions and asks for none.
"""

from dataclasses import dataclass

from rixin.people.roles import Role
from rixin.people.staff import Staff


@dataclass(frozen=True)
class Place:
    """An area by its path, and with `unit` only what is that unit's, by its code."""

    area: str
    unit: str = ""


def places_of(staff: Staff, *roles: Role) -> list[Place]:
    """The widest places that the person may ask for, widest first; with `roles`, by posts in these roles only."""
    found = {
        Place(clause.area, clause.unit_code if clause.role == Role.HANDLER else "")
        for clause in staff.scope.clauses
        if clause.role != Role.ADMINISTRATOR and (not roles or clause.role in roles)
    }
    return sorted(found, key=lambda place: (bool(place.unit), len(place.area), place.area, place.unit))


def may_ask(staff: Staff, place: Place, *roles: Role) -> bool:
    return any(
        place.area.startswith(known.area) and known.unit in ("", place.unit) for known in places_of(staff, *roles)
    )
