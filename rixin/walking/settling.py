"""Computes the reaches of all days from what the registers say, and writes what differs. The only writer of reaches."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Sum

from rixin.catalogue.circle_schema import Circle
from rixin.facilities.models import Facility, State, StateSpan
from rixin.history import line
from rixin.homes.models import Dwelling
from rixin.people.actors import SYSTEM, Actor
from rixin.places import gazetteer
from rixin.places.coordinates import Position
from rixin.walking import circles, current
from rixin.walking.history import Block, Course, Held, ReachSpan, Site
from rixin.walking.models import Network, Reach, ReachEvent, Ring

_AT_ONCE = 2_000
_NIGHTLY = timedelta(hours=24)
"""After which it is done anew in any case: buildings may have been moved on the map."""
_WRITTEN = ("area_path", "dwellings", "facility_id", "metres", "minutes", "covered", "on_network", "until_day")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the reaches of one circle."""

    circle: str
    new: int
    altered: int
    gone: int

    @property
    def changed(self) -> int:
        return self.new + self.altered + self.gone


def settle_if_stale(at: datetime) -> bool:
    """Settles where facilities, dwellings, network or circles changed since, or a night has passed; whether it did."""
    rings = {ring.circle: ring for ring in Ring.objects.all()}
    stale = any(not _is_settled(rings.get(code), circle) for code, circle in circles.known().items())
    oldest = min((ring.settled_at for ring in rings.values() if ring.settled_at), default=at)
    if stale or at - oldest >= _NIGHTLY:
        settle(at)
        return True
    return False


def is_stale(circle: Circle) -> bool:
    """Whether anything changed from which the circle's reaches are computed."""
    return not _is_settled(Ring.objects.filter(circle=circle.code).first(), circle)


def _is_settled(ring: Ring | None, circle: Circle) -> bool:
    return ring is not None and ring.facts == _facts_of(circle)


@transaction.atomic
def settle(at: datetime, by: Actor = SYSTEM) -> list[Settled]:
    """All circles, for all days. Repeating it writes nothing; without dwellings there is nothing to write."""
    known = circles.known()
    rings = _rings(known)
    course = Course(current.networks(), _blocks(), _sites())
    done = []
    for code, ring in rings.items():
        circle = known.get(code)
        spans = course.spans(circle) if circle else ()
        settled = _write(ring, spans)
        done.append(settled)
        facts = _facts_of(circle) if circle else ""
        Ring.objects.filter(pk=ring.pk).update(settled_at=at, facts=facts)
        if settled.changed:
            line(ReachEvent, "settled", by, at, changes=_told(settled), ring=ring).save()
    return done


def _told(settled: Settled) -> Mapping[str, list[object]]:
    return {name: ["", count] for name, count in asdict(settled).items() if name != "circle"}


def _rings(known: Mapping[str, Circle]) -> dict[str, Ring]:
    """Of all circles that there are or were; locked, since two who settle at once would write the same rows."""
    Ring.objects.bulk_create([Ring(circle=code) for code in known], ignore_conflicts=True)
    return {ring.circle: ring for ring in Ring.objects.select_for_update()}


def _write(ring: Ring, spans: Iterable[ReachSpan]) -> Settled:
    there = {(row.building, row.from_day): row for row in Reach.objects.filter(ring=ring)}
    new, altered = [], []
    for span in spans:
        said = _said(span)
        row = there.pop((span.reached.building, span.from_day), None)
        if row is None:
            new.append(Reach(ring=ring, building=span.reached.building, from_day=span.from_day, **said))
        elif any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.version += 1
            altered.append(row)
    gone = [row.pk for row in there.values()]
    for first in range(0, len(gone), 500):
        Reach.objects.filter(pk__in=gone[first : first + 500]).delete()
    Reach.objects.bulk_update(altered, [*_WRITTEN, "version"], batch_size=200)
    Reach.objects.bulk_create(new, batch_size=_AT_ONCE)
    return Settled(ring.circle, len(new), len(altered), len(gone))


def _said(span: ReachSpan) -> dict[str, object]:
    reached = span.reached
    values = (
        reached.area_path,
        reached.dwellings,
        reached.facility,
        reached.metres,
        reached.minutes,
        reached.covered,
        reached.on_network,
        span.until_day,
    )
    return dict(zip(_WRITTEN, values, strict=True))


# ---- what it is computed from


def _blocks() -> list[Block]:
    held: dict[str, list[Held]] = defaultdict(list)
    areas: dict[str, str] = {}
    rows = Dwelling.objects.order_by("building", "from_day", "until_day")
    counted = rows.values_list("building", "area_path", "from_day", "until_day").annotate(count=Count("pk"))
    for building, area, first, until, count in counted:
        held[building].append(Held(first, until, count))
        areas.setdefault(building, area)
    places = gazetteer.current().places
    return [
        Block(code, areas[code], places[code].position if code in places else None, tuple(spans))
        for code, spans in held.items()
    ]


def _sites() -> list[Site]:
    """Facilities that were ever open and whose position is known."""
    spans: dict[int, list[Held]] = defaultdict(list)
    for state in StateSpan.objects.filter(state=State.OPEN):
        spans[state.facility_id].append(Held(state.from_day, state.until_day))
    rows = Facility.objects.order_by("pk").values_list("pk", "kind", "lat", "lng")
    return [
        Site(pk, kind, Position(lat, lng), tuple(spans[pk]))
        for pk, kind, lat, lng in rows
        if pk in spans and lat is not None and lng is not None
    ]


def _facts_of(circle: Circle) -> str:
    """A digest that changes with each row from which reaches are computed."""
    rows: list[object] = [circle.model_dump_json()]
    for model in (Facility, StateSpan, Dwelling):
        found = model.objects.aggregate(rows=Count("pk"), newest=Max("pk"), versions=Sum("version"))
        rows.append(sorted(found.items()))
    rows.append(list(Network.objects.order_by("from_day").values_list("from_day", "digest")))
    return hashlib.sha256(repr(rows).encode()).hexdigest()
