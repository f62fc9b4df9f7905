"""From a filled-in report to a case: sorted, placed, with an answerable unit and a receipt."""

from dataclasses import dataclass
from datetime import datetime

from rixin.cases import actions, queries
from rixin.cases.actions import Opened
from rixin.cases.facts import Given
from rixin.cases.history import NewCase, Reporter
from rixin.cases.models import Case, Channel
from rixin.cases.photos import KeptPhoto
from rixin.channels.spots import Spot
from rixin.channels.words import title_of
from rixin.people.actors import resident
from rixin.places import gazetteer
from rixin.places.coordinates import Position
from rixin.triage import proposals
from rixin.triage.proposals import Proposal

_CLOSE_BY = 60.0
"""Metres within which a position is said to be at a known place."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """`chosen` is the code of the kind, "" if the resident left that to us; `position` only where one was given."""

    key: str
    text: str
    chosen: str = ""
    form: Given
    where: str = ""
    position: Position | None = None
    phone: str = ""
    private: bool = False
    photos: tuple[KeptPhoto, ...] = ()

    @property
    def reporter(self) -> Reporter:
        return Reporter(submission_key=f"resident {self.key}", phone=self.phone)


def open_from(report: Report, spot: Spot, at: datetime) -> Opened:
    """Opens the case, once per key. Raises ActionRefused."""
    return actions.open_case(new_case(report, spot), by=resident(), at=at)


def join(report: Report, case: Case, at: datetime) -> Opened:
    """Joins a matter that is open already, once per key. Raises ActionRefused when it was finished meanwhile."""
    return actions.join(
        case,
        reporter=report.reporter,
        words=report.text,
        channel=Channel.CODE,
        at=at,
        by=resident(),
        photos=report.photos,
    )


def new_case(report: Report, spot: Spot) -> NewCase:
    found = proposals.propose(
        f"{spot.name_zh}{report.where}。{report.text}", report.position or spot.position, chosen=report.chosen or None
    )
    area_path = _area(found, report, spot)
    place_code, address = _place(found, report, spot)
    unit = found.unit.id if found.unit else queries.owner_unit(found.version.rules.type.unit, area_path)
    position = report.position or spot.position
    return NewCase(
        version=found.version,
        channel="code",
        text=report.text,
        title=title_of(report.text),
        reporter=report.reporter,
        area_path=area_path,
        owner_unit=unit,
        form=report.form,
        lat=position.lat if position else None,
        lng=position.lng if position else None,
        address=address,
        place_code=place_code,
        urgent=found.urgency == "urgent",
        may_be_public=not report.private,
        photos=report.photos,
        proposed=found.proposed,
    )


def _area(found: Proposal, report: Report, spot: Spot) -> str:
    """The finest area known. A phone that is wrong by a street must not take the report out of our boundaries."""
    if found.chain and (report.position or found.chain.is_within(spot.area_path)):
        return found.chain.path
    return spot.area_path


def _place(found: Proposal, report: Report, spot: Spot) -> tuple[str, str]:
    """(code of the place, address as the desk reads it)"""
    if report.position is None:
        place = found.place
        inside = place is not None and spot.place_code in ("", place.code, place.parent)
        code, name = (place.code, place.name_zh) if place and inside else (spot.place_code, spot.name_zh)
        return code, _joined(name, spot.hangs_at, report.where)
    near = gazetteer.current().nearby(report.position, _CLOSE_BY)
    at = near[0][0] if near else None
    return (at.code, _joined(at.name_zh, report.where)) if at else ("", _joined(spot.name_zh, report.where))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)[:200]
