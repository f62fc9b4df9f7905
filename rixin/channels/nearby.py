"""Open matters around a spot, so that a neighbour joins one instead of repeating it.

Only what names nobody is shown: the kind, the place down to the building, when, and how far it has come. The words of
whoever reported it are compared, never shown.
"""

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians

from django.db.models import Q

from rixin.cases.models import OPEN, Case
from rixin.catalogue import versions
from rixin.places import gazetteer
from rixin.places.coordinates import Position
from rixin.privacy.masking import mask_address
from rixin.triage.duplicates import about_the_same

REACH = 150.0
"""Metres."""
MOST_SHOWN = 5
_MOST_COMPARED = 200
_METRES_PER_DEGREE = 111_320.0
_COLUMNS = (
    *("id", "definition_id", "type", "title", "text", "address", "lat", "lng"),
    *("area_path", "place_code", "state", "opened_at"),
)


@dataclass(frozen=True)
class Near:
    id: int
    kind: str
    place: str
    state: str
    opened_at: datetime
    metres: int
    likeness: float
    """0 to 1: how much its words have in common with those typed so far."""

    @property
    def alike(self) -> bool:
        return self.likeness >= 0.4


def open_around(position: Position, *, text: str = "", kind: str = "") -> list[Near]:
    """Public open matters within reach: most alike first, then the same kind, then the nearest. One query."""
    reach = REACH / _METRES_PER_DEGREE
    wide = reach / max(cos(radians(position.lat)), 0.01)
    box = Q(
        lat__range=(position.lat - reach, position.lat + reach), lng__range=(position.lng - wide, position.lng + wide)
    )
    rows = Case.objects.filter(OPEN & box, public=True).order_by("-id").only(*_COLUMNS)[:_MOST_COMPARED]
    found = [(case, _near(case, position, text)) for case in rows]
    within = [(case, near) for case, near in found if near.metres <= REACH]
    within.sort(key=lambda pair: (-pair[1].likeness, pair[0].type != kind, pair[1].metres, -pair[1].id))
    return [near for _case, near in within[:MOST_SHOWN]]


def public_place(case: Case) -> str:
    """Where a matter is, as everybody may read it: the place or area, never a door."""
    atlas = gazetteer.current()
    place = atlas.places.get(case.place_code)
    return mask_address(place.name) if place else atlas.label(case.area_path)


def public_kind(case: Case) -> str:
    return versions.version(case.definition_id).rules.type.name.here()


def public_state(case: Case) -> str:
    return versions.version(case.definition_id).rules.lifecycle.states[case.state].plain.here()


def _near(case: Case, position: Position, text: str) -> Near:
    metres = position.metres_to(Position(case.lat or 0.0, case.lng or 0.0))
    return Near(
        id=case.pk,
        kind=public_kind(case),
        place=public_place(case),
        state=public_state(case),
        opened_at=case.opened_at,
        metres=round(metres),
        likeness=about_the_same(text, f"{case.title} {case.text}") if text else 0.0,
    )
