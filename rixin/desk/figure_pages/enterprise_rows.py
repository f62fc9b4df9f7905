"""Rows of enterprises and buildings behind a figure: whose they are, and what they say."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from rixin.catalogue import versions
from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.registers import queries
from rixin.registers.amounts import square_metres, yuan
from rixin.registers.models import RegisterEvent, Return, Room, StandingSpan, Tenancy, TraitSpan
from rixin.registers.taxes import Taxed, building_taxes_of

BUILDING_TAXES = "building_taxes"


def _standings(staff: Staff) -> QuerySet[StandingSpan]:
    return StandingSpan.objects.filter(enterprise__in=queries.visible_to(staff)).select_related("enterprise")


def _traits(staff: Staff) -> QuerySet[TraitSpan]:
    return TraitSpan.objects.filter(enterprise__in=queries.visible_to(staff)).select_related("enterprise")


def _rooms(staff: Staff) -> QuerySet[Room]:
    return Room.objects.filter(building__in=queries.buildings_visible_to(staff)).select_related("building")


def _tenancies(staff: Staff) -> QuerySet[Tenancy]:
    rows = Tenancy.objects.filter(room__building__in=queries.buildings_visible_to(staff))
    return rows.select_related("enterprise", "room__building")


def _returns(staff: Staff) -> QuerySet[Return]:
    """What single enterprises pay is not for everybody who sees the sum."""
    rows = Return.objects.filter(enterprise__in=queries.visible_to(staff)).select_related("enterprise")
    return rows if queries.sees_money(staff) else rows.none()


def _of_enterprise(span: Any, day: date, told: str) -> Row:
    enterprise = span.enterprise
    return Row(enterprise.get_absolute_url(), day, enterprise.name, wording.area(enterprise.area_path), told)


def _standing_row(span: StandingSpan) -> Row:
    said = [span.get_standing_display(), span.get_how_display(), span.where]
    return _of_enterprise(span, span.from_day, "; ".join(filter(None, said)))


def _trait_row(span: TraitSpan) -> Row:
    known = versions.work().traits.get(span.trait)
    value = next((one.name.here() for one in known.options if one.code == span.value), span.value) if known else ""
    said = f"{known.name.here()}: {value}" if known else f"{span.trait}: {span.value}"
    return _of_enterprise(span, span.from_day, "; ".join(filter(None, [said, span.note])))


def _room_row(room: Room) -> Row:
    building = room.building
    name = f"{building.name} {room.number}"
    told = f"{room.get_use_display()}; {square_metres(room.area)}"
    return Row(building.get_absolute_url(), room.from_day, name, wording.area(building.area_path), told)


def _tenancy_row(tenancy: Tenancy) -> Row:
    room = tenancy.room
    told = f"{room.building.name} {room.number}; {square_metres(tenancy.area)}"
    return _of_enterprise(tenancy, tenancy.from_day, told)


def _return_row(row: Return) -> Row:
    return _of_enterprise(row, row.last_day, f"{row.get_measured_display()} {row.period}: {yuan(row.amount)}")


_of_enterprises = partial(Kind, history=RegisterEvent, subject="enterprise")
_of_buildings = partial(Kind, history=RegisterEvent, subject="building")
KINDS: Mapping[str, Kind] = {
    "standings": _of_enterprises(_standings, _standing_row),
    "traits": _of_enterprises(_traits, _trait_row),
    "rooms": _of_buildings(_rooms, _room_row),
    "tenancies": _of_enterprises(_tenancies, _tenancy_row),
    "tenants": _of_enterprises(_tenancies, _tenancy_row),
    "returns": _of_enterprises(_returns, _return_row),
}


def evaluated(ids: RawSQL) -> list[int]:
    """The ids that the subquery gives. Its per cent signs are doubled, for use within a larger one."""
    with connection.cursor() as cursor:
        cursor.execute(str(ids.sql).replace("%%", "%"))
        return [int(row[0]) for row in cursor.fetchall()]


def building_taxes(staff: Staff, ids: Collection[int]) -> dict[int, Row]:
    buildings = {building.pk: building for building in queries.buildings_visible_to(staff)}
    found = {taxed.key: taxed for taxed in building_taxes_of(buildings.values()) if taxed.key in set(ids)}
    return {key: _taxed_row(buildings[taxed.building], taxed) for key, taxed in found.items()}


def _taxed_row(building: Any, taxed: Taxed) -> Row:
    told = f"{taxed.year}: {yuan(taxed.amount)}"
    return Row(building.get_absolute_url(), taxed.last_day, building.name, wording.area(building.area_path), told)
