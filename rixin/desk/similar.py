"""Open matters that may be the same as one, the most probable first."""

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
from rixin.triage.duplicates import NEARLY
from rixin.triage.twins import Likeness, Report, compare

_LOOKED_AT = 200
_SHOWN = 5


@dataclass(frozen=True)
class Matter:
    """What two matters are compared by, and who may see them."""

    report: Report
    area_path: str
    confidential: bool = False

    @classmethod
    def of(cls, case: Case) -> "Matter":
        report = Report(f"{case.title}\n{case.text}", case.type, case.opened_at, position_of(case), case.place_code)
        return cls(report, case.area_path, case.confidential)


@dataclass(frozen=True)
class Similar:
    number: str
    url: str
    title: str
    state_since: str
    why: str
    chance: float
    probable: bool


def position_of(case: Case) -> Position | None:
    return None if case.lat is None or case.lng is None else Position(case.lat, case.lng)


def similar(matter: Matter, staff: Staff, at: datetime, *, but: int | None = None) -> list[Similar]:
    """Those that the person may see, likeliest first. One query, over the newest open matters of the community."""
    community = "/".join(matter.area_path.split("/")[:2]) + "/"
    rows = queries.open_to(staff).filter(area_path__within=community, confidential=matter.confidential)
    rows = rows.exclude(pk=but) if but is not None else rows
    candidates = rows.only(
        "title", "text", "type", "lat", "lng", "area_path", "place_code", "opened_at", "confidential"
    ).order_by("-opened_at", "-pk")[:_LOOKED_AT]
    found = [one for case in candidates if (one := _compared(matter, case, at)) is not None]
    return sorted(found, key=lambda one: -one.chance)[:_SHOWN]


def _compared(matter: Matter, case: Case, at: datetime) -> Similar | None:
    likeness = compare(matter.report, Matter.of(case).report)
    if not likeness.is_shown:
        return None
    return Similar(
        number=case.number,
        url=case.get_absolute_url(),
        title=masked(case.title),
        state_since=wording.moment(case.opened_at, at),
        why="、".join(_why(likeness)),
        chance=likeness.chance,
        probable=likeness.is_probable,
    )


def _why(likeness: Likeness) -> Iterable[str]:
    if likeness.wording >= NEARLY:
        yield _("nearly the same words")
    if likeness.same_kind:
        yield _("same kind")
    if likeness.metres is not None:
        yield _("%(metres)s m away") % {"metres": round(likeness.metres / 10) * 10}
    elif likeness.same_place:
        yield _("same place")
