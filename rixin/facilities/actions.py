"""Facilities are entered, corrected, opened, closed, rated and measured: the only code that writes them.

One transaction each. What a facility is, has and measures holds from a day on; a day that is still to come is a plan.
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rixin import history
from rixin.catalogue import versions
from rixin.catalogue.facility_schema import FacilityKind
from rixin.facilities import spanning
from rixin.facilities.hours import Hours
from rixin.facilities.models import AreaSpan, Facility, FacilityEvent, StarSpan, State, StateSpan
from rixin.facilities.refused import FacilityRefused
from rixin.facilities.tables import AREAS, STARS, STATES, Table
from rixin.history import Changes, difference
from rixin.people.actors import Actor
from rixin.spans import KnownSpan

_COUNTED = frozenset({"kind", "area_path", "level"})
"""What the rows of figures say of their facility: where it changes they are other rows than before."""
MOST_AREA = 100_000_000
"""Square decimetres: a hundred hectares."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a facility's entry says beside what is dated. `lat`, `lng`: degrees in WGS-84, both or neither."""

    kind: str
    name_zh: str
    name_en: str = ""
    area_path: str
    place_code: str = ""
    address: str = ""
    lat: float | None = None
    lng: float | None = None
    level: str = ""
    operator: str = ""
    phone: str = ""
    hours: Hours = field(default_factory=dict)
    hours_note: str = ""
    about_zh: str = ""
    about_en: str = ""

    @classmethod
    def of(cls, facility: Facility) -> "Facts":
        return cls(**{field.name: getattr(facility, field.name) for field in fields(cls)})

    def columns(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def enter(facts: Facts, state: State, day: date, *, by: Actor, at: datetime, today: date, note: str = "") -> Facility:
    """From `day` on it is in this state; before that nothing is known of it. Raises FacilityRefused."""
    _sound(facts)
    spanning.check_day(day)
    holds = state if day <= today else State.PLANNED
    try:
        with transaction.atomic():
            facility = Facility.objects.create(state=holds, changed_at=at, entered_at=at, **facts.columns())
    except IntegrityError:
        raise _twin() from None
    StateSpan.objects.create(facility=facility, from_day=day, state=state, note=note, first=state == State.OPEN)
    changes: Changes = {name: [None, now] for name, now in facts.columns().items() if now not in (None, "", {})}
    changes |= {"state": [None, str(state)], "from_day": [None, day], **({"note": [None, note]} if note else {})}
    history.line(FacilityEvent, "enter", by, at, changes=changes, facility=facility).save()
    return facility


@transaction.atomic
def correct(facility: Facility, facts: Facts, *, by: Actor, at: datetime, seen: int, reason: str = "") -> Facility:
    """Nothing new: no event. Raises ChangedMeanwhile, FacilityRefused."""
    _sound(facts)
    changes = difference(facility, facts.columns())
    if not changes:
        return facility
    if "kind" in changes:
        _fits(facility, kind_of(facts.kind))
    try:
        with transaction.atomic():
            history.change(facility, seen, at, {name: now for name, (_old, now) in changes.items()})
    except IntegrityError:
        raise _twin() from None
    if changes.keys() & _COUNTED:
        for rows in (StateSpan, StarSpan, AreaSpan):
            rows.objects.filter(facility=facility).update(version=F("version") + 1)
    history.line(FacilityEvent, "correct", by, at, changes=changes, reason=reason, facility=facility).save()
    return facility


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Who writes when, having seen which version, on which day of the calendar."""

    by: Actor
    at: datetime
    seen: int
    today: date


@transaction.atomic
def change_state(facility: Facility, state: State, day: date, deed: Deed, *, note: str = "") -> Facility:
    """From `day` on, until what is known already. Closed for good, it has neither stars nor floor area from then on.

    Raises ChangedMeanwhile, FacilityRefused.
    """
    spans = STATES.spans_of(facility)
    spanning.check_day(day)
    if state == State.PLANNED and any(span.first < day and span.what[0] != State.PLANNED for span in spans):
        raise FacilityRefused(
            "opened", _("It has been open before: choose “closed for a time” while it is being prepared."), "state"
        )
    states = spanning.changed(spans, state, note, day)
    after = {STATES: states, **spanning.of_the_living(facility, states)}
    _write(facility, "state", after, deed, {"state": [spanning.value_on(spans, day), state]}, day, note)
    return facility


@transaction.atomic
def give_stars(facility: Facility, stars: int, day: date, deed: Deed, *, note: str = "") -> Facility:
    """As awarded on the day, which lies not in the future. Raises ChangedMeanwhile, FacilityRefused."""
    most = kind_of(facility.kind).stars
    if most is None:
        raise FacilityRefused("not_rated", _("Facilities of this kind are not rated."))
    if not 1 <= stars <= most:
        raise FacilityRefused("stars", _("From 1 to {most} stars.").format(most=most), "stars")
    if day > deed.today:
        raise FacilityRefused("future", _("This day is still to come."), "day")
    return _say(facility, STARS, stars, day, deed, note)


@transaction.atomic
def measure(facility: Facility, area: int, day: date, deed: Deed, *, note: str = "") -> Facility:
    """`area` in square decimetres. Raises ChangedMeanwhile, FacilityRefused."""
    if not kind_of(facility.kind).floor_area:
        raise FacilityRefused("no_area", _("Of facilities of this kind no floor area is kept."))
    if not 1 <= area <= MOST_AREA:
        raise FacilityRefused("area", _("This is too little or too much."), "area")
    return _say(facility, AREAS, area, day, deed, note)


def _say(facility: Facility, table: Table, value: int, day: date, deed: Deed, note: str) -> Facility:
    spanning.check_day(day)
    state = spanning.value_on(STATES.spans_of(facility), day)
    if state is None:
        raise FacilityRefused("before", _("On that day it was not there yet."), "day")
    if state == State.ENDED:
        raise FacilityRefused("ended", _("On that day it is closed for good."), "day")
    spans = table.spans_of(facility)
    after = {table: spanning.changed(spans, value, note, day, end=spanning.end_after(facility, day))}
    _write(facility, table.name, after, deed, {table.value: [spanning.value_on(spans, day), value]}, day, note)
    return facility


@transaction.atomic
def take_back(facility: Facility, table: Table, key: int, deed: Deed, *, reason: str) -> Facility:
    """Takes out what was entered by mistake; what held before it goes on. Raises ChangedMeanwhile, FacilityRefused."""
    spans = table.spans_of(facility)
    gone = next((span for span in spans if span.key == key), None)
    if gone is None:
        raise FacilityRefused("gone", _("This entry has been taken back already."))
    if table is STATES and len(spans) == 1:
        raise FacilityRefused("only_one", _("It is the only state that is known. Enter the right one first."))
    if not reason.strip():
        raise FacilityRefused("no_reason", _("Please say why."), "reason")
    changes: Changes = {table.value: [gone.what[0], None], "from_day": [gone.first, None]}
    left = spanning.taken_out(spans, key)
    after = {table: left, **(spanning.of_the_living(facility, left) if table is STATES else {})}
    _write(facility, f"back_{table.name}", after, deed, changes, None, "", reason)
    return facility


def _write(
    facility: Facility,
    action: str,
    after: dict[Table, list[KnownSpan]],
    deed: Deed,
    changes: Changes,
    day: date | None,
    note: str,
    reason: str = "",
) -> None:
    now: dict[str, Any] = {}
    for table, spans in after.items():
        now |= table.today(spans, deed.today)
        before = getattr(facility, table.column)
        if table.name != action and table.column not in changes and before != now[table.column]:
            changes[table.column] = [before, now[table.column]]
    history.change(facility, deed.seen, deed.at, now)
    for table, spans in after.items():
        table.write(facility, spans)
    told = {"from_day": [None, day]} if day else {}
    said = {**changes, **told, **({"note": [None, note]} if note else {})}
    history.line(FacilityEvent, action, deed.by, deed.at, changes=said, reason=reason, facility=facility).save()


def settle_all(today: date) -> int:
    """What was planned begins on days on which nobody writes anything: the rows say what holds today. How many."""
    changed = 0
    for table in (STATES, STARS, AREAS):
        held = spanning.held_on(table, today)
        missing = State.PLANNED if table is STATES else None
        stale: list[Facility] = []
        for facility in Facility.objects.only("pk", table.column):
            value = held.get(facility.pk, missing)
            if getattr(facility, table.column) != value:
                setattr(facility, table.column, value)
                stale.append(facility)
        Facility.objects.bulk_update(stale, [table.column], batch_size=500)
        changed += len(stale)
    return changed


# ---- what must hold


def kind_of(code: str) -> FacilityKind:
    """Raises FacilityRefused where no such kind is published."""
    known = versions.work().facilities.get(code)
    if known is None:
        raise FacilityRefused("no_kind", _("There is no such kind of facility."), "kind")
    return known


def _sound(facts: Facts) -> None:
    kind = kind_of(facts.kind)
    if not facts.name_zh.strip():
        raise FacilityRefused("no_name", _("Please write the name."), "name_zh")
    if facts.level and facts.level not in {level.code for level in kind.levels}:
        raise FacilityRefused("no_level", _("Facilities of this kind do not have this level."), "level")
    if (facts.lat is None) != (facts.lng is None):
        raise FacilityRefused("half_position", _("A position has a latitude and a longitude."), "lat")
    if facts.lat is not None and facts.lng is not None and not (abs(facts.lat) <= 90 and abs(facts.lng) <= 180):
        raise FacilityRefused("no_position", _("This position is not on the earth."), "lat")


def _fits(facility: Facility, kind: FacilityKind) -> None:
    if kind.stars is None and facility.star_spans.exists():
        raise FacilityRefused("has_stars", _("It has stars, and facilities of that kind have none."), "kind")
    if not kind.floor_area and facility.area_spans.exists():
        raise FacilityRefused("has_area", _("Its floor area is kept, and that kind has none."), "kind")


def _twin() -> FacilityRefused:
    return FacilityRefused("there", _("There is one of this kind with this name in this area already."), "name_zh")
