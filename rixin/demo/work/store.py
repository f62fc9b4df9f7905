"""Writes the demo's records down, by the people who would have: entered by the unit, confirmed by somebody else."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from rixin.catalogue import versions
from rixin.catalogue.worktime import LOCAL
from rixin.demo.cast import Cast
from rixin.demo.work.maker import Drawn, Maker
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor
from rixin.places import gazetteer
from rixin.records import journal
from rixin.records.entry import read_values
from rixin.records.journal import Happened, NewRecord
from rixin.records.models import Status

STREET = "330106013/"
RECORDS = 33_000
"""About how many there are, for the bar of progress."""
_AT_ONCE = 1_000
_WRITTEN_AT, _CONFIRMED_AT = time(16, 40), time(9, 20)


class Unsound(Exception):
    """A drawn record that its own type refuses: the plan has a mistake."""


def store(random: Random, now: datetime, cast: Cast, told: Callable[[int], object]) -> int:
    """Every record of the demo years up to `now`; answers how many. `told` hears how many were stored more."""
    types = {version.type.code: version.type for version in versions.records()}
    maker = Maker(types, gazetteer.current(), versions.work_calendar(), STREET, random)
    waiting: list[tuple[NewRecord, list[Happened]]] = []
    count = 0
    for drawn in maker.make(now.date()):
        waiting.append(_with_history(drawn, cast, random, now))
        if len(waiting) == _AT_ONCE:
            count += _flush(waiting, told)
    return count + _flush(waiting, told)


def _flush(waiting: list[tuple[NewRecord, list[Happened]]], told: Callable[[int], object]) -> int:
    stored = len(journal.store(waiting)) if waiting else 0
    told(stored)
    waiting.clear()
    return stored


def _with_history(drawn: Drawn, cast: Cast, random: Random, now: datetime) -> tuple[NewRecord, list[Happened]]:
    version = versions.record(drawn.type)
    values, faults = read_values(version.type, drawn.values)
    if faults:
        raise Unsound(f"{drawn.type} of {drawn.day}: {faults}")
    unit = units.by_code(version.type.unit)
    quarter = drawn.where.quarter
    facility = drawn.where.facility
    new = NewRecord(
        version=version,
        day=drawn.day,
        area_path=drawn.where.area_path,
        unit=unit.id,
        values=values,
        place_code=quarter.code if quarter else facility.place_code if facility else "",
        address=quarter.name_zh if quarter else facility.address if facility else "",
        source=drawn.source,
        facility=facility.pk if facility else None,
    )
    at = min(datetime.combine(new.day, _WRITTEN_AT, LOCAL), now)
    writer = _somebody(cast, "handler", unit.id, random)
    events = [journal.entered(new, writer, at)]
    if version.type.confirmed:
        second = cast.in_role("leader", random) or SYSTEM
        confirmed = min(datetime.combine(new.day + timedelta(days=5), _CONFIRMED_AT, LOCAL), now)
        events.append(Happened("confirm", second, confirmed, {"status": str(Status.CONFIRMED)}))
    return new, events


def _somebody(cast: Cast, role: str, unit: int, random: Random) -> Actor:
    return cast.of_unit(role, unit, random) or cast.in_role("dispatcher", random) or SYSTEM
