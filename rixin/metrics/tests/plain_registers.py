"""The registers' rows as figures are to count them, put together in plain Python from what is stored."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rixin.catalogue import versions
from rixin.metrics.tests import plain_homes
from rixin.registers.models import Enterprise, Return, Room, StandingSpan, Tenancy, TraitSpan
from rixin.registers.queries import register

Row = dict[str, Any]


def rows(source: str) -> list[Row]:
    return list({**_ROWS, **plain_homes.ROWS}[source]())


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")


def _ground(row: Any, area: str) -> Row:
    known = register()
    return {"id": row.pk, "area": area, "unit": known.unit if known else ""}


def _span(row: Any) -> Row:
    return {"day": _number(row.from_day), "until": _number(row.until_day)}


def _who(enterprise: Enterprise) -> Row:
    known = versions.work().industries.get(enterprise.section)
    cultural = [one.code for one in known.divisions if one.cultural] if known else []
    return {
        "enterprise": str(enterprise.pk),
        "section": enterprise.section,
        "division": enterprise.division,
        "cultural": int(enterprise.division in cultural),
    }


def _standings() -> Iterator[Row]:
    for row in StandingSpan.objects.filter(enterprise__withdrawn=False).select_related("enterprise"):
        said = {"standing": row.standing, "how": row.how}
        yield {**_ground(row, row.enterprise.area_path), **_span(row), **_who(row.enterprise), **said}


def _traits() -> Iterator[Row]:
    for row in TraitSpan.objects.filter(enterprise__withdrawn=False).select_related("enterprise"):
        said = {"trait": row.trait, "value": row.value}
        yield {**_ground(row, row.enterprise.area_path), **_span(row), **_who(row.enterprise), **said}


def _rooms() -> Iterator[Row]:
    for row in Room.objects.select_related("building"):
        said = {"building": row.building.code, "use": row.use, "size": row.area}
        yield {**_ground(row, row.building.area_path), **_span(row), **said}


def _held() -> Iterator[Tenancy]:
    rows = Tenancy.objects.filter(enterprise__withdrawn=False).order_by("pk")
    yield from rows.select_related("enterprise", "room__building")


def _tenancies() -> Iterator[Row]:
    for row in _held():
        building = row.room.building
        said = {"building": building.code, "size": row.area, "lease_end": _number(row.lease_end)}
        yield {**_ground(row, building.area_path), **_span(row), **_who(row.enterprise), **said}


def _tenants() -> Iterator[Row]:
    spans = defaultdict(list)
    for span in StandingSpan.objects.all():
        spans[span.enterprise_id].append(span)
    for row in _held():
        building = row.room.building
        for span in spans[row.enterprise_id]:
            first = max(row.from_day, span.from_day)
            ends = [day for day in (row.until_day, span.until_day) if day is not None]
            if ends and min(ends) <= first:
                continue
            said = {"day": _number(first), "until": _number(min(ends, default=None)), "standing": span.standing}
            yield {
                **_ground(row, building.area_path),
                **_who(row.enterprise),
                "building": building.code,
                **said,
            }


def _housed() -> dict[int, Tenancy]:
    """For each return a tenancy in the building in which its enterprise had most room on the last day."""
    held = defaultdict(list)
    for tenancy in _held():
        held[tenancy.enterprise_id].append(tenancy)
    found = {}
    for row in Return.objects.all():
        areas: dict[int, int] = defaultdict(int)
        then = [
            one
            for one in held[row.enterprise_id]
            if one.from_day <= row.last_day and (one.until_day is None or one.until_day > row.last_day)
        ]
        for one in then:
            areas[one.room.building_id] += one.area
        if areas:
            best = min(areas, key=lambda building: (-areas[building], building))
            found[row.pk] = next(one for one in then if one.room.building_id == best)
    return found


def _returns() -> Iterator[Row]:
    housed = _housed()
    for row in Return.objects.filter(enterprise__withdrawn=False).select_related("enterprise"):
        tenancy = housed.get(row.pk)
        yield {
            **_ground(row, row.enterprise.area_path),
            **_who(row.enterprise),
            "day": _number(row.last_day),
            "building": tenancy.room.building.code if tenancy else "",
            "measured": row.measured,
            "amount": row.amount,
        }


def _building_taxes() -> Iterator[Row]:
    housed = _housed()
    paid: dict[tuple[int, int], list[Return]] = defaultdict(list)
    for row in Return.objects.filter(measured="tax", enterprise__withdrawn=False):
        if row.pk in housed:
            paid[housed[row.pk].room.building_id, row.last_day.year].append(row)
    buildings = {one.room.building_id: one.room.building for one in housed.values()}
    for (building, year), rows in paid.items():
        known = register()
        yield {
            "id": building * 10_000 + year,
            "area": buildings[building].area_path,
            "unit": known.unit if known else "",
            "day": _number(max(row.last_day for row in rows)),
            "building": buildings[building].code,
            "tax": sum(row.amount for row in rows),
        }


_ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "standings": _standings,
    "traits": _traits,
    "rooms": _rooms,
    "tenancies": _tenancies,
    "tenants": _tenants,
    "returns": _returns,
    "building_taxes": _building_taxes,
}
