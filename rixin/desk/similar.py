"""Open matters that may be the same as one: near by, of the same kind or in nearly the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rixin.cases import queries
from rixin.cases.models import Case
from rixin.desk import wording
from rixin.people.staff import Staff
from rixin.places.coordinates import Position
from rixin.privacy.masking import masked
from rixin.triage.duplicates import NEARLY, about_the_same, same_content

NEAR_METRES = 300
_LOOKED_AT = 200
_SHOWN = 5
_RATHER_ALIKE = 0.35


@dataclass(frozen=True)
class Matter:
    """What two matters are compared by."""

    text: str
    type: str
    area_path: str
    position: Position | None = None
    confidential: bool = False

    @classmethod
    def of(cls, case: Case) -> "Matter":
        return cls(f"{case.title}\n{case.text}", case.type, case.area_path, position_of(case), case.confidential)


@dataclass(frozen=True)
class Similar:
    number: str
    url: str
    title: str
    state_since: str
    why: str
    likeness: float


def position_of(case: Case) -> Position | None:
    return None if case.lat is None or case.lng is None else Position(case.lat, case.lng)


def similar(matter: Matter, staff: Staff, at: datetime, *, but: int | None = None) -> list[Similar]:
    """Those that the person may see, likeliest first. One query, over the newest open matters of the community."""
    community = "/".join(matter.area_path.split("/")[:2]) + "/"
    rows = queries.open_to(staff).filter(area_path__within=community, confidential=matter.confidential)
    rows = rows.exclude(pk=but) if but is not None else rows
    candidates = rows.only("title", "text", "type", "lat", "lng", "area_path", "opened_at", "confidential").order_by(
        "-opened_at", "-pk"
    )[:_LOOKED_AT]
    found = [one for case in candidates if (one := _compared(matter, case, at)) is not None]
    return sorted(found, key=lambda one: -one.likeness)[:_SHOWN]


def _compared(matter: Matter, case: Case, at: datetime) -> Similar | None:
    other = Matter.of(case)
    same_words = same_content(matter.text, other.text)
    alike = about_the_same(matter.text, other.text)
    metres = matter.position.metres_to(other.position) if matter.position and other.position else None
    near = metres is not None and metres <= NEAR_METRES
    same_kind = matter.type == other.type
    if not (same_words >= NEARLY or (same_kind and (near or alike >= _RATHER_ALIKE))):
        return None
    return Similar(
        number=case.number,
        url=case.get_absolute_url(),
        title=masked(case.title),
        state_since=wording.moment(case.opened_at, at),
        why="、".join(_why(same_words, same_kind, metres if near else None)),
        likeness=same_words + alike + (0.5 if same_kind else 0) + (0.5 if near else 0),
    )


def _why(same_words: float, same_kind: bool, metres: float | None) -> Iterable[str]:
    if same_words >= NEARLY:
        yield _("nearly the same words")
    if same_kind:
        yield _("same kind")
    if metres is not None:
        yield _("%(metres)s m away") % {"metres": round(metres / 10) * 10}
