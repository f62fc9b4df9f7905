"""The dwellings of a building drawn floor by floor, and what its stairwells returned."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rixin.catalogue.head_count_schema import HeadCounts
from rixin.homes.models import Dwelling, HeadReturn
from rixin.homes.terms import NoTerm, Term

UNKNOWN = -999
"""Stands for a floor that nobody has written down."""


@dataclass(frozen=True)
class Floor:
    name: str
    dwellings: list[Dwelling]


@dataclass(frozen=True)
class Stairwell:
    unit: str
    name: str
    floors: list[Floor]
    count: int


def stairwells(dwellings: list[Dwelling]) -> list[Stairwell]:
    """From the top floor down. `dwellings` in the order of their numbers."""
    by_unit: dict[str, dict[int, list[Dwelling]]] = {}
    for one in dwellings:
        floors = by_unit.setdefault(one.unit, {})
        floors.setdefault(UNKNOWN if one.floor is None else one.floor, []).append(one)
    return [
        Stairwell(
            unit,
            unit_name(unit),
            [Floor(_floor_name(floor), floors[floor]) for floor in sorted(floors, reverse=True)],
            sum(len(row) for row in floors.values()),
        )
        for unit, floors in by_unit.items()
    ]


def unit_name(unit: str) -> str:
    return _("Stairwell {unit}").format(unit=unit) if unit else _("Whole building")


def _floor_name(floor: int) -> str:
    return _("?") if floor == UNKNOWN else _("{floor}F").format(floor=floor) if floor > 0 else f"B{-floor}"


@dataclass(frozen=True)
class CountLine:
    """One total, by stairwell (its name, the number) and summed; None: not counted."""

    name: str
    numbers: list[tuple[str, int | None]]
    total: int | None


@dataclass(frozen=True)
class Counts:
    periods: list[str]
    units: list[str]
    lines: list[CountLine]
    oldest: date
    mixed: bool
    """Whether the stairwells' latest returns are of different periods."""


def latest(kept: HeadCounts, returns: list[HeadReturn]) -> Counts | None:
    """What the latest return of each stairwell says."""
    if not returns:
        return None
    returns = sorted(returns, key=lambda one: (len(one.unit), one.unit))
    said = [{count.counted: count.number for count in one.counts.all()} for one in returns]
    units = [unit_name(one.unit) for one in returns]
    lines = []
    for field in kept.fields:
        numbers = [counts.get(field.code) for counts in said]
        known = [number for number in numbers if number is not None]
        cells = list(zip(units, numbers, strict=True))
        lines.append(CountLine(field.name.here(), cells, sum(known) if known else None))
    periods = [one.period for one in returns]
    return Counts(
        [period_name(period) for period in dict.fromkeys(periods)],
        units,
        lines,
        min(one.from_day for one in returns),
        len(set(periods)) > 1,
    )


def period_name(period: str) -> str:
    try:
        return Term.read(period).name
    except NoTerm:
        return period


@dataclass(frozen=True)
class Past:
    """`numbers`: with the name of what was counted."""

    period: str
    numbers: list[tuple[str, int | None]]


def past(kept: HeadCounts, returns: list[HeadReturn]) -> list[Past]:
    """The building's sums by period, newest first."""
    by_period: dict[str, dict[str, int]] = {}
    for one in sorted(returns, key=lambda one: one.from_day, reverse=True):
        summed = by_period.setdefault(one.period, {})
        for count in one.counts.all():
            summed[count.counted] = summed.get(count.counted, 0) + count.number
    return [
        Past(period_name(period), [(field.name.here(), summed.get(field.code)) for field in kept.fields])
        for period, summed in by_period.items()
    ]
