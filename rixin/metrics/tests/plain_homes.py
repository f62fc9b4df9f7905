"""Rows of homes and service rolls as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rixin.catalogue import versions
from rixin.homes.models import Dwelling, HeadReturn
from rixin.rolls.models import Entry, Visit

Row = dict[str, Any]


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")


def _unit() -> str:
    return next(kept.unit for kept in versions.work().head_counts.values())


def _dwellings() -> Iterator[Row]:
    for row in Dwelling.objects.all():
        span = {"day": _number(row.from_day), "until": _number(row.until_day)}
        said = {"building": row.building, "stairwell": row.unit, "floor": row.floor}
        yield {"id": row.pk, "area": row.area_path, "unit": _unit(), **span, **said}


def _head_counts() -> Iterator[Row]:
    """The next return of the same stairwell ends a count; the last one goes on while a dwelling is there."""
    by_stairwell: dict[tuple[str, str], list[HeadReturn]] = {}
    for ret in HeadReturn.objects.order_by("from_day").prefetch_related("counts"):
        by_stairwell.setdefault((ret.building, ret.unit), []).append(ret)
    ends: dict[tuple[str, str], list[date | None]] = {}
    for building, unit, until in Dwelling.objects.values_list("building", "unit", "until_day"):
        ends.setdefault((building, unit), []).append(until)
    for key, returns in by_stairwell.items():
        over = ends[key]
        last = None if None in over else max(day for day in over if day is not None)
        for ret, until in zip(returns, [*(one.from_day for one in returns[1:]), last], strict=True):
            for count in ret.counts.all():
                yield {
                    "id": count.pk,
                    "area": ret.area_path,
                    "unit": _unit(),
                    "day": _number(ret.from_day),
                    "until": _number(until),
                    "period": ret.period,
                    "building": ret.building,
                    "stairwell": ret.unit,
                    "counted": count.counted,
                    "number": count.number,
                }


def _roll_unit(code: str) -> str:
    roll = versions.work().rolls.get(code)
    return roll.unit if roll else ""


def _roll_entries() -> Iterator[Row]:
    for row in Entry.objects.exclude(joined_on=None):
        span = {"day": _number(row.joined_on), "until": _number(row.left_on)}
        yield {"id": row.pk, "area": row.area_path, "unit": _roll_unit(row.roll), **span, "roll": row.roll}


def _roll_visits() -> Iterator[Row]:
    for row in Visit.objects.select_related("entry"):
        of = row.entry
        said = {"day": _number(row.day), "roll": of.roll, "outcome": row.outcome}
        yield {"id": row.pk, "area": of.area_path, "unit": _roll_unit(of.roll), **said}


_ROWS = {
    "dwellings": _dwellings,
    "head_counts": _head_counts,
    "roll_entries": _roll_entries,
    "roll_visits": _roll_visits,
}


def rows(source: str) -> list[Row]:
    return list(_ROWS[source]())
